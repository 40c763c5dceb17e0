"""`html`: a self-contained page of one or more threads."""

import base64
import datetime as dt
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib import resources

from ..._threads import Threads
from ...errors import FieldTypeError
from ...model import Source
from ...thread import Thread
from .._inline import Page
from .._wording import counted, flat, many, moment, remarks
from ._article_html import article_of, title_of
from ._comment_html import comments_of
from ._escaping import escape, link, web

_KEYS = (
    ("j", "next comment"),
    ("k", "previous comment"),
    ("u", "the comment that this one answers"),
    ("\u2190", "fold the replies, or go to what this one answers"),
    ("\u2192", "unfold the replies, or go on"),
    ("Enter", "fold or unfold the replies"),
    ("?", "these keys"),
)
_LONG = 5_000
"""From this many comments on, browsers may lay out only what is on the screen."""
_INDENT = re.compile(r"\n\s+")


def html(threads: Threads, *, title: str | None = None) -> Page:
    """Return an HTML page of one thread, or of several one after another.

    Args:
        threads: The thread, or several, such as the ``threads`` of a reading. A page of several
            threads starts with an index: the title, or the key in a mapping, the number of comments
            and people, and the dates.
        title: The title of the page. The default is the headline of the article.

    The page is self-contained: it loads nothing, and its ``Content-Security-Policy`` allows only
    its own style and script, by hash. It is readable without the script, which only adds keyboard
    shortcuts (``?`` lists them) and buttons that fold all replies. The page is in English; each
    text has its own language, if known, and its own direction.

    All content is escaped. HTML is rebuilt from a short list of allowed elements, links lead only
    to the web and to e-mail, and images become links. The anchor of a comment is ``#c-`` and its id
    (``#t2-c-`` in the second of several threads), so it does not change when other comments do.
    Placeholders are shown as missing comments, and stubs as remarks. Unknown authors are marked,
    and unknown texts differ from empty ones. `meta` is not shown. Texts of comments with the tag
    ``context``, which `discourse.query.filter` adds around matches, are paler.

    Branches are nested 30 levels deep. Deeper comments follow in order without further nesting, and
    each names the one that it answers. With more than 5,000 comments, a browser lays out only those
    on the screen; without the script, an anchor may then scroll to the wrong place.

    Raises `FieldTypeError` for anything but threads. O(n), at any depth.

    >>> page = html(Thread(Article("Bridge to close"), [Comment("1", text="At <last>.")]))
    >>> "<h1" in page and "At &lt;last&gt;." in page
    True
    >>> '<article class="c" id="c-1">' in page
    True
    """
    shown = _threads(threads)
    if title is not None and not isinstance(title, str):
        raise FieldTypeError("render", "html(title)", title, "must be a string, or None")
    named = flat(title) if title is not None else _title(shown)
    keys = list(threads) if isinstance(threads, Mapping) else []
    return Page("".join(_page(shown, named, keys, is_titled=title is not None)))


def _threads(shown: Threads) -> list[Thread]:
    if isinstance(shown, Thread):
        return [shown]
    reason = "must be a Thread, or an iterable of Thread"
    if isinstance(shown, str | bytes) or not isinstance(shown, Iterable):
        raise FieldTypeError("render", "html(threads)", shown, reason)
    threads = list(shown.values() if isinstance(shown, Mapping) else shown)
    for thread in threads:
        if not isinstance(thread, Thread):
            raise FieldTypeError("render", "html(threads)", thread, reason)
    return threads


def _title(threads: list[Thread]) -> str:
    if len(threads) == 1:
        return title_of(threads[0].article)
    return many(len(threads), "discussion", "discussions")


def _page(threads: list[Thread], title: str, keys: list[str], *, is_titled: bool) -> Iterator[str]:
    style, script = _asset("page.css"), _asset("page.js")
    policy = (
        f"default-src 'none'; style-src {_hash(style)}; script-src {_hash(script)}; "
        "base-uri 'none'; form-action 'none'"
    )
    yield (
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        '<a class="skip" href="#comments">Skip to the comments</a>\n'
    )
    is_listed = len(threads) != 1 or is_titled
    is_long = sum(map(len, threads)) > _LONG
    yield '<main class="long">\n' if is_long else "<main>\n"
    if is_listed:
        yield from _contents(threads, title, keys)
    tools = _tools(threads)
    for number, thread in enumerate(threads, 1):
        yield from _thread(thread, number, threads, level=2 if is_listed else 1, tools=tools)
        tools = ""
    if not threads:
        yield '<p class="note" id="comments">There is nothing to show.</p>\n'
    yield "</main>\n"
    yield from _footer(threads)
    yield f"{_help()}<script>{script}</script>\n</body>\n</html>\n"


