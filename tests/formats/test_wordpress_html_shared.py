"""Real WordPress pages: comments and parents against counts that this reader has no part in."""

import json
import re
from collections import Counter
from html.parser import HTMLParser
from xml.etree import ElementTree as ET

import pytest

import discourse
from discourse import Status
from discourse.formats import wordpress_html
from discourse.formats._heads import Head
from discourse.formats.wordpress_html import parse
from discourse.plain import plain_text

ID = re.compile(r"""<[a-z]+\s[^>]*?\bid=["'](?:li-|div-)?comment-(\d+)["']""")
PLUGIN = re.compile(r"""\bid=["'](?:wpd|wc)-comm-(\d+)_(\d+)["']""")
TAG = re.compile(r"<(?:li|div|article|dt)[^<>]*>")
CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


def read(path):
    return path.read_text(encoding="utf-8", errors="replace")


@pytest.fixture(scope="module")
def pages(shared):
    found = sorted((shared / "samples/wordpress-html").glob("*.html"))
    if not found:
        pytest.skip("no pages are in the folder")
    return found


def by_depth(source):
    """The parent of each comment, by the printed depth alone, read from tags with a regex."""
    found, last = {}, {}
    depth = None
    for tag in TAG.findall(source):
        printed = re.search(r"\bdepth-(\d+)\b", tag)
        if printed and re.search(r"\b(?:even|odd)\b", tag):
            depth = int(printed[1])
        number = ID.match(tag)
        if number and number[1] not in found and depth is not None:
            found[number[1]] = last.get(depth - 1) if depth > 1 else None
            last[depth] = number[1]
            last = {d: id for d, id in last.items() if d <= depth}
            depth = None
    return found


class Nesting(HTMLParser):
    """The parent of each comment, by which list item it is in."""

    def __init__(self):
        super().__init__()
        self.open, self.parents = [], {}

    def handle_starttag(self, tag, attrs):
        if tag != "li":
            return
        match = re.fullmatch(r"(?:li-)?comment-(\d+)", dict(attrs).get("id") or "")
        above = next((id for id in reversed(self.open) if id), None)
        self.open.append(match[1] if match else None)
        if match:
            self.parents.setdefault(match[1], above)

    def handle_endtag(self, tag):
        if tag == "li" and self.open:
            self.open.pop()


def test_every_comment_of_every_page_is_found_and_nothing_else(pages):
    total = 0
    for path in pages:
        source = read(path)
        found = [c.id for c in parse(source).thread if c.status is not Status.MISSING]
        assert Counter(found) == Counter(set(ID.findall(source))), path.name
        total += len(found)
    assert total >= 500


def test_parents_are_those_of_the_printed_depth(pages):
    total = 0
    for path in pages:
        source = read(path)
        found = {c.id: c.parent_id for c in parse(source).thread}
        truth = by_depth(source)
        assert found == truth, path.name
        total += sum(parent is not None for parent in truth.values())
    assert total >= 190


def test_parents_are_those_of_the_nesting_where_a_theme_nests(pages):
    agreeing = 0
    for path in pages:
        source = read(path)
        nesting = Nesting()
        nesting.feed(source)
        found = {c.id: c.parent_id for c in parse(source).thread}
        if set(nesting.parents) == set(found) and "</li> <ul class=" not in source:
            agreeing += nesting.parents == found
    assert agreeing >= 10


def test_parents_are_those_of_the_sites_own_feeds(shared):
    """RSS names the parent at the head of a reply: "In reply to <a href=...#comment-1>"."""
    reply = re.compile(r"""^\s*(?:<p>)?\s*[^<]{0,60}<a href="[^"]*#comment-(\d+)">""")
    compared = 0
    pages = {}
    for path in (shared / "samples/wordpress-html").glob("whizzy-*.html"):
        pages |= {c.id: c.parent_id for c in parse(read(path)).thread}
    for path in sorted((shared / "samples/feeds").glob("whizzy-*.xml")):
        for item in ET.fromstring(read(path).lstrip()).iter("item"):
            id = (item.findtext("guid") or "").rpartition("#comment-")[2]
            match = reply.match(item.findtext(CONTENT) or "")
            if id in pages:
                assert pages[id] == (match[1] if match else None), (path.name, id)
                compared += 1
    if not pages:
        pytest.skip("no pages with feeds are in the folder")
    assert compared >= 60


