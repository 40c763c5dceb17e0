"""Choosing: predicates over comments, the comments and threads they pick out, and data sets.

A predicate is a yes or no about each comment of a thread, a frozen value made by a function and put
together with ``&``, ``|`` and ``~``::

    by("Ada") & since(monday) & ~tagged("pinned")

`by` and `mentioning` are about people, `matching` and `length` about the text, `depth`, `under`,
`has_replies` and `unanswered` about the place in the tree, `since`, `until`, `score`, `status` and
`tagged` about what the source says; `where` is any function.

`select`, `first`, `count` and `partition` give comments, `group_by` groups of them, `filter` a
thread; `sample`, `windows` and `split` make data sets. What is not known never matches, so that
``~`` of it does.

Reading order: `_predicate` (what they are), `_single` (how one is declared), `_text_predicates`,
`_comment_predicates`, `_patterns` (regular expressions), `_arguments` (checks of arguments),
`_json_form`; `_scanner` and `_question` (plain words); `_choose`, `_data_sets`.
"""

from ._choose import Match, Partition, count, filter, first, group_by, partition, select
from ._comment_predicates import (
    by,
    depth,
    has_replies,
    score,
    since,
    status,
    tagged,
    unanswered,
    under,
    until,
    where,
)  # fmt: skip
from ._data_sets import Split, sample, split, windows
from ._json_form import from_dict, to_dict
from ._predicate import Predicate
from ._question import from_words, to_words
from ._text_predicates import length, matching, mentioning

__all__ = [
    "Match",
    "Partition",
    "Predicate",
    "Split",
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
    "mentioning",
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
