"""Who quotes, mentions and repeats whom: links in addition to the tree of replies.

`quotes` finds quotations of the article or another comment, `mentions` finds the names by which
commenters address each other, and `near_duplicates` finds texts that are nearly equal.
`reply_edges` returns the declared and the inferred replies, each with its evidence.

All are inferred from texts, so each link has its position and a confidence. Spans are character
offsets, (start, end), into the stored texts. Hidden parts of HTML are ignored.

Reading order: `_passages` (what is marked as quoted), `_shingles` (where runs of words occur),
`_align` (how well two passages match), `_sources` (which source is meant), `_quotes`; `_mentions`;
`_duplicates`; `_edges`.
"""

from ._duplicates import Duplicates, near_duplicates
from ._edges import ReplyEdge, reply_edges
from ._mentions import Mention, mentions
from ._quotes import Quote, quotes

__all__ = [
    "Duplicates",
    "Mention",
    "Quote",
    "ReplyEdge",
    "mentions",
    "near_duplicates",
    "quotes",
    "reply_edges",
]
