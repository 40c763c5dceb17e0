"""Artalk's export, whose numbers and booleans may be texts."""

import datetime as dt
import json

import pytest

from discourse import Status
from discourse.formats import parse

ROW = {"id": "1", "rid": "0", "content": "Hm.", "ua": "Mozilla", "ip": "192.0.2.1", "nick": "Ada",
       "email": "ada@a.example", "link": "https://ada.example", "page_key": "/mills/",
       "page_title": "Mills", "site_name": "A", "site_urls": "https://a.example",
       "is_collapsed": "false", "is_pending": False, "vote_up": "3", "vote_down": 1,
       "badge_name": "owner", "created_at": "2024-03-01T10:00:00.000Z",
       "updated_at": "2024-03-01T10:00:00.000Z"}  # fmt: skip


def read(*rows, **options):
    return parse(json.dumps([{**ROW, **row} for row in rows]), **options)


def test_a_comment_and_its_page():
    thread = read({}, {"id": 2, "rid": 1, "is_pinned": "true", "link": ""}).thread
    assert (thread.article.id, thread.article.title) == ("/mills/", "Mills")
    assert (thread.article.site, thread.article.url) == ("A", None)
    first, second = thread
    assert (first.author.name, first.author.url) == ("Ada", "https://ada.example")
    assert (first.upvotes, first.downvotes, first.tags) == (3, 1, {"owner"})
    assert not first.meta, "e-mail addresses and the like are left out"
    assert (second.parent_id, second.author.url, second.tags) == ("1", None, {"owner", "pinned"})
    contacts = read({}, contacts=True).thread["1"].meta
    assert contacts == {"ua": "Mozilla", "ip": "192.0.2.1", "email": "ada@a.example"}


@pytest.mark.parametrize("rid", ["0", 0, "", None])
def test_top_level_is_written_in_several_ways(rid):
    assert read({"rid": rid}).thread["1"].parent_id is None
    row = {key: value for key, value in ROW.items() if key != "rid"}
    assert parse(json.dumps([row])).thread["1"].parent_id is None


@pytest.mark.parametrize(
    ("more", "status"),
    [({"is_pending": "true"}, Status.PENDING), ({"is_pending": True}, Status.PENDING),
     ({"is_collapsed": True}, Status.HIDDEN), ({"is_collapsed": "0"}, Status.VISIBLE)],
)  # fmt: skip
def test_states(more, status):
    assert read(more).thread["1"].status is status


@pytest.mark.parametrize(
    "written",
    ["2024-03-01T18:00:00+08:00", "2024-03-01 10:00:00 +0000 UTC", "2024-03-01 18:00:00 +0800 CST"],
)
def test_times(written):
    expected = dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)
    assert read({"created_at": written}).thread["1"].created_at == expected


def test_a_local_time_is_kept_and_told():
    reading = read({"created_at": "2024-03-01 10:00:00"})
    assert [problem.kind for problem in reading.problems] == ["local-time"]
    assert reading.thread["1"].meta["created_at_local"] == "2024-03-01T10:00:00"
    zoned = read({"created_at": "2024-03-01 10:00:00"}, zone=dt.UTC).thread["1"]
    assert zoned.created_at == dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)


def test_an_id_that_comes_twice_is_told():
    (problem,) = read({}, {"content": "Another."}).problems
    assert problem.kind == "duplicate-conflict"
    assert read({"vote_up": "many"}).problems[0].kind == "bad-value"
