"""Lines of a dump of Reddit as rows: of plain lines without making a `Comment`.

Nearly all lines are plain: every value is of the type that it mostly has. `_plain` makes a row of
one in a few microseconds. Any other line goes through the reader of the format, which decides what
it is and what is wrong. A law holds the two together: the rows are those of the reader's threads.
"""

import io
import json
import math
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias

import attrs
import msgspec

from .._collector import collector_paused
from .._problems import ProblemLog
from ..errors import Place, Problem
from ..formats._kit import lines
from ..formats._reddit import (
    DROPPED,
    NOBODY,
    OF_POST,
    ROLES,
    Things,
    placeholder,
    post_of,
    status_of,
    unescaped,
)
from ..json import make_converter
from ..model import Article, Comment, Status
from ._problem_rows import ProblemRow

Row: TypeAlias = tuple[Any, ...]

COLUMNS = (
    *("thread_id", "seq", "post", "id", "parent_id", "author_name", "author_id", "text"),
    *("text_format", "status", "created_at", "edited_at", "is_edited", "url", "score"),
    *("score_exact", "upvotes", "downvotes", "tags", "meta"),
)
"""The columns of a plain row: ``seq`` is where the line stands in the input, ``post`` what the
first comment of a thread says of the article, and times are microseconds."""

PREFIX = "t3_"
"""What the key of a thread has before the id of the post."""

_BIG, _EXACT = 2**63, 2**53
_LATEST = 10**11  # from which on numbers count milliseconds
_DEEP = 40  # brackets from which on a line may nest deeper than `Meta` holds
_OTHER = frozenset(("kind", "json", "name", "replies", *OF_POST)) - {
    *("subreddit", "subreddit_name_prefixed")
}
"""Keys of lines that are another thing than a comment, or that say more of the post."""
_READ = frozenset(
    (
        *("id", "author", "author_fullname", "body", "score", "edited", "created_utc", "permalink"),
        *("ups", "downs", *DROPPED, *OF_POST),
    )
)
_JUDGED = frozenset(("spam", "removed", "banned_by", "_meta"))
"""Keys that `status_of` looks at."""

_decode = msgspec.json.Decoder().decode
_encode = msgspec.json.Encoder().encode
_encode_ascii = json.JSONEncoder(separators=(",", ":")).encode
_encode_sorted = msgspec.json.Encoder(order="sorted").encode
_converter = make_converter()


@attrs.define
class Lines:
    """What the lines of a block hold."""

    plain: list[Row] = attrs.field(factory=list)
    """The rows of plain lines."""
    comments: list[tuple[str, int, str | None, Comment]] = attrs.field(factory=list)
    """Other comments: the key of the thread, ``seq``, ``post`` and the comment."""
    posts: list[tuple[str, int, Article]] = attrs.field(factory=list)
    """The posts: the key of the thread, ``seq`` and the article."""
    problems: list[ProblemRow] = attrs.field(factory=list)
    """What was wrong."""
    rows: int = 0
    """How many lines there were that are not blank."""


class _NotPlainError(Exception):
    """Raised inside for a line that the reader has to see."""


def rows_of(block: bytes, first: int, source: str, seq: int, *, is_last: bool) -> Lines:
    """Return what whole lines hold.

    Args:
        block: The lines.
        first: The number of the first line in its file, from 1.
        source: The file, for problems.
        seq: What is added to the number of a line for its ``seq``.
        is_last: Whether the file ends here, perhaps inside a line.
    """
    found = Lines()
    with collector_paused():
        _add_lines(found, block, first, source, seq, is_last=is_last)
    return found


def _add_lines(
    found: Lines,
    block: bytes,
    first: int,
    source: str,
    seq: int,
    *,
    is_last: bool,
) -> None:
    begun: set[str] = set()
    pieces = block.split(b"\n")
    last = pieces.pop()
    if last:
        pieces.append(last)
    for number, line in enumerate(pieces, first):
        if not line.strip():
            continue
        found.rows += 1
        try:
            found.plain.append(_plain(line, seq + number, begun))
        except (_NotPlainError, msgspec.MsgspecError, ValueError, RecursionError):
            is_cut = is_last and line is last
            raw = line if is_cut else line + b"\n"
            _take(found, raw, Place(source=source, line=number), seq + number, begun)


