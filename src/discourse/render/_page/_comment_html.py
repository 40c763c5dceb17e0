"""The comments of a thread as HTML: nested branches, and flat lists where they get too deep.

Browsers stop at 512 nested elements, and every level takes two. So below the 30th level, a branch
continues without further nesting, and each comment names the one that it answers.
"""

from collections import Counter
from collections.abc import Iterator

from ...model import Author, Comment, Status
from ...thread import Thread
from .._wording import edited, lacks, many, name_of, state, votes, whose
from ._body_text import text_of
from ._escaping import anchor, colour, escape, language, link, moment_of, web

_NESTED = 30
"""How many levels are nested elements."""
_GROUP = 100
"""How many top-level branches a browser skips at once while they are not on the screen."""
_INDENTED, _INDENTED_SMALL = 9, 5
"""How many levels are indented, on a wide screen and on a phone."""


def comments_of(thread: Thread, prefix: str, level: int) -> Iterator[str]:
    """Yield the HTML of all comments, in pieces. O(n) at any depth.

    Their anchors start with the prefix, and their headings have the level.
    """
    replies = Counter(comment.parent_id for comment in thread)
    absent = lacks(thread)
    ends: list[tuple[int, str]] = []
    """The end of each open branch, and its closing tags."""
    is_grouped, branch = replies[None] > _GROUP, 0
    for at, comment in enumerate(thread.comments):
        while ends and ends[-1][0] <= at:
            yield ends.pop()[1]
        depth, size = thread.depth(comment), thread.size(comment)
        if is_grouped and not depth:
            if branch % _GROUP == 0:
                yield f'{"</div>" if branch else ""}<div class="group">\n'
            branch += 1
        yield from _comment(thread, comment, prefix, level)
        below = _below(comment, replies[comment.id], size - 1)
        missing = _absent(absent.get(comment.id, []))
        if size > 1 and depth < _NESTED:
            kind = "r" if depth < _INDENTED_SMALL else "r m" if depth < _INDENTED else "r n"
            yield f'<details class="{kind}" open><summary>{below}</summary>\n'
            ends.append((at + size, f"{missing}</details></article>\n"))
        else:
            note = f'<p class="note">{below}</p>' if below else ""
            yield f"{note}{missing}</article>\n"
    yield from (closing for _, closing in reversed(ends))
    if is_grouped:
        yield "</div>\n"
    yield _absent(absent.get(None, []))


def _comment(thread: Thread, comment: Comment, prefix: str, level: int) -> Iterator[str]:
    here = prefix + anchor(comment.id)
    gone = "" if comment.status is Status.VISIBLE else " gone"
    context = (
        " context" if "context" in comment.tags else ""
    )  # as `discourse.query.filter` marks it
    yield f'<article class="c{gone}{context}" id="{here}">\n<header>'
    yield " ".join(_header(thread, comment, prefix, level))
    id, number = escape(comment.id[:200]), thread.position(comment) + 1
    yield f' <a class="l" href="#{here}" title="id {id}">#{number}</a></header>\n'
    if comment.title is not None:
        yield f'<p class="ti" dir="auto"{language(comment.language)}>{escape(comment.title)}</p>\n'
    if comment.text is not None or comment.status is not Status.MISSING:
        yield text_of(comment) + "\n"


def _header(thread: Thread, comment: Comment, prefix: str, level: int) -> Iterator[str]:
    """Yield what is known about a comment, except its text."""
    yield f"<h{level}{_author(comment)}</h{level}>"
    author = comment.author
    if author is not None:
        yield from _about(author)
    parent = thread.parent(comment)
    if parent is not None:
        where = prefix + anchor(parent.id)
        to = escape(name_of(parent.author)[:60]) or f"#{thread.position(parent) + 1}"
        yield f'<a class="p" href="#{where}">to <bdi>{to}</bdi></a>'
    if comment.created_at is not None:
        yield moment_of(comment.created_at)
    yield from (f"<span>{fact}</span>" for fact in (*votes(comment), edited(comment)) if fact)
    if fate := state(comment.status):
        yield f'<span class="state">{fate}</span>'
    yield from (f'<span class="g" dir="auto">{escape(tag)}</span>' for tag in sorted(comment.tags))
    if address := web(comment.url):
        yield link(address, "original")


def _author(comment: Comment) -> str:
    """Return the rest of the heading's start tag, and who wrote the comment."""
    name, author = name_of(comment.author), comment.author
    if not name or author is None:
        return f' class="no">{escape(whose(comment))}'
    shown = f"<bdi>{escape(name)}</bdi>"
    if address := web(author.url):
        shown = link(address, shown)
    return f' class="{colour(author.key)}">{shown}' if author.key is not None else f">{shown}"


def _about(author: Author) -> Iterator[str]:
    """Yield the login if another name is shown, and whether the author is a bot."""
    if author.display_name and author.name and author.name != author.display_name:
        yield f'<span dir="auto">{escape(author.name)}</span>'
    if author.is_bot:
        yield '<span class="g">bot</span>'


def _below(comment: Comment, here: int, below: int) -> str:
    """Return the number of replies in words, or the empty string."""
    claimed = comment.reply_count
    if not here:
        return f"{many(claimed, 'reply', 'replies')} at the source, none here" if claimed else ""
    count = many(here, "reply", "replies")
    if below > here:
        count += f", {below:,} in all"
    if claimed is not None and claimed != here:
        count += f" ({claimed:,} at the source)"
    return count


def _absent(notes: list[str]) -> str:
    return "".join(f'<p class="note">({note})</p>\n' for note in notes)
