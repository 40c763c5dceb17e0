"""Read the rows of the files of Stack Exchange's data dump."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..._markup.xml import Element, Wanted, read
from ...model import Article, Author, Comment, TextFormat
from .._base import Reading
from .._kit import Node
from ._site import Site

_WANTED = Wanted(
    roots=frozenset(
        {"posts", "comments", "users", "posthistory", "votes", "badges", "tags", "postlinks"}
    ),
    records={"row": None},
)
_DOCTYPE = re.compile(r"""<!DOCTYPE\s+[a-z]{1,20}\s+SYSTEM\s+["'][\w.-]{1,40}["']\s*>""")
_ROOT = re.compile(r"<(?![?!])([\w.-]{1,20})")
#: Users first, then posts, since later files refer to them.
_ORDER = {"users": 0, "posts": 1, "comments": 2}
_NUMBERS = frozenset(
    {
        *("AnswerCount", "CommentCount", "DownVotes", "FavoriteCount", "PostTypeId", "Reputation"),
        *("Score", "UpVotes", "ViewCount", "Views"),
    }
)
_INTEGER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_TAG = re.compile(r"[^<>|]+")
_QUESTION_TYPE, _ANSWER_TYPE = 1, 2
_TYPES = {3: "tag wikis", 4: "excerpts of tag wikis", 5: "tag wikis", 6: "nominations"}


def order_of(text: str) -> int:
    """Return the position of a file in the reading order."""
    root = _ROOT.search(text, 0, 1 << 16)
    return _ORDER.get(root[1].lower(), 3) if root is not None else 3


def _without_doctype(chunks: Iterable[str]) -> Iterator[str]:
    """Blank out the doctype that old dumps begin with; it declares nothing."""
    for position, chunk in enumerate(chunks):
        yield _DOCTYPE.sub(lambda match: " " * len(match[0]), chunk, 1) if position == 0 else chunk


def rows(site: Site, chunks: Iterable[str], *, is_whole: bool) -> Iterator[Reading]:
    """Read the rows of a file; if it is the only one, yield complete threads."""
    table = ""
    elements = read(_without_doctype(chunks), _WANTED, site.builder.log, in_bytes=is_whole)
    for position, element in enumerate(elements, -1):
        if element.name != "row":
            table = element.name
            continue
        node = Node(_typed(element), site.builder.log, f"{table}[{position}]")
        key = _take_row(site, table, node)
        if is_whole and key is not None and site.is_complete(key):
            yield site.finished(key)


def _take_row(site: Site, table: str, node: Node) -> str | None:
    """Read a row; return the key of the thread it went to."""
    id = node.id("Id")
    if table not in _ORDER:
        site.others[f"rows of {table}"] += 1
    elif id is None:
        site.builder.skip(node, "no-id", f"a row of {table} without an id")
    elif table == "users":
        site.idle.add(id)
        site.users[id] = Author(
            node.label("DisplayName"),
            id,
            url=node.label("WebsiteUrl"),
            avatar_url=node.label("ProfileImageUrl"),
            bio=node.label("AboutMe"),
            is_bot=True if id == "-1" else None,
            meta=node.rest(),
        )
    elif table == "comments":
        _take_comment(site, node, id)
    else:
        return _take_post(site, node, id)
    return None


def _take_post(site: Site, node: Node, id: str) -> str | None:
    kind = node.whole("PostTypeId")
    if kind is None:  # a table derived from a dump may lack it
        kind = _ANSWER_TYPE if "ParentId" in node else _QUESTION_TYPE if "Title" in node else 0
    site.builder.items([node])
    if kind == _QUESTION_TYPE:
        key = f"p{id}"
        if (accepted := node.id("AcceptedAnswerId")) is not None:
            site.accepted.add(f"p{accepted}")
        site.builder.article(node, _question(site, node, key), key)
        return key
    if kind == _ANSWER_TYPE:
        parent = node.id("ParentId")
        question = f"p{parent}" if parent is not None else None
        _answer(site, node, f"p{id}", question)
        return question
    site.others[f"posts of type {kind} ({_TYPES.get(kind, 'unknown')})"] += 1
    site.builder.done(node)
    return None


def _question(site: Site, node: Node, id: str) -> Article:
    author = _author(site, node, "OwnerUserId", "OwnerDisplayName")
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


def _answer(site: Site, node: Node, id: str, question: str | None) -> None:
    comment = Comment(
        id,
        None,
        _author(site, node, "OwnerUserId", "OwnerDisplayName"),
        node.text("Body"),
        text_format=TextFormat.HTML,
        created_at=node.utc("CreationDate"),
        edited_at=node.utc("LastEditDate"),
        score=node.whole("Score"),
        tags=frozenset(["answer", *_states(node)]),
        meta=node.rest(),
    )
    site.answer(node, comment, question)


def _take_comment(site: Site, node: Node, id: str) -> None:
    site.builder.items([node])
    post = node.id("PostId")
    comment = Comment(
        f"c{id}",
        None,
        _author(site, node, "UserId", "UserDisplayName"),
        node.text("Text"),
        text_format=TextFormat.MARKDOWN,
        created_at=node.utc("CreationDate"),
        score=node.whole("Score"),
        meta=node.rest(),
    )
    site.comment(node, comment, f"p{post}" if post is not None else None)


def _author(site: Site, node: Node, id_key: str, name_key: str) -> Author | None:
    id, name = node.id(id_key), node.label(name_key)
    if id is None:
        return Author(name) if name is not None else None
    site.idle.discard(id)
    author = site.users.get(id)
    if author is None:
        author = site.users[id] = Author(name, id, is_bot=True if id == "-1" else None)
    return author


def _typed(row: Element) -> Mapping[str, object]:
    """Return the attributes of a row, with numbers as numbers."""
    attributes = row.attributes
    return {
        key: int(value) if key in _NUMBERS and _INTEGER.fullmatch(value) else value
        for key, value in attributes.items()
    }


def _states(node: Node) -> list[str]:
    states = {"ClosedDate": "closed", "CommunityOwnedDate": "wiki"}
    return [tag for key, tag in states.items() if key in node]
