"""Threads as JSON: a canonical, versioned, flat form, parsed strictly.

A document is one object: ``schema`` (always ``"discourse/thread/1"``), then the fields of `Thread`
by name, with comments flat and defaults omitted::

    {"schema": "discourse/thread/1", "article": {"title": "Bridge to close"},
     "comments": [{"id": "1", "text": "At last."}, {"id": "2", "parent_id": "1"}]}

Nothing is coerced: ``"3"`` is not ``3``, and a time without a zone or an unknown key is an error.
Each error names the path. `make_converter` does the same as a `cattrs` converter, for all encodings
that cattrs supports.

Reading order: `_scan` and `_decode` (text to plain values), `_converter` (plain values to the model
and back), `_problems` (errors of a converter), `_schema` (schema versions), `_unknown` (unknown
keys), `_documents` (whole documents), `_wire` and `_fast` (the fast path), `_files`, `_lines`, and
`_nested` (replies inside comments).
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
