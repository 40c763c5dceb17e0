"""Page text from real pages, measured: comments found, parents right, nothing read that is none.

The truth is in the pages' own HTML, which lies beside the texts.
A comment counts as in the text where a line of it is; what the extractor dropped cannot be found.
"""

import json
import re
from collections import Counter
from html.parser import HTMLParser

import pytest

from discourse.formats.pagetext import parse, serialize

ID = re.compile(r"^(?:li-|div-)?comment-(\d+)$")
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "wbr"}
BLOCK = {"p", "div", "li", "blockquote", "span", "article", "footer", "header", "td", "h4", "cite"}
LEAST = 12  # letters of a line by which a comment is known


class _Bodies(HTMLParser):
    """Collects the lines of text in each comment, without those of the comments in it."""

    def __init__(self, known):
        super().__init__()
        self.known = known
        self.open = []
        self.owners = []
        self.lines = {}
        self.line = ""
        self.everything = ""

    def handle_starttag(self, tag, attrs):
        if tag in VOID:
            if tag == "br":
                self.flush()
            return
        match = ID.match(dict(attrs).get("id") or "")
        if tag in BLOCK or match:
            self.flush()
        if tag == "li" and "li" in self.open:
            self.close_implied_items()
        self.open.append(tag)
        owner = self.owners[-1] if self.owners else None
        self.owners.append(match[1] if match and match[1] in self.known else owner)

    def close_implied_items(self):
        for at in range(len(self.open) - 1, -1, -1):
            if self.open[at] in ("ul", "ol"):
                return
            if self.open[at] == "li":
                del self.open[at:], self.owners[at:]
                return

    def handle_endtag(self, tag):
        if tag in BLOCK:
            self.flush()
        if tag in self.open:
            at = len(self.open) - 1 - self.open[::-1].index(tag)
            del self.open[at:], self.owners[at:]

    def handle_data(self, data):
        if not {"script", "style", "noscript"} & set(self.open[-2:]):
            self.line += data
            if self.owners and self.owners[-1]:
                self.everything += letters(data)

    def flush(self):
        line, self.line = letters(self.line), ""
        if self.owners and self.owners[-1] and len(line) >= LEAST:
            self.lines.setdefault(self.owners[-1], []).append(line[:40])


def letters(text):
    return "".join(c for c in text.casefold() if c.isalnum())


def truths(folder):
    """Yield (text file, parents by id, lines by id, all letters of the comments) of each page."""
    for file in sorted((folder / "samples" / "extractor-text").glob("*.resiliparse-*.txt")):
        name = file.name.partition(".resiliparse-")[0]
        html = folder / "samples" / "wordpress-html" / f"{name}.html"
        truth = file.parent / f"{name}.truth.json"
        if not html.exists() or not truth.exists():
            continue
        parents = {c["id"]: c["parent"] for c in json.loads(truth.read_text("utf-8"))}
        bodies = _Bodies(parents)
        bodies.feed(html.read_text("utf-8", "replace"))
        uses = Counter(line for lines in bodies.lines.values() for line in set(lines))
        unique = {
            id: sorted({x for x in lines if uses[x] == 1}, key=len)[-4:]
            for id, lines in bodies.lines.items()
        }
        yield file, parents, unique, bodies.everything


def measure(text, parents, lines, everything):
    """Return how many comments are in the text, found, with a known parent, right, and false."""
    thread = parse(text).thread
    page = letters(text)
    present = [id for id in parents if any(line in page for line in lines.get(id, ()))]
    bodies = {comment.id: letters(comment.text or "") for comment in thread}
    found = {}
    for id in present:
        hits = {at: sum(line in body for line in lines[id]) for at, body in bodies.items()}
        best = max(hits, key=lambda at: hits[at], default=None)
        if best is not None and hits[best] and best not in found.values():
            found[id] = best
    known = [id for id in found if parents[id] is None or parents[id] in found]
    right = sum(thread[found[id]].parent_id == found.get(parents[id] or "") for id in known)
    false = sum(
        not any(letters(line) in everything for line in (comment.text or "").split("\n"))
        for comment in thread
    )
    return Counter(
        present=len(present), found=len(found), known=len(known), right=right, false=false,
        read=len(thread),
    )  # fmt: skip


def test_marks_over_real_pages(shared):
    total = Counter()
    for file, *truth in truths(shared):
        marks = measure(file.read_text("utf-8"), *truth)
        if marks["read"]:
            total += marks
    if not total:
        pytest.skip("no texts with their truth are in the folder")
    assert total["found"] >= 0.95 * total["present"], total
    assert total["right"] >= 0.98 * total["known"], total
    assert total["false"] <= 0.02 * total["read"] + 2, total


def test_the_first_page_exactly(shared):
    file = shared / "pages" / "000_11c1059b06ce80de.txt"
    if not file.exists():
        pytest.skip("the page is not in the folder")
    reading = parse(file.read_text("utf-8"))
    thread = reading.thread
    assert reading.problems == ()
    assert len(thread) == 37
    assert [len(thread.replies(comment)) for comment in thread.replies()] == [
        1, 2, 0, 2, 0, 1, 1, 1, 0, 2, 0, 3, 1, 3, 0, 0, 0, 1, 0,
    ]  # fmt: skip
    assert len(thread.article.captions) == 2
    assert len(thread.article.authors) == 1
    assert thread.article.authors[0].bio
    assert parse(serialize(thread)).thread == thread


def test_pages_that_show_no_list_give_no_comments(shared):
    for file, *_ in truths(shared):
        if file.name.startswith(("whizzy", "verfassungsblog")):
            reading = parse(file.read_text("utf-8"))
            assert len(reading.thread) == 0, file.name
            assert reading.problems, file.name


def test_line_ends_and_bullets_change_no_tree(shared):
    files = [*(shared / "pages").glob("*.txt")]
    files += (shared / "samples" / "extractor-text").glob("*.resiliparse-*.txt")
    for file in files:
        text = file.read_text("utf-8")
        ids = [comment.id for comment in parse(text).thread]
        for variant in (
            text.replace("\n", "\r\n"),
            re.sub(r"(?m)^( +)• ", r"\1* ", text),
            "\n".join(line for line in text.split("\n") if line),
        ):
            assert [comment.id for comment in parse(variant).thread] == ids, file.name


def test_lists_of_html2text_have_the_comments_of_the_page(shared):
    files = sorted((shared / "samples/extractor-text").glob("*.html2text.md"))
    if not files:
        pytest.skip("no texts are in the folder")
    for file in files:
        truth = json.loads(
            (file.parent / f"{file.name.partition('.html2text')[0]}.truth.json").read_text("utf-8")
        )
        reading = parse(file.read_text("utf-8"))
        depths = [reading.thread.depth(comment) + 1 for comment in reading.thread]
        assert depths == [comment["depth"] for comment in truth], file.name
        told = sum(len(value) for problem in reading.problems for value in problem.values)
        assert told < sum(len(comment.text) for comment in reading.thread) or len(depths) < 10


def test_what_trafilatura_writes_has_the_article(shared):
    files = sorted((shared / "samples/extractor-text").glob("*.trafilatura-*.[jx][sm]*"))
    if not files:
        pytest.skip("no texts are in the folder")
    for file in files:
        article = parse(file.read_text("utf-8")).thread.article
        assert article.title and article.authors and article.url and len(article.text) > 1000
