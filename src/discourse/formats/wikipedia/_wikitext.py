"""Read the headings, paragraphs and list items of a talk page's wikitext."""

import re
from collections.abc import Iterator

from ..._markup.html import one_line, unescape
from ._page_threads import Heading
from ._signed_lines import Line, UserLink
from ._user_names import UserPages

#: What is not markup, or not part of the discussion: hidden, quoted, or verbatim.
_HIDDEN = re.compile(
    r"<(!--.*?(?:-->|\Z))"
    r"|<(/?)(nowiki|pre|syntaxhighlight|source|math|blockquote|cite|q|ref)\b([^<>]{0,500})>",
    re.DOTALL | re.IGNORECASE,
)
_SEEN = re.compile(r"[^\n]")
_BRACES = re.compile(r"\{\{|\}\}")
#: Templates that end an indentation.
_OUTDENT = re.compile(
    r"\{\{\s*(?:outdent2?|od2?|odn|oda|outd|unindent|out|undent)\s*[|}]", re.IGNORECASE
)
#: Templates that sign for somebody else, if they were not substituted. Their parameters are a user
#: and a time, in either order. From the Wikipedias in English, German, French, Spanish, Portuguese,
#: Italian, Polish, Russian, Ukrainian and Swedish.
_UNSIGNED = re.compile(
    r"\{\{\s{0,20}(?:subst:|safesubst:)?"
    r"(?:unsigned|undated|non[ _]sign|nicht[ _]?signiert|unbekannt|no[ _]?firmado|sin[ _]?firmar"
    r"|não[ _]?assinad|non[ _]?firmat|niepodpisan|неподписан|без[ _]подписи|непідписан|osignerat)"
    r"[^|{}\n]{0,20}\|([^{}]{1,300})\}\}",
    re.IGNORECASE,
)
_SIGNED_TIME = re.compile(r"\d{1,2}[:.h]\d\d[^\n]{0,60}?\([^()\n]{2,12}\)")
_LAYOUT = re.compile(
    r"\[\[[^\[\]:|\n]{0,30}(?:[ck]at[eé]g|катег|categ|تصنيف|קטגוריה|분류|分类|分類)[^\[\]\n]{0,300}\]\]"
    r"|__[^\W\d_]{2,40}__|^-{4,}|<[bh]r\s{0,600}/?>|^[ \t]*;[^:\n]*$",
    re.IGNORECASE,
)
_BREAK = re.compile(r"<(?:br|hr)\s{0,600}/?>", re.IGNORECASE)
_BLOCK = re.compile(
    r"[ \t]*(?:\{\||\||!|-{4}"
    r"|</?(?:div|p|table|tr|td|th|center|ul|ol|li|dl|dd|dt|section)\b)",
    re.IGNORECASE,
)
_PIECE = re.compile(
    r"\[\[([^\[\]{}|\n<>]{1,300}+)(?:\|(.{0,600}?))?\]\]"
    r"|\{\{\s*([^\[\]{}|\n<>/:]{1,60}:[^\[\]{}|\n<>/]{1,100})/[^{}\n]{0,100}\}\}"
    r"|</?[a-z][^<>\n]{0,500}>|''+|(&#?\w{1,10};)",
    re.IGNORECASE,
)
_LINK = re.compile(r"\[\[:?([^\[\]|\n]{1,300}+)(?:\|([^\[\]\n]{0,600}+))?\]\]")
_TEMPLATE = re.compile(r"\{\{[^{}]{0,600}\}\}")


def lines(text: str, users: UserPages) -> Iterator[Line | Heading]:
    """Yield the headings and the lines of wikitext. O(n)."""
    text = _masked(text)
    anchors: dict[str, int] = {}
    paragraph: tuple[int, int] | None = None
    at = 0
    for row in text.split("\n"):
        start, at = at, at + len(row) + 1
        level = _depth(row)
        if _is_open(row):
            paragraph = (paragraph[0] if paragraph else start, at - 1)
            continue
        if paragraph:
            yield from _parts(text, *paragraph, 0, users)
            paragraph = None
        if heading := _heading(row, anchors):
            yield heading
        elif row.strip():
            yield from _parts(text, start, at - 1, level, users)
    if paragraph:
        yield from _parts(text, *paragraph, 0, users)


def without_indentation(text: str, level: int) -> str:
    """Return the wikitext of a comment, without the lists around all of it."""
    rows = text.strip("\n").split("\n")
    if level and all(_depth(row) >= level for row in rows if row.strip()):
        rows = [row[level:] for row in rows]
    return "\n".join(rows).strip()


def _is_open(row: str) -> bool:
    """Whether a row is part of a paragraph, which may continue in the next one."""
    if not row.strip() or row[0] in "*#:;=" or _BLOCK.match(row):
        return False
    return not (row.startswith("{{") and row.endswith("}}"))  # such as {{archive top}}


def _depth(row: str) -> int:
    """Return how many list items a row is in; the term of a definition does not count."""
    marks = row[: len(row) - len(row.lstrip("*#:;"))]
    return len(marks) - marks.count(";")


