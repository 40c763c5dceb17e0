"""Write threads as an export that WordPress imports."""

import datetime as dt
import html
import re
from collections.abc import Iterator, Mapping, Sequence

from ..._markup.local_times import LOCAL, LOCAL_EDIT
from ..._markup.local_times import local_of as local_time
from ...model import Article, Author, Comment, Meta, Status
from ...thread import Thread
from ._posts import OWN_AUTHOR, OWN_ID, OWN_STATUS, PINGS, STATUSES, People, is_number, quoted

_HEAD = """\
<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0"
\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:wp="http://wordpress.org/export/1.2/">
<channel>
"""
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_NEVER = "0000-00-00 00:00:00"
_CLOCK = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", re.ASCII)
_APPROVED = {
    Status.VISIBLE: "1",
    Status.PENDING: "0",
    Status.HIDDEN: "0",
    Status.SPAM: "spam",
    Status.DELETED: "trash",
    Status.REMOVED: "trash",
    Status.MISSING: "trash",
}


def serialize(thread: Thread) -> str:
    """Write one thread as an export with one post; see `serialize_all`.

    >>> from discourse.formats import wxr
    >>> thread = Thread(Article("Bridge to close", id="7"), [Comment("1", text="At last!")])
    >>> wxr.parse(wxr.serialize(thread)).thread
    <Thread: 'Bridge to close', 1 comment, 1 top-level, 1 level>
    """
    return serialize_all((thread,))


def serialize_all(threads: Sequence[Thread]) -> str:
    """Write threads as one export, a post for each; the site is that of the first. O(n).

    Comment meta holds what WordPress has no field for: ids that are not its numbers, and statuses
    that it lacks. `as_held` returns the thread that reading the export returns.
    """
    return clean("".join(_pieces(threads)))


def _pieces(threads: Sequence[Thread]) -> Iterator[str]:
    yield _HEAD
    first = threads[0] if threads else Thread()
    article = first.article or Article()
    yield _plain("title", _as_html(article.site or ""))
    yield _plain("link", _string(first.meta, "link"))
    yield _plain("description", "")
    if article.language:
        yield _plain("language", article.language)
    yield _plain("wp:wxr_version", "1.2")
    base = _string(first.meta, "base_blog_url")
    yield _plain("wp:base_site_url", base or _string(first.meta, "link"))
    if base:
        yield _plain("wp:base_blog_url", base)
    for user in people_of(threads).users():
        yield "<wp:author>\n"
        if user.id is not None:
            yield _plain("wp:author_id", user.id)
        yield _cdata("wp:author_login", user.name or "")
        yield _cdata("wp:author_display_name", _as_html(user.display_name or user.name or ""))
        yield "</wp:author>\n"
    for thread in threads:
        yield from _item(thread)
    yield "</channel>\n</rss>\n"


def people_of(threads: Sequence[Thread]) -> People:
    """Return the users of an export: authors of posts, and those with a display name.

    A user never has an id that WordPress cannot have.
    """
    people = People()
    for thread in threads:
        authors = [*thread.article.authors[:1]] if thread.article is not None else []
        posts = len(authors)
        authors += [comment.author for comment in thread.comments if comment.author is not None]
        for position, author in enumerate(authors):
            name = clean(author.name or "").strip()
            shown = clean(author.display_name or "").strip() or None
            id = author.id if is_number(author.id) else None
            if name and ((id and position < posts) or (shown and (id or position < posts))):
                people.add(id, name, shown)
    return people


def _item(thread: Thread) -> Iterator[str]:
    article = thread.article or Article()
    yield "<item>\n"
    yield from _article(article)
    numbers = numbers_of(thread)
    for comment in thread.comments:
        yield _comment(comment, numbers)
    yield "</item>\n"


