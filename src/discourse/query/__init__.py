"""Choosing: predicates over comments, the comments and threads they pick out, and data sets.

A predicate is a yes or no about each comment of a thread, a frozen value made by a function and put
together with ``&``, ``|`` and ``~``::

    by("Ada") & since(monday) & ~tagged("pinned")

`by` and `mentions` are about people, `matching` and `length` about the text, `depth`, `under`,
`has_replies` and `unanswered` about the place in the tree, `since`, `until`, `score`, `status` and
`tagged` about what the source says; `where` is any function.

`select`, `first`, `count` and `partition` give comments, `group_by` groups of them, `filter` a
thread; `sample`, `windows` and `split` make data sets. What is not known never matches, so that
``~`` of it does.

Reading order: `_predicate` (what they are), `_people`, `_words` and `_patterns`, `_places`,
`_facts`, `_arguments` (their checks), `_codec` (JSON); `_scanner`, `_phrases` and `_sentences`
(plain words); `_choose`, `_filter`, `_data`, `_split`.
"""

from ._choose import Key, Partition, count, first, group_by, partition, select
from ._codec import from_dict, to_dict
from ._data import sample, windows
from ._facts import score, since, status, tagged, until, where
from ._filter import Keep, filter
from ._people import Whom, by, mentions
from ._places import depth, has_replies, unanswered, under
from ._predicate import Predicate
from ._sentences import from_words, to_words
from ._split import Split, Ties, split
from ._words import Unit, length, matching

__all__ = [
    "Keep",
    "Key",
    "Partition",
    "Predicate",
    "Split",
    "Ties",
    "Unit",
    "Whom",
    "by",
    "count",
    "depth",
    "filter",
    "first",
    "from_dict",
    "from_words",
    "group_by",
    "has_replies",
    "length",
    "matching",
    "mentions",
    "partition",
    "sample",
    "score",
    "select",
    "since",
    "split",
    "status",
    "tagged",
    "to_dict",
    "to_words",
    "unanswered",
    "under",
    "until",
    "where",
    "windows",
]
