"""Movable Type's import format: entries, comments without ids, and lines of hyphens."""

import datetime as dt

import pytest

from discourse import DiscourseError, Status, TextFormat
from discourse.formats import parse

TEXT = """\
AUTHOR: Cy
TITLE: Mills &amp; <em>rivers</em>
BASENAME: mills
UNIQUE URL: https://a.example/mills.html
STATUS: Publish
CONVERT BREAKS: markdown
DATE: 01/31/2024 03:31:05 PM
PRIMARY CATEGORY: Mills
CATEGORY: Mills
CATEGORY: News
TAGS: wind,"old mills"
-----
BODY:
The text.

More of it.
-----
EXTENDED BODY:
And more.
-----
EXCERPT:

-----
KEYWORDS:
mill
-----

COMMENT:
AUTHOR: Ada
EMAIL: ada@a.example
IP: 192.0.2.1
URL: <a href="https://ada.example/?a=1&amp;b=2">ada</a>
DATE: 01/31/2024 15:47:06
Note: this line is text.

And this one.
-----
COMMENT:
AUTHOR: Ben
DATE: 02/01/2024 12:02:07 AM
A rule:
-----\t
is a line of hyphens.
-----
PING:
TITLE: My entry
URL: https://b.example/
IP: 192.0.2.2
BLOG NAME: B
DATE: 08/05/2024 16:09:12
The start of my entry
-----
--------
TITLE: Rivers
AUTHOR: Cy
DATE: 02/30/2024 10:00:00
-----
BODY:
Text.
-----
COMMENT:
First!
-----
--------
"""


def ids(text, **options):
    return [
        [(c.author and c.author.name, c.text) for c in t] for t in parse(text, **options).threads
    ]


def test_an_entry_is_a_thread():
    mills, rivers = parse(TEXT, zone=dt.UTC).threads
    article = mills.article
    assert (article.title, article.id) == ("Mills & rivers", "mills")
    assert article.url == "https://a.example/mills.html"
    assert (article.text, article.text_format) == (
        "The text.\n\nMore of it.\n\nAnd more.", TextFormat.MARKDOWN,
    )  # fmt: skip
    assert article.created_at == dt.datetime(2024, 1, 31, 15, 31, 5, tzinfo=dt.UTC)
    assert article.tags == {"Mills", "News", "wind", "old mills"}
    assert article.meta == {
        "STATUS": "Publish", "CONVERT BREAKS": "markdown", "KEYWORDS": "mill",
        "pings": [{"TITLE": "My entry", "URL": "https://b.example/", "BLOG NAME": "B",
                   "DATE": "08/05/2024 16:09:12", "text": "The start of my entry"}],
    }  # fmt: skip
    assert (rivers.article.id, rivers.article.text_format) == (None, TextFormat.HTML)


def test_comments_have_their_places_for_ids():
    mills, rivers = parse(TEXT, zone=dt.UTC).threads
    ada, ben = mills
    assert (ada.id, ben.id, rivers.comments[0].id) == ("1", "2", "1")
    assert ada.text == "Note: this line is text.\n\nAnd this one."
    assert (ada.author.name, ada.author.url) == ("Ada", "https://ada.example/?a=1&b=2")
    assert ada.created_at == dt.datetime(2024, 1, 31, 15, 47, 6, tzinfo=dt.UTC) and not ada.meta
    assert ben.text == "A rule:\n-----\nis a line of hyphens."
    assert ben.created_at == dt.datetime(2024, 2, 1, 0, 2, 7, tzinfo=dt.UTC)
    assert rivers["1"].author is None and rivers["1"].text == "First!"
    contacts = parse(TEXT, contacts=True).threads[0]["1"].meta
    assert contacts["EMAIL"] == "ada@a.example" and contacts["IP"] == "192.0.2.1"


def test_times_are_those_of_the_clock_of_the_blog():
    reading = parse(TEXT)
    assert sorted(problem.kind for problem in reading.problems) == [
        "bad-time",
        "local-time",
    ]
    ada = reading.threads[0]["1"]
    assert ada.created_at is None and ada.meta["created_at_local"] == "2024-01-31T15:47:06"


@pytest.mark.parametrize(
    ("written", "hour"), [("12:00:00 PM", 12), ("12:00 am", 0), ("1:00:00 pm", 13), ("13:00", 13)]
)
def test_hours(written, hour):
    text = TEXT.replace("03:31:05 PM", written)
    assert parse(text, zone=dt.UTC).threads[0].article.created_at.hour == hour


def test_dialects_of_other_services():
    """FC2 writes who may see a comment, and the password of its author; some write the year first."""
    text = TEXT.replace(
        "DATE: 01/31/2024 15:47:06", "DATE: 2024/01/31 15:47:06\nSECRET: 1\nPASS: ab"
    )
    ada = parse(text, zone=dt.UTC, contacts=True).threads[0]["1"]
    assert ada.text.startswith("Note") and ada.status is Status.HIDDEN
    assert ada.created_at == dt.datetime(2024, 1, 31, 15, 47, 6, tzinfo=dt.UTC)
    assert "PASS" not in ada.meta


def test_line_ends_and_no_end_line_make_no_difference():
    assert ids(TEXT.replace("\n", "\r\n")) == ids(TEXT)
    open_ended = TEXT.removesuffix("--------\n")
    assert ids(open_ended) == ids(TEXT)
    assert "truncated" in {problem.kind for problem in parse(open_ended).problems}


def test_a_line_of_hyphens_that_is_not_escaped_is_told():
    text = TEXT.replace("-----\t", "-----")
    assert ids(text) == ids(TEXT)
    assert "bad-section" in {problem.kind for problem in parse(text).problems}


def test_every_line_less_and_every_cut_is_noticed_or_harmless():
    lines = TEXT.splitlines(keepends=True)
    whole = sum(map(len, ids(TEXT)))
    ends = range(len(TEXT))
    shorter = [TEXT[:end] for end in ends]
    shorter += ["".join(lines[:n] + lines[n + 1 :]) for n in range(len(lines))]
    for text in filter(None, shorter):
        try:
            reading = parse(text, "mtif")
        except DiscourseError:
            continue
        kinds = {problem.kind for problem in reading.problems}
        lost = whole - sum(map(len, reading.threads))
        is_whole = text.rstrip("\n").endswith("\n--------")  # an entry less, with nothing to see
        assert lost <= 0 or is_whole or kinds & {"truncated", "bad-section", "broken-line"}, text


def test_what_is_no_field_is_told():
    (problem, *_) = parse(TEXT.replace("STATUS: Publish", "Publish?")).problems
    assert (problem.kind, problem.values, problem.place.line) == ("broken-line", ("Publish?",), 5)
