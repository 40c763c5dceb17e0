"""Provide `PageReader`, which reads pages in wikitext or HTML, one after another."""

import datetime as dt
import re

import attrs

from ..._markup.html import Tree, tree
from ...errors import ParseError, Place
from ...model import TextFormat
from .._kit import Builder
from ._marked_html import START, read_marked
from ._page_threads import Page, PageThreads
from ._signed_lines import take_lines
from ._talk_page import TalkPage
from ._unmarked_html import lines as html_lines
from ._user_names import UserPages
from ._wikitext import lines as wikitext_lines
from ._wikitext import without_indentation

NAME = "wikipedia"

_START = Place(offset=0)
#: Signs of MediaWiki in a page without comments.
_MEDIAWIKI = re.compile(r"mw-parser-output|mediawiki", re.IGNORECASE)


class PageReader:
    """Reads pages into one builder."""

    def __init__(self, zone: dt.tzinfo | None, users: UserPages | None = None) -> None:
        self.builder = Builder(NAME, platform=NAME)
        self.users = users or UserPages()
        self._zone = zone

    def wikitext(self, text: str, page: Page) -> TalkPage:
        """Read wikitext."""
        talk = TalkPage(self.builder, page, TextFormat.WIKITEXT, self._zone, without_indentation)
        take_lines(wikitext_lines(text, self.users), text, talk)
        talk.finish()
        return talk

    def html(self, text: str, page: Page) -> None:
        """Read a page in HTML, with or without marks of DiscussionTools."""
        whole = tree(text)
        page, root = _page_of(whole, page)
        if START in text:
            read_marked(whole, root, PageThreads(self.builder, page, TextFormat.HTML))
            return
        talk = TalkPage(self.builder, page, TextFormat.HTML, self._zone, _stripped)
        take_lines(html_lines(whole, root, self.users), text, talk)
        talk.finish()
        if not talk.has_comments and not _MEDIAWIKI.search(text):
            raise ParseError("not a page of MediaWiki, and no comment in it is signed", _START)


def _stripped(text: str, _: int) -> str:
    """Return the HTML of a comment, in as many lists as before."""
    return text.strip()


def _page_of(whole: Tree, page: Page) -> tuple[Page, int]:
    """Return the metadata of an HTML page, and the element that has its text."""
    title, url, root = page.title, page.url, -1
    for node, name in enumerate(whole.names):
        if not name:
            continue
        if name == "title" and title is None:
            title = whole.string(node).rpartition(" - ")[0] or whole.string(node) or None
        elif name == "h1" and whole.attributes(node).get("id") == "firstHeading":
            title = page.title or whole.string(node) or title
        elif name == "link" and url is None:
            named = whole.attributes(node)
            if named.get("rel") in ("canonical", "dc:isVersionOf"):
                url = named.get("href") or None
        elif "mw-parser-output" in whole.attributes(node).get("class", "").split():
            root = node
            break
    return attrs.evolve(page, title=title, url=url), root
