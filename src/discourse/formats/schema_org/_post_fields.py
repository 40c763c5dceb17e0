"""Convert schema.org objects to comments and articles."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from ..._markup.html import Tree
from ..._markup.local_times import resolved
from ..._markup.times import either, in_zone
from ...model import Article, Author, Comment, Status, TextFormat
from .._kit import Node
from ._html_items import Item, Markup
from ._posts import Graph, Post, first_of
from ._values import (
    counted,
    has_markup,
    identifier_of,
    listed,
    node_number,
    raw_text,
    text_of,
    web,
    whole,
)
from ._vocabulary import TEXTS, local_name, types_of

_WEB = re.compile(r"https?://")
_PATH = re.compile(r"https?://|/(?!/)")
#: The number of a comment at the end of an address: fragments of WordPress, Drupal and vBulletin,
#: ``/posts/7/`` of XenForo, ``/a/7`` of Stack Exchange.
_NUMBERED = re.compile(
    r"(?:#(?:li-|div-)?(?:comment|answer|post|reply|message|msg|c|p)?[-_]?"
    r"|[/#](?:a|answers?|comments?|posts?|replies)[/-])([0-9]{1,20})/?$",
    re.IGNORECASE,
)
#: The same in the id of an element: ``js-post-7`` of XenForo, ``post_7`` of Discourse,
#: ``elComment_7`` and ``post_id_7`` of Invision Community, ``com7`` of PHPBoost.
_ELEMENT = re.compile(
    r"(?:li-|div-|js-|el|wrap-)?(?:comment|com|answer|post|reply|message|msg|entry|review|c|p)s?"
    r"[-_]?(?:id[-_])?([0-9]{1,20})",
    re.IGNORECASE,
)
_AROUND = re.compile(r"(?:li-|div-)?(?:comment|answer|reply|review)[-_]?([0-9]{1,20})")
_NEAR = 15  # elements and texts of a comment in which an anchor can have its number
_DATA = (
    *("data-comment-id", "data-commentid", "data-answerid", "data-post-id", "data-postid"),
    *("data-reply-id", "data-pid", "data-id"),
)
FORMATS = {
    "text/plain": TextFormat.TEXT,
    "text/html": TextFormat.HTML,
    "text/markdown": TextFormat.MARKDOWN,
    "text/x-wiki": TextFormat.WIKITEXT,
    "text/x-bbcode": TextFormat.BBCODE,
    "application/octet-stream": TextFormat.OTHER,
}
"""The formats of media types in ``encodingFormat``."""
STATUSES = {status.value: status for status in Status if status is not Status.VISIBLE}
"""The values of ``creativeWorkStatus``, in lower case."""
_NOBODY = frozenset({"[deleted]", "[removed]", "[unknown]"})


class Fields:
    """Reads the fields of posts."""

    def __init__(
        self,
        graph: Graph,
        *,
        base: str | None,
        zone: dt.tzinfo | None,
        page: Tree | None,
    ) -> None:
        self._graph = graph
        self._base = base
        self._zone = zone
        self._page = page
        self._people: dict[tuple[tuple[str, object], ...], Author | None] = {}

    # -- the names of a post ---------------------------------------------------------------------

    def own_id(self, post: Post) -> str | None:
        """Return the identifier that an object states, or the number of its element."""
        value = identifier_of(post.value)
        if value is None and isinstance(post.value, Item):
            value = self._number_of_element(post.value.node)
        return value

    def is_stated(self, post: Post) -> bool:
        """Whether an object states an identifier."""
        return identifier_of(post.value) is not None

    def address_id(self, post: Post) -> str | None:
        """Return the number at the end of the ``@id`` or address of a post."""
        for name in (post.value.get("@id"), post.value.get("url")):
            text = text_of(name)
            match = _NUMBERED.search(text[-80:]) if text else None
            if match is not None:
                return match[1]
        return None

    def address(self, post: Post) -> str | None:
        """Return the ``@id`` of a post, else its address."""
        return text_of(post.value.get("@id")) or self._url(text_of(post.value.get("url")))

    def _number_of_element(self, node: int) -> str | None:
        """Return the number of a comment in its element, else first in it, else around it."""
        page = self._page
        assert page is not None, "an item is an element of it"
        attributes = page.attributes(node)
        for name in ("id", *_DATA):
            value = attributes.get(name, "")
            match = _ELEMENT.fullmatch(value)
            if match is not None:
                return match[1]
            if name != "id" and value.isascii() and value.isdecimal():
                return value
        for at in range(node + 1, min(page.lasts[node], node + _NEAR)):
            match = (
                _ELEMENT.fullmatch(page.attributes(at).get("id", "")) if page.names[at] else None
            )
            if match is not None:
                return match[1]
        for _ in range(3):
            if page.names[node] == "li" or (node := page.parents[node]) < 0:
                break
            match = _AROUND.fullmatch(page.attributes(node).get("id", ""))
            if match is not None:
                return match[1]
        return None

    # -- comments and articles -------------------------------------------------------------------

    def comment(
        self, node: Node, post: Post, id: str, parent_id: str | None
    ) -> tuple[Comment, bool]:
        """Return a comment, and whether its time has no zone."""
        counts = self._counts(node)
        votes, downvotes = node_number(node, "upvoteCount"), node_number(node, "downvoteCount")
        upvotes = votes if votes is not None else counts.get("likes")
        score = counts.get("votes")
        if upvotes is not None and ("answer" in post.types or upvotes < 0):
            upvotes, score = None, upvotes  # the aggregate, as search engines require
        local: dict[str, Any] = {}
        created, is_local = self._created(node, local)
        edited = self._edited(node, created)
        text, text_format = self._text(node)
        title = text_of(node.data.get("headline")) or text_of(node.data.get("name"))
        author = self._author(node)
        node.drop("headline", "name")
        if author is not None and title == author.name:
            title = None  # some templates mark up one element as both
        status = (text_of(node.data.get("creativeWorkStatus")) or "").lower()
        if status in STATUSES or not status:
            node.drop("creativeWorkStatus")
        address = self._url(text_of(node.raw("url")))
        tags = self._tags(node)
        if "answer" in post.types:
            tags.add("answer")
        if post.is_accepted:
            tags.add("accepted")
        if types_of(node.data) in ({"comment"}, {"answer"}, {"usercomments"}):
            node.drop("@type")
        stated = text_of(node.data.get("@id"))
        if stated is not None and (_PATH.match(stated) or stated == id):
            address = address or self._url(stated)
            node.drop("@id")
        node.drop("parentItem", "identifier", "@context")
        return Comment(
            id,
            parent_id,
            author,
            text,
            text_format=text_format,
            title=title,
            created_at=created,
            edited_at=edited,
            status=STATUSES.get(status, Status.VISIBLE),
            url=address,
            score=score,
            upvotes=upvotes,
            downvotes=downvotes
            if downvotes is not None and downvotes >= 0
            else counts.get("dislikes"),
            reply_count=self._claimed(node, counts),
            language=text_of(node.raw("inLanguage")),
            tags=frozenset(tags),
            meta=node.rest(empty=False, **local),
        ), is_local

    def article(self, node: Node) -> tuple[Article, bool]:
        """Return an article, and whether its time has no zone."""
        counts = self._counts(node)
        local: dict[str, Any] = {}
        created, is_local = self._created(node, local)
        text, text_format = self._text(node)
        data = node.data
        page = self._graph.resolved(first_of(data.get("mainEntityOfPage")))
        address = (
            self._url(text_of(data.get("url")))
            or self._url(text_of(page.get("@id") if isinstance(page, dict) else page))
            or web(text_of(data.get("@id")))
        )
        site = None
        for key in ("isPartOf", "publisher"):
            place = self._graph.resolved(first_of(data.get(key)))
            if isinstance(place, dict) and site is None:
                site = text_of(place.get("name"))
                if set(place) <= {"@type", "@id", "name"}:
                    node.drop(key)
        votes = node_number(node, "upvoteCount")
        score = next(
            (n for n in (votes, counts.get("likes"), counts.get("votes")) if n is not None), None
        )
        authors = [
            author for each in listed(data, "author", "creator") if (author := self._person(each))
        ]
        node.drop("author", "creator", "headline", "mainEntityOfPage", "url", "parentItem")
        node.drop("@context", "name")
        if types_of(data) == {"discussionforumposting"}:
            node.drop("@type")
        id = identifier_of(data) or text_of(data.get("@id")) or address
        if text_of(data.get("@id")) in (None, id, address):
            node.drop("@id", "identifier")
        return Article(
            text_of(data.get("headline")) or text_of(data.get("name")),
            id=id,
            url=address,
            authors=tuple(authors),
            text=text,
            text_format=text_format,
            created_at=created,
            edited_at=self._edited(node, created),
            site=site,
            language=text_of(node.raw("inLanguage")),
            score=score,
            comment_count=self._claimed(node, counts),
            tags=frozenset(self._tags(node)),
            meta=node.rest(empty=False, **local),
        ), is_local

    # -- parts -----------------------------------------------------------------------------------

    def _text(self, node: Node) -> tuple[str | None, TextFormat]:
        for key in TEXTS:
            value = node.data.get(key)
            if value in (None, [], [""]):
                continue
            values = [
                each for each in (value if isinstance(value, list) else [value]) if each != ""
            ]
            text = raw_text(values[0]) if values else ""
            if text is None:
                continue
            node.drop(key)
            if len(values) > 1 and all(isinstance(each, Markup) for each in values):
                text = Markup("\n".join(map(str, values)))  # one text in several elements
            media = text_of(node.data.get("encodingFormat"))
            if media in FORMATS:
                node.drop("encodingFormat")
                return str(text), FORMATS[media]
            is_html = isinstance(text, Markup) or has_markup(text)
            return str(text), TextFormat.HTML if is_html else TextFormat.TEXT
        return None, TextFormat.TEXT

    def _author(self, node: Node) -> Author | None:
        people = listed(node.data, "author", "creator")
        if len(people) <= 1:
            node.drop("author", "creator")
        return self._person(people[0]) if people else None

    def _person(self, value: object) -> Author | None:
        value = self._graph.resolved(value)
        if isinstance(value, str):
            text = value.strip()
            if not text or text in _NOBODY:
                return None
            address = web(text)
            return Author(None, address, url=address) if address else Author(text)
        if not isinstance(value, dict):
            return None
        try:  # pages repeat the same people
            key = tuple(value.items())
            if key not in self._people:
                self._people[key] = self._new_person(value)
            return self._people[key]
        except TypeError:  # it contains arrays or objects
            return self._new_person(value)

    def _new_person(self, value: Mapping[str, object]) -> Author | None:
        name, handle = text_of(value.get("name")), text_of(value.get("alternateName"))
        if handle is not None and name is not None and handle != name:
            name, shown = handle, name
        else:
            name, shown = name or handle, None
        if name in _NOBODY:
            return None
        id = identifier_of(value)
        stated = text_of(value.get("@id"))
        if id is None and stated is not None and not stated.startswith("_:"):
            id = stated
        url = self._url(text_of(value.get("url")) or text_of(value.get("sameAs")))
        picture = self._graph.resolved(first_of(value.get("image")))
        if isinstance(picture, dict):
            picture = picture.get("url") or picture.get("contentUrl")
        person = Author(
            name,
            id,
            display_name=shown,
            url=url or web(stated),
            avatar_url=self._url(text_of(picture)),
            bio=text_of(value.get("description")),
            is_bot=True if "softwareapplication" in types_of(value) else None,
        )
        return person if person != Author() else None

    def _created(self, node: Node, local: dict[str, Any]) -> tuple[dt.datetime | None, bool]:
        """Return when a post was written, and whether the time is unknown because it is local."""
        is_local = False
        for key in ("datePublished", "dateCreated", "commentTime", "uploadDate"):
            text = text_of(node.data.get(key))
            if text is None:
                continue
            time = self._time(text)
            if time is not None:
                node.drop(key)
                time = resolved(time, None, local)
                return time, time is None
            is_local = True
        return None, is_local

    def _edited(self, node: Node, created: dt.datetime | None) -> dt.datetime | None:
        text = text_of(node.data.get("dateModified"))
        time = self._time(text) if text is not None else None
        if time is None or time.tzinfo is None:
            return None
        node.drop("dateModified")
        return time if time != created else None

    def _time(self, text: str) -> dt.datetime | None:
        try:
            time = either(text)
        except (OverflowError, ValueError):
            return None
        return in_zone(time, self._zone) or (time if time and time.tzinfo is None else None)

    def _counts(self, node: Node) -> dict[str, int]:
        """Return the counts of actions in ``interactionStatistic``."""
        counts: dict[str, int] = {}
        others = []
        for counter in listed(node.data, "interactionStatistic"):
            action = number = None
            if isinstance(counter, dict):
                kind = first_of(counter.get("interactionType"))
                words = types_of(kind) if isinstance(kind, dict) else {text_of(kind) or ""}
                action = local_name(next(iter(words), "")).lower()
                number = whole(counter.get("userInteractionCount"))
            key = counted(action)
            if key is None or number is None or (number < 0 and key != "votes") or key in counts:
                others.append(counter)
            else:
                counts[key] = number
        if not others:
            node.drop("interactionStatistic")
        for text in listed(node.data, "interactionCount"):
            word, _, digits = (text_of(text) or "").partition(":")
            key, number = counted(word.strip().lower()), whole(digits.strip())
            if key is not None and number is not None and number >= 0:
                counts.setdefault(key, number)
                node.drop("interactionCount")
        return counts

    def _claimed(self, node: Node, counts: Mapping[str, int]) -> int | None:
        """Return how many answers and comments a post claims."""
        named = [node_number(node, key) for key in ("commentCount", "answerCount")]
        numbers = [number for number in named if number is not None and number >= 0]
        return sum(numbers) if numbers else counts.get("comments")

    def _tags(self, node: Node) -> set[str]:
        tags: set[str] = set()
        for each in listed(node.data, "keywords"):
            text = text_of(each)
            is_list = isinstance(node.data.get("keywords"), list)
            tags.update(
                [text] if is_list and text else (part.strip() for part in (text or "").split(","))
            )
        node.drop("keywords")
        return tags - {""}

    def _url(self, address: str | None) -> str | None:
        if not address or self._base is None or _WEB.match(address):
            return address or None
        try:
            return urljoin(self._base, address)
        except ValueError:
            return address