def _article(article: Article) -> Iterator[str]:
    meta = article.meta
    if article.title is not None:
        yield _cdata("title", html.escape(article.title, quote=False))
    yield _plain("link", article.url or "")
    author = article.authors[0].name if article.authors else None
    yield _cdata("dc:creator", author or "")
    if guid := _string(meta, "guid"):
        yield f'<guid isPermaLink="false">{_escaped(guid)}</guid>\n'
    if article.text is not None:
        yield _cdata("content:encoded", article.text)
    if excerpt := _string(meta, "excerpt"):
        yield _cdata("excerpt:encoded", excerpt)
    if is_number(article.id):
        yield _plain("wp:post_id", article.id or "")
    yield from _state(article)
    for category in categories_of(article):
        attributes = "".join(f' {key}="{html.escape(value)}"' for key, value in category[:2])
        name = _section(html.escape(category[2][1], quote=False))
        yield f"<category{attributes}>{name}</category>\n"
    if article.id is not None and not is_number(article.id):
        yield _meta("wp:postmeta", OWN_ID, quoted(article.id))


def _state(article: Article) -> Iterator[str]:
    meta = article.meta
    yield _times("post_date", article.created_at, meta)
    yield _times("post_modified", article.edited_at, meta)
    yield _plain("wp:comment_status", _string(meta, "comment_status") or "open")
    yield _plain("wp:ping_status", _string(meta, "ping_status") or "open")
    yield _plain("wp:status", _string(meta, "status") or "publish")
    yield _plain("wp:post_type", _string(meta, "post_type") or "post")
    for name in ("post_name", "post_parent", "is_sticky", "attachment_url"):
        if value := _string(meta, name):
            yield _plain(f"wp:{name}", value)


def categories_of(article: Article) -> list[list[tuple[str, str]]]:
    """Return the domain, nicename and name of each category; other tags are post tags."""
    categories = []
    named = set()
    listed = article.meta.get("category")
    for entry in listed if isinstance(listed, tuple) else ():
        name = _string(entry, "name") if isinstance(entry, Meta) else ""
        if isinstance(entry, Meta) and (name in article.tags or not name):
            categories.append(
                [(key, _string(entry, key)) for key in ("domain", "nicename", "name")]
            )
            named.add(name)
    rest = sorted(article.tags - named)
    return categories + [[("domain", "post_tag"), ("nicename", ""), ("name", tag)] for tag in rest]


def numbers_of(thread: Thread) -> dict[str, str]:
    """Return the number of each comment: its id, if WordPress could have all of the ids.

    WordPress imports comments in the order of their numbers, and moves a reply with a lower number
    than its parent to the top level. If that would happen, all comments are renumbered.
    """
    comments = thread.comments
    if all(
        is_number(comment.id)
        and (comment.parent_id is None or (len(comment.parent_id), comment.parent_id)
             < (len(comment.id), comment.id))
        for comment in comments
    ):  # fmt: skip
        return {comment.id: comment.id for comment in comments}
    return {comment.id: str(number) for number, comment in enumerate(comments, 1)}


def _comment(comment: Comment, numbers: Mapping[str, str]) -> str:
    number, author, meta = numbers[comment.id], comment.author or Author(), comment.meta
    parent = numbers[comment.parent_id] if comment.parent_id else "0"
    user = (author.id or "0") if is_number(author.id) else "0"
    approved = approved_of(comment)
    text = "" if comment.text is None else _cdata("wp:comment_content", comment.text)
    return f"""\
<wp:comment>
<wp:comment_id>{number}</wp:comment_id>
{_cdata("wp:comment_author", _as_html(author.display_name or author.name or ""))}\
{_cdata("wp:comment_author_email", _string(meta, "comment_author_email"))}\
{_plain("wp:comment_author_url", author.url or "")}\
{_cdata("wp:comment_author_IP", _string(meta, "comment_author_IP"))}\
{_times("comment_date", comment.created_at, meta)}\
{text}\
{_cdata("wp:comment_approved", approved)}\
{_cdata("wp:comment_type", kind_of(comment) or "comment")}\
<wp:comment_parent>{parent}</wp:comment_parent>
<wp:comment_user_id>{user}</wp:comment_user_id>
{"".join(_comment_meta(comment, number, approved))}\
</wp:comment>
"""


