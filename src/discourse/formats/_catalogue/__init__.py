"""Every format of this library, one row each: what it is called, and what it is recognised by.

Detection works on these rows alone. The module of a format is imported when an input is read or
written in it.
"""

from typing import Any

from .._base import Format
from ._files import FILES
from ._platforms import PLATFORMS
from ._row import Row

__all__ = ["CATALOGUE", "Row", "catalogued"]

CATALOGUE = {row.name: row for row in sorted((*FILES, *PLATFORMS), key=lambda row: row.name)}
"""The rows by the names of the formats."""


def catalogued(name: str, **functions: Any) -> Format:  # noqa: ANN401 - Format checks each of them
    """Return the record of a format: its row, and the functions of its module."""
    row = CATALOGUE[name]
    return Format(
        name=row.name,
        title=row.title,
        suffixes=row.suffixes,
        media_types=row.media_types,
        signature=row.signature,
        folder=row.folder,
        **functions,
    )
