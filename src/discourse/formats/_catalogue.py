"""Every format of this library, one row each: what it is called, and what it is recognised by.

Detection works on these rows alone. The module of a format is imported when an input is read or
written in it.
"""

from typing import Any

import attrs

from ._base import Format
from ._signatures import HtmlMarks, JsonKeys, Prose, Signature, XmlRoot


@attrs.frozen(kw_only=True)
class Row:
    """One format; see `Format` for what the fields mean."""

    name: str
    module: str
    """The module in this package that reads it."""
    title: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    signature: tuple[Signature, ...]


_META_GENERATOR = (
    r"(?i:<meta\s[^<>]{0,200}?name\s*=\s*[\"']generator[\"'][^<>]{0,60}?content\s*=\s*[\"'])"
)

#: Types of ActivityStreams, each with keys that other formats with such a type lack.
_ACTIVITYSTREAMS = (
    *((name, "attributedTo") for name in ("Article", "Event", "Note", "Page", "Question", "Video")),
    *((name, "actor", "object") for name in ("Announce", "Create", "Delete", "Undo", "Update")),
    ("Collection",),
    ("OrderedCollection",),
    ("CollectionPage", "partOf"),
    ("OrderedCollectionPage", "partOf"),
    *((name, "inbox") for name in ("Application", "Group", "Person", "Service")),
    ("Tombstone",),
)

