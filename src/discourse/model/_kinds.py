"""The enumerations of the model. Their members are strings."""

import enum


class Status(enum.StrEnum):
    """Whether a comment is visible, and if not, why."""

    VISIBLE = "visible"
    """Shown to everyone."""
    PENDING = "pending"
    """Waiting for a moderator."""
    SPAM = "spam"
    """Withheld as spam."""
    HIDDEN = "hidden"
    """Collapsed, or shown to some people only."""
    DELETED = "deleted"
    """Deleted by its author."""
    REMOVED = "removed"
    """Removed by a moderator or the site."""
    MISSING = "missing"
    """A placeholder: known only because a reply or a stub names it."""


class TextFormat(enum.StrEnum):
    """The markup of a text. Texts are stored verbatim."""

    TEXT = "text"
    """Plain text."""
    HTML = "html"
    """HTML, untrusted."""
    MARKDOWN = "markdown"
    """Markdown, in the dialect of the source."""
    WIKITEXT = "wikitext"
    """MediaWiki markup."""
    BBCODE = "bbcode"
    """Forum markup in square brackets."""
    OTHER = "other"
    """Something else, named in ``meta`` if known."""


class StubKind(enum.StrEnum):
    """Why a place in a thread is incomplete."""

    MORE = "more"
    """More replies, listed by id (Reddit's "load more")."""
    CONTINUE = "continue"
    """The branch continues on another page (Reddit's "continue this thread")."""
    CURSOR = "cursor"
    """More replies behind a cursor or page number."""
    BLOCKED = "blocked"
    """Replies that the source does not show to this reader."""
    NOT_FOUND = "not-found"
    """Replies that the source names but no longer has."""
    TRUNCATED = "truncated"
    """The input ends here or was cut."""
