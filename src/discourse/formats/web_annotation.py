"""Web annotations: the W3C's JSON, and responses of Hypothes.is.

A file is an annotation, an array of them, a page (``AnnotationPage``) or a collection of the W3C's
model, a response of Hypothes.is to ``/api/search`` or ``/api/annotations/...``, or a JSON export of
its sidebar.

======================================  ===========================================================
in the source                           in the model
======================================  ===========================================================
``target``: its ``source`` or ``id``    `Article` ``id`` and ``url``, from the first target.
                                        Selectors and the like stay in ``meta``
``uri``, ``document.title``             `Article` ``id`` and ``url``, ``title`` (Hypothes.is)
``id``                                  `Comment` ``id``
``target`` that is an annotation here   ``parent_id``; any target if the motivation is replying
``references``                          ``parent_id``: the last one (Hypothes.is)
``body``, ``bodyValue``                 ``text``: the first textual body; its ``format``, and its
                                        ``language``. Other bodies stay in ``meta``
body with the purpose tagging           ``tags``; all texts if the motivation is tagging
``text``, ``tags``                      ``text`` (Markdown), ``tags`` (Hypothes.is)
``creator``                             ``author``: an IRI is an ``id``; software is a bot
``user``, ``user_info``                 ``author``: ``acct:ada@host`` is the id of ``ada``
``created``, ``modified``, ``updated``  ``created_at``, ``edited_at``
``hidden``, ``deleted``                 ``status``
``links``                               ``url`` (Hypothes.is)
other keys                              ``meta``
======================================  ===========================================================

Omitted: ``flagged`` and ``links`` (data about the logged-in user), ``@context``, and e-mail
addresses. Problems: ``no-id``, ``not-recognised``, ``more-pages`` (the collection continues
elsewhere), and those of JSON and of `Thread.repair`.
"""

import re
from typing import Any

from ..errors import ParseError, Place
from ..model import Article, Author, Comment, Status, TextFormat
from ._base import Reading
from ._catalogue import catalogued
from ._kit import Builder, Node, documents

_WEB = re.compile(r"https?://")
_FORMATS = {"text/html": TextFormat.HTML, "text/markdown": TextFormat.MARKDOWN}
_ACCOUNT = re.compile(r"acct:([^@]{1,200})@")
_AROUND = frozenset({"AnnotationCollection", "AnnotationPage"})
_ABOUT = frozenset({"target", "hasTarget", "uri", "deleted"})
_STATUSES = {
    "PENDING": Status.PENDING,
    "DENIED": Status.REMOVED,
    "SPAM": Status.SPAM,
}


def parse(text: str) -> Reading:
    """Read annotations."""
    reader = _Reader()
    for path, value in documents(text, reader.builder.log):
        nodes = reader.builder.roots(value, path)
        if nodes and not any(_is_known(node) for node in nodes):
            raise ParseError("not an annotation", Place(path=path))
        for node in nodes:
            reader.take(node)
    return reader.reading()


def _types(node: Node) -> set[str]:
    """Return the types of an object, without the prefix of the model that preceded the W3C's."""
    value = node.data.get("type", node.data.get("@type"))
    names = value if isinstance(value, list) else [value]
    return {name.removeprefix("oa:") for name in names if isinstance(name, str)}


def _is_known(node: Node) -> bool:
    data = node.data
    return (
        bool(_types(node) & (_AROUND | {"Annotation"}))
        or isinstance(data.get("rows"), list)
        or isinstance(data.get("annotations"), list)
        or ("uri" in data and "user" in data)
    )