_ROWS = (
    Row(
        name="activitystreams",
        module="activitystreams",
        title="ActivityStreams 2.0 and ActivityPub: objects, activities, collections",
        suffixes=(".jsonld",),
        media_types=("application/activity+json", "application/ld+json"),
        signature=(
            JsonKeys("@context=https://www.w3.org/ns/activitystreams*", "type"),
            JsonKeys("@context=http://www.w3.org/ns/activitystreams*", "type"),
            JsonKeys("@context[]=https://www.w3.org/ns/activitystreams*", "type"),
            JsonKeys("[].@context=https://www.w3.org/ns/activitystreams*", "[].type"),
            JsonKeys("[].@context=http://www.w3.org/ns/activitystreams*", "[].type"),
            JsonKeys("[].@context[]=https://www.w3.org/ns/activitystreams*", "[].type"),
            *(JsonKeys("id", f"type={name}", *keys) for name, *keys in _ACTIVITYSTREAMS),
            JsonKeys("type=OrderedCollection", "totalItems"),
            JsonKeys("objectType", "inReplyTo"),
            JsonKeys("objectType", "verb", "object"),
            JsonKeys("items[].objectType", "items[].published"),
        ),
    ),
    Row(
        name="bluesky",
        module="bluesky",
        title="threads, feeds and records of Bluesky",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            JsonKeys("*.author.did", "*.record.createdAt", "*.uri", "*.cid"),
            JsonKeys("*.author.did", "*.record.created_at", "*.uri", "*.cid"),
            JsonKeys("$type=app.bsky.*"),
            JsonKeys("[].$type=app.bsky.*"),
            JsonKeys("thread.$type=app.bsky.*"),
            JsonKeys("thread[].value.$type=app.bsky.*"),
            JsonKeys("record.$type=app.bsky.*"),
            JsonKeys("value.$type=app.bsky.*"),
            JsonKeys("[].value.$type=app.bsky.*"),
            JsonKeys("records[].value.$type=app.bsky.*"),
            JsonKeys("commit.collection=app.bsky.*"),
        ),
    ),
    Row(
        name="discourse-forum",
        module="discourse_forum",
        title="topics of a Discourse forum",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            JsonKeys("post_stream.posts"),
            JsonKeys("post_stream.stream"),
            JsonKeys("latest_posts"),
            JsonKeys("*.post_number", "*.topic_id", "*.cooked"),
            JsonKeys("error_type", "errors"),
        ),
    ),
    Row(
        name="disqus-xml",
        module="disqus_xml",
        title="Disqus's export (XML)",
        suffixes=(".xml",),
        media_types=("application/xml", "text/xml"),
        signature=(XmlRoot("disqus"),),
    ),
    Row(
        name="feed",
        module="feeds",
        title="comment feeds: RSS, Atom, Blogger",
        suffixes=(".rss", ".atom", ".rdf", ".xml"),
        media_types=("application/rss+xml", "application/atom+xml"),
        signature=(
            XmlRoot("rss", lacking="://wordpress.org/export/|<wp:"),
            XmlRoot("feed"),
            XmlRoot("RDF", having="http://purl.org/rss/1.0/"),
        ),
    ),
    Row(
        name="json",
        module="thread_json",
        title="this library's own JSON, one thread",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(JsonKeys("schema=discourse/*"),),
    ),
    Row(
        name="jsonl",
        module="thread_jsonl",
        title="this library's own JSON, one thread a line",
        suffixes=(".jsonl", ".ndjson"),
        media_types=("application/jsonl", "application/x-ndjson"),
        signature=(JsonKeys("schema=discourse/*", lines=True), JsonKeys("schema=discourse/*")),
    ),
    Row(
        name="mastodon",
        module="mastodon",
        title="statuses, timelines and contexts of Mastodon's API",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            JsonKeys("*.content", "*.in_reply_to_id", "*.spoiler_text", "*.visibility"),
            JsonKeys("*.content", "*.in_reply_to_id", "*.reblog"),
            JsonKeys("*.content", "*.in_reply_to_id", "*.account.acct"),
            JsonKeys("*.content", "*.spoiler_text", "*.account.acct"),
            JsonKeys("ancestors", "descendants"),
            JsonKeys("stream", "event", "payload"),
            JsonKeys("id", "spoiler_text", "text"),
        ),
    ),
    Row(
        name="pagetext",
        module="pagetext",
        title="plain text that an extractor made of a page",
        suffixes=(".txt",),
        media_types=("text/plain",),
        signature=(Prose(),),
    ),
    Row(
        name="reddit",
        module="reddit",
        title="listings of Reddit's API",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            JsonKeys("kind=Listing", "data.children"),
            JsonKeys("[].kind=Listing", "[].data.children"),
            JsonKeys("json.data.things"),
            JsonKeys("kind=t1", "data.body"),
            JsonKeys("kind=t3", "data.title"),
            JsonKeys("[].kind=t1", "[].data.body"),
            JsonKeys("[].kind=t3", "[].data.title"),
        ),
    ),
    Row(
        name="wordpress-html",
        module="wordpress_html",
        title="a page of a WordPress site, with its comments",
        suffixes=(".html", ".htm"),
        media_types=("text/html", "application/xhtml+xml"),
        signature=(
            HtmlMarks(
                _META_GENERATOR + "(?i:WordPress)",
                # WordPress's own comment classes, and wpDiscuz's ids.
                r"<[a-zA-Z]{1,12}[^<>]{0,300}?(?:(?i:class)\s*=\s*[\"'][^\"'<>]{0,200}\b(?:even|odd)\b"
                r"[^\"'<>]{0,200}\b(?<!-)(?:depth-[0-9])"
                r"|id\s*=\s*[\"']?(?:wpd|wc)-comm-[0-9]{1,20}_)",
                r"<li\s?class[^<>]{0,200}\bdepth-[0-9]{1,3}\b[^<>]{0,200}id=[\"']comment-[0-9]",
            ),
            HtmlMarks(
                r"(?i:<(?:link|script)\s[^<>]{0,600}?/wp-(?:content|includes|json)/)",
                # What WordPress prints into the head, whatever a plugin makes of its addresses.
                r"--wp--preset--",
                r"<link\s[^<>]{0,300}?(?:\brel\s*=\s*[\"']https://api\.w\.org/|/xmlrpc\.php\?rsd)",
                r"class\s*=\s*[\"'][^\"'<>]{0,300}\b(?:wp-block-|wp-image-|wp-singular|"
                r"single-format-|postid-[0-9]|comment-reply-link|comment-respond|wpdiscuz|"
                r"wpd-thread|wc-thread)",
                # Pages of other systems have files of a WordPress blog beside them.
                lacking=_META_GENERATOR
                + r"\s*(?i:blogger|drupal|discourse|joomla|typepad|movable type|ghost|phpbb)",
            ),
        ),
    ),
    Row(
        name="wordpress-rest",
        module="wordpress_rest",
        title="posts and comments of WordPress's REST API",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            JsonKeys("*.author_name", "*.parent", "*.rendered"),
            JsonKeys("*.author_name", "*.parent", "*.author_url"),
            JsonKeys("*.author_name", "*.parent", "*.date_gmt"),
            JsonKeys("*.title.rendered"),
            JsonKeys("*.content.rendered"),
            JsonKeys("*.date_gmt", "*.rendered", "*.title"),
            JsonKeys("headers.X-WP-Total"),
            JsonKeys("code=rest_*"),
            JsonKeys("[].code=rest_*"),
            JsonKeys("body.code=rest_*"),
        ),
    ),
    Row(
        name="wxr",
        module="wxr",
        title="WordPress's export (WXR)",
        suffixes=(".wxr", ".xml"),
        media_types=("application/rss+xml", "application/xml", "text/xml"),
        signature=(XmlRoot("rss", having="https?://wordpress[.]org/export/|<wp:"),),
    ),
)

CATALOGUE = {row.name: row for row in _ROWS}
"""The rows by the names of the formats."""


def catalogued(name: str, **functions: Any) -> Format:  # noqa: ANN401 - Format checks each of them
    """Return the record of a format: its row, and the functions of its module."""
    row = CATALOGUE[name]
    return Format(
        name=row.name,
        title=row.title,
        suffixes=row.suffixes,
        media_types=row.media_types,
        signature=row.signature,
        **functions,
    )
