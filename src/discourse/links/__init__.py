"""Who quotes, names and repeats whom: the links that stand beside the tree of replies.

`quotes` finds passages that stand in the article or another comment, `mentions` the names by which
writers call each other, `near_duplicates` texts that say nearly the same, and `reply_edges` puts
the declared replies and the inferred ones side by side, each with its reason.

All are read off texts, so each link tells where it stands and how sure it is. Spans are offsets of
characters, (start, end), into texts as they are stored; what HTML hides is passed over.

Reading order: `_passages` (what is marked as quoted), `_shingles` (where runs of words are),
`_align` (how well two passages agree), `_sources` (which source is meant), `_quotes`; `_mentions`;
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
