"""`residue`: find the names that are left in threads."""

from collections.abc import Iterable, Iterator
from typing import final

import attrs

from .._prose import Entry
from .._threads import Threads, keyed
from ..errors import FieldError, FieldTypeError
from ._identities import People
from ._name_search import loose, spots
from ._text_fields import Place, places


@final
@attrs.frozen
class Residue:
    """A name that is left in a thread."""

    comment_id: str | None
    """The id of the comment; None for the article, the source or the thread itself."""
    field: str
    """The field: ``text``, ``author.name``, ``article.title``, ``meta.flair`` and so on."""
    span: tuple[int, int]
    """The position in that field, in characters."""
    name: str
    """The name, as passed to `residue`."""
    thread: int | str | None = None
    """Of several threads, the number of the thread, from 0, or its key in a mapping."""


def residue(threads: Threads, names: Iterable[str]) -> tuple[Residue, ...]:
    """Return every occurrence of the names in any field of a thread, or of several.

    The search is that of `pseudonymise`. It finds names in texts after ``@``, or at the start
    before a comma or colon, in any spelling; as whole bare words, except ordinary words and single
    letters; in URLs, ids and the source's keys, with any signs between their words
    (``ada-lovelace``); and as the whole value of a name field, without exceptions.

    Args:
        threads: The thread to search, or several.
        names: The full names to look for. Blank names are ignored.

    O(length of all texts · words of the longest name).

    >>> thread = Thread(None, [Comment("1", text="Ada's right, @bo.", url="https://x.example/ada#1")])
    >>> [(left.field, left.span, left.name) for left in residue(thread, ["Ada", "Bo"])]
    [('text', (0, 3), 'Ada'), ('text', (14, 16), 'Bo'), ('url', (18, 21), 'Ada')]
    """
    several = keyed(threads)
    if isinstance(names, str):
        raise FieldError(
            "privacy", "residue(names)", names, "must be an iterable of names, not one string"
        )
    people = People()
    for name in dict.fromkeys(names):
        if not isinstance(name, str):
            why = "must hold only strings"
            raise FieldTypeError("privacy", "residue(names)", type(name).__name__, why)
        people.add(name, name)
    return tuple(
        dict.fromkeys(
            left
            for key, thread in several
            for place in places(thread)
            for left in _left(place, people, key)
        )
    )


def _left(place: Place, people: People, key: int | str | None) -> Iterator[Residue]:
    if place.is_name:
        entry = people.names.get(place.text)
        if entry is not None:
            yield _residue(place, (0, len(place.text)), entry, key)
            return
    if place.text_format is None:
        names = list(loose(place.text, people.loose))
    else:
        names = spots(place.text, place.text_format, people)
    for spot in names:
        if spot.entry is not None:
            yield _residue(place, (spot.parts[0][0], spot.parts[-1][1]), spot.entry, key)


def _residue(
    place: Place, span: tuple[int, int], entry: Entry[str], key: int | str | None
) -> Residue:
    name = next(iter(entry.values))
    return Residue(place.comment_id, place.field, span, name, key)
