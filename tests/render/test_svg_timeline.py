"""Timelines: who spoke when, in UTC, and nothing at a time that nobody told."""

import datetime as dt
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, Thread
from discourse.render import timeline
from discourse.render._svg import _time_axis
from discourse.strategies import threads

SVG = "{http://www.w3.org/2000/svg}"
DAY = dt.datetime(2024, 5, 31, 12, tzinfo=dt.UTC)
FIRST = dt.datetime.min.replace(tzinfo=dt.UTC)
LAST = dt.datetime.max.replace(tzinfo=dt.UTC)
SECONDS = st.floats(0, _time_axis.LAST - 1)


def places(text):
    """Where the dots are."""
    paths = "".join(path.get("d") for path in ET.fromstring(text).iter(f"{SVG}path"))
    return [(float(x), float(y)) for x, y in re.findall(r"M([\d.]+) ([\d.]+)h0", paths)]


def words(text):
    return [element.text or "" for element in ET.fromstring(text).iter(f"{SVG}text")]


def at(*minutes, author="Ada"):
    return [
        Comment(
            f"{author}{n}",
            None,
            author and Author(author),
            created_at=DAY + dt.timedelta(minutes=m),
        )
        for n, m in enumerate(minutes)
    ]


@given(threads(complete=False, max_size=20), st.integers(0, 4))
def test_comments_with_a_time_are_drawn_once_and_the_others_are_counted(thread, lanes):
    drawn = timeline(thread, lanes=lanes)
    timed = sum(comment.created_at is not None for comment in thread)
    without = len(thread) - timed
    assert len(places(drawn)) == timed
    told = [line for line in words(drawn) if "without a time" in line]
    assert len(told) == (without > 0)
    assert all(line.startswith(f"{without:,} comment") for line in told)


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_dots_stand_in_the_order_of_their_times_and_in_proportion(minutes):
    drawn = places(timeline(Thread(None, at(*minutes))))
    minutes.sort()
    span = minutes[-1] - minutes[0]
    assert all(176 <= x <= 976 for x, _ in drawn)
    for (x, _), minute in zip(sorted(drawn), minutes, strict=True):
        if span:
            share = (x - min(drawn)[0]) / (max(drawn)[0] - min(drawn)[0])
            assert abs(share - (minute - minutes[0]) / span) < 0.001


def test_the_zone_of_a_time_moves_nothing():
    there = DAY.astimezone(dt.timezone(dt.timedelta(hours=5, minutes=30)))
    one, other = (Thread(None, [Comment("1", created_at=t)]) for t in (DAY, there))
    assert timeline(one) == timeline(other)
    assert "1 comment · 31 May 2024 12:00:00 (UTC)" in words(timeline(one))


@pytest.mark.parametrize("times", [[FIRST], [LAST], [FIRST, LAST]])
def test_the_first_and_the_last_moment_of_all_can_be_drawn(times):
    thread = Thread(None, [Comment(str(n), created_at=time) for n, time in enumerate(times)])
    assert len(places(timeline(thread))) == len(times)


def test_the_people_who_wrote_most_come_first_then_the_others_then_nobody():
    comments = [*at(0, 1), *at(2, 3, 4, author="Ben"), *at(5, author="Cleo"), *at(6, author="Dov")]
    thread = Thread(Article("Bridge"), [*comments, *at(7, author=None)])
    lines = words(timeline(thread, lanes=2))
    names = ["Ben", "Ada", "2 others", "unknown author"]
    assert [line for line in lines if line in names] == names
    assert len({y for _, y in places(timeline(thread, lanes=2))}) >= 4
    alone = ["Ben", "Ada", "Cleo", "Dov", "unknown author"]
    assert [line for line in words(timeline(thread, lanes=3)) if line in alone] == alone
    assert "4 people" in words(timeline(thread, lanes=0))


