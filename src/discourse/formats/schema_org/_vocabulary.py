"""The vocabulary of schema.org for discussions, and equivalents in other vocabularies."""

import re
from collections.abc import Mapping
from functools import lru_cache

_PREFIX = re.compile(
    r"(?:https?:)?//(?:www\.)?schema\.org/|schema:|https?://rdfs\.org/sioc/(?:ns|types)#|sioct?:",
    re.IGNORECASE,
)
COMMENTS = frozenset({"comment", "usercomments", "answer", "correctioncomment", "reply"})
"""Types of comments, in lower case; Drupal 7 writes ``sioct:Comment``."""
REVIEWS = frozenset({"review", "userreview", "criticreview", "employerreview"})
"""Types of comments if they are below the reviewed thing."""
FORUM_POSTS = frozenset(
    {"discussionforumposting", "socialmediaposting", "question", "post", "item"}
)
"""Types of posts that begin a discussion even without a reply."""
_ARTICLES = re.compile(
    r".{0,40}(?:article|posting|report|blogpost|recipe|product|event|video|videoobject|book|movie|"
    r"podcastepisode|episode|photograph|creativework|course|game|softwareapplication|localbusiness)"
)
ANSWERS = frozenset(
    {"comment", "comments", "suggestedanswer", "acceptedanswer", "reply", "replies"}
)
"""Properties whose values are replies to the object that has them."""
REVIEWED = frozenset({"review", "reviews"})
NOT_BELOW = frozenset(
    {
        "sharedcontent",
        "ispartof",
        "parentitem",
        "mainentityofpage",
        "itemreviewed",
        "author",
        "about",
    }
    | {"publisher", "creator", "discusses", "image", "citation", "mentions", "isbasedon"}
)
"""Properties that are not searched for posts, because they describe what surrounds one."""
TEXTS = ("text", "commentText", "articleBody", "reviewBody", "description")
"""Properties with a text, most reliable first."""

#: The equivalents that Drupal 7 and older pages use, from other vocabularies.
ALIASES = {
    "content:encoded": "text",
    "dc:date": "dateCreated",
    "dc:created": "dateCreated",
    "dcterms:created": "dateCreated",
    "dc:title": "name",
    "foaf:name": "name",
    "sioc:has_creator": "author",
    "sioc:reply_of": "parentItem",
    "sioc:num_replies": "commentCount",
}


@lru_cache(1024)
def local_name(word: str) -> str:
    """Return a term without its vocabulary.

    >>> local_name("https://schema.org/Comment"), local_name("schema:text")
    ('Comment', 'text')
    """
    return _PREFIX.sub("", word, count=1) if ":" in word or "/" in word else word


def types_of(value: Mapping[str, object]) -> frozenset[str]:
    """Return the types of an object, in lower case and without their vocabulary."""
    types = value.get("@type")
    if type(types) is str:
        return _types((types,))
    words: list[object] = types if isinstance(types, list) else []
    return _types(tuple(word for word in words if isinstance(word, str)))


@lru_cache(256)
def _types(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(local_name(word).lower() for word in words)


@lru_cache(256)
def is_article(types: frozenset[str]) -> bool:
    """Whether an object of these types can have comments."""
    return any(name in FORUM_POSTS or _ARTICLES.fullmatch(name) for name in types)
