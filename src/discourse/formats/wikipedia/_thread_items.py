"""Read API responses to ``discussiontoolspageinfo``: headings with their comments."""

import datetime as dt

from ..._markup.html import one_line
from ...model import TextFormat
from .._kit import Builder, Node
from ._marked_html import id_parts
from ._page_threads import Heading, Page, PageThreads, Signature


def read_items(nodes: list[Node], builder: Builder, page: Page) -> None:
    """Pass the sections and comments among the items of a page to the builder. O(n).

    A response has each subsection twice: in its section, and separately, which is the one to use.
    """
    threads = PageThreads(builder, page, TextFormat.HTML)
    own = {node.data.get("id") for node in nodes}
    seen: set[str] = set()
    # Each item with the section it is in and the comment it answers.
    waiting: list[tuple[Node, str | None, str | None]] = [(n, None, None) for n in reversed(nodes)]
    builder.items(nodes)
    while waiting:
        node, section, parent = waiting.pop()
        id, kind = node.id("id"), node.label("type")
        if kind == "heading" and section is not None and id in own:
            builder.done(node)
            continue
        replies = builder.items(node.nodes("replies"))
        if id is None:
            builder.skip(node, "no-id", "an item without an id")
        elif id in seen:
            builder.skip(node, "duplicate", "another item has the same id", ids=(id,))
        elif kind == "heading":
            if _stands_for_lead(node, replies):
                builder.done(node)
                if text := node.label("othercontent"):
                    threads.unsigned(text, is_lead=True)
            else:
                _take_section(node, id, section, replies, threads)
            section, parent = id, None
        elif kind == "comment":
            _take_comment(node, id, section or "h-", parent, threads)
            parent = id
        else:
            builder.skip(node, "not-recognised", "an item that is neither heading nor comment")
        if id is not None:
            seen.add(id)
        waiting += [(reply, section, parent) for reply in reversed(replies)]


def _stands_for_lead(node: Node, replies: list[Node]) -> bool:
    """Whether an item is the part before the first section."""
    return node.data.get("headingLevel") is None and not replies


def _take_section(
    node: Node, id: str, above: str | None, replies: list[Node], threads: PageThreads
) -> None:
    level = node.whole("headingLevel")
    text = node.label("othercontent")
    title = one_line(node.text("html") or "")
    heading = None if level is None else Heading(level, title, title.replace(" ", "_"))
    has_sections = any(reply.data.get("type") == "heading" for reply in replies)
    count = None if has_sections else node.count("commentCount")
    meta = node.rest(empty=False)
    threads.section(id, heading, text=text, above=above, count=count, item=node, meta=meta)


def _take_comment(
    node: Node, id: str, section: str, parent: str | None, threads: PageThreads
) -> None:
    parts = id_parts(id)
    written = node.data.get("timestamp")
    if parts is not None and type(written) is str and written.isdecimal():
        node.drop("timestamp")  # it is in the id in the same form
        time: dt.datetime | None = parts.time
    else:
        time = node.utc("timestamp")
    user = node.label("author")
    display_name = node.label("displayName")
    signature = None
    if user is not None or time is not None:
        signature = Signature(user, time, display_name=display_name)
    text = node.text("html")
    meta = node.rest(empty=False)
    threads.comment(section, id, parent, signature, text, item=node, meta=meta)
