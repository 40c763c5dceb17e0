"""The closed lists of words that the model uses, as enums whose members are strings."""

import enum


class Status(enum.StrEnum):
    """Whether a comment stands, and if not, who took it away."""

    VISIBLE = "visible"
    """Shown to everyone."""
    PENDING = "pending"
    """Waiting for a moderator."""
    SPAM = "spam"
    """Held back as spam."""
    HIDDEN = "hidden"
    """Folded away or shown to some only."""
    DELETED = "deleted"
    """Taken away by its author."""
    REMOVED = "removed"
    """Taken away by a moderator or the site."""
    MISSING = "missing"
    """Known only because something else names it: a placeholder."""


class TextFormat(enum.StrEnum):
    """What a text is written in; texts are kept as the source had them."""

    TEXT = "text"
    """Plain text."""
    HTML = "html"
    """HTML, untrusted."""
    MARKDOWN = "markdown"
    """Markdown of whatever dialect the source uses."""
    WIKITEXT = "wikitext"
    """MediaWiki markup."""
    BBCODE = "bbcode"
    """Forum markup in square brackets."""
    OTHER = "other"
    """Something else, named in ``meta`` where that is known."""


class StubKind(enum.StrEnum):
    """Why a place in a thread is incomplete."""

    MORE = "more"
    """Further replies whose ids are listed (Reddit's "load more")."""
    CONTINUE = "continue"
    """The branch goes on on another page (Reddit's "continue this thread")."""
    CURSOR = "cursor"
    """Further replies behind a cursor or page number."""
    BLOCKED = "blocked"
    """Replies that the source does not show to this reader."""
    NOT_FOUND = "not-found"
    """Replies that the source names and no longer has."""
    TRUNCATED = "truncated"
    """The input ends or was cut here."""
