"""Hostile XML: the work and the memory grow with the input and no faster.

The work is what the reader calls and what it searches through, which no machine's load changes.
"""

import re
import sys
import tracemalloc

import pytest

from discourse._markup.xml import Wanted, _reader, pieces, read
from discourse._markup.xml._window import Window
from discourse._problems import ProblemLog
from discourse.formats import disqus_xml, feeds, wxr
from discourse.model import Author

WANTED = Wanted(frozenset({"rss"}), {"item": None, "wp:comment": "item"}, frozenset({"title"}))
SECTION = re.compile(r"\s*<\w+><!\[CDATA\[")
ITEM = "<rss><channel><item>"
HOSTILE = {
    "ampersands under long names": lambda n: (
        ITEM + "".join(f"<{'a' * 500}{level}>" for level in range(300)) + "& " * n
    ),
    "comments without end": lambda n: ITEM + "<!-- a -- b " * n,
    "comments with one far end": lambda n: ITEM + "<!-- a -- b " * n + "-->",
    "instructions without end": lambda n: ITEM + "<? a " * n,
    "sections without end": lambda n: "<rss>" + "<item><b><![CDATA[ x </item>" * n,
    "sections with one far end": lambda n: "<rss>" + "<item><b><![CDATA[ x </item>" * n + "]]>",
    "unbound prefixes": lambda n: ITEM + "".join(f"<p{number}:a/>" for number in range(n)),
    "nested declarations": lambda n: (
        ITEM
        + "".join(
            f"<a {' '.join(f'xmlns:p{level}x{j}={chr(34)}u{chr(34)}' for j in range(n // 100))}>"
            for level in range(300)
        )
    ),
    "a long name of a space": lambda n: (
        f'<rss xmlns:q="{"u" * 10 * n}"><item>' + '<q:a xmlns:x="y"/>' * n
    ),
    "values without end": lambda n: ITEM + "<a b=\"<a c='" * n,
    "attributes before no end": lambda n: (
        ITEM + "<a " + " ".join(f"b{number}=1" for number in range(n)) + "<a x='" * n
    ),
    "angles": lambda n: ITEM + "<" * n,
    "stray ends of records": lambda n: "<rss><channel>" + "<guid>a</guid></item>" * n,
    "fields under unclosed elements": lambda n: ITEM + "<b>" * 300 + "<c/>" * n + "</item>",
    "elements opened and closed from outside": lambda n: ITEM + "<b><c><d></b>" * n,
}


def work(text, monkeypatch):
    """How many calls reading *text* takes, and through how many characters it searches."""
    searched = 0
    plain = Window.find

    def find(self, end, start, stop):
        nonlocal searched
        position = plain(self, end, start, stop)
        searched += (position if position >= 0 else min(stop, len(self.text))) - start
        return position

    leaf = _reader.LEAF

    class Leaf:
        """The pattern of a field, which searches the end of a section itself."""

        @staticmethod
        def match(text, at):
            nonlocal searched
            if section := SECTION.match(text, at):
                end = text.find("]]>", section.end())
                searched += (end if end >= 0 else len(text)) - at
            return leaf.match(text, at)

    calls = 0

    def count(frame, event, argument):
        nonlocal calls
        calls += event in ("call", "c_call")

    monkeypatch.setattr(Window, "find", find)
    monkeypatch.setattr(_reader, "LEAF", Leaf)
    log = ProblemLog()
    before = sys.getprofile()
    sys.setprofile(count)
    try:
        for _ in read(pieces(text), WANTED, log):
            pass
    finally:
        sys.setprofile(before)
        monkeypatch.undo()
    return calls, searched


@pytest.mark.parametrize("name", HOSTILE)
def test_work_is_linear(name, monkeypatch):
    small, large = (work(HOSTILE[name](n), monkeypatch) for n in (600, 2_400))
    assert large[0] < 4.5 * small[0]
    assert large[1] < 4.5 * small[1] + 10_000


def held(text):
    log = ProblemLog()
    tracemalloc.start()
    try:
        records = list(read(pieces(text), WANTED, log))
        return tracemalloc.get_traced_memory()[1], records
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", HOSTILE)
def test_memory_is_linear(name):
    small, large = (held(HOSTILE[name](n))[0] for n in (600, 2_400))
    assert large < 4.5 * small + 300_000


def test_messages_are_free_of_control_characters_in_names():
    name = "a\x85b\u202ec\ufeff"
    texts = (f"<{name}>", f"</{name}>", f"<i:{name} b=c></i:{name} x>", f"</{name} <", "<\u202e>")
    for text in texts:
        log = ProblemLog()
        list(read([f"<rss><item>{text}</item></rss>"], WANTED, log))
        assert log.problems
        for problem in log.problems:
            assert str(problem).isprintable()


NUMBER = f"&#{'1' * 5_000};"


@pytest.mark.parametrize("number", [NUMBER, NUMBER.replace("&", "&amp;"), f"&amp;#x{'f' * 5_000};"])
def test_a_number_of_any_length_is_no_character(number):
    """The standard library refuses to read integers of so many digits."""
    export = (
        '<rss xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>{0}</title><wp:author>'
        "<wp:author_id>1</wp:author_id><wp:author_display_name>a{0}</wp:author_display_name>"
        "</wp:author><item><title>{0}</title><wp:post_id>1</wp:post_id>"
        "<category>{0}</category><wp:comment><wp:comment_id>1</wp:comment_id>"
        "<wp:comment_author>a{0}</wp:comment_author></wp:comment></item></channel></rss>"
    )
    feed = (
        '<rss xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>{0}</title><item>'
        "<title>{0}</title><guid>https://x.example/#comment-1</guid>"
        "<dc:creator>a{0}</dc:creator></item></channel></rss>"
    )
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom"><title>{0}</title><entry><title>{0}</title>'
        "<id>https://x.example/#comment-1</id><author><name>a{0}</name></author></entry></feed>"
    )
    disqus = (
        '<disqus><thread id="1"><title>{0}</title></thread>'
        '<post id="1"><author><name>a{0}</name></author><thread id="1"/></post></disqus>'
    )
    for parse, text in (
        (wxr.parse, export),
        (feeds.parse, feed),
        (feeds.parse, atom),
        (disqus_xml.parse, disqus),
    ):
        (thread,) = parse(text.format(number)).threads
        assert thread["1"].author.name.startswith("a")
    assert thread.article.title == "\ufffd" and thread["1"].author == Author("a\ufffd")
