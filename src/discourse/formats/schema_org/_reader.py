"""Turn a page, or JSON-LD without a page, into a `Reading` that accounts for every comment."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from ..._markup.html import Tree, tree
from ..._problems import ProblemLog
from ..._zones import Zone, zone_of
from ...errors import ParseError, Place
from ...model import Article, Status, Stub, StubKind
from ...thread import Thread
from .._base import Reading
from .._kit import Builder, Node, documents, map_objects, with_claimed, without_resolved
from .._structured import PageHead, head_elements, ld_json, richest
from ._html_items import Item, microdata, rdfa
from ._post_fields import Fields
from ._posts import Graph, Post
from ._values import web
from ._vocabulary import ANSWERS, FORUM_POSTS, REVIEWED, TEXTS, local_name

NAME = "schema-org"
#: A key with its vocabulary.
_PREFIXED = re.compile(r'"(?:schema:|https?://(?:www\.)?schema\.org/)[A-Za-z]{1,40}"\s{0,99}:')
_JSON = "\ufeff \t\r\n"
_UTC_SITES = ("cdn.sstatic.net",)  # Stack Exchange writes its times in UTC without saying so


def parse(text: str, *, zone: Zone = None, url: str | None = None) -> Reading:
    """Read the discussions in schema.org's vocabulary in a page, or in JSON-LD without a page.

    Args:
        text: The source of a page, or JSON-LD.
        zone: The site's zone, for times without one.
        url: The address of the page, if known; it resolves relative addresses.

    Raises `ParseError` if there is no discussion. O(n).
    """
    place = zone_of(zone)
    if text.lstrip(_JSON)[:1] in ("{", "["):
        log = ProblemLog()
        values: list[object] = [value for _, value in documents(text, log)]
        if _PREFIXED.search(text) is not None:
            values = [*map(_named_plainly, values)]
        reading = _read(values, log, None, zone=place, url=url)
    else:
        page = tree(text)
        head = PageHead(page, named := head_elements(page))
        if place is None and any(site in text for site in _UTC_SITES):
            place = dt.UTC
        log = ProblemLog()
        stated = ld_json(page, named["script"], log)
        if _PREFIXED.search(text) is not None:
            stated = [*map(_named_plainly, stated)]
        readings = [_read(stated, log, head, zone=place, url=url)]
        if "itemscope" in text or "itemtype" in text:
            readings.append(_read(microdata(page), ProblemLog(), head, page, zone=place, url=url))
        if "typeof" in text:
            readings.append(_read(rdfa(page), ProblemLog(), head, page, zone=place, url=url))
        reading = richest([each for each in readings if each.threads] or readings[:1])
    if not reading.threads:
        raise ParseError("no discussion in the vocabulary of schema.org", Place(offset=0))
    return reading


def _read(
    values: Iterable[object],
    log: ProblemLog,
    head: PageHead | None,
    page: Tree | None = None,
    *,
    zone: dt.tzinfo | None,
    url: str | None,
) -> Reading:
    graph = Graph(values)
    if page is not None:
        graph.place_in(page)
    base = (head.address if head is not None else None) or url
    fields = Fields(graph, base=base, zone=zone, page=page)
    reader = _Reader(graph, fields, head)
    reader.builder.log.problems += log.take()
    return reader.reading(url)


def _named_plainly(value: object) -> object:
    """Return JSON-LD with the vocabulary removed from its keys."""
    return map_objects(lambda each: {local_name(key): v for key, v in each.items()}, value)


def settle(thread: Thread) -> Thread:
    """Return a thread with stubs for the comments it claims but lacks."""
    claimed = thread.article.comment_count if thread.article is not None else None
    stubs = [stub for stub in thread.stubs if stub.parent_id is not None or stub.ids]
    if claimed is not None:
        lacking = claimed - sum(comment.status is not Status.MISSING for comment in thread)
        if lacking > 0 and not any(stub.parent_id is None for stub in stubs):
            stubs.append(Stub(None, StubKind.MORE, count=lacking))
    if tuple(stubs) != thread.stubs:
        thread = attrs.evolve(thread, stubs=stubs)
    return with_claimed(without_resolved(thread))


class _Reader:
    def __init__(self, graph: Graph, fields: Fields, head: PageHead | None) -> None:
        self.builder = Builder(NAME, settle=settle)
        self._graph = graph
        self._fields = fields
        self._head = head
        self._comments = [p for p in graph.posts if p.is_comment and not p.is_listed]
        self._articles = [p for p in graph.posts if not p.is_comment and not p.is_listed]
        self._roots: dict[Post, Post | None] = {}
        self._tops: dict[Post, Post] = {}  # the top-level ancestor of each comment
        self._ids: dict[Post, str] = {}

    def reading(self, url: str | None) -> Reading:
        """Return a thread for each discussion."""
        self._name_comments()
        log = self.builder.log
        nodes = {post: Node(_plain(post, self._graph), log, "$") for post in self._comments}
        self.builder.items(nodes.values())
        main = self._main_article()
        keys = self._take_articles(main)
        for post, node in nodes.items():
            parent_id = self._ids.get(post.above) if post.above is not None else None
            key = self._key(post, main, keys)
            if parent_id is None and post.unknown != key:
                parent_id = post.unknown
            comment, is_local = self._fields.comment(node, post, self._ids[post], parent_id)
            if is_local:
                self.builder.local_times.append(comment.id)
            self.builder.comment(node, comment, key)
        for post, name in self._graph.absent:
            if post in self._ids or post in keys:
                key = keys[post] if post in keys else self._key(post, main, keys)
                stub = Stub(self._ids.get(post), ids=(name,), count=1)
                self.builder.thread(key).stubs.append(stub)
        for draft in self.builder.threads.values():
            draft.url = url
        return self.builder.reading()

    # -- articles --------------------------------------------------------------------------------

    def _main_article(self) -> Post | None:
        """Return the article for comments without a parent: the likeliest of the page."""
        return min(self._articles, key=lambda a: not a.types & FORUM_POSTS, default=None)

    def _take_articles(self, main: Post | None) -> dict[Post, str | None]:
        """Add the articles that have comments or begin discussions; return the threads' keys."""
        answered = {self._root(post) or main for post in self._comments}
        keys: dict[Post, str | None] = {}
        for place, post in enumerate(self._articles):
            node = Node(_plain(post, self._graph), self.builder.log, "$")
            article, is_local = self._fields.article(node)
            begins = post.types & FORUM_POSTS or article.comment_count
            is_one_of_many = answered and post is not main and not post.types & FORUM_POSTS
            if post not in answered and (not begins or is_one_of_many):
                continue
            if is_local:
                self.builder.local_articles += 1
            if post is main and self._head is not None:
                article = _with_head(article, self._head)
            if article == Article():
                keys[post] = None
                self.builder.thread(None)
                continue
            keys[post] = article.id or f" {place}"  # no id begins with a space
            draft = self.builder.thread(keys[post])
            draft.article = draft.article or article
        return keys

    def _key(self, post: Post, main: Post | None, keys: Mapping[Post, str | None]) -> str | None:
        """Return the key of a comment's thread, whose article may only be known by name."""
        root = self._root(post) or main
        if root is not None:
            return keys[root]
        top = self._tops[post]
        id = top.root_name or top.unknown
        draft = self.builder.thread(id)
        if draft.article is None:
            article = Article(id=id, url=web(id))
            article = _with_head(article, self._head) if self._head is not None else article
            draft.article = article if article != Article() else None
        return id

    # -- comments --------------------------------------------------------------------------------

    def _root(self, post: Post) -> Post | None:
        """Return the article above a comment, or None."""
        trail: list[Post] = []
        at: Post | None = post
        top = post
        while at is not None and at.is_comment and at not in self._roots:
            self._roots[at] = None  # ends a loop
            trail.append(at)
            top = at
            at = at.above
        if at is not None and at.is_comment:
            top = self._tops.get(at, top)
        root = self._roots[at] if at is not None and at.is_comment else at
        if root is not None and root.is_listed:
            root = None
        for passed in trail:
            self._roots[passed] = root
            self._tops[passed] = top
        return root

    def _name_comments(self) -> None:
        """Assign an id to each comment: a stated one, a number in an address, or a position."""
        own = {post: self._fields.own_id(post) for post in self._comments}
        self._merge_twins(own)
        posts = self._comments
        numbers = {post: self._fields.address_id(post) for post in posts}
        addresses = {post: self._fields.address(post) for post in posts}
        counts = Counter(own[post] for post in posts)
        times = Counter(numbers.values()) + Counter(addresses.values())
        nameless = []
        for place, post in enumerate(posts, 1):
            id, number, address = own[post], numbers[post], addresses[post]
            if id is not None and counts[id] > 1 and not self._fields.is_stated(post):
                id = None  # the number of something around them
            if id is None and number is not None and times[number] == 1 and number not in counts:
                id = number
            if id is None and address is not None and times[address] == 1:
                id = address
            if id is None:
                id = f"n{place}"
                nameless.append(id)
            self._ids[post] = id
        if nameless:
            message = f"comments without an id: {len(nameless)}; each is named by position"
            self.builder.log.add("no-id", message, ids=nameless)

    def _merge_twins(self, own: Mapping[Post, str | None]) -> None:
        """Merge an element and an enclosing one that are the same comment."""
        twins: dict[Post, Post] = {}
        for post in self._comments:
            above = twins.get(post.above, post.above) if post.above is not None else None
            if above is not None and own[post] is not None and own.get(above) == own[post]:
                above.value = {**post.value, **above.value}
                twins[post] = above
            else:
                post.above = above
        if twins:
            self._comments = [post for post in self._comments if post not in twins]


def _with_head(article: Article, head: PageHead) -> Article:
    """Return an article with the metadata in the head of its page."""
    title = head.first("og:title") or head.title
    return attrs.evolve(
        article,
        title=article.title or title,
        url=article.url or head.address,
        site=article.site or head.first("og:site_name"),
        language=article.language or head.language,
    )


def _plain(post: Post, graph: Graph) -> Mapping[str, object]:
    """Return the data of a post without the posts in it, and of an item without needless lists."""
    data: dict[str, object] = {}
    is_item = isinstance(post.value, Item)
    for key, value in post.value.items():
        if isinstance(value, dict | list):
            values = value if isinstance(value, list) else [value]
            word = local_name(key).lower()
            if word in ANSWERS or word in REVIEWED or any(map(graph.is_post, values)):
                continue
            if is_item and key not in TEXTS and len(values) == 1:
                value = values[0]
        data[key] = value
    return data
