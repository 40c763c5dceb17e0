"""Every format of this library, one row each: what it is called, and what it is recognised by.

Detection works on these rows alone. The module of a format is imported when an input is read or
written in it.
"""

from collections.abc import Iterator
from typing import Any

import attrs

from ._base import Format
from ._signatures import Beginning, HtmlMarks, JsonKeys, Magic, Prose, Rows, Signature, XmlRoot


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
    has_articles_among_posts: bool = False
    """Whether an article is a post like the comments, so that a reply may name its id elsewhere."""
    folder: tuple[str, ...] = ()
    last_resort: int = 0
    """From 1 for what is looked for only where no other fits: tables, and then any text."""


def _keys_in(*places: str, keys: str) -> Iterator[JsonKeys]:
    """Yield a signature for each place where objects with these keys can be."""
    for place in places:
        yield JsonKeys(*(place + key for key in keys.split()))


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
        has_articles_among_posts=True,
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
        name="artrans",
        module="artrans",
        title="Artalk's export, and what Artransfer makes of other systems",
        suffixes=(".artrans", ".json"),
        media_types=("application/json",),
        signature=(
            JsonKeys("[].page_key", "[].content", "[].nick"),
            JsonKeys("[].page_key", "[].content", "[].rid"),
            JsonKeys("page_key", "content", "nick"),
        ),
    ),
    Row(
        name="blogger-export",
        module="blogger_export",
        title="exports of Blogger, those of Takeout too",
        suffixes=(".xml", ".atom"),
        media_types=("application/atom+xml",),
        signature=(
            XmlRoot(
                "feed",
                having=r"schemas\.google\.com/blogger/2018|blogger/2008/kind#(?:settings|template)\b"
                r"|<id>\s*tag:blogger\.com,[0-9]{4}:blog-[0-9]{1,30}\.archive\b",
            ),
        ),
        folder=("*Blogs/*/feed.atom",),
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
        name="commento",
        module="commento",
        title="Commento's export of a site",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            JsonKeys("comments[].commentHex", "comments[].parentHex"),
            JsonKeys("version", "comments", "commenters"),
        ),
    ),
    Row(
        name="convokit",
        module="convokit",
        title="corpora of ConvoKit: a folder, zipped, or utterances",
        suffixes=(".convokit", ".convokit.zip"),
        media_types=("application/jsonl", "application/json"),
        signature=(
            *_keys_in("", "[].", keys="speaker conversation_id id"),
            *_keys_in("", "[].", keys="speaker reply-to id text"),
            *_keys_in("", "[].", keys="user root id text"),
            *_keys_in("", "[].", keys="user reply-to id text"),
            *_keys_in("", "[].", keys="speaker reply_to conversation_id id text"),
        ),
        folder=(
            *("utterances.jsonl", "utterances.json", "speakers.json", "users.json"),
            *("conversations.json", "corpus.json", "index.json"),
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
        name="github",
        module="github",
        title="issues, pull requests and discussions of GitHub",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            *_keys_in("*.", keys="user.login html_url body"),
            *_keys_in("*.", keys="user.login pull_request_url body"),
            *_keys_in("*.", keys="user.login author_association"),
            *_keys_in("*.", keys="author_association body"),
            *_keys_in("*.", keys="author.login body createdAt"),
            *_keys_in("*.", keys="author.login bodyHTML"),
            *_keys_in("*.", keys="author.login bodyText"),
            *_keys_in("*.", keys="author.login number title"),
            *_keys_in("*.", keys="authorAssociation createdAt"),
            *_keys_in("*.", keys="comments.nodes[].author.login"),
            *_keys_in("", "payload.", keys="action issue.number issue.title"),
            *_keys_in("", "payload.", keys="action pull_request.number pull_request.title"),
            *_keys_in("", "payload.", keys="action discussion.number discussion.title"),
            JsonKeys("actor.login", "repo.name", "payload"),
            JsonKeys("message", "documentation_url"),
        ),
    ),
    Row(
        name="guardian",
        module="guardian",
        title="comments of The Guardian's discussion API",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            *_keys_in("", "[].", keys="discussion.key discussion.comments"),
            *_keys_in("discussion.", "", keys="comments[].isoDateTime comments[].userProfile"),
            *_keys_in("", "[].", "comment.", keys="isoDateTime userProfile body"),
            *_keys_in("", "[].", "comments[].", keys="isoDateTime numRecommends body"),
            JsonKeys("status=error", "statusCode", "errorCode"),
        ),
    ),
    Row(
        name="hackernews",
        module="hackernews",
        title="items of Hacker News, of its API, Algolia and BigQuery",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            JsonKeys("*.by", "*.time", "*.type", "*.id"),
            JsonKeys("*.by", "*.time", "*.parent", "*.id"),
            JsonKeys("*.by", "*.time", "*.descendants", "*.id"),
            JsonKeys("*.deleted", "*.time", "*.type", "*.parent", "*.id"),
            JsonKeys("*.created_at_i", "*.author", "*.points"),
            JsonKeys("*.created_at_i", "*.author", "*.parent_id"),
            JsonKeys("*.time_ago", "*.user", "*.comments_count", "*.id"),
        ),
    ),
    Row(
        name="isso",
        module="isso",
        title="Isso's database, answers of its API, and what it imports",
        suffixes=(".json", ".db", ".sqlite", ".sqlite3"),
        media_types=("application/json", "application/vnd.sqlite3"),
        signature=(
            Magic(b"SQLite format 3\0", having=b"voters BLOB NOT NULL"),
            JsonKeys("total_replies", "hidden_replies", "replies"),
            JsonKeys("id", "parent", "mode", "created", "dislikes"),
            JsonKeys("[].id", "[].parent", "[].mode", "[].created", "[].dislikes"),
            JsonKeys(
                "[].id", "[].comments[].created", "[].comments[].text", "[].comments[].author"
            ),
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
        name="lemmy",
        module="lemmy",
        title="comments and posts of Lemmy's API, and PieFed's",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            JsonKeys("*.comment.path", "*.comment.post_id", "*.comment.ap_id"),
            JsonKeys("*.post.community_id", "*.post.ap_id", "*.creator.actor_id"),
            JsonKeys("*.post.community_id", "*.post.ap_id", "*.creator.ap_id"),
            *_keys_in("", "[].", keys="path post_id ap_id content"),
        ),
    ),
    Row(
        name="mastodon",
        module="mastodon",
        title="statuses, timelines and contexts of Mastodon's API",
        suffixes=(".json",),
        media_types=("application/json",),
        has_articles_among_posts=True,
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
        name="mtif",
        module="mtif",
        title="Movable Type's import format, of TypePad and Hatena Blog too",
        suffixes=(".txt", ".mtif"),
        media_types=("text/plain",),
        signature=(
            Beginning(
                r"\s*+[A-Z][A-Z0-9_ ]{1,30}:[^\n]*\n(?:(?!-----)[^\n]*\n){0,200}-----[ \t]*\r?\n"
                r"(?:BODY|EXTENDED BODY|EXCERPT|KEYWORDS|COMMENT|PING):"
            ),
        ),
    ),
    Row(
        name="pagetext",
        module="pagetext",
        title="plain text that an extractor made of a page",
        suffixes=(".txt",),
        media_types=("text/plain",),
        signature=(Prose(),),
        last_resort=2,
    ),
    Row(
        name="pushshift",
        module="pushshift",
        title="dumps of Reddit by Pushshift and Arctic Shift",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            *_keys_in("", "[].", "data[].", keys="link_id body author"),
            *_keys_in("", "[].", "data[].", keys="link_id parent_id author"),
            *_keys_in("", "[].", "data[].", keys="link_id body author subreddit_id retrieved_on"),
            *_keys_in("", "[].", "data[].", keys="parent_id=t1_* body"),
            *_keys_in("", "[].", "data[].", keys="parent_id=t3_* body"),
            *_keys_in("", "[].", "data[].", keys="title subreddit author selftext"),
            *_keys_in("", "[].", "data[].", keys="title subreddit author num_comments"),
            *_keys_in("", "[].", "data[].", keys="title subreddit author retrieved_on score url"),
            JsonKeys("data[].kind=t1", "data[].data.link_id"),
        ),
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
            *_keys_in("", "[].", keys="link_id body author body_html"),
            *_keys_in("", "[].", keys="title subreddit author selftext selftext_html"),
        ),
    ),
    Row(
        name="remark42",
        module="remark42",
        title="remark42's backups, and answers of its API",
        suffixes=(".json", ".backup"),
        media_types=("application/json",),
        signature=(
            JsonKeys("pid", "locator.url"),
            JsonKeys("[].pid", "[].locator.url"),
            JsonKeys("comments[].pid", "comments[].locator.url"),
            JsonKeys("comments[].comment.pid", "comments[].comment.locator.url"),
            JsonKeys("version", "users", "posts"),
        ),
    ),
    Row(
        name="stackexchange",
        module="stackexchange",
        title="Stack Exchange's data dump, and answers of its API",
        suffixes=(".xml", ".json"),
        media_types=("application/xml", "application/json"),
        signature=(
            XmlRoot(
                *("posts", "comments", "users", "posthistory", "votes", "badges", "tags"),
                "postlinks",
                having=r"<(?:posts|comments|users|posthistory|votes|badges|tags|postlinks)\s*/?>"
                r"\s*(?:<row\s[^>]{0,60}?\bId=|</|<[?!]|\Z)",
            ),
            JsonKeys("items[].question_id"),
            JsonKeys("items[].answer_id"),
            JsonKeys("items[].comment_id", "items[].post_id"),
            JsonKeys("items[].post_id", "items[].post_type"),
            JsonKeys("items", "quota_remaining", "has_more"),
            JsonKeys("error_id", "error_name", "error_message"),
            JsonKeys("[].question_id", "[].creation_date"),
            JsonKeys("[].answer_id", "[].creation_date"),
            JsonKeys("[].comment_id", "[].post_id", "[].creation_date"),
            JsonKeys("question_id", "creation_date"),
        ),
        folder=("Posts.xml", "Comments.xml", "Users.xml"),
    ),
    Row(
        name="table",
        module="table",
        title="a table of comments: CSV, TSV, JSON Lines of rows, Parquet, Arrow",
        suffixes=(".csv", ".tsv", ".tab", ".parquet", ".feather", ".arrow"),
        media_types=(
            *("text/csv", "text/tab-separated-values", "application/vnd.apache.parquet"),
            "application/vnd.apache.arrow.file",
        ),
        signature=(
            Rows(),
            Magic(b"PAR1\x15"),  # Parquet; what follows is the head of its first page
            Magic(b"ARROW1\0\0"),  # Arrow files, which Feather is now
            Magic(b"FEA1"),  # Feather as it was
        ),
        last_resort=1,
    ),
    Row(
        name="telegram",
        module="telegram",
        title="chats exported by Telegram Desktop",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            *_keys_in("", "[].", "chats.list[].", keys="messages[].date_unixtime messages[].type"),
            *_keys_in("", "[].", "chats.list[].", keys="messages[].from_id messages[].text"),
            *_keys_in("", "[].", "chats.list[].", keys="name type id messages[].date"),
            *_keys_in("", "[].", "chats.list[].", keys="messages[].from messages[].text"),
            *_keys_in("", "chats.list[].", keys="type=personal_chat messages"),
            *_keys_in("", "chats.list[].", keys="type=private_* messages"),
            *_keys_in("", "chats.list[].", keys="type=public_* messages"),
            *_keys_in("", "chats.list[].", keys="type=saved_messages messages"),
            *_keys_in("", keys="about personal_information.user_id"),
            *_keys_in("chats.", "left_chats.", keys="about list[].messages"),
        ),
    ),
    Row(
        name="web-annotation",
        module="web_annotation",
        title="annotations: the W3C's JSON, and answers of Hypothes.is",
        suffixes=(".json", ".jsonld"),
        media_types=("application/ld+json", "application/json"),
        signature=(
            JsonKeys("type=Annotation", "target"),
            JsonKeys("[].type=Annotation", "[].target"),
            JsonKeys("type=AnnotationPage", "items"),
            JsonKeys("type=AnnotationCollection"),
            JsonKeys("@type=oa:Annotation"),
            JsonKeys("rows[].uri", "rows[].user", "rows[].target"),
            JsonKeys("annotations[].uri", "annotations[].user"),
            JsonKeys("[].uri", "[].user=acct:*", "[].group"),
            JsonKeys("uri", "user=acct:*", "group"),
            JsonKeys("rows", "total"),
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
    Row(
        name="youtube",
        module="youtube",
        title="comments of YouTube: yt-dlp's files, answers of the Data API",
        suffixes=(".json",),
        media_types=("application/json",),
        signature=(
            *_keys_in("", "[].", "items[].", keys="kind=youtube#*"),
            *_keys_in("", "[].", "items[].", keys="snippet.topLevelComment snippet.videoId"),
            *_keys_in("", "[].", "items[].", keys="snippet.topLevelComment.snippet"),
            *_keys_in("", "[].", "items[].", keys="snippet.textDisplay snippet.authorDisplayName"),
            *_keys_in("", "[].", "entries[].", keys="extractor_key webpage_url"),
            *_keys_in("", "[].", "entries[].", keys="formats[].format_id formats[].ext title"),
            *_keys_in("", "[].", "comments[].", keys="parent text author_id like_count"),
            *_keys_in("", "[].", "comments[].", keys="parent text author_thumbnail"),
            *_keys_in("", "[].", "comments[].", keys="parent=root text"),
            *_keys_in("", keys="extractor_key comments[].parent comments[].text"),
            *_keys_in("", "[].", keys="cid votes text"),
            JsonKeys("error.errors[].domain=youtube.*"),
        ),
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
        folder=row.folder,
        **functions,
    )
