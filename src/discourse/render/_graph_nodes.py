"""Choose which comments a drawing has room for, and what is written at each of them."""

from collections.abc import Iterator

from .._terminal.columns import cut
from ..errors import FieldError
from ..model import Article, Comment, Status
from ..plain import plain_text
from ..thread import Thread

_ENOUGH = 400  # characters of a text that are looked at: no label has room for more


def nearest(thread: Thread, most: int | None) -> tuple[list[int], int]:
    """Return the positions of the *most* comments nearest to the article, and how many are left.

    Levels are taken one after another, the last of them from its beginning on, so that the parent
    of each comment that is taken is taken too. The positions stand in the order of the thread.
    """
    if most is not None and (type(most) is not int or most < 0):
        raise FieldError("render", "max_comments", most, "must be an int from 0, or None")
    if most is None or most >= len(thread):
        return list(range(len(thread))), 0
    depths = [thread.depth(comment) for comment in thread.comments]
    taken = sorted(range(len(depths)), key=depths.__getitem__)[:most]
    return sorted(taken), len(thread) - most


def parents(thread: Thread, taken: list[int]) -> Iterator[int | None]:
    """Yield for each of these positions that of the parent; None for the article."""
    branch: list[int] = []
    for position in taken:
        depth = thread.depth(thread.comments[position])
        del branch[depth:]
        yield branch[-1] if branch else None
        branch.append(position)


def title(article: Article | None, width: int) -> str:
    if article is None:
        return "Discussion"
    return cut(article.title or "(untitled)", width)


def said(comment: Comment, width: int) -> tuple[str, str]:
    """Return the name of the author, "" where that is not known, and the first words."""
    author = comment.author
    name = "" if author is None else author.display_name or author.name or author.id or ""
    if comment.status is Status.MISSING:
        words = "(not here)"
    else:
        words = plain_text(comment, links=False) or comment.title or ""
        if comment.status is not Status.VISIBLE:
            words = f"({comment.status.value}) {words}".rstrip()
    return cut(name, width), cut(words[:_ENOUGH].strip(), width)