def test_a_name_that_cannot_be_seen_is_told_to_be_none():
    comments = [Comment("1", None, Author("", display_name=" "), created_at=DAY)]
    assert "(no name)" in words(timeline(Thread(None, comments)))


def test_nothing_with_a_time_is_said_in_a_line():
    assert words(timeline(Thread())) == ["Discussion", "0 comments"]
    line = "1 comment without a time is not drawn"
    assert words(timeline(Thread(None, [Comment("1")]))) == ["Discussion", "1 comment", line]


def test_replies_are_drawn_in_small_threads_or_where_they_are_asked_for():
    first, second = at(0, 5)
    thread = Thread(None, [first, Comment("x", first.id, created_at=second.created_at)])
    assert " q" not in timeline(thread) and re.search(r"M[\d. ]+c", timeline(thread))
    assert not re.search(r"M[\d. ]+c", timeline(thread, replies=False))


def test_dots_at_one_time_are_moved_apart_within_their_lane():
    drawn = places(timeline(Thread(None, at(0, 0, 0, 0))))
    assert len({x for x, _ in drawn}) == 1
    assert len({y for _, y in drawn}) == 4
    assert max(y for _, y in drawn) - min(y for _, y in drawn) < 20


def test_many_comments_are_drawn_in_little_space(many):
    comments = [
        Comment(
            str(n),
            None,
            Author(str(n % 999)),
            created_at=DAY + dt.timedelta(seconds=n * n % 86_400),
        )
        for n in range(many)
    ]
    drawn = timeline(Thread(None, comments))
    assert len(places(drawn)) == many
    assert len(drawn) < 20 * many


# -- ticks -------------------------------------------------------------------------------------------


@given(SECONDS, SECONDS, st.integers(3, 200))
@example(0, 1, 8)
@example(0, _time_axis.LAST - 1, 8)
def test_ticks_are_few_in_order_and_within_the_span(one, other, most):
    start, end = sorted((one, other))
    step = _time_axis.step_for(end - start, most)
    found = _time_axis.ticks(start, end, step)
    assert found == sorted(set(found))
    assert all(start <= tick <= end for tick in found)
    # Months differ in length by a tenth, and the millennia end the list.
    assert len(found) <= max(most, 10) * 1.1 + 2
    assert len(_time_axis.labels(found, step)) == len(found)


@pytest.mark.parametrize("step", _time_axis.STEPS, ids=lambda step: step.name)
def test_ticks_are_where_a_unit_begins(step):
    start = _time_axis.moment(dt.datetime(2023, 11, 7, 5, 3, 9, tzinfo=dt.UTC))
    found = [
        _time_axis.date_of(tick) for tick in _time_axis.ticks(start, start + 9 * step.seconds, step)
    ]
    assert len(found) >= 8 or step.seconds > 9e9
    for time in found:
        assert time.microsecond == 0
        match step.unit:
            case "second":
                assert time.second % step.many == 0
            case "minute":
                assert (time.second, time.minute % step.many) == (0, 0)
            case "hour":
                assert (time.minute, time.hour % step.many) == (0, 0)
            case "day":
                assert time.hour == 0
            case "week":
                assert (time.hour, time.weekday()) == (0, 0)
            case "month":
                assert (time.day, (time.month - 1) % step.many) == (1, 0)
            case "year":
                assert (time.day, time.month, time.year % step.many) == (1, 1, 0)


def test_a_date_is_told_once_and_when_it_changes():
    start = _time_axis.moment(dt.datetime(2024, 12, 31, 18, tzinfo=dt.UTC))
    step = _time_axis.step_for(12 * 3600, 4)
    found = _time_axis.ticks(start, start + 12 * 3600, step)
    assert _time_axis.labels(found, step) == [
        ("18:00", "31 Dec 2024"),
        ("21:00", ""),
        ("00:00", "1 Jan 2025"),
        ("03:00", ""),
        ("06:00", ""),
    ]
