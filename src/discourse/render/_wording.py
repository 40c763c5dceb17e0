"""Facts about a comment in words: times, names, numbers, statuses. Plain text, not escaped."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator

from ..model import Article, Author, Comment, Status, StubKind
from ..thread import Thread

_MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_STATES = {
    Status.PENDING: "waiting for a moderator",
    Status.SPAM: "withheld as spam",
    Status.HIDDEN: "hidden at the source",
    Status.DELETED: "deleted by its author",
    Status.REMOVED: "removed by a moderator or the site",
    Status.MISSING: "known only because a reply names it",
}
_LACKS = {
    StubKind.MORE: "more at the source",
    StubKind.CONTINUE: "the branch continues at the source",
    StubKind.CURSOR: "more at the source",
    StubKind.BLOCKED: "the source does not show more",
    StubKind.NOT_FOUND: "the source no longer has more",
    StubKind.TRUNCATED: "the input ends here",
}


def moment(time: dt.datetime) -> str:
    """Return a time in words, on the clock of its own offset, as the source shows it.

    >>> moment(dt.datetime(2024, 5, 31, 14, 5, tzinfo=dt.timezone(dt.timedelta(hours=2))))
    '31 May 2024, 14:05 UTC+02:00'
    """
    clock = f"{time.day} {_MONTHS[time.month - 1]} {time.year:04}, {time:%H:%M}"
    return f"{clock} {dt.timezone(time.utcoffset() or dt.timedelta())}"


def name_of(author: Author | None) -> str:
    """Return the name that readers see, on one line, or the empty string if it is unknown."""
    if author is None:
        return ""
    names = (author.display_name, author.name, author.id)
    return next(filter(None, (flat(name) for name in names if name)), "")


def flat(text: str) -> str:
    """Return a text on one line, with white space collapsed."""
    return " ".join(text.split())


def whose(comment: Comment) -> str:
    """Return who wrote a comment, or that the author is unknown."""
    return name_of(comment.author) or (
        "missing comment" if comment.status is Status.MISSING else "unknown author"
    )


def state(status: Status) -> str:
    """Return the status of a comment in words, or the empty string if it is visible."""
    return _STATES.get(status, "")


def figure(value: int | float) -> str:
    """Return a number for readers.

    >>> figure(-1200), figure(0.5)
    ('\u22121,200', '0.5')
    """
    shown = f"{value:,}" if type(value) is int else f"{value:g}"
    return shown.replace("-", "\u2212")


def many(number: int, one: str, more: str | None = None) -> str:
    """Return a number and what is counted.

    >>> many(1, "reply", "replies"), many(1200, "comment")
    ('1 reply', '1,200 comments')
    """
    return f"{number:,} {one if number == 1 else more or one + 's'}"


def votes(comment: Comment) -> Iterator[str]:
    """Yield the score, and the votes if the score does not imply them."""
    up, down, score = comment.upvotes, comment.downvotes, comment.score
    if score is not None:
        yield f"score {figure(score)}"
    if up is not None and not (up == score and not down):
        yield f"{figure(up)} up"
    if down:
        yield f"{figure(down)} down"


def edited(value: Comment | Article) -> str:
    """Return that something was edited, and when, or the empty string."""
    if value.edited_at is not None:
        return f"edited {moment(value.edited_at)}"
    return "edited" if isinstance(value, Comment) and value.is_edited else ""


def lacks(thread: Thread) -> dict[str | None, list[str]]:
    """Return, for each comment and for the top level (None), what is missing by its stubs."""
    notes: dict[str | None, list[str]] = {}
    for stub in thread.stubs:
        number = stub.count if stub.count is not None else len(stub.ids) or None
        what = _LACKS[stub.kind]
        note = what if number is None else f"{what}: {many(number, 'comment')}"
        notes.setdefault(stub.parent_id, []).append(note)
    return notes


def counted(thread: Thread) -> str:
    return many(len(thread), "comment")


def remarks(thread: Thread) -> str:
    """Return the claimed and missing numbers of comments, or the empty string if they match."""
    absent = Counter(comment.status for comment in thread)[Status.MISSING]
    claimed = thread.article.comment_count if thread.article is not None else None
    notes = []
    if claimed not in (None, len(thread) - absent):
        notes.append(f"the source says {claimed:,}")
    if absent:
        notes.append(f"{absent:,} of these {'is' if absent == 1 else 'are'} missing")
    return ", ".join(notes)