def _contents(threads: list[Thread], title: str, keys: list[str]) -> Iterator[str]:
    """Yield the header of a page with its own title, and the index."""
    yield f'<header class="story"><h1 dir="auto">{escape(title)}</h1></header>\n'
    if len(threads) > 1:
        yield '<nav class="contents" aria-label="Discussions"><ol>\n'
        for number, thread in enumerate(threads, 1):
            is_named = keys and (thread.article is None or thread.article.title is None)
            name = escape(flat(keys[number - 1]) if is_named else title_of(thread.article))
            yield f'<li><a href="#t{number}"><bdi>{name}</bdi></a>, {_about(thread)}</li>\n'
        yield "</ol></nav>\n"


def _about(thread: Thread) -> str:
    """Return how many comments and people a thread has, and the days of the first and the last."""
    parts = [counted(thread)]
    people = len({comment.author_key for comment in thread} - {None})
    if people:
        parts.append(many(people, "person", "people"))
    times = [comment.created_at for comment in thread if comment.created_at is not None]
    days = dict.fromkeys(moment(time).rpartition(",")[0] for time in _ends(times))
    return ", ".join([*parts, *filter(None, [" to ".join(days)])])


def _ends(times: list[dt.datetime]) -> list[dt.datetime]:
    return [min(times), max(times)] if times else []


def _tools(threads: list[Thread]) -> str:
    """Return the useful buttons. The script shows them."""
    if not any(map(len, threads)):
        return ""
    fold = ""
    if any(comment.parent_id is not None for thread in threads for comment in thread):
        fold = (
            '<button type="button" data-do="fold">Fold all</button> '
            '<button type="button" data-do="unfold">Unfold all</button> '
        )
    keys = '<button type="button" data-do="help">Keys</button>'
    return f'<p class="tools" hidden>{fold}{keys}</p>\n'


def _thread(
    thread: Thread, number: int, threads: list[Thread], level: int, tools: str
) -> Iterator[str]:
    of = len(threads)
    prefix = "c-" if of == 1 else f"t{number}-c-"
    first = ' id="comments"' if number == 1 else ""
    label = "Comments" if of == 1 else f"Comments on number {number}"
    yield f'<div id="t{number}">\n'
    yield from article_of(thread.article, level)
    yield f'<section class="talk"{first} aria-label="{label}">\n'
    yield f"<h{level + 1}>{counted(thread)}</h{level + 1}>\n"
    if note := remarks(thread):
        yield f'<p class="note">{note}</p>\n'
    yield tools
    yield from comments_of(thread, prefix, level + 2)
    yield "</section>\n</div>\n"


def _footer(threads: list[Thread]) -> Iterator[str]:
    sources = dict.fromkeys(_source(each.source) for each in threads if each.source is not None)
    if any(sources):
        yield "<footer>\n"
        yield from (f'<p class="note">{source}</p>\n' for source in sources if source)
        yield "</footer>\n"


def _source(source: Source) -> str:
    """Return where a thread is from, or the empty string if it is unknown."""
    parts = [
        source.platform and f"from {escape(flat(source.platform))}",
        source.format and f"read as {escape(flat(source.format))}",
        source.retrieved_at and f"fetched {moment(source.retrieved_at)}",
    ]
    origin = ", ".join(part for part in parts if part)
    if address := web(source.url):
        origin += f"{', ' if origin else ''}from {link(address, address)}"
    return origin[:1].upper() + origin[1:]


def _help() -> str:
    keys = "".join(f"<dt><kbd>{key}</kbd></dt><dd>{what}</dd>\n" for key, what in _KEYS)
    return (
        '<dialog id="keys" aria-label="Keys">\n<h2>Keys</h2>\n'
        f'<dl>\n{keys}</dl>\n<button type="button" data-do="close">Close</button>\n</dialog>\n'
    )


@cache
def _asset(name: str) -> str:
    """Return a style or script without indentation."""
    text = resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
    return _INDENT.sub("\n", "\n" + text.strip() + "\n")


@cache
def _hash(text: str) -> str:
    """Return the source expression that allows a style or script in a policy."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
