"""Stack Exchange: files of the data dump, and answers of the API.

The dump of a site (archive.org, or "Data dump access" in the settings of an account) is a folder
with ``Posts.xml``, ``Comments.xml``, ``Users.xml`` and others. Only together they are the
discussion: read the folder, ``read("mills.stackexchange.com")``, a zip of it, or a list of its
files. One of them alone is read as far as it goes. Of the API, version 2, any mixture of
``/questions``, ``/answers``, ``/posts`` and ``/comments`` is read, with what they hold inside.

=====================================  ===========================================================
in the source                          in the model
=====================================  ===========================================================
question: ``Id``, ``question_id``      `Article` ``id``, with a ``p`` before it
``Title``, ``Tags``, ``Body``          ``title``, ``tags``, ``text`` (HTML)
answer: ``Id``, ``answer_id``          `Comment` ``id``, with a ``p``; top level, tagged ``answer``
``AcceptedAnswerId``, ``is_accepted``  the tag ``accepted`` of the answer
comment: ``Id``, ``comment_id``        `Comment` ``id``, with a ``c``: the numbers of comments and
                                       of posts are the same ones
``PostId``, ``post_id``                ``parent_id`` where that is an answer; None for the question
``Text``, ``body``, ``body_markdown``  ``text`` (Markdown in the dump, HTML in the API)
``OwnerUserId``, ``UserId``, ``owner`` ``author.id``; with ``Users.xml`` also the name and the rest.
                                       A user who is gone has a name alone; -1 is a bot
``CreationDate``, ``LastEditDate``     ``created_at``, ``edited_at`` (UTC)
``Score``                              ``score``
``link``                               ``url``; its host is the ``site``
``ClosedDate``, ``CommunityOwnedDate`` the tags ``closed``, ``wiki``
everything else                        ``meta``
=====================================  ===========================================================

Where ``Posts.xml`` is not among the files, a comment does not say whether its post is a question or
an answer: the post takes the place of the article, known by its id alone. An answer whose question
is not there, as of questions that were moved away, stands under an article known by its id.

`discourse.formats.stream` gives a thread of ``Posts.xml`` as soon as it has as many answers as its
question counts, and the others, and those of ``Comments.xml``, at the end.

Lost: tag wikis, revisions (``PostHistory.xml``), votes, badges and users who wrote nothing: a
problem of kind ``not-recognised`` counts them. Other problems: ``no-id``, ``more-pages`` (the API
has more), and those of XML, of JSON and of `Thread.repair`.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import IO

import attrs

from .._markup.html import one_line, unescape
from .._markup.xml import Element, Wanted, decoded, pieces, read
from ..errors import LimitError, ParseError, Place, shown
from ..model import Article, Author, Comment, TextFormat
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Draft, Node, documents

_WANTED = Wanted(
    roots=frozenset(
        {"posts", "comments", "users", "posthistory", "votes", "badges", "tags", "postlinks"}
    ),
    records={"row": None},
)
_DOCTYPE = re.compile(r"""<!DOCTYPE\s+[a-z]{1,20}\s+SYSTEM\s+["'][\w.-]{1,40}["']\s*>""")
_ROOT = re.compile(r"<(?![?!])([\w.-]{1,20})")
#: Users first, then posts, so that what names them finds them.
_ORDER = {"users": 0, "posts": 1, "comments": 2}
_NUMBERS = frozenset(
    {
        *("AnswerCount", "CommentCount", "DownVotes", "FavoriteCount", "PostTypeId", "Reputation"),
        *("Score", "UpVotes", "ViewCount", "Views"),
    }
)
_INTEGER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_TAG = re.compile(r"[^<>|]+")
_HOST = re.compile(r"https?://([^/?#]{1,250})")
_QUESTION = re.compile(r"/(?:questions|q)/([0-9]{1,18})")
_QUESTION_TYPE, _ANSWER_TYPE = 1, 2
_TYPES = {3: "tag wikis", 4: "excerpts of tag wikis", 5: "tag wikis", 6: "nominations"}
_MOST_USERS = 100_000  # that are kept while a file is streamed, where they only save memory
_OF_API = frozenset({"items", "question_id", "answer_id", "comment_id", "post_id"})
_BEGINS_JSON = re.compile(r"[\ufeff\s]*[\[{]")


def parse(text: str) -> Reading:
    """Read a file of a dump, or an answer of the API."""
    return parse_parts([(None, text)])


def parse_parts(parts: Iterable[tuple[str | None, str]]) -> Reading:
    """Read files of a dump, or answers of the API, which are parts of one site."""
    site = _Site()
    for name, text in sorted(parts, key=_order):
        first = len(site.builder.log.problems)
        try:
            site.take(text)
        except (LimitError, ParseError) as error:
            place = attrs.evolve(error.place or Place(offset=0), source=name)
            raise type(error)(error.message, place) from None
        problems = site.builder.log.problems
        for at in range(first, len(problems)) if name is not None else ():
            place = attrs.evolve(problems[at].place or Place(), source=name)
            problems[at] = attrs.evolve(problems[at], place=place)
    return site.reading()


def stream(file: IO[bytes]) -> Iterator[Reading]:
    """Yield a reading for each question of a ``Posts.xml`` of any size, and the rest at the end."""
    site = _Site()
    chunks = decoded(file, site.builder.log)
    first = next(chunks, "")
    if _BEGINS_JSON.match(first):
        site.take("".join([first, *chunks]))
    else:
        yield from site.rows(chain([first], chunks), is_whole=True)
    yield site.reading()


def _without_doctype(chunks: Iterable[str]) -> Iterator[str]:
    """Blank out the declaration that old dumps begin with; it names a file and declares nothing."""
    for position, chunk in enumerate(chunks):
        yield _DOCTYPE.sub(lambda match: " " * len(match[0]), chunk, 1) if position == 0 else chunk


def _order(part: tuple[str | None, str]) -> int:
    root = _ROOT.search(part[1], 0, 1 << 16)
    return _ORDER.get(root[1].lower(), 3) if root is not None else 3


class _Site:
    """Gathers questions, answers, comments and users, and joins them at the end."""

    def __init__(self) -> None:
        self.builder = Builder("stackexchange", platform="stackexchange")
        self._users: dict[str, Author] = {}
        self._idle: set[str] = set()  # users of the list whom nothing names
        self._question_of: dict[str, str] = {}
        self._accepted: set[str] = set()
        self._waiting: list[tuple[Node, Comment, str | None]] = []  # comments, with their posts
        self._others: Counter[str] = Counter()
        self._position = 0

    def take(self, text: str) -> None:
        """Take a file."""
        if _BEGINS_JSON.match(text):
            self._take_answers(text)
            return
        for _ in self.rows(pieces(text), is_whole=False):
            pass

    def reading(self) -> Reading:
        """Return all threads that are not taken yet."""
        for node, comment, post in self._waiting:
            question = self._question_of.get(post or "")
            if question is not None:
                comment = attrs.evolve(comment, parent_id=post)
            self.builder.comment(node, comment, question or post)
        for draft in self.builder.threads.values():
            self._tag_accepted(draft)
        if self._idle:
            self._others["users who wrote nothing here"] = len(self._idle)
        for kind, count in self._others.items():
            message = f"{count:,} {kind} are not read"
            self.builder.log.add("not-recognised", message, values=(kind, count))
        return self.builder.reading()

    def _tag_accepted(self, draft: Draft) -> None:
        for at, comment in enumerate(draft.comments):
            if comment.id in self._accepted and "accepted" not in comment.tags:
                draft.comments[at] = attrs.evolve(comment, tags=comment.tags | {"accepted"})

    # -- the dump --------------------------------------------------------------------------------

    def rows(self, chunks: Iterable[str], *, is_whole: bool) -> Iterator[Reading]:
        """Take the rows of a file; yield the threads that are complete where it is the whole."""
        table = ""
        elements = read(_without_doctype(chunks), _WANTED, self.builder.log, in_bytes=is_whole)
        for position, element in enumerate(elements, -1):
            if element.name != "row":
                table = element.name
                continue
            node = Node(_typed(element), self.builder.log, f"{table}[{position}]")
            key = self._take_row(table, node)
            if is_whole and key is not None and self._is_complete(key):
                yield self._finished(key)

    def _finished(self, key: str) -> Reading:
        """Return the reading of a thread, and forget what was noted for it."""
        draft = self.builder.threads[key]
        self._tag_accepted(draft)
        for comment in draft.comments:
            self._question_of.pop(comment.id, None)
            self._accepted.discard(comment.id)
        if len(self._users) > _MOST_USERS:
            self._users.clear()
        return self.builder.finished(key)

    def _is_complete(self, key: str) -> bool:
        """Whether a question is here, and as many answers as it counts."""
        draft = self.builder.threads.get(key)
        if draft is None or draft.article is None:
            return False
        count = draft.article.meta.get("AnswerCount")
        return isinstance(count, int) and count <= len(draft.comments)

    def _take_row(self, table: str, node: Node) -> str | None:
        """Take a row; return the key of the thread it went to."""
        id = node.id("Id")
        if table not in _ORDER:
            self._others[f"rows of {table}"] += 1
        elif id is None:
            self.builder.skip(node, "no-id", f"a row of {table} without an id")
        elif table == "users":
            self._idle.add(id)
            self._users[id] = Author(
                node.label("DisplayName"),
                id,
                url=node.label("WebsiteUrl"),
                avatar_url=node.label("ProfileImageUrl"),
                bio=node.label("AboutMe"),
                is_bot=True if id == "-1" else None,
                meta=node.rest(),
            )
        elif table == "comments":
            self._take_comment(node, id)
        else:
            return self._take_post(node, id)
        return None

    def _take_post(self, node: Node, id: str) -> str | None:
        kind = node.whole("PostTypeId")
        if kind is None:  # a table made of a dump may lack it
            kind = _ANSWER_TYPE if "ParentId" in node else _QUESTION_TYPE if "Title" in node else 0
        self.builder.items([node])
        if kind == _QUESTION_TYPE:
            key = f"p{id}"
            if (accepted := node.id("AcceptedAnswerId")) is not None:
                self._accepted.add(f"p{accepted}")
            self.builder.article(node, self._question(node, key), key)
            return key
        if kind == _ANSWER_TYPE:
            parent = node.id("ParentId")
            question = f"p{parent}" if parent is not None else None
            self._answer(node, f"p{id}", question)
            return question
        self._others[f"posts of type {kind} ({_TYPES.get(kind, 'unknown')})"] += 1
        self.builder.done(node)
        return None

    def _question(self, node: Node, id: str) -> Article:
        author = self._author(node, "OwnerUserId", "OwnerDisplayName")
        return Article(
            node.label("Title"),
            id=id,
            authors=[author] if author is not None else [],
            text=node.text("Body"),
            text_format=TextFormat.HTML,
            created_at=node.utc("CreationDate"),
            edited_at=node.utc("LastEditDate"),
            score=node.whole("Score"),
            tags=frozenset([*_TAG.findall(node.text("Tags") or ""), *_states(node)]),
            meta=node.rest(),
        )

    def _answer(self, node: Node, id: str, question: str | None) -> None:
        comment = Comment(
            id,
            None,
            self._author(node, "OwnerUserId", "OwnerDisplayName"),
            node.text("Body"),
            text_format=TextFormat.HTML,
            created_at=node.utc("CreationDate"),
            edited_at=node.utc("LastEditDate"),
            score=node.whole("Score"),
            tags=frozenset(["answer", *_states(node)]),
            meta=node.rest(),
        )
        if question is not None:
            self._question_of[id] = question
        self.builder.comment(node, comment, question)

    def _take_comment(self, node: Node, id: str) -> None:
        self.builder.items([node])
        post = node.id("PostId")
        comment = Comment(
            f"c{id}",
            None,
            self._author(node, "UserId", "UserDisplayName"),
            node.text("Text"),
            text_format=TextFormat.MARKDOWN,
            created_at=node.utc("CreationDate"),
            score=node.whole("Score"),
            meta=node.rest(),
        )
        self._waiting.append((node, comment, f"p{post}" if post is not None else None))

    def _author(self, node: Node, id_key: str, name_key: str) -> Author | None:
        id, name = node.id(id_key), node.label(name_key)
        if id is None:
            return Author(name) if name is not None else None
        self._idle.discard(id)
        author = self._users.get(id)
        if author is None:
            author = self._users[id] = Author(name, id, is_bot=True if id == "-1" else None)
        return author

    # -- the API ---------------------------------------------------------------------------------

    def _take_answers(self, text: str) -> None:
        for path, answer in documents(text, self.builder.log):
            pages = self.builder.roots(answer, path)
            if len(pages) == 1 and "error_id" in pages[0]:
                name, message = pages[0].label("error_name"), pages[0].label("error_message")
                raise ParseError(f"the API answered with an error: {shown(name)}, {shown(message)}")
            if pages and not any(_OF_API & page.data.keys() for page in pages):
                raise ParseError("this is no answer of Stack Exchange's API", Place(path=path))
            for page in pages:
                self._take_page(page)

    def _take_page(self, page: Node) -> None:
        nodes = page.nodes("items") if "items" in page else [page]
        if page.is_true("has_more"):
            number = page.raw("page")
            self.builder.log.add("more-pages", "the API has more pages", values=(number,))
        pending: list[tuple[Node, str | None]] = [(each, None) for each in reversed(nodes)]
        self.builder.items(nodes)
        while pending:
            node, post = pending.pop()
            inside = self._take_object(node, post)
            self.builder.items(each for each, _ in inside)
            pending += reversed(inside)

    def _take_object(self, node: Node, post: str | None) -> list[tuple[Node, str | None]]:
        """Take an object of the API, and return those in it, with the post that they are in."""
        kind = node.label("post_type")
        if "comment_id" in node:
            self._take_api_comment(node, post)
            return []
        question, answer = node.id("question_id"), node.id("answer_id")
        if (id := node.id("post_id")) is not None and question is None:  # of /posts
            question, answer = (id, None) if kind == "question" else (None, id)
        if answer is not None:
            key = f"p{question}" if question is not None else post
            return self._take_api_answer(node, f"p{answer}", key)
        if question is None:
            self.builder.skip(node, "not-recognised", "no question, answer or comment")
            return []
        key = f"p{question}"
        if (accepted := node.id("accepted_answer_id")) is not None:
            self._accepted.add(f"p{accepted}")
        inside: list[tuple[Node, str | None]] = [
            (each, key) for name in ("answers", "comments") for each in node.nodes(name)
        ]
        author, url, title = _owner(node), node.label("link"), node.label("title")
        host = _HOST.match(url or "")
        text, text_format = _body(node)
        article = Article(
            one_line(title) if title is not None else None,
            id=key,
            url=url,
            authors=[author] if author is not None else [],
            text=text,
            text_format=text_format,
            created_at=node.epoch("creation_date"),
            edited_at=node.epoch("last_edit_date"),
            site=host[1] if host is not None else None,
            score=node.whole("score"),
            tags=frozenset([*node.strings("tags"), *_states(node)]),
            meta=node.rest(),
        )
        self.builder.article(node, article, key)
        return inside

    def _take_api_answer(
        self, node: Node, id: str, question: str | None
    ) -> list[tuple[Node, str | None]]:
        inside: list[tuple[Node, str | None]] = [(each, id) for each in node.nodes("comments")]
        url = node.label("link")
        if question is None and (linked := _QUESTION.search(url or "")) is not None:
            question = f"p{linked[1]}"
        text, text_format = _body(node)
        tags = ["answer", *_states(node), *(["accepted"] if node.is_true("is_accepted") else [])]
        comment = Comment(
            id,
            None,
            _owner(node),
            text,
            text_format=text_format,
            created_at=node.epoch("creation_date"),
            edited_at=node.epoch("last_edit_date"),
            score=node.whole("score"),
            upvotes=node.count("up_vote_count"),
            downvotes=node.count("down_vote_count"),
            url=url,
            reply_count=node.count("comment_count"),
            tags=frozenset(tags),
            meta=node.rest(),
        )
        if question is not None:
            self._question_of[id] = question
        self.builder.comment(node, comment, question)
        return inside

    def _take_api_comment(self, node: Node, post: str | None) -> None:
        id, named = node.id("comment_id"), node.id("post_id")
        if id is None:
            self.builder.skip(node, "no-id", "a comment without an id")
            return
        text, text_format = _body(node)
        comment = Comment(
            f"c{id}",
            None,
            _owner(node),
            text,
            text_format=text_format,
            created_at=node.epoch("creation_date"),
            is_edited=node.flag("edited"),
            url=node.label("link"),
            score=node.whole("score"),
            meta=node.rest(),
        )
        self._waiting.append((node, comment, f"p{named}" if named is not None else post))


def _typed(row: Element) -> Mapping[str, object]:
    """Return the attributes of a row, numbers as numbers."""
    attributes = row.attributes
    return {
        key: int(value) if key in _NUMBERS and _INTEGER.fullmatch(value) else value
        for key, value in attributes.items()
    }


def _states(node: Node) -> list[str]:
    states = {
        "ClosedDate": "closed",
        "closed_date": "closed",
        "CommunityOwnedDate": "wiki",
        "community_owned_date": "wiki",
    }
    return [tag for key, tag in states.items() if key in node]


def _owner(node: Node) -> Author | None:
    """Return the author of an object of the API, whose names are escaped as HTML."""
    owner = node.inner("owner", rest=False)
    id, name = owner.id("user_id"), owner.label("display_name")
    if id is None and name is None:
        return None
    return Author(
        unescape(name) if name is not None else None,
        id,
        url=owner.label("link"),
        avatar_url=owner.label("profile_image"),
        is_bot=True if id == "-1" else None,
        meta=owner.rest(),
    )


def _body(node: Node) -> tuple[str | None, TextFormat]:
    """Return a text of the API; its Markdown is escaped as HTML."""
    if node.data.get("body") is None and (markdown := node.text("body_markdown")) is not None:
        return unescape(markdown), TextFormat.MARKDOWN
    return node.text("body"), TextFormat.HTML


FORMAT = catalogued("stackexchange", parse=parse, parse_parts=parse_parts, stream=stream)
