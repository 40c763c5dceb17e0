"""Predicates about people: `by` (who wrote it), `mentions` (whom it calls by name)."""

from collections.abc import Callable
from typing import TypeAlias, final

import attrs

from ..model import Author
from ..thread import Thread
from . import _arguments as check
from ._predicate import Positions, Predicate, Single

_LONGEST = 200  # of a name; so long that no name is longer, so short that no text takes for ever

Whom: TypeAlias = Author | str | Callable[[Author], object] | None
"""An author, a name, a question to ask of each known author, or None for the unknown one."""


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class By(Single):
    """Holds for the comments of an author."""

    word = "by"

    author: Whom

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `by`."""
        at, whom = thread.comments, self.author
        if whom is None:
            return [n for n in positions if (a := at[n].author) is None or a.key is None]
        if isinstance(whom, str):
            return [
                n
                for n in positions
                if (a := at[n].author) is not None and whom in (a.name, a.display_name, a.id)
            ]
        if isinstance(whom, Author):
            key = whom.key
            return [n for n in positions if (a := at[n].author) is not None and a.key == key]
        return [n for n in positions if (a := at[n].author) is not None and whom(a)]


def by(author: Whom) -> Predicate:
    """Hold for comments by an author.

    Args:
        author: An `Author`, who is the same person where the `Author.key` is equal; or a string,
            which is one's name, display name or id, exactly as it stands, case and all; or a
            function, which is called with the author of each comment that has one; or None, for
            comments whose author is not known.

    A comment without a known author is by nobody: it does not match, except for None. A placeholder
    has no author. Raises `FieldError` for an `Author` who has neither id nor name.

    >>> thread = Thread(None, [Comment("1", author=Author("ada", id="7", display_name="Ada L."))])
    >>> [by(whom)(thread, "1") for whom in ("ada", "Ada L.", "7", Author(id="7"), "Ada")]
    [True, True, True, True, False]
    >>> by(lambda author: author.is_bot)(thread, "1")
    False
    """
    if author is None or (callable(author) and not isinstance(author, str)):
        return By(author)
    if isinstance(author, Author):
        if author.key is None:
            check.refuse("by(author)", author, "must have an id or a name; None is the unknown one")
        return By(Author(id=author.id) if author.id is not None else Author(author.name))
    return By(check.text("by(author)", author))


@final
@attrs.frozen(repr=False, getstate_setstate=False)
class Mentions(Single):
    """Holds for comments that call somebody by name."""

    word = "mentions"

    name: str
    bare: bool = attrs.field(default=False, kw_only=True)

    def narrow(self, thread: Thread, positions: Positions) -> list[int]:
        """See `mentions`."""
        at = thread.comments
        name = self.name.casefold()
        signs = ("",) if self.bare else ("@", "u/")
        return [
            n
            for n in positions
            if (text := at[n].text) is not None
            and name in (folded := text.casefold())
            and any(_stands_alone(sign + name, folded) for sign in signs)
        ]


def mentions(name: str, *, bare: bool = False) -> Predicate:
    """Hold for comments whose text calls somebody by name: ``@name`` or ``u/name``.

    Args:
        name: The name, as it stands after the sign, of at most 200 characters; case does not
            matter.
        bare: Let the name alone do, as where people write "Ada, that is wrong". Names that are
            words as well will then be found in other sentences too.

    There must be no letter, digit or underscore right before or after: ``@Adam`` is no mention of
    Ada, and ``bob@ada.example`` is none either. Comments without a text do not match.

    >>> thread = Thread(None, [Comment("1", text="@ada: no"), Comment("2", text="Ada, no")])
    >>> [mentions("Ada")(thread, comment) for comment in thread]
    [True, False]
    >>> [mentions("Ada", bare=True)(thread, comment) for comment in thread]
    [True, True]
    """
    made = check.text("mentions(name)", name)
    if not made.strip():
        check.refuse("mentions(name)", name, "must not be empty")
    if len(made) > _LONGEST:
        check.refuse("mentions(name)", name, f"must have at most {_LONGEST} characters")
    return Mentions(made, bare=check.flag("mentions(bare)", bare))


def _stands_alone(name: str, text: str) -> bool:
    """Whether *name* stands in *text* with no part of a word before or after it."""
    start = text.find(name)
    while start >= 0:
        end = start + len(name)
        before, after = text[start - 1 : start], text[end : end + 1]
        if not (_in_word(before) or _in_word(after)):
            return True
        start = text.find(name, start + 1)
    return False


def _in_word(character: str) -> bool:
    return character == "_" or character.isalnum()
