"""The one schema of all tables: which columns there are, of what kind, and what they hold."""

import datetime as dt
from typing import Literal, TypeAlias, final

import attrs

Kind: TypeAlias = Literal["text", "integer", "number", "flag", "time"]
"""What a column holds: strings, integers of 64 bits, floats of 64 bits, booleans, or times in UTC
to the microsecond. A cell may be missing, which is: not known; but never in ``id``,
``text_format``, ``status``, nor in the columns of the tree other than ``parent_id``."""

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
    """What it holds."""
    derived: bool
    """Whether it follows from the others: written for queries, and never read back."""
    meaning: str
    """What it tells."""


def _column(name: str, kind: Kind, meaning: str, *, derived: bool = False) -> Column:
    return Column(name, kind, derived, meaning)


COLUMNS: tuple[Column, ...] = (
    _column("position", "integer", "where the comment stands in the thread, from 0", derived=True),
    _column("id", "text", "its id"),
    _column("parent_id", "text", "the id of the comment that it answers; missing: the article"),
    _column("root_id", "text", "the id of the top-level comment that it is under", derived=True),
    _column("depth", "integer", "how many ancestors it has: 0 at the top level", derived=True),
    _column("size", "integer", "how many comments its subtree has, itself counted", derived=True),
    _column("author_key", "text", "who wrote it, as one person: the id, or the name", derived=True),
    _column("author_name", "text", "the author's name"),
    _column("author_id", "text", "the author's id"),
    _column("author_display_name", "text", "the name shown, where it differs"),
    _column("author_url", "text", "the author's page"),
    _column("author_avatar_url", "text", "the author's picture"),
    _column("author_bio", "text", "what the source says about the author"),
    _column("author_is_bot", "flag", "whether the author is a program"),
    _column("author_meta", "text", "the author's meta, as a JSON object; missing: empty"),
    _column("title", "text", "its own subject line"),
    _column("text", "text", "what it says, as the source had it"),
    _column("text_format", "text", "what the text is written in, a word of TextFormat"),
    _column("created_at", "time", "when it was written"),
    _column("created_at_offset", "integer", "minutes by which the local clock was ahead of UTC"),
    _column("edited_at", "time", "when it was last changed"),
    _column("edited_at_offset", "integer", "minutes by which the local clock was ahead of UTC"),
    _column("is_edited", "flag", "whether it was changed"),
    _column("status", "text", "whether it stands, a word of Status"),
    _column("url", "text", "its own address"),
    _column("score", "number", "its score"),
    _column("score_exact", "integer", "its score, where that is an integer too large for a float"),
    _column("upvotes", "integer", "how many approve"),
    _column("downvotes", "integer", "how many disapprove"),
    _column("reply_count", "integer", "how many replies the source claims"),
    _column("language", "text", "its language"),
    _column("tags", "text", "its tags, as a sorted JSON array of strings; missing: none"),
    _column("meta", "text", "its meta, as a JSON object; missing: empty"),
)
"""The columns of every table, in order."""

NAMES: tuple[str, ...] = tuple(column.name for column in COLUMNS)
KINDS: dict[str, Kind] = {column.name: column.kind for column in COLUMNS}
READ: tuple[str, ...] = tuple(column.name for column in COLUMNS if not column.derived)
REQUIRED: tuple[str, ...] = ("id", "parent_id")
