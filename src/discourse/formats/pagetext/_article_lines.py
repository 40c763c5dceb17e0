"""Find the article above the comments: its title, paragraphs, captions, and the author with a bio.

Plain text does not mark these parts.
A title is a first line without a full stop, or the line that the heading of the comments quotes.
A caption is a paragraph that ends with a credit: ``(Photo: A. Smith)``, ``Foto: dpa``.
An author is a name at the end, once or twice, before a paragraph about that person;
or a line "By Ann Smith" near the top.
"""

import re

from ...model import Article, Author
from .._phrases.furniture import is_date_line
from .._phrases.headings import ends_in_count, is_heading, title_in
from ._census import Line

_TITLE_LENGTH = 250
_NAME_LENGTH = 60
#: How many lines at the end may be an author's name and biography.
_BIO_LINES = 8
#: How many lines from the top may contain a byline.
_TOP = 6
#: A single word is a section name, not the title, if a line of at least so many words follows.
_RUBRIC_THEN = 4

#: Words before the name of a photographer, and the names of agencies and archives.
_CREDIT = (
    r"photos?|photographs?|pictures?|images?|credits?|illustrations?|courtesy|source|screenshot|"
    r"fotos?|bild(?:er)?|bildquelle|quelle|abbildung|grafik|symbolbild|foto(?:grafía)?|imagen|"
    r"crédito|fuente|crédit|immagine|credito|imagem|beeld|bron|zdjęcie|źródło|fot\.?|фото|"
    r"kép|fotó|kuva|fotoğraf|写真"
)
_AGENCIES = (
    r"getty|reuters|\bap\b|\bafp\b|\bdpa\b|\bepa\b|wikimedia|wikipedia|flickr|unsplash|pixabay|"
    r"shutterstock|istock|cc[ -]by"
)
#: "(Photo: A. Smith)", "Foto: dpa", "Bild © A. Smith".
_CREDIT_END = re.compile(
    rf"(?:^|[\s(\[|/–-])(?:{_CREDIT})(?: by| von| de)?\s?[:©/]\s?[^.:!?]{{1,80}}[.)\]]?\s{{0,4}}$|"
    rf"^(?:{_CREDIT})\s?[:©]\s?.{{1,120}}$",
    re.IGNORECASE,
)
_CREDIT_MARK = re.compile(r"[:©/)\]]")
_BRACKET_END = re.compile(r"[(\[](?P<inside>[^()\[\]]{3,120})[)\]]\s{0,4}$")
#: A credit, an agency, or a place and a year: "(Mill, 1911)".
_IN_BRACKET = re.compile(
    rf"(?:{_CREDIT})\b|{_AGENCIES}|©|^[^,]{{2,60}}, .{{0,20}}?(?:[0-9]{{1,2}}|[0-9]{{4}})$",
    re.IGNORECASE,
)
#: Words that begin a title or the name of a thing rather than a person's.
_ARTICLES = frozenset(
    ("The", "A", "An", "Die", "Der", "Das", "Ein", "Eine", "Le", "La", "Les", "El", "Los", "Las")
)
_BYLINE = re.compile(
    r"^(?:by|von|par|por|di|door|av|af|autor(?:in)?|author|auteur|autore|words by|text|texte|texto|"
    r"written by|geschrieben von|posted by|автор|szerző|yazan)\s{0,2}:?\s{1,2}(?P<name>\S.{1,58})$",
    re.IGNORECASE,
)
#: Boxes of authors that count what they wrote: "About Ann Smith 12 Articles".
_ABOUT = re.compile(
    r"^(?:about(?: the author)?|über(?: den autor| die autorin)?|à propos de|acerca de|sobre|"
    r"informazioni su|over|o autorze|om)\s?[-–:]?\s(?P<name>.{2,60}?)"
    r"(?:\s[0-9]{1,6}\s(?:articles?|artikel|posts?|beiträge|artículos|articoli|artigos|artykuły))$",
    re.IGNORECASE,
)
#: "About the author", "Autorin: Ann Smith".
_AUTHOR_LABEL = re.compile(
    r"^(?:(?:about )?(?:the )?authors?|(?:über )?(?:den |die )?autor(?:in|en|s|es)?|"
    r"auteurs?|autore|autrice|l[’']auteur|об авторе|автор|o autorze)"
    r"\s?[:–-]?\s?(?P<name>.{0,60})$",
    re.IGNORECASE,
)


def article_of(
    lines: list[Line], *, heading: str | None, comment_count: int | None
) -> Article | None:
    """Return the article in *lines*, or None."""
    if not lines and comment_count is None:
        return None
    rest, authors = _without_authors(lines)
    title = _pop_title(rest, title_in(heading) if heading else None)
    if not authors:
        authors = _pop_byline(rest)
    captions = [line.text.strip() for line in rest if is_caption(line)]
    body = [line for line in rest if not is_caption(line)]
    return Article(
        title,
        text=paragraphs(body) if body else None,
        captions=captions,
        authors=authors,
        comment_count=comment_count,
    )


def paragraphs(lines: list[Line]) -> str:
    """Join lines: a blank line where there was one, else a line break."""
    parts: list[str] = []
    for line in lines:
        if parts:
            parts.append("\n\n" if line.after_blank else "\n")
        parts.append(" " * line.indent + line.text)
    return "".join(parts)


# --- titles --------------------------------------------------------------------------------


