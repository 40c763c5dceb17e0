"""Select comments with predicates, filter threads and build data sets.

A predicate answers yes or no for each comment of a thread. It is a frozen value, and combines with
others through ``&``, ``|`` and ``~``::

    by("Ada") & since(monday) & ~tagged("pinned")

- `by` and `mentioning` test people; `matching` and `length` test the text.
- `depth`, `under`, `has_replies` and `unanswered` test the position in the tree.
- `since`, `until`, `score`, `status` and `tagged` test what the source says.
- `where` calls any function.

`select`, `first` and `partition` return comments, `count` their number, `group_by` groups of them
and `filter` a thread. `sample`, `windows` and `split` make data sets. Unknown values never match,
so their negation does.

Reading order: `_predicate` (the base class), `_single` (how one is declared), `_text_predicates`,
`_comment_predicates`, `_patterns` (regular expressions), `_arguments` (checks of arguments),
`_json_form`, `_scanner` and `_question` (plain words), `_choose`, `_data_sets`.
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
