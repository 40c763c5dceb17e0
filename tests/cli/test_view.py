"""`discourse view` and `discourse draw`: pages and pictures."""

import stat
from pathlib import Path

import pytest

import discourse
from discourse import render


@pytest.fixture
def opened(monkeypatch, folder):
    """The addresses that were opened in a browser."""
    found = []
    monkeypatch.setattr("webbrowser.open", lambda address: not found.append(address))
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    return found


def test_view_writes_a_page_that_nobody_else_can_read_and_opens_it(run, opened, folder):
    done = run("view", "small.json")
    assert (done.status, done.out) == (0, "")
    (page,) = folder.glob("discourse-*.html")
    assert done.err == f"discourse: written to {page}\n"
    assert opened == [page.as_uri()]
    assert stat.S_IMODE(page.stat().st_mode) & 0o077 == 0 or page.drive
    assert page.read_text("utf-8") == render.html(discourse.load("small.json"))


def test_view_writes_where_it_is_told_and_opens_nothing_if_so_told(run, opened, folder):
    done = run("view", "threads.jsonl", "-o", "out.html", "--no-open", "--title", "Both")
    assert done.status == 0
    assert opened == []
    several = discourse.read("threads.jsonl").threads
    assert Path("out.html").read_text("utf-8") == render.html(several, title="Both")


def test_view_to_standard_output_is_for_pipes(run, opened):
    done = run("view", "threads.jsonl", "-o", "-", "--thread", "2")
    assert (done.status, done.err, opened) == (0, "", [])
    assert done.out.rstrip() == render.html(discourse.read("threads.jsonl").threads[1]).rstrip()


def test_a_page_that_no_browser_shows_is_told(run, opened, monkeypatch):
    monkeypatch.setattr("webbrowser.open", lambda _: False)
    done = run("view", "small.json")
    assert done.status == 0
    assert "open the page yourself" in done.err


# -- draw ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("arguments", "draw"),
    [
        (["-o", "out.svg"], render.svg),
        (["-o", "out.SVG", "--shape", "tree"], render.svg),
        (["-o", "out.svg", "--shape", "radial"], lambda t: render.svg(t, layout="radial")),
        (["-o", "out.svg", "--shape", "timeline"], render.timeline),
        (["-o", "out.dot"], render.dot),
        (["-o", "out.gv", "--most", "2"], lambda t: render.dot(t, max_comments=2)),
        (["-o", "out.mmd"], render.mermaid),
        (["-o", "out.mermaid", "--most", "1"], lambda t: render.mermaid(t, max_comments=1)),
        (["-o", "out.md"], render.markdown),
        (["-o", "out.md", "--depth", "0"], lambda t: render.markdown(t, max_depth=0)),
        (["-o", "out.html"], render.html),
        (["-o", "out.txt"], render.text),
        (["-o", "out.anything", "--to", "svg"], render.svg),
    ],
)
def test_draw_draws_what_the_suffix_says(run, arguments, draw):
    done = run("draw", "small.json", *arguments)
    assert (done.status, done.out, done.err) == (0, "", "")
    drawn = Path(arguments[1]).read_text("utf-8")
    assert drawn.rstrip() == draw(discourse.load("small.json")).rstrip()


def test_draw_to_standard_output_needs_a_word(run):
    done = run("draw", "small.json", "--to", "dot")
    assert done.out.rstrip() == render.dot(discourse.load("small.json"))
    done = run("draw", "small.json")
    assert (done.status, done.out) == (2, "")
    assert "--to" in done.err


def test_draw_draws_one_thread(run):
    assert run("draw", "threads.jsonl", "--to", "md").status == 3
    done = run("draw", "threads.jsonl", "--to", "md", "--thread", "2")
    assert "Lighthouse" in done.out
    assert run("draw", "threads.jsonl", "--to", "md", "--thread", "3").status == 3


@pytest.mark.parametrize(
    "arguments",
    [
        ["--to", "png"],
        ["-o", "out.png"],
        ["--to", "md", "--shape", "radial"],
        ["--to", "svg", "--most", "3"],
        ["--to", "dot", "--depth", "3"],
        ["--to", "svg", "--shape", "square"],
    ],
)
def test_what_cannot_be_drawn_exits_with_2(run, arguments):
    done = run("draw", "small.json", *arguments)
    assert (done.status, done.out) == (2, "")
