"""Register the model's classes with Hypothesis: the entry point of the group ``hypothesis``.

Hypothesis calls `register` in every process that imports it, so this module imports neither
Hypothesis nor the strategies until the first use.
"""

from typing import TYPE_CHECKING

from .model import Article, Author, Comment, Meta, Source, Stub
from .thread import Thread

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

_STRATEGIES: dict[type, str] = {
    Article: "articles",
    Author: "authors",
    Comment: "comments",
    Meta: "metas",
    Source: "sources",
    Stub: "stubs",
    Thread: "threads",
}


def register() -> None:
    """Let ``st.from_type`` draw each class of the model from `discourse.strategies`."""
    from hypothesis.strategies import register_type_strategy  # noqa: PLC0415 - not before it is there

    for cls in _STRATEGIES:
        register_type_strategy(cls, _strategy_for)


def _strategy_for(cls: type) -> "SearchStrategy[object]":
    from . import strategies  # noqa: PLC0415 - slow, and not needed by most who import Hypothesis

    strategy: SearchStrategy[object] = getattr(strategies, _STRATEGIES[cls])()
    return strategy
