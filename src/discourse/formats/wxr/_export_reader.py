"""Read an export post by post; memory use is that of the largest post."""

from collections.abc import Iterable, Iterator
from typing import IO

import attrs

from ..._markup.html import unescape
from ..._markup.local_times import LOCAL, LOCAL_EDIT, local_times
from ..._markup.xml import Element, MadeIds, Wanted, decoded, pieces, read
from ..._problems import ProblemLog
from ..._zones import Zone, zone_of
from ...errors import ParseError, Place, Problem
from ...model import Comment, Source
from ...thread import Thread
from .._base import Reading
from ._posts import People, Reader, Row

NAME = "wxr"

_SITE = frozenset({"title", "link", "language", "wp:wxr_version", "wp:base_blog_url"})
_WANTED = Wanted(
    roots=frozenset({"rss"}),
    records={"item": None, "wp:comment": "item", "wp:author": None},
    outside=_SITE,
)
_START = Place(offset=0)

FURNITURE = frozenset(
    {
        "attachment",
        "custom_css",
        "customize_changeset",
        "nav_menu_item",
        "oembed_cache",
        "revision",
        "user_request",
        "wp_block",
        "wp_font_face",
        "wp_font_family",
        "wp_global_styles",
        "wp_navigation",
        "wp_template",
        "wp_template_part",
        # of plugins
        "acf-field",
        "acf-field-group",
        "elementor_library",
        "feedback",  # messages from a contact form, with e-mail addresses
        "flamingo_contact",
        "flamingo_inbound",
        "jp_mem_plan",
        "jp_pay_order",
        "jp_pay_product",
        "safecss",
        "scheduled-action",
        "wpcf7_contact_form",
    }
)
"""Types of post that are not articles: they are threads only if they have comments."""


def parse(text: str, *, contacts: bool = False, zone: Zone = None) -> Reading:
    """Read an export.

    Args:
        text: The export.
        contacts: Keep e-mail addresses and IP numbers in ``meta``.
        zone: The site's zone, for times without one: a name, an offset or a `tzinfo`.

    Raises `ParseError` if the text is not an export, and `LimitError` if it exceeds the limits for
    XML.
    """
    log = ProblemLog()
    reader = Reader(People(), zone_of(zone), contacts)
    readings = list(_readings(pieces(text), log, reader, in_bytes=False))
    return Reading(
        [thread for reading in readings for thread in reading.threads],
        [problem for reading in readings for problem in reading.problems],
    )


def stream(file: IO[bytes], *, contacts: bool = False, zone: Zone = None) -> Iterator[Reading]:
    """Yield a reading for each thread of a file of any size; options as for `parse`."""
    log = ProblemLog()
    reader = Reader(People(), zone_of(zone), contacts)
    return _readings(decoded(file, log), log, reader, in_bytes=True)


@attrs.define
class _State:
    """What was read but not yielded yet."""

    site: dict[str, str] = attrs.field(factory=dict)
    rows: dict[int, list[Row]] = attrs.field(factory=dict)  # by their post
    is_export: bool = False


def _readings(
    chunks: Iterable[str], log: ProblemLog, reader: Reader, *, in_bytes: bool
) -> Iterator[Reading]:
    state = _State()
    for element in read(chunks, _WANTED, log, in_bytes=in_bytes):
        name = element.name
        if name == "wp:comment":
            state.is_export = True
            row = reader.row(element, log.problems)
            state.rows.setdefault(id(element.owner), []).append(row)
        elif name == "item":
            rows = state.rows.pop(id(element), [])
            _check(element, state)
            if rows or element.value("wp:post_type") not in FURNITURE:
                yield _reading(element, rows, state, log, reader)
        else:
            _take_site(element, state, reader)
    if not state.is_export:
        message = "this is a feed, not a WordPress export: it has no wp: elements"
        raise ParseError(message, _START)
    for rows in state.rows.values():
        ids = tuple(row.number for row in rows if row.number)
        log.problems.append(Problem("stray-comment", "comments outside any post", ids))
        yield _reading(None, rows, state, log, reader)
    if rest := log.take():
        yield Reading((), rest)


def _take_site(element: Element, state: _State, reader: Reader) -> None:
    if element.name.startswith("wp:") or "wp" in element.attributes.get("xmlns", "").split():
        state.is_export = True
    if element.name == "wp:author":
        shown = unescape(element.value("wp:author_display_name") or "").strip() or None
        reader.people.add(element.value("wp:author_id"), element.value("wp:author_login"), shown)
    elif element.name in _SITE and (text := " ".join(element.text.split())):
        state.site.setdefault(element.name, unescape(text) if element.name == "title" else text)


def _check(item: Element, state: _State) -> None:
    """Refuse a feed, whose first item has no elements of WordPress."""
    if not state.is_export:
        if not any(child.name.startswith("wp:") for child in item.children):
            message = "this is a feed, not a WordPress export: its items have no wp: elements"
            raise ParseError(message, _START)
        state.is_export = True


def _reading(
    item: Element | None, rows: list[Row], state: _State, log: ProblemLog, reader: Reader
) -> Reading:
    article = reader.article(item, state.site, log.problems) if item is not None else None
    local = tuple(row.number or "?" for row in rows if row.local)
    has_local = article is not None and not article.meta.keys().isdisjoint((LOCAL, LOCAL_EDIT))
    if local or has_local:
        message = local_times(len(local) + has_local)
        log.problems.append(Problem("local-time", message, local))
    meta = {
        key: state.site[name]
        for name, key in (("link", "link"), ("wp:base_blog_url", "base_blog_url"))
        if name in state.site
    }
    repaired = Thread.repair(
        _comments(rows, log.problems),
        article=article,
        source=Source(NAME, platform="wordpress", version=state.site.get("wp:wxr_version")),
        meta=meta,
    )
    return Reading((repaired.thread,), [*log.take(), *repaired.problems])


def _comments(rows: list[Row], problems: list[Problem]) -> Iterator[Comment]:
    """Yield the comments, with their original ids if this library's writer numbered them."""
    own = {row.number: row.own_id for row in rows if row.own_id and row.number}
    new_ids = MadeIds("comment", {row.number for row in rows} | set(own.values()), problems)
    for row in rows:
        comment = row.comment
        if comment is None:
            continue
        id, parent = comment.id, comment.parent_id
        if row.number is None:
            id = new_ids.next()
        elif row.own_id:
            id = row.own_id
        if own and parent is not None:
            parent = own.get(parent, parent)
        is_same = id == comment.id and parent == comment.parent_id
        yield comment if is_same else attrs.evolve(comment, id=id, parent_id=parent)
