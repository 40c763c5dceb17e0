"""The one schema of all tables: which columns there are, of what kind, and what they hold."""

import datetime as dt
import importlib
from types import ModuleType
from typing import Literal, TypeAlias, final

import attrs

from ..errors import MissingExtraError
from ..model import Author, Comment, Meta, Status, TextFormat

Kind: TypeAlias = Literal["text", "integer", "number", "flag", "time"]
"""What a column holds."""

Cell: TypeAlias = str | int | float | bool | dt.datetime | None
"""One cell of a row; None is: not known."""

Row: TypeAlias = dict[str, Cell]
"""One row: every column by its name, in order."""


@final
@attrs.frozen
class Column:
    """One column of the schema."""

    name: str
    """Its name in every table."""
    kind: Kind
    """What it holds: strings, integers of 64 bits, floats of 64 bits, booleans, or times in UTC to
    the microsecond. A cell may be missing, which is: not known; but never in ``id``,
    ``text_format``, ``status``, nor in the columns of the tree other than ``parent_id``."""
    derived: bool
    """Whether it follows from the others: written for queries, never read back."""
    meaning: str
    """What it contains."""


#: The columns of the tree, and of what follows from others: there for queries alone.
_DERIVED: dict[str, Kind] = {
    "position": "integer",
    "root_id": "text",
    "depth": "integer",
    "size": "integer",
    "author_key": "text",
}

#: What the fields of each type are in a table. Words are text, what has several parts is JSON.
TYPES: dict[object, Kind] = {
    str: "text",
    str | None: "text",
    TextFormat: "text",
    Status: "text",
    frozenset[str]: "text",
    tuple[str, ...]: "text",
    tuple[Author, ...]: "text",
    Meta: "text",
    int | None: "integer",
    int | float | None: "number",
    bool | None: "flag",
    dt.datetime | None: "time",
}

#: A second column that a cell of some kinds needs: a clock, and an integer too large for a float.
SECOND: dict[Kind, str] = {"time": "_offset", "number": "_exact"}


def kinds_of(cls: type[attrs.AttrsInstance], prefix: str = "") -> dict[str, Kind]:
    """Return the columns for the fields of a class, and what each holds."""
    kinds: dict[str, Kind] = {}
    for field in attrs.fields(cls):
        name = prefix + field.name
        if field.type == Author | None:
            kinds |= kinds_of(Author, f"{name}_")
            continue
        kind = kinds[name] = TYPES[field.type]
        if kind in SECOND:
            kinds[name + SECOND[kind]] = "integer"
    return kinds


#: What each column tells. A field that is not here comes last, and is told by its name.
_MEANINGS = {
    "position": "the position of the comment in the thread, from 0",
    "id": "its id",
    "parent_id": "the id of the comment that it answers; missing: the article",
    "root_id": "the id of the top-level comment that it is under",
    "depth": "how many ancestors it has: 0 at the top level",
    "size": "how many comments its subtree has, itself counted",
    "author_key": "who wrote it, as one person: the id, or the name",
    "author_name": "the author's name",
    "author_id": "the author's id",
    "author_display_name": "the name shown, if it differs",
    "author_url": "the author's page",
    "author_avatar_url": "the author's picture",
    "author_bio": "what the source says about the author",
    "author_is_bot": "whether the author is a program",
    "author_meta": "the author's meta, as a JSON object; missing: empty",
    "title": "its own subject line",
    "text": "the text, as the source has it",
    "text_format": "what the text is written in, a word of TextFormat",
    "created_at": "when it was written",
    "created_at_offset": "minutes by which the local clock was ahead of UTC",
    "edited_at": "when it was last changed",
    "edited_at_offset": "minutes by which the local clock was ahead of UTC",
    "is_edited": "whether it was changed",
    "status": "a word of Status, such as visible or deleted",
    "url": "its own address",
    "score": "its score",
    "score_exact": "the score, if it is an integer too large for a float",
    "upvotes": "how many approve",
    "downvotes": "how many disapprove",
    "reply_count": "how many replies the source claims",
    "language": "its language",
    "tags": "its tags, as a sorted JSON array of strings; missing: none",
    "meta": "its meta, as a JSON object; missing: empty",
}

KINDS: dict[str, Kind] = _DERIVED | kinds_of(Comment)
NAMES: tuple[str, ...] = tuple(sorted(KINDS, key=[*_MEANINGS, *KINDS].index))
THREAD, HEAD = "thread", "thread_head"
"""The columns that tables of several threads have more: which thread it is, and its head, once."""

READ: tuple[str, ...] = tuple(name for name in NAMES if name not in _DERIVED)
REQUIRED: tuple[str, ...] = ("id", "parent_id")

COLUMNS: tuple[Column, ...] = tuple(
    Column(
        name, KINDS[name], name in _DERIVED, _MEANINGS.get(name, f"its {name.replace('_', ' ')}")
    )
    for name in NAMES
)
"""The columns of every table, in order."""


def kind_of(name: str) -> Kind:
    """Return what a column holds; all that are not of the schema hold text."""
    return KINDS.get(name, "text")


def imported(module: str, what: str, extra: str | None = None) -> ModuleType:
    """Return a module that an extra brings: when it is needed, since most users have but a few.

    Args:
        module: The module.
        what: What needs it, for the error.
        extra: The extra; named like the module where it is not told.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(what, extra or module) from error