class _Shape(NamedTuple):
    """What the keys of a line say of it; nearly all lines of a dump have the same few shapes."""

    meta: tuple[str, ...]
    """The keys that no column holds."""
    meta_of_nobody: tuple[str, ...]
    """These keys and that of the author's id, for comments whose author is not known."""
    is_judged: bool
    """Whether its status may be another than visible."""


@lru_cache(maxsize=1024)
def _shape(keys: tuple[str, ...]) -> _Shape | None:
    """Return the shape of a line with these keys; None for another thing than a comment."""
    if not _OTHER.isdisjoint(keys):
        return None
    return _Shape(
        tuple(key for key in keys if key not in _READ),
        tuple(key for key in keys if key not in _READ or key == "author_fullname"),
        is_judged=not _JUDGED.isdisjoint(keys),
    )


_EDITS = {bool, int, float, type(None)}  # the types of an edit mark that mean something
_VISIBLE = Status.VISIBLE.value


def _plain(line: bytes, seq: int, begun: set[str]) -> Row:
    """Return the row of a plain line; raise for any other."""
    data = _decode(line)
    # Written again, a line gives the same bytes. That proves that no key is there twice, of which
    # msgspec takes the last in silence. Any other spelling is for the reader to judge.
    if type(data) is not dict or (_encode(data) != line.rstrip(b"\r") and _is_suspect(line, data)):
        raise _NotPlainError
    shape = _shape(tuple(data))
    if shape is None or (
        (b"[" in line or line.find(b"{", 1) > 0) and line.count(b"{") + line.count(b"[") > _DEEP
    ):
        raise _NotPlainError
    if b"&" in line or b"u0026" in line:
        data = unescaped(data)
    get = data.get
    id, link, parent, edited = get("id"), get("link_id"), get("parent_id"), get("edited")
    is_plain = _is_text(id) and _is_text(link) and _is_text(parent)
    if not (is_plain and link[:3] == PREFIX != link and type(edited) in _EDITS):
        raise _NotPlainError
    if parent[:3] == "t1_" and len(parent) > 3:
        parent = parent[3:]
    elif parent[:3] == PREFIX:
        parent = None
    else:
        raise _NotPlainError
    author = _label(get("author"))
    if author is None or author in NOBODY:
        author = author_id = None
    else:
        author_id = _label(get("author_fullname"))
    score = _whole(get("score"))
    upvotes, downvotes = get("ups"), get("downs")
    if upvotes == score and not downvotes:
        upvotes = downvotes = None
    text, status = _text_and_status(data, shape)
    if shape.is_judged and not edited and _is_edited_later(data):
        edited = True
    tags, meta = _tags_and_meta(data, shape.meta if author else shape.meta_of_nobody)
    shown_score = None if get("score_hidden") == 1 else score
    row = (
        id,
        parent,
        author,
        author_id,
        text,
        "markdown",
        status,
        _micros(get("created_utc")),
        None if edited is None or edited is True or not edited else _micros(edited),
        None if edited is None else bool(edited),
        _url(_label(get("permalink"))),
        None if shown_score is None else float(shown_score),
        None if shown_score is None or abs(shown_score) < _EXACT else _exact(shown_score),
        _whole(upvotes),
        _whole(downvotes),
        tags,
        meta,
    )
    first = None if link in begun else _first(data, link, begun)  # begins it, once all is plain
    return (link, seq, first, *row)


def _text_and_status(data: dict[str, Any], shape: _Shape) -> tuple[str | None, str]:
    text = _text(data.get("body"))
    status = placeholder(text)
    if status is not None:
        return None, status.value
    return text, status_of(data).value if shape.is_judged else _VISIBLE


def _is_edited_later(data: dict[str, Any]) -> bool:
    later = data.get("_meta")
    return type(later) is dict and later.get("is_edited") is True


def _is_suspect(line: bytes, data: dict[str, Any]) -> bool:
    """Whether an object of a line has a key twice, or is not for msgspec to read."""
    text = line.rstrip(b"\r").replace(b"\\/", b"/")  # as Pushshift escapes slashes
    encoded = _encode_ascii(data).encode() if b"\\u" in text else _encode(data)
    if text == encoded:
        return False
    repeated = False

    def pairs(items: list[tuple[str, Any]]) -> dict[str, Any]:
        nonlocal repeated
        made = dict(items)
        repeated = repeated or len(made) != len(items)
        return made

    value = json.loads(line, object_pairs_hook=pairs, parse_float=_finite)
    return repeated or value != data


