"""Threads as JSON: one canonical, versioned, flat form, read strictly.

A document is one object: ``schema`` (always ``"discourse/thread/1"``), then the fields of `Thread`
by their names, comments flat with their ``parent_id``, whatever is at its default left out::

    {"schema": "discourse/thread/1", "article": {"title": "Bridge to close"},
     "comments": [{"id": "1", "text": "At last."}, {"id": "2", "parent_id": "1"}]}

Nothing is coerced: ``"3"`` is not ``3``, a time without its zone is refused, an unknown key is an
error, and each error names the path. `make_converter` is the same as a `cattrs` converter, for
every other encoding that cattrs knows.

Reading order: `_scan` and `_decode` (text to plain values), `_converter` (plain values to the model
and back), `_problems` (what a converter found wrong), `_schema` (its name, and documents of older
ones), `_unknown` (keys that this version does not know), `_documents` (whole documents), `_wire`,
`_fast` (the same, faster), `_files`, `_lines`, and `_nested` (another shape).
"""

from ._converter import make_converter
from ._documents import dumps, from_dict, loads, to_dict
from ._files import dump, load
from ._lines import JsonLines, append_jsonl, iter_jsonl, write_jsonl
from ._nested import dumps_nested, from_nested, to_nested
from ._schema import SCHEMA, schema

__all__ = [
    "SCHEMA",
    "JsonLines",
    "append_jsonl",
    "dump",
    "dumps",
    "dumps_nested",
    "from_dict",
    "from_nested",
    "iter_jsonl",
    "load",
    "loads",
    "make_converter",
    "schema",
    "to_dict",
    "to_nested",
    "write_jsonl",
]
