"""Hypothesis strategies for every class of the model, and for rows that are not a tree.

They need `Hypothesis <https://hypothesis.readthedocs.io>`_, the extra ``hypothesis``. If it is
installed, ``st.from_type(Thread)`` uses them too, and likewise for the other classes of the model.

All shrink to the simplest case: the empty thread, flat threads before nested ones, and only the
fields that matter. Texts are any Unicode that UTF-8 can encode, including control, bidirectional
and combining characters. Times are aware, with many fixed offsets. Ids are often similar.

A strategy for a single value takes strategies for its fields by name; those for threads take
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