class _Reader:
    def __init__(self) -> None:
        self.builder = Builder("web-annotation")
        self._annotations: dict[str, Node] = {}
        self._pages: dict[str, str | None] = {}  # annotation to the page it is about

    def take(self, root: Node) -> None:
        """Add an annotation, or an envelope of annotations."""
        pending = [root]
        while pending:
            node = pending.pop()
            if isinstance(node.data.get("annotations"), list):
                pending += reversed(node.nodes("annotations"))
            elif isinstance(node.data.get("rows"), list):
                rows, replies = node.nodes("rows"), node.nodes("replies")
                self._expect(node, len(rows))
                pending += reversed([*rows, *replies])
            elif _types(node) & _AROUND:
                pending += reversed(self._inside(node))
            else:
                self._take(node)

    def _inside(self, node: Node) -> list[Node]:
        """Return the annotations and pages in a collection or a page."""
        items = node.nodes("items")
        first = node.data.get("first")
        if isinstance(first, dict):
            return [*items, node.inner("first", rest=False)]
        for key in ("first", "next"):
            if node.data.get(key) is not None:
                self._more(f"{key}: {node.data[key]!a:.200}", node.data[key])
        return items

    def _expect(self, node: Node, count: int) -> None:
        total = node.count("total")
        if total is not None and total > count:
            self._more(f"{count:,} of {total:,} are here", total)

    def _more(self, what: str, value: object) -> None:
        self.builder.log.add("more-pages", f"there are more annotations ({what})", values=(value,))

    def _take(self, node: Node) -> None:
        self.builder.items([node])
        id = node.id("id") or node.id("@id")
        if id is None:
            self.builder.skip(node, "no-id", "an annotation without an id")
        elif not _ABOUT & node.data.keys():
            self.builder.skip(node, "not-recognised", "an object without a target")
        elif id in self._annotations:
            if self._annotations[id].data != node.data:
                message = f"{id!a:.200} is repeated: the first one is kept"
                self.builder.log.add("duplicate-conflict", message, ids=(id,), values=(node.data,))
            self.builder.done(node)
        else:
            self._annotations[id] = node

    def reading(self) -> Reading:
        """Return a thread for each annotated page."""
        for id, node in self._annotations.items():
            comment = self._api_comment(node, id) if "uri" in node else self._comment(node, id)
            self.builder.comment(node, comment, self._page_of(id))
        return self.builder.reading()

    def _page_of(self, id: str) -> str | None:
        """Return the page of an annotation; a reply has the page of its first ancestor."""
        trail: list[str] = []
        here: str | None = id
        while here is not None and here not in self._pages:
            self._pages[here] = None  # ends a loop
            trail.append(here)
            node = self._annotations.get(here)
            if node is None:
                break
            if isinstance(uri := node.data.get("uri"), str):
                self._pages[here] = uri or None
                break
            target = _iri(_first_target(node))
            if target in self._annotations or _is_reply(node):
                here = target
            else:
                self._pages[here] = target
                break
        page = self._pages.get(here) if here is not None else None
        for passed in trail:
            self._pages[passed] = page
        return page

    # -- the W3C's model -------------------------------------------------------------------------

    def _comment(self, node: Node, id: str) -> Comment:
        target = _first_target(node)
        iri = _iri(target)
        is_reply = iri in self._annotations or _is_reply(node)
        if iri is not None and not is_reply:
            self._take_page(iri, None)
        if isinstance(node.data.get("target"), str):
            node.drop("target")
        body = _Body(node)
        created, modified = node.utc("created"), node.utc("modified")
        node.drop("@context", "type", "@type")
        return Comment(
            id,
            iri if is_reply and iri != id else None,
            _creator(node),
            body.text,
            text_format=body.text_format,
            created_at=created,
            edited_at=modified if modified != created else None,
            url=id if _WEB.match(id) else None,
            language=body.language,
            tags=frozenset(body.tags),
            meta=node.rest(body=body.rest) if body.rest else node.rest(),
        )

    def _take_page(self, iri: str, title: str | None) -> None:
        draft = self.builder.thread(iri)
        if draft.article is None or (title is not None and draft.article.title is None):
            url = iri if _WEB.match(iri) else None
            draft.article = Article(title, id=iri, url=url)

    # -- Hypothes.is -----------------------------------------------------------------------------

    def _api_comment(self, node: Node, id: str) -> Comment:
        uri, references = node.label("uri"), node.strings("references")
        if uri is not None:
            titles = node.inner("document").raw("title")
            first = titles[0] if isinstance(titles, list) and titles else titles
            self._take_page(uri, first if isinstance(first, str) and first else None)
        created, updated = node.utc("created"), node.utc("updated")
        links = node.inner("links", rest=False)
        node.drop("flagged")
        if len(references) > 1:
            node.keep("references")
        user, shown_name = node.label("user"), node.inner("user_info").label("display_name")
        name = _ACCOUNT.match(user or "")
        is_deleted, is_hidden = node.is_true("deleted"), node.is_true("hidden")
        moderated = node.data.get("moderation_status")
        status = _STATUSES.get(moderated, Status.VISIBLE) if isinstance(moderated, str) else None
        if is_deleted or is_hidden:
            status = Status.DELETED if is_deleted else Status.HIDDEN
        text = node.text("text")
        return Comment(
            id,
            references[-1] if references else None,
            Author(name[1] if name is not None else user, user, display_name=shown_name)
            if user is not None
            else None,
            None if is_deleted or (is_hidden and not text) else text,
            text_format=TextFormat.MARKDOWN,
            created_at=created,
            edited_at=updated if updated != created else None,
            status=status or Status.VISIBLE,
            url=links.label("incontext") or links.label("html"),
            tags=frozenset(node.strings("tags")),
            meta=node.rest(empty=False),
        )


