"""Threads as JSON: one canonical, versioned, flat form, read strictly.

A document is one object: ``schema`` (always ``"discourse/thread/1"``), then the fields of `Thread`
by their names, comments flat with their ``parent_id``, whatever is at its default left out::

    {"schema": "discourse/thread/1", "article": {"title": "Bridge to close"},
     "comments": [{"id": "1", "text": "At last."}, {"id": "2", "parent_id": "1"}]}

Nothing is coerced: ``"3"`` is not ``3``, a time without its zone is refused, an unknown key is an
error, and each error names the path. `make_converter` is the same as a `cattrs` converter, for
every other encoding that cattrs knows.

Reading order: `_decode` (text to plain values), `_converter` (plain values to the model and back),
`_documents` (whole documents and files).
"""

from ._converter import make_converter
from ._documents import SCHEMA, dump, dumps, from_dict, load, loads, to_dict

__all__ = [
    "SCHEMA",
    "dump",
    "dumps",
    "from_dict",
    "load",
    "loads",
    "make_converter",
    "to_dict",
]
