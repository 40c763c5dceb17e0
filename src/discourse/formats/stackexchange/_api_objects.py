"""Read the objects of Stack Exchange's API."""

import re

from ..._markup.html import one_line, unescape
from ...errors import ParseError, Place, shown
from ...model import Article, Author, Comment, TextFormat
from .._kit import Node, documents
from ._site import Site

_HOST = re.compile(r"https?://([^/?#]{1,250})")
_QUESTION = re.compile(r"/(?:questions|q)/([0-9]{1,18})")
_OF_API = frozenset({"items", "question_id", "answer_id", "comment_id", "post_id"})


def take_answers(site: Site, text: str) -> None:
    """Read one response of the API, or several in a row."""
    for path, answer in documents(text, site.builder.log):
        pages = site.builder.roots(answer, path)
        if len(pages) == 1 and "error_id" in pages[0]:
            name, message = pages[0].label("error_name"), pages[0].label("error_message")
            raise ParseError(f"the API returned an error: {shown(name)}, {shown(message)}")
        if pages and not any(_OF_API & page.data.keys() for page in pages):
            raise ParseError("not a response of Stack Exchange's API", Place(path=path))
        for page in pages:
            _take_page(site, page)


def _take_page(site: Site, page: Node) -> None:
    nodes = page.nodes("items") if "items" in page else [page]
    if page.is_true("has_more"):
        number = page.raw("page")
        site.builder.log.add("more-pages", "the API has more pages", values=(number,))
    pending: list[tuple[Node, str | None]] = [(each, None) for each in reversed(nodes)]
    site.builder.items(nodes)
    while pending:
        node, post = pending.pop()
        inside = _take_object(site, node, post)
        site.builder.items(each for each, _ in inside)
        pending += reversed(inside)


def _take_object(site: Site, node: Node, post: str | None) -> list[tuple[Node, str | None]]:
    """Read an object of the API, and return the objects in it with the post they are in."""
    kind = node.label("post_type")
    if "comment_id" in node:
        _take_comment(site, node, post)
        return []
    question, answer = node.id("question_id"), node.id("answer_id")
    if (id := node.id("post_id")) is not None and question is None:  # from /posts
        question, answer = (id, None) if kind == "question" else (None, id)
    if answer is not None:
        key = f"p{question}" if question is not None else post
        return _take_answer(site, node, f"p{answer}", key)
    if question is None:
        site.builder.skip(node, "not-recognised", "not a question, answer or comment")
        return []
    key = f"p{question}"
    if (accepted := node.id("accepted_answer_id")) is not None:
        site.accepted.add(f"p{accepted}")
    inside: list[tuple[Node, str | None]] = [
        (each, key) for name in ("answers", "comments") for each in node.nodes(name)
    ]
    author, url, title = _owner(site, node), node.label("link"), node.label("title")
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
    site.builder.article(node, article, key)
    return inside


def _take_answer(
    site: Site, node: Node, id: str, question: str | None
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
        _owner(site, node),
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
    site.answer(node, comment, question)
    return inside


def _take_comment(site: Site, node: Node, post: str | None) -> None:
    id, named = node.id("comment_id"), node.id("post_id")
    if id is None:
        site.builder.skip(node, "no-id", "a comment without an id")
        return
    text, text_format = _body(node)
    comment = Comment(
        f"c{id}",
        None,
        _owner(site, node),
        text,
        text_format=text_format,
        created_at=node.epoch("creation_date"),
        is_edited=node.flag("edited"),
        url=node.label("link"),
        score=node.whole("score"),
        meta=node.rest(),
    )
    site.comment(node, comment, f"p{named}" if named is not None else post)


def _states(node: Node) -> list[str]:
    states = {"closed_date": "closed", "community_owned_date": "wiki"}
    return [tag for key, tag in states.items() if node.data.get(key) is not None]


def _owner(site: Site, node: Node) -> Author | None:
    return site.owners.of(node.inner("owner", rest=False), "user_id")


def _body(node: Node) -> tuple[str | None, TextFormat]:
    """Return a text of the API, in which Markdown is HTML-escaped."""
    if node.data.get("body") is None and (markdown := node.text("body_markdown")) is not None:
        return unescape(markdown), TextFormat.MARKDOWN
    return node.text("body"), TextFormat.HTML
