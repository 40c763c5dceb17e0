"""Commento: the export of a site, which Comentario can import too.

The file comes from "Export data" in the dashboard, and is usually compressed with gzip.

=====================================  ===========================================================
in the export                          in the model
=====================================  ===========================================================
``domain``, ``url``                    `Article` ``id``, such as ``example.com/path``; ``site``
``commentHex``, ``parentHex``          `Comment` ``id``, ``parent_id``; ``root`` is the article
``markdown``, otherwise ``html``       ``text``
``commenterHex``                       ``author``, one of ``commenters``; ``anonymous`` is unknown
``name``, ``link``, ``photo``          of the author; ``undefined`` is unknown
``isModerator``                        the tag ``moderator`` of that author's comments
``creationDate``                       ``created_at``
``score``                              ``score``
``state``, ``deleted``                 ``status``: unapproved is pending, flagged is spam
other keys                             ``meta``
=====================================  ===========================================================

Omitted: ``direction`` (the logged-in user's own vote), ``html`` if there is ``markdown``, and
e-mail addresses, unless *contacts* is true. Problems: ``no-id``, ``unknown-status``,
``not-recognised`` (commenters without comments), and those of JSON and of `Thread.repair`.
"""

from ..errors import ParseError, Place, shown
from ..model import Article, Author, Comment, Status, TextFormat, parent_id
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, documents

_STATUSES = {
    "approved": Status.VISIBLE,
    "unapproved": Status.PENDING,
    "flagged": Status.SPAM,
}
_NOTHING = frozenset({"undefined", "null", ""})


def parse(text: str, *, contacts: bool = False) -> Reading:
    """Read an export.

    Args:
        text: The JSON.
        contacts: Keep e-mail addresses, in ``meta`` of the author.
    """
    builder = Builder("commento", platform="commento")
    for path, value in documents(text, builder.log):
        export = builder.node(value, path)
        if not _is_export(export):
            raise ParseError("not an export of Commento", Place(path=path))
        people: dict[str, tuple[Author, bool]] = {}
        for node in export.nodes("commenters"):
            if (key := node.id("commenterHex")) is not None:
                people[key] = _person(node, key, contacts=contacts)
        nodes = builder.items(export.nodes("comments"))
        for node in nodes:
            _take(builder, node, people)
        named = (node.data.get("commenterHex") for node in nodes)
        idle = len(people.keys() - {key for key in named if isinstance(key, str)})
        if idle:
            message = f"{idle:,} commenters have no comments here"
            builder.log.add("not-recognised", message, values=(idle,))
    return builder.reading()


def _is_export(export: Node) -> bool:
    comments = export.data.get("comments")
    return "commenters" in export or (
        isinstance(comments, list)
        and any(isinstance(each, dict) and "commentHex" in each for each in comments)
    )


def _person(node: Node, key: str, *, contacts: bool) -> tuple[Author, bool]:
    """Return a commenter, and whether they are a moderator."""
    if not contacts:
        node.drop("email")
    is_moderator = node.is_true("isModerator")
    author = Author(
        _something(node, "name"),
        key,
        url=_something(node, "link"),
        avatar_url=_something(node, "photo"),
        meta=node.rest(empty=False),
    )
    return author, is_moderator


def _something(node: Node, key: str) -> str | None:
    value = node.text(key)
    return None if value in _NOTHING else value


def _take(builder: Builder, node: Node, people: dict[str, tuple[Author, bool]]) -> None:
    id = node.id("commentHex")
    if id is None:
        builder.skip(node, "no-id", "a comment without an id")
        return
    domain, path = node.label("domain"), node.label("url")
    page = f"{domain or ''}{path or ''}" or None
    if page is not None and page not in builder.threads:
        builder.thread(page).article = Article(id=page, site=domain)
    key, is_deleted = node.id("commenterHex"), node.is_true("deleted")
    if key is None or key == "anonymous":
        author, is_moderator = None, False
    else:
        author, is_moderator = people.get(key, (Author(None, key), False))
    markdown, html = node.text("markdown"), node.text("html")
    node.drop("direction")
    comment = Comment(
        id,
        parent_id(node.id("parentHex"), id=id),
        None if is_deleted else author,
        None if is_deleted else markdown or html or markdown,
        text_format=TextFormat.HTML if html and not markdown else TextFormat.MARKDOWN,
        created_at=node.utc("creationDate"),
        status=Status.DELETED if is_deleted else _status(builder, node, id),
        score=node.whole("score"),
        tags=frozenset({"moderator"} if is_moderator else ()),
        meta=node.rest(empty=False),
    )
    builder.comment(node, comment, page)


def _status(builder: Builder, node: Node, id: str) -> Status:
    state = node.label("state") or "approved"
    if state not in _STATUSES:
        message = f"state {shown(state)} is unknown: read as visible"
        builder.log.add("unknown-status", message, ids=(id,), values=(state,))
    return _STATUSES.get(state, Status.VISIBLE)


FORMAT = catalogued("commento", parse=parse)