def _is_reply(node: Node) -> bool:
    motivation = node.data.get("motivation", node.data.get("motivatedBy"))
    names = motivation if isinstance(motivation, list) else [motivation]
    return any(name in ("replying", "oa:replying") for name in names if isinstance(name, str))


def _first_target(node: Node) -> object:
    """Return the target, or the first one of a list or of a list object of the model."""
    target: object = node.data.get("target", node.data.get("hasTarget"))
    if isinstance(target, dict) and isinstance(target.get("items"), list):
        target = target["items"]
    return target[0] if isinstance(target, list) and target else target


def _iri(target: object) -> str | None:
    """Return the source of a target, or the target itself."""
    if isinstance(target, dict):
        source = target.get("source", target.get("hasSource"))
        target = source if source is not None else target.get("id", target.get("@id"))
        if isinstance(target, dict):
            target = target.get("id", target.get("@id"))
    return target if isinstance(target, str) and target else None


def _creator(node: Node) -> Author | None:
    creator = node.data.get("creator")
    if isinstance(creator, str):
        node.drop("creator")
        return Author(id=creator) if creator else None
    if isinstance(creator, list):
        creators = [each for each in creator if isinstance(each, dict)]
        if not creators:
            return None
        person = Node(creators[0], node.log, ".creator[0]", node)
    elif isinstance(creator, dict):
        person = node.inner("creator", rest=False)
    else:
        return None
    name, nickname, id = person.label("name"), person.label("nickname"), person.id("id")
    homepage = person.raw("homepage")
    url = homepage if isinstance(homepage, str) else None
    is_bot = True if "Software" in _types(person) else None
    person.drop("type", "email", "email_sha1")
    if name is None and nickname is None and id is None:
        return None
    return Author(name or nickname, id, url=url, is_bot=is_bot, meta=person.rest())


class _Body:
    """The bodies of an annotation: a text, tags, and others."""

    def __init__(self, node: Node) -> None:
        self.text: str | None = None
        self.text_format = TextFormat.TEXT
        self.language: str | None = None
        self.tags: list[str] = []
        self.rest: list[Any] = []
        value = node.raw("body")
        if value is None:
            value = node.raw("hasBody")
        if isinstance(value, dict) and isinstance(value.get("items"), list):
            node.keep("body")
            value = value["items"]
        is_tag = node.data.get("motivation") in ("tagging", "oa:tagging")
        for body in value if isinstance(value, list) else [] if value is None else [value]:
            self._take(body, is_tag=is_tag)
        plain = node.data.get("bodyValue")
        if self.text is None and isinstance(plain, str):
            self.text = node.text("bodyValue")

    def _take(self, body: object, *, is_tag: bool) -> None:
        text = body.get("value", body.get("chars")) if isinstance(body, dict) else None
        if not isinstance(body, dict) or not isinstance(text, str):
            self.rest.append(body)
        elif body.get("purpose", "tagging" if is_tag else "") == "tagging":
            self.tags += [text] if text else []
        elif self.text is not None:
            self.rest.append(body)
        else:
            self.text = text
            media_type, language = body.get("format"), body.get("language")
            if isinstance(media_type, str):
                self.text_format = _FORMATS.get(media_type, TextFormat.TEXT)
            self.language = language if isinstance(language, str) and language else None
            known = {"value", "chars", "format", "language", "type", "@type"}
            if more := {key: value for key, value in body.items() if key not in known}:
                self.rest.append(more)


FORMAT = catalogued("web-annotation", parse=parse)