def _comment_meta(comment: Comment, number: str, approved: str) -> Iterator[str]:
    for key, value in comment_meta_of(comment):
        yield _meta("wp:commentmeta", key, value)
    if number != comment.id:
        yield _meta("wp:commentmeta", OWN_ID, quoted(comment.id))
    if STATUSES.get(approved) is not comment.status:
        yield _meta("wp:commentmeta", OWN_STATUS, comment.status.value)
    author = comment.author
    if author is not None and author.id is not None and not is_number(author.id):
        yield _meta("wp:commentmeta", OWN_AUTHOR, quoted(author.id))


def approved_of(comment: Comment) -> str:
    """Return WordPress's word for the status; the one in ``meta`` if it means the same."""
    approved = _string(comment.meta, "comment_approved")
    if approved in STATUSES and STATUSES[approved] is comment.status:
        return approved
    return _APPROVED[comment.status]


def kind_of(comment: Comment) -> str | None:
    """Return the type of a special comment: a ping, or the type in ``meta``."""
    pings = sorted(PINGS & comment.tags)
    if pings:
        return pings[0]
    kind = clean(_string(comment.meta, "comment_type")).strip()
    return kind if kind in comment.tags and kind != "comment" else None


def comment_meta_of(comment: Comment) -> Iterator[tuple[str, str]]:
    """Yield the keys and values that plugins stored with a comment."""
    fields = comment.meta.get("commentmeta")
    for key, value in fields.items() if isinstance(fields, Meta) else ():
        for one in value if isinstance(value, tuple) else (value,):
            key = clean(key).strip()
            if isinstance(one, str) and key and key not in (OWN_ID, OWN_STATUS, OWN_AUTHOR):
                yield key, one


def local_of(name: str, meta: Meta) -> str | None:
    """Return the local time in ``meta`` if it is a valid one."""
    key = LOCAL_EDIT if name == "post_modified" else LOCAL
    local = _string(meta, name) or (local_time(meta, key) or "").replace("T", " ")
    return local if _CLOCK.fullmatch(local) and not local.startswith("0000-00-00") else None


def _times(name: str, time: dt.datetime | None, meta: Meta) -> str:
    gmt = _NEVER
    if time is not None:
        gmt = time.astimezone(dt.UTC).replace(tzinfo=None, microsecond=0).isoformat(" ")
    local = local_of(name, meta) or gmt
    return f"<wp:{name}>{local}</wp:{name}>\n<wp:{name}_gmt>{gmt}</wp:{name}_gmt>\n"


def _meta(tag: str, key: str, value: str) -> str:
    return f"<{tag}>\n{_cdata('wp:meta_key', key)}{_cdata('wp:meta_value', value)}</{tag}>\n"


def clean(text: str) -> str:
    """Return *text* with U+FFFD for characters that XML 1.0 cannot hold."""
    return _CONTROL.sub("\ufffd", text)


def _as_html(name: str) -> str:
    """Return a name escaped as WordPress stores it."""
    return html.escape(name, quote=False)


def _cdata(tag: str, text: str) -> str:
    return f"<{tag}>{_section(text)}</{tag}>\n"


def _section(text: str) -> str:
    text = text.replace("]]>", "]]]]><![CDATA[>").replace("\r", "]]>&#13;<![CDATA[")
    return f"<![CDATA[{text}]]>"


def _plain(tag: str, text: str) -> str:
    return f"<{tag}>{_escaped(text)}</{tag}>\n"


def _escaped(text: str) -> str:
    return html.escape(text, quote=False).replace("\r", "&#13;")


def _string(meta: Mapping[str, object], key: str) -> str:
    value = meta.get(key)
    return value if isinstance(value, str) else ""