def _pop_title(lines: list[Line], quoted: str | None) -> str | None:
    """Remove the title from *lines* and return it."""
    if quoted:
        for index, line in enumerate(lines[:20]):
            if _is_same(line.text, quoted):
                return lines.pop(index).text.strip()
    index = 0  # bylines, dates and a rubric may be above it
    while index < min(_TOP, len(lines) - 1) and _is_small_print(lines[index].text.strip()):
        index += 1
    if index >= len(lines) or not _may_be_title(lines, index):
        return quoted
    if (
        len(lines[index].text.split()) == 1
        and index + 1 < len(lines)
        and len(lines[index + 1].text.split()) >= _RUBRIC_THEN
        and _may_be_title(lines, index + 1)
    ):
        index += 1
    return lines.pop(index).text.strip()


def _is_small_print(text: str) -> bool:
    """Return whether a line above the title is a byline, a date, a path, or a count."""
    if len(text) > 200:
        return False
    return (
        is_date_line(text)
        or is_heading(text)
        or _BYLINE.match(text) is not None
        or ends_in_count(text) is not None
        or any(mark in text for mark in ("»", " | ", " > ", " › "))
        or not any(c.isalpha() for c in text)
    )


def _is_same(text: str, quoted: str) -> bool:
    text, quoted = text.strip().casefold(), quoted.casefold()
    return len(text) <= _TITLE_LENGTH and (
        text == quoted or (len(quoted) > 15 and text.startswith(quoted))
    )


def _may_be_title(lines: list[Line], index: int) -> bool:
    """Return whether a line can be a title: a short paragraph at the margin, no full stop."""
    line, text = lines[index], lines[index].text.strip()
    return (
        (index + 1 == len(lines) or lines[index + 1].after_blank)
        and not line.style
        and line.indent == 0
        and 0 < len(text) <= _TITLE_LENGTH
        and not text.endswith((".", ":", ",", ";", "。"))
        and not is_caption(line)
    )


# --- captions ------------------------------------------------------------------------------


def is_caption(line: Line) -> bool:
    """Return whether a paragraph is the caption of a picture: it ends with a credit."""
    text = line.text
    if len(text) > 400 or line.style or line.indent or not _CREDIT_MARK.search(text):
        return False
    text = text.strip()
    if _CREDIT_END.search(text[-200:]):
        return len(text) <= 300
    match = _BRACKET_END.search(text[-130:])
    return (
        match is not None
        and not text[: len(text) - len(match[0].rstrip())].rstrip().endswith((".", "!", "?", ":"))
        and _IN_BRACKET.search(match["inside"]) is not None
    )


# --- authors -------------------------------------------------------------------------------


def has_bio_before(lines: list[Line], stop: int) -> bool:
    """Return whether the lines just before *stop* are an author's name and biography."""
    return _author_start(lines[max(0, stop - _BIO_LINES) : stop]) is not None


def _without_authors(lines: list[Line]) -> tuple[list[Line], tuple[Author, ...]]:
    """Return the lines without the author at their end, and the author."""
    tail = lines[-_BIO_LINES:]
    places = _author_start(tail)
    if places is None:
        return lines.copy(), ()
    start, bio_at, name = places
    bio = paragraphs(tail[bio_at:]).strip()
    above = [line.text for line in tail[start:bio_at] if line.text.strip() != name]
    author = Author(name, bio=bio or None, meta={"above": above} if above else {})
    return lines[: len(lines) - len(tail) + start], (author,)


def _author_start(tail: list[Line]) -> tuple[int, int, str] | None:
    """Return where in *tail* the author begins, where the biography begins, and the name."""
    for index, line in enumerate(tail[:-1]):
        text = line.text.strip()
        following = tail[index + 1]
        about = _ABOUT.match(text) if len(text) <= 120 else None
        if about is not None and following.text.strip():
            return index, index + 1, about["name"].strip()
        if is_name(text):
            if following.text.strip() == text and index + 2 < len(tail):
                if _is_about(tail[index + 2].text, text) or index + 3 == len(tail):
                    return index, index + 2, text
            elif _is_about(following.text, text):
                above = tail[index - 1].text.strip() if index else ""
                label = _AUTHOR_LABEL.match(above) if len(above) <= 40 else None
                is_labelled = label is not None and not label["name"]
                return index - is_labelled, index + 1, text
        named = _AUTHOR_LABEL.match(text) if len(text) <= 100 else None
        if named is not None and is_name(named["name"].strip()) and len(following.text) > 40:
            return index, index + 1, named["name"].strip()
    return None


def is_name(text: str) -> bool:
    """Return whether *text* can be a person's name: a few words, not a sentence."""
    words = text.split() if len(text) <= _NAME_LENGTH else []
    return (
        0 < len(words) <= 4
        and words[0][0].isupper()
        and words[0] not in _ARTICLES
        and (len(words) == 1 or words[-1][0].isupper())
        and not text.endswith((".", "!", "?", ":", ",", ";", ")"))
        and not any(c.isdigit() or c in "|/<>@#:" for c in text)
    )


def _is_about(text: str, name: str) -> bool:
    """Return whether *text* is a paragraph that begins with *name*, or its first word."""
    text = text.strip()
    return len(text) > 40 and text.startswith((name, name.split(maxsplit=1)[0] + " "))


def _pop_byline(lines: list[Line]) -> tuple[Author, ...]:
    """Remove a byline such as "By Ann Smith" from *lines* and return its author."""
    for index, line in enumerate(lines[:_TOP]):
        text = line.text.strip()
        match = _BYLINE.match(text) if len(text) <= 80 and not line.indent else None
        name = match["name"].strip() if match is not None else ""
        words = name.split()
        if is_name(name) and len(words) > 1 and all(word[0].isupper() for word in words):
            del lines[index]
            return (Author(name),)
    return ()
