"""What notebooks and rich show of values."""

import re
import runpy
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

from discourse import (
    Article,
    Author,
    Comment,
    Problem,
    Reading,
    TextFormat,
    Thread,
    metrics,
    query,
    render,
)
from discourse.edit import merge

PAYLOADS = runpy.run_path(str(Path(__file__).parents[2] / "browser" / "payloads.py"))["PAYLOADS"]
PAYLOAD = '"><script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31m\u202e'


def hostile(text=PAYLOAD, kind="html"):
    author = Author(text, id=text, display_name=text, url=text)
    first = Comment(text, None, author, text, text_format=kind, tags=[text], meta={"a": text})
    return Thread(
        Article(text, authors=[author], text=text, url=text, comment_count=9),
        [first, Comment("2", text, author, text), Comment("3", "2", text=text)],
    )


def values(text=PAYLOAD, kind="html"):
    thread = hostile(text, kind)
    problem = Problem(text, text, ids=(text,), values=(text,))
    return [
        thread,
        thread.comments[0],
        Reading([thread], [problem]),
        Reading([thread, thread], [problem]),
        Reading(),
        Thread.repair([Comment(text, text * 2, text=text)]),
        merge(thread, thread),
        query.split([thread], ratios={text: 1, "b": 1}),
        metrics.summary(thread),
    ]


class Elements(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.names, self.attributes = [], []
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.names.append(tag)
        self.attributes += [name for name, _ in attributes]


STEERING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
SAFE = {"div", "strong", "span", "details", "summary", "table", "tr", "th", "td", "time", "code"}


@pytest.mark.parametrize("kind", TextFormat)
def test_nothing_from_outside_is_markup(kind):
    for text in (PAYLOAD, *PAYLOADS):
        for value in values(text, kind):
            shown = value._repr_html_()
            elements = Elements(shown)
            assert set(elements.names) <= SAFE
            assert set(elements.attributes) <= {"style", "open", "dir", "datetime", "title"}
            assert not STEERING.search(shown)


@pytest.mark.parametrize("value", values(), ids=lambda value: type(value).__name__)
def test_a_value_is_short_in_the_interpreter(value):
    shown = repr(value)
    assert len(shown) < 1_000
    assert "\n" not in shown


def test_a_long_thread_is_cut():
    thread = Thread(None, [Comment(str(n), str(n - 1) if n else None) for n in range(5_000)])
    shown = thread._repr_html_()
    assert len(shown) < 50_000
    assert "4,950 more comments" in shown
    assert shown.count("<details") == shown.count("</details>")


def test_counts_of_a_reading():
    one = Thread(Article("A"), [Comment("1")])
    assert repr(Reading([one])) == "<Reading: 1 thread, 1 comment, 0 problems>"
    assert repr(Reading([one, one])) == "<Reading: 2 threads, 2 comments, 0 problems>"
    assert "2 threads, 2 comments" in Reading([one, one])._repr_html_()


def test_pictures_pages_and_markdown_are_strings_that_notebooks_show():
    thread = Thread(Article("A"), [Comment("1", text="Hm.")])
    for picture in (render.svg(thread), render.timeline(thread)):
        assert isinstance(picture, str)
        assert picture._repr_svg_() == picture
    page = render.html(thread)
    assert isinstance(page, str)
    assert page._repr_html_().startswith("<iframe sandbox style")
    assert "<script" not in page._repr_html_()
    assert render.markdown(thread)._repr_markdown_() == render.markdown(thread)


def test_reprs_of_values_stay_short_whatever_is_in_them():
    wall = {str(n): "x" * 80 for n in range(50)}
    assert repr(Comment("1", meta=wall)) == "Comment(id='1', meta=<50 items>)"
    problem = Problem("odd", "m" * 200, ids=tuple("abcd"), values=(wall,))
    assert repr(problem) == (
        f"Problem(kind='odd', message='{'m' * 120}'..., ids=<4 items>, values=<1 item>)"
    )
    small = Problem("odd", "Once.", ids=("a",))
    assert eval(repr(small)) == small


def test_halves_of_a_thread_are_counted():
    thread = Thread(None, [Comment(str(n)) for n in range(500)])
    halves = query.partition(thread, query.matching("x"))
    assert repr(halves) == "<Partition: 0 matching, 500 others>"


def printed(value, width=40):
    console = pytest.importorskip("rich.console").Console(width=width, file=None)
    with console.capture() as captured:
        console.print(value)
    return captured.get()


def test_rich_prints_a_thread_in_the_width_of_the_terminal():
    comments = [Comment("1", None, Author("[red]"), "[bold]Hi\x1b[2J " * 9), Comment("2", "1")]
    lines = printed(Thread(Article("T"), comments)).splitlines()
    assert "└─ 1 · [red]" in lines and "[bold]Hi\\x1b[2J" in lines[4]
    assert max(map(len, lines)) <= 40


def test_rich_prints_the_first_lines_of_a_long_thread():
    lines = printed(Thread(None, [Comment(str(n)) for n in range(1_000)])).splitlines()
    assert (len(lines), lines[-1]) == (201, "…")


def test_rich_prints_a_comment_alone_and_results_in_a_line():
    assert printed(Comment("2", "1", text="Hi")) == "└─ 2\n   Hi\n"
    assert printed(Reading([Thread()]), 80) == "<Reading: 1 thread, 0 comments, 0 problems>\n"


def test_rich_prints_a_tree():
    rich = pytest.importorskip("rich.console")
    console = rich.Console(width=80, record=True, file=None)
    with console.capture() as captured:
        console.print(Thread(Article("A [bold]title[/bold]"), [Comment("1", text="At last.")]))
        console.print(metrics.summary(Thread()))
    assert "A [bold]title[/bold]" in captured.get()
    assert "└─ 1" in captured.get()
    assert "structural virality" in captured.get()


def test_importing_the_library_does_not_import_what_notebooks_need():
    code = "import discourse, sys; sys.exit('discourse.render._page._notebook' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
