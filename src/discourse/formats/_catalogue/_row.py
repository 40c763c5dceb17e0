"""Provide `Row`, what is known of a format before its module is imported."""

from collections.abc import Iterator

import attrs

from .._signatures import JsonKeys, Signature


@attrs.frozen(kw_only=True)
class Row:
    """One format; see `Format` for what the fields mean."""

    name: str
    module: str
    """The module in this package that reads it."""
    title: str
    suffixes: tuple[str, ...]
    media_types: tuple[str, ...]
    signature: tuple[Signature, ...]
    folder: tuple[str, ...] = ()
    has_articles_among_posts: bool = False
    """Whether an article is a post like the comments, so that a reply may name its id elsewhere."""
    page_rank: int = 0
    """From 1 for markup in a page, which may have the same comments in other markup too: of two
    readings that tell as much, the one with the lower number is taken."""
    has_newest_first: bool = False
    """Whether its order is by time, and yields to that of another capture of the discussion."""
    last_resort: int = 0
    """From 1 for what is looked for only where no other fits: tables, and then any text."""


def keys_in(*places: str, keys: str) -> Iterator[JsonKeys]:
    """Yield a signature for each place where objects with these keys can be."""
    for place in places:
        yield JsonKeys(*(place + key for key in keys.split()))