# -- what is not a line --------------------------------------------------------------------------


def _masked(text: str) -> str:
    """Return wikitext of the same length, with anything that hides or quotes signatures blanked."""
    opened: dict[str, int] = {}
    hidden: list[tuple[int, int, bool]] = []
    for match in _HIDDEN.finditer(text):
        comment, slash, name, _ = match.groups()
        if comment is not None:
            hidden.append((*match.span(), True))
            continue
        name = name.lower()
        if not slash and not match[0].endswith("/>"):
            opened.setdefault(name, match.end())
        elif slash and name in opened:
            hidden.append((opened.pop(name), match.start(), name == "ref"))
    pieces: list[str] = []
    done = 0
    for start, end, is_unseen in sorted(hidden):
        if end > done:
            start = max(start, done)
            inside = text[start:end]
            filled = " " * len(inside) if is_unseen else _SEEN.sub("x", inside)
            pieces += [text[done:start], filled]
            done = end
    pieces.append(text[done:])
    return _joined("".join(pieces))


def _joined(text: str) -> str:
    """Return wikitext with templates without a signature on one line."""
    stack: list[int] = []
    pieces: list[str] = []
    done = 0
    for match in _BRACES.finditer(text):
        if match[0] == "{{":
            stack.append(match.start())
        elif stack:
            start = stack.pop()
            if stack:
                continue
            template = text[start : match.end()]
            if _OUTDENT.match(template):
                pieces += [text[done:start], f"<br{' ' * (len(template) - 4)}>"]
                done = match.end()
            elif "\n" in template and not _SIGNED_TIME.search(template):
                pieces += [text[done:start], template.replace("\n", " ")]
                done = match.end()
    pieces.append(text[done:])
    return "".join(pieces)


# -- lines and headings --------------------------------------------------------------------------


def _parts(text: str, start: int, end: int, level: int, users: UserPages) -> Iterator[Line]:
    """Yield the parts of a paragraph or item between its line breaks."""
    for match in (*_BREAK.finditer(text, start, end), None):
        stop = end if match is None else match.start()
        part = text[start:stop]
        if _LAYOUT.sub("", part).strip(" \t\n*#:;"):
            seen, links = _seen(part, users) if _may_be_signed(part) else ("", ())
            yield Line(start, stop, level, seen, links)
        start = stop if match is None else match.end()


def _may_be_signed(part: str) -> bool:
    return "(" in part or _UNSIGNED.search(part) is not None


def _seen(part: str, users: UserPages) -> tuple[str, list[UserLink]]:
    """Return approximately the visible text of wikitext, and the links to users in it."""
    part = _UNSIGNED.sub(_signature, part)
    pieces: list[str] = []
    links: list[UserLink] = []
    done = size = 0
    for match in _PIECE.finditer(part):
        target, label, signature, reference = match.groups()
        before = part[done : match.start()]
        pieces.append(before)
        size += len(before)
        shown_text = unescape(reference) if reference else ""
        if target is not None or signature is not None:
            title = (target or signature).strip()
            shown_text = _plain(label if label is not None else title) if target else ""
            user = users.user(title)
            if user is not None:
                is_own = users.is_own(title)
                name = shown_text.strip() if is_own and target else ""
                differs = name and name.lower() not in (user.lower(), title.lower())
                links.append(
                    UserLink(size, size + len(shown_text), user, name if differs else None)
                )
        pieces.append(shown_text)
        size += len(shown_text)
        done = match.end()
    pieces.append(part[done:])
    return "".join(pieces), links


def _signature(match: "re.Match[str]") -> str:
    """Return the signature that a template for unsigned comments represents."""
    values = [value.strip() for value in match[1].split("|")]
    values = [
        value.split("=", 1)[1].strip() if re.match(r"\d=", value) else value for value in values
    ]
    times = [value for value in values if re.search(r"\d{1,2}[:.h]\d\d", value)]
    names = [value for value in values if value and value not in times and "=" not in value]
    if not times or not names:
        return match[0]
    time = times[0] if times[0].endswith(")") else f"{times[0]} (UTC)"
    return f"[[User:{names[0]}]] {time}"


def _plain(label: str) -> str:
    """Return the text of a link's label."""
    return one_line(re.sub("''+", "", label))


def _heading(row: str, anchors: dict[str, int]) -> Heading | None:
    row = row.rstrip()
    if not row.startswith("=") or not row.endswith("=") or len(row) < 3:
        return None
    level = min(len(row) - len(row.lstrip("=")), len(row) - len(row.rstrip("=")), 6)
    level = min(level, (len(row) - 1) // 2)
    title = _LINK.sub(lambda match: match[1] if match[2] is None else match[2], row[level:-level])
    title = one_line(re.sub("''+", "", _TEMPLATE.sub("", title)))
    anchor = title.replace(" ", "_")
    key = anchor.lower()
    count = anchors[key] = anchors.get(key, 0) + 1
    return Heading(level, title, anchor if count == 1 else f"{anchor}_{count}")