def test_names_texts_and_claims_are_there(pages):
    marks = Counter()
    for path in pages:
        reading = parse(read(path))
        article = reading.thread.article
        marks["pages"] += 1
        marks["titles"] += article.title is not None
        marks["texts of articles"] += len(article.text or "") > 200
        marks["claims that fit"] += article.comment_count in (None, len(reading.thread))
        for comment in reading.thread:
            is_ping = not comment.tags.isdisjoint(("pingback", "trackback"))
            marks["comments"] += 1
            marks["names"] += comment.author is not None
            marks["texts"] += bool(plain_text(comment)) or is_ping
            marks["times"] += comment.created_at is not None or bool(
                {"date", "datetime"} & set(comment.meta)
            )
            text = plain_text(comment) or ""
            marks["names in texts"] += comment.author is not None and text.startswith(
                f"{comment.author.name}\n"
            )
    assert marks["titles"] == marks["pages"], marks
    assert marks["claims that fit"] >= marks["pages"] - 1, marks
    assert marks["texts of articles"] >= 0.9 * marks["pages"], marks
    assert marks["names"] >= 0.98 * marks["comments"], marks
    assert marks["texts"] == marks["comments"], marks
    assert marks["times"] >= 0.98 * marks["comments"], marks
    assert marks["names in texts"] <= 0.01 * marks["comments"], marks


def test_what_is_told_of_real_pages_is_true(pages):
    """One page claims 91 comments, and 74 are in it."""
    problems = [problem for path in pages for problem in parse(read(path)).problems]
    assert {problem.kind for problem in problems} <= {"local-time", "count-differs"}
    assert {p.values for p in problems if p.kind == "count-differs"} <= {(91, 74)}


def test_wpdiscuz_pages_are_read_by_their_ids(shared):
    files = sorted((shared / "samples/wpdiscuz-html").glob("*.html"))
    if not files:
        pytest.skip("no such pages are in the folder")
    for path in files:
        source = read(path)
        truth = {(id, None if parent == "0" else parent) for id, parent in PLUGIN.findall(source)}
        thread = parse(source).thread
        assert {(c.id, c.parent_id) for c in thread if c.status != "missing"} == truth, path.name
        assert all(c.author and c.text for c in thread if c.status != "missing")


def test_menus_give_no_comments(shared):
    for path in (shared / "samples/wordpress-html-negative").glob("*.html"):
        assert len(parse(read(path)).thread) == 0, path.name


def test_every_page_is_recognised_by_its_content(pages, shared):
    for path in (*pages, *(shared / "samples/wpdiscuz-html").glob("*.html")):
        assert discourse.read(path).thread.source.format == "wordpress-html", path.name


def test_pages_of_other_systems_are_not_taken(shared):
    for folder in ("blogger-html", "microformats", "feeds", "wxr", "schema.org"):
        for path in (shared / "samples" / folder).glob("*.*ml"):
            if "/wp-content/" in read(path) and folder == "schema.org":
                continue  # a page of WordPress after all
            assert not wordpress_html.FORMAT.fits(Head(read(path))), path.name


def test_elements_hold_the_texts_they_hold_in_a_browser(pages):
    """The parser of a browser engine, where it is installed, agrees on each element with an id."""
    lexbor = pytest.importorskip("selectolax.lexbor")
    from discourse._markup.html import tree  # noqa: PLC0415 - only with the parser to compare with

    compared = 0
    for path in pages:
        source = read(path)
        made, other = tree(source), lexbor.LexborHTMLParser(source)
        for node in other.css("script, style, template, noscript"):
            node.decompose()
        ids = {}
        for node, name in enumerate(made.names):
            if name:
                ids.setdefault(made.attributes(node).get("id"), node)
        for node in other.css("[id]"):
            at = ids.pop(node.attributes["id"], None)
            if at is not None and node.tag not in (
                "script",
                "style",
                "template",
                "noscript",
                "svg",
            ):
                assert node.text().split() == made.string(at).split() or "".join(
                    node.text().split()
                ) == "".join(made.string(at).split()), (path.name, node.attributes["id"])
                compared += 1
    assert compared >= 1000


def payloads(source):
    """The strings after ``"payload":`` in a file of cases, as JSON or JavaScript has them."""
    for found in re.findall(r'"payload":\s*("(?:[^"\\\n]|\\.)*")', source):
        try:
            yield json.loads(found).encode("utf-8", "replace").decode()
        except ValueError:
            yield found


def test_hostile_html_raises_nothing_and_stays_what_it_is(shared):
    files = [path for path in (shared / "hostile/dompurify").rglob("*") if path.is_file()]
    found = [payload for path in files for payload in payloads(read(path))]
    if not found:
        pytest.skip("no hostile HTML is in the folder")
    for payload in found:
        plain_text(payload, "html")
        page = f'<li class="comment even depth-1" id="comment-1"><p>{payload}</p></li>'
        reading = parse(page)
        assert discourse.loads(discourse.dumps(reading.thread)) == reading.thread