def _finite(digits: str) -> float:
    value = float(digits)
    if not math.isfinite(value):
        raise _NotPlainError
    return value


def _is_text(value: object) -> bool:
    return type(value) is str and value != ""


def _text(value: Any) -> str | None:  # noqa: ANN401 - whatever JSON has there
    if value is None or type(value) is str:
        return value
    raise _NotPlainError


def _label(value: Any) -> str | None:  # noqa: ANN401 - the same
    return _text(value) or None


def _whole(value: Any) -> int | None:  # noqa: ANN401 - the same
    if value is None or (type(value) is int and -_BIG <= value < _BIG):
        return value
    raise _NotPlainError


def _exact(score: int) -> int | None:
    return score if int(float(score)) != score else None


def _micros(value: Any) -> int | None:  # noqa: ANN401 - the same
    """Return seconds, or their digits, as microseconds."""
    if type(value) is str and value.isascii() and value.isdecimal() and len(value) < 12:
        value = int(value)
    if value is None:
        return None
    if type(value) is int and 0 <= value < _LATEST:
        return value * 1_000_000
    raise _NotPlainError


def _url(path: str | None) -> str | None:
    return f"https://www.reddit.com{path}" if path is not None and path[0] == "/" else path


def _tags_and_meta(data: dict[str, Any], keys: tuple[str, ...]) -> tuple[str | None, str | None]:
    """Return the tags and the meta, as JSON."""
    get = data.get
    tags = []
    if get("is_submitter") == 1:
        tags.append("by-author")
    if get("stickied") == 1:
        tags.append("pinned")
    rest = {key: value for key in keys if (value := data[key]) or value == 0}
    role = get("distinguished")
    if type(role) is str and role in ROLES:
        del rest["distinguished"]
        tags = sorted([*tags, role])
    return (
        _encode(tags).decode() if tags else None,
        _encode_sorted(rest).decode() if rest else None,
    )


def _first(data: dict[str, Any], link: str, begun: set[str]) -> str:
    """Return what the first comment of a thread in a block says of the post."""
    site = _label(data.get("subreddit"))
    begun.add(link)
    article = {"id": link[3:]} if site is None else {"id": link[3:], "site": site}
    return _encode(article).decode()


def _take(found: Lines, raw: bytes, place: Place, seq: int, begun: set[str]) -> None:
    """Take a line as the reader of the format does."""
    log = ProblemLog()
    is_used = False
    thread_id: str | None = None
    for _, _, value in lines(io.BytesIO(raw), log):
        id = post_of(value) if isinstance(value, dict) else None
        things = Things("pushshift")
        if id is not None:
            thread_id = PREFIX + id
            things.take(things.builder.roots(unescaped(value)))
            log.problems += things.builder.log.finish()
            is_used = _keep(found, things, seq, begun)
        if not is_used and not log.problems:
            message = "neither a comment nor a post: skipped"
            log.add("not-recognised", message, values=(value,))
    for n, problem in enumerate(log.finish()):
        rows = int(n == 0 and not is_used)
        placed = Problem(problem.kind, problem.message, problem.ids, problem.values, place)
        found.problems.append(ProblemRow(placed, thread_id, rows))


def _keep(found: Lines, things: Things, seq: int, begun: set[str]) -> bool:
    """Keep the one comment or post of a line; say whether there was one, and nothing else."""
    if len(things.builder.threads) != 1:
        return False
    ((post, draft),) = things.builder.threads.items()
    if post is None or draft.stubs or len(draft.comments) + (draft.article is not None) != 1:
        return False
    key = PREFIX + post
    for comment in draft.comments:
        article = things.posts.get(post)
        first = None
        if article is not None and key not in begun:
            begun.add(key)
            plain = _converter.unstructure(article)
            first = json.dumps(plain, ensure_ascii=False)
        found.comments.append((key, seq, first, comment))
    if draft.article is not None:
        found.posts.append((key, seq, draft.article))
    return True
