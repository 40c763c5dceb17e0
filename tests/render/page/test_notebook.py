"""What notebooks and rich show of values."""

import subprocess
import sys
from html.parser import HTMLParser

import pytest

from discourse import Article, Author, Comment, Problem, Reading, Thread, metrics, query, render
from discourse.edit import merge

PAYLOAD = '"><script>alert(1)</script><img src=x onerror=alert(1)>\x1b[31m\u202e'


def hostile():
    author = Author(PAYLOAD, id=PAYLOAD, display_name=PAYLOAD, url="javascript:alert(1)")
    first = Comment(
        PAYLOAD, None, author, PAYLOAD, text_format="html", tags=[PAYLOAD], meta={"a": PAYLOAD}
    )
    return Thread(
        Article(
            PAYLOAD, authors=[author], text=PAYLOAD, url="javascript:alert(1)", comment_count=9
        ),
        [first, Comment("2", PAYLOAD, author, PAYLOAD), Comment("3", "2", text=PAYLOAD)],
    )


def values():
    thread = hostile()
    problem = Problem(PAYLOAD, PAYLOAD, ids=(PAYLOAD,), values=(PAYLOAD,))
    return [
        thread,
        thread.comments[0],
        Reading([thread], [problem]),
        Reading([thread, thread], [problem]),
        Reading(),
        Thread.repair([Comment(PAYLOAD, PAYLOAD * 2, text=PAYLOAD)]),
        merge(thread, thread),
        query.split([thread], ratios={PAYLOAD: 1, "b": 1}),
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


SAFE = {"div", "strong", "span", "details", "summary", "table", "tr", "th", "td", "time", "code"}


@pytest.mark.parametrize("value", values(), ids=lambda value: type(value).__name__)
def test_nothing_from_outside_is_markup(value):
    shown = value._repr_html_()
    elements = Elements(shown)
    assert set(elements.names) <= SAFE
    assert set(elements.attributes) <= {"style", "open", "dir", "datetime", "title"}
    assert "\x1b" not in shown
    assert "\u202e" not in shown


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
