"""Hypothesis strategies for every value of the model: good threads, and rows that are none.

They need `Hypothesis <https://hypothesis.readthedocs.io>`_, the extra ``hypothesis``. Where that is
there, ``st.from_type(Thread)`` uses them too, and so do the other classes of the model.

All shrink to the plainest case: the empty thread, flat threads of plain comments before nested
ones, no field but those that matter. Texts are any Unicode that UTF-8 can write, control,
bidirectional and combining characters among them; times are aware, of many fixed offsets; ids look
alike.

A strategy of one value takes strategies for its fields by their names; those of threads take
``comments=``, ``article=`` and so on.

    >>> from hypothesis import find, strategies as st
    >>> asks = comments(text=st.sampled_from(["Why?", "Since when?"]))
    >>> thread = find(threads(comments=asks, min_size=1), lambda thread: True)
    >>> thread["1"].text
    'Why?'

Failing examples print as the code that makes them, without the fields that are at their defaults.

Reading order: `_values` (one value), `_threads` (threads, rows and documents), `_printing`.
"""

from ..errors import MissingExtraError

try:
    import hypothesis as _hypothesis
except ImportError as error:
    raise MissingExtraError("discourse.strategies", "hypothesis") from error

from ._printing import print_as_code
from ._threads import deep_threads, json_documents, rows, threads
from ._values import articles, authors, comments, ids, metas, sources, stubs, texts, times

__all__ = [
    "articles",
    "authors",
    "comments",
    "deep_threads",
    "ids",
    "json_documents",
    "metas",
    "rows",
    "sources",
    "stubs",
    "texts",
    "threads",
    "times",
]

print_as_code()

del _hypothesis, print_as_code
