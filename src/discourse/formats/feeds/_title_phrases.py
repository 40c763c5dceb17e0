"""Recognise the phrases that WordPress puts around names and titles, in many languages."""

import re
from collections import Counter

from ..._markup.html import one_line
from ...errors import Problem
from ._entries import Entry, comment_in, page_of

#: "In reply to <a href="...#comment-17">Ada</a>." as a paragraph of its own, at the very start.
_REPLY = re.compile(
    r"""\s*(?:<p>)?\s*([^<>]{0,60})<a\s[^<>"]{0,40}href=["']([^"'<>]{1,2000})["'][^<>]{0,200}>"""
    r"""([^<>]{0,300})</a>([^<>\n]{0,60})(?:</p>\s*|\n\s*\n\s*|(?:<br\s?/?>\s*){2}|$)"""
)
_ENGLISH = ("In reply to", ".")

_COMMENT_WORDS = (
    "comment", "kommentar", "kommentti", "coment", "comentár", "reactie", "reaction", "komentar",
    "komentář", "komentarz", "коммент", "комент", "коментар", "yorum", "σχόλι", "σχολι", "تعليق",
    "תגוב", "评论", "評論", "留言", "コメント", "댓글", "bình luận", "hozzászól", "pripomb",
    "ummæli", "mesaj", "ความเห็น", "komentár",
)  # fmt: skip
#: "Comment on T by X" as WordPress translates it.
_ON_BY = (
    ("Comment on ", " by "),
    ("Kommentar zu ", " von "),
    ("Commentaires sur ", " par "),
    ("Commentaire sur ", " par "),
    ("Comentario en ", " por "),
    ("Comentários sobre ", " por "),
    ("Comentário em ", " por "),
    ("Commenti su ", " di "),
    ("Reactie op ", " door "),
    ("Reacties op ", " door "),
    ("Kommentar på ", " av "),
    ("Komentarz do ", ", którego autorem jest "),
    ("Комментарий к записи ", " ("),
)
_BY = re.compile(
    r"(?:by|von|par|por|di|da|door|av|af|od|autor|автор|от|від|yazan|作者|投稿者)\s?[:：]\s*(.+)",
    re.IGNORECASE,
)
_FOR = re.compile(
    r"(?:Comments for|Kommentare für|Commentaires pour|Comentarios en|Comentários sobre"
    r"|Commenti per|Reacties voor|Kommentarer för)\s"
)


def article_title(feed_title: str | None) -> str | None:
    """Return the title of the post in "Comments on: ..."; any other title is unchanged.

    >>> article_title("Kommentare zu: Eine Brücke: ja oder nein?")
    'Eine Brücke: ja oder nein?'
    >>> article_title("Bridges: a history")
    'Bridges: a history'
    """
    head, colon, rest = re.sub("[:：]", ":", feed_title or "", count=1).partition(":")
    lowered = head.lower()
    if colon and rest.strip() and len(head) <= 40 and any(w in lowered for w in _COMMENT_WORDS):
        return rest.strip()
    for on, _ in _ON_BY:
        if feed_title and feed_title.startswith(on.replace("Comment on ", "Comments on ")):
            return feed_title[len(on) + (on == "Comment on ") :].strip() or None
    return feed_title


def site_title(feed_title: str | None) -> str | None:
    """Return the name of the site in "Comments for ..."."""
    return _FOR.sub("", feed_title, count=1) if feed_title else None


def post_title(title: str | None, name: str | None) -> str | None:
    """Return the title of the post in "Comment on ... by X"; None if it is not certain.

    >>> post_title("Comment on Stand by me by Ada", "Ada")
    'Stand by me'
    """
    if title and title.startswith("Re: "):  # Disqus
        return title[4:].strip() or None
    for on, by in _ON_BY:
        if title and title.startswith(on):
            rest = title[len(on) :]
            if name and rest.removesuffix(")").endswith(by + " ".join(name.split())):
                return rest.removesuffix(")")[: -len(by + " ".join(name.split()))] or None
            return rest.rpartition(by)[0] or None
    return None


def author_in(title: str | None) -> str | None:
    """Return the name in the title "By: Ada", as WordPress writes and translates it.

    >>> author_in("Von: Ada"), author_in("By the way: no")
    ('Ada', None)
    """
    match = _BY.fullmatch(title or "")
    return match[1] if match else None


def is_made_up(title: str | None, entry: Entry) -> bool:
    """Whether the title of a comment only repeats its author, its post, or its first words."""
    if title is None:
        return True
    name = entry.author.name if entry.author is not None else None
    if name and author_in(title) and title.lower().startswith("by"):
        return True
    if name and title.endswith(" ".join(name.split())):
        return True
    start = title.removesuffix("...").removesuffix("…").strip()
    return one_line(entry.text or "").startswith(start)


def take_replies(entries: list[Entry], problems: list[Problem]) -> None:
    """Find the parents that only the text of RSS names, and remove the phrase from the text.

    The phrase is in the site's language. Only the link and its place count, and that all phrases
    of a feed are alike.
    """
    matches: list[tuple[Entry, re.Match[str]]] = []
    for entry in entries:
        match = _REPLY.match(entry.text or "") if entry.parent is None else None
        if match and comment_in(match[2]) is not None and _is_here(entry, match[2]):
            matches.append((entry, match))
    phrases = Counter(_phrase(match) for _, match in matches)
    usual = _ENGLISH if _ENGLISH in phrases else max(phrases, key=phrases.__getitem__, default=None)
    for entry, match in matches:
        if _phrase(match) == usual:
            entry.parent = comment_in(match[2])
            entry.text = (entry.text or "")[match.end() :]
        else:
            message = "a text begins with a link to another comment: not used as its parent"
            ids = (entry.comment_id or "?", comment_in(match[2]) or "?")
            problems.append(Problem("maybe-reply", message, ids, (match[0],)))


def _phrase(match: re.Match[str]) -> tuple[str, str]:
    return match[1].strip(), match[4].strip()


def _is_here(entry: Entry, address: str) -> bool:
    base = page_of(address)
    return base is None or base in (entry.page_url, entry.page)
