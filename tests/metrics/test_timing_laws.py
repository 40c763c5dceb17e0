"""The laws of the measures of time, with the standard library and plain counting as the oracle."""

import datetime as dt
import math
import statistics
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from discourse import Article, Comment, FieldError, LimitError, Status, Thread
from discourse.metrics import activity, burstiness, duration, response_times
from discourse.strategies import threads, times

START = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)
ALL_OF_TIME = dt.datetime.max.replace(tzinfo=dt.UTC) - dt.datetime.min.replace(tzinfo=dt.UTC)
MICRO = dt.timedelta(microseconds=1)

FROM = START.replace(tzinfo=None)
when = st.none() | times(min_value=FROM, max_value=FROM + dt.timedelta(days=3)) | times()
rows = st.builds(
    lambda time, status: Comment("-", created_at=time, status=status),
    when,
    st.sampled_from([Status.VISIBLE, Status.MISSING]),
)
articles = st.none() | when.map(lambda time: Article(created_at=time))
talks = threads(comments=rows, article=articles, source=st.none(), meta=st.just({}))
spans = st.lists(st.integers(0, 10**6) | st.integers(0, 10**13), min_size=1, max_size=30)


def at(*micros):
    """A thread with comments so many microseconds after the start."""
    start = START
    return Thread(
        None, [Comment(str(n), created_at=start + m * MICRO) for n, m in enumerate(micros)]
    )


def with_intervals(spans):
    ends = [sum(spans[:n]) for n in range(len(spans) + 1)]
    return at(*ends)


@given(talks, st.booleans())
@example(thread=Thread(), article=False)
def test_every_comment_has_a_response_time_or_is_counted_as_left_out(thread, article):
    found = response_times(thread, article=article)
    assert len(found.times) + found.unknown + found.to_article == len(thread)
    assert found.to_article == (0 if article else len(thread.replies()))
    for id, time in found.times.items():
        above = thread.parent(id)
        before = thread.article.created_at if above is None else above.created_at
        assert before + time == thread[id].created_at
    assert found.negative == sum(time < dt.timedelta(0) for time in found.times.values())
    assert [c.id for c in thread if c.id in found.times] == list(found.times)


@given(talks, st.floats(0, 1))
@example(at(0), 0.5)
def test_quantiles_are_those_of_numpy(thread, q):
    found = response_times(thread, article=True)
    micros = [time // MICRO for time in found.times.values()]
    if not micros:
        assert found.quantile(q) is found.median is None
        return
    expected = np.quantile(np.array(micros, dtype="float64"), q)
    assert found.quantile(q) / MICRO == pytest.approx(expected, rel=1e-9, abs=1)
    assert found.median / MICRO == pytest.approx(statistics.median(micros), rel=1e-12, abs=1)
    assert found.quantile(0) == min(found.times.values())
    assert found.quantile(1) == max(found.times.values())


@given(st.lists(st.integers(-(10**9), 10**9), min_size=2, max_size=40))
def test_quartiles_are_the_inclusive_ones_of_the_standard_library(micros):
    start = START
    replies = [Comment(str(n), "top", created_at=start + m * MICRO) for n, m in enumerate(micros)]
    found = response_times(Thread(None, [Comment("top", created_at=start), *replies]))
    expected = statistics.quantiles(micros, n=4, method="inclusive")
    assert [found.quantile(q) / MICRO for q in (0.25, 0.5, 0.75)] == pytest.approx(expected, abs=1)


@given(talks, st.booleans())
def test_duration_is_from_the_earliest_to_the_latest_that_is_known(thread, article):
    known = [c.created_at for c in thread if c.created_at is not None]
    if article and thread.article is not None and thread.article.created_at is not None:
        known.append(thread.article.created_at)
    expected = max(known) - min(known) if known else None
    assert duration(thread, article=article) == expected


@given(spans)
@example([5])
@example([0, 0])
def test_burstiness_is_the_formula_of_goh_and_barabasi(intervals):
    found = burstiness(with_intervals(intervals))
    if len(intervals) < 2 or not sum(intervals):
        assert found is None
        return
    mean, spread = statistics.fmean(intervals), statistics.pstdev(intervals)
    assert found == pytest.approx((spread - mean) / (spread + mean), abs=1e-9)
    assert -1 <= found < 1


@given(spans)
def test_the_corrected_burstiness_is_that_of_kim_and_jo(intervals):
    found = burstiness(with_intervals(intervals), finite=True)
    if len(intervals) < 2 or not sum(intervals):
        assert found is None
        return
    n = len(intervals)
    r = statistics.pstdev(intervals) / statistics.fmean(intervals)
    top = math.sqrt(n + 1) * r - math.sqrt(n - 1)
    bottom = (math.sqrt(n + 1) - 2) * r + math.sqrt(n - 1)
    assert found == pytest.approx(top / bottom, abs=1e-9)
    assert -1 - 1e-12 <= found <= 1 + 1e-12


@given(spans, st.randoms(use_true_random=False))
def test_burstiness_does_not_depend_on_where_comments_stand(intervals, random):
    rows = list(with_intervals(intervals).comments)
    random.shuffle(rows)
    chain = [Comment(c.id, rows[n - 1].id if n else None, created_at=c.created_at)
             for n, c in enumerate(rows)]  # fmt: skip
    assert burstiness(Thread(None, chain)) == burstiness(with_intervals(intervals))


bins = st.timedeltas(min_value=dt.timedelta(minutes=7), max_value=dt.timedelta(days=400))


@given(talks, bins)
@example(Thread(), dt.timedelta(hours=1))
def test_bins_hold_every_comment_whose_time_is_known(thread, length):
    known = [c.created_at for c in thread if c.created_at is not None]
    assume(not known or (max(known) - min(known)) / length < 20_000)
    found = activity(thread, length)
    assert sum(found.counts) + found.unknown == len(thread)
    assert found.unknown == len(thread) - len(known)
    assert len(found) == len(found.counts) == len(list(found))
    if not known:
        assert found.start is None and found.counts == ()
        return
    assert found.counts[0] and found.counts[-1]
    for start, count in found:
        assert count == sum(dt.timedelta(0) <= time - start < length for time in known)
    assert all(later - earlier == length for (earlier, _), (later, _) in pairwise(found))


# -- cases -----------------------------------------------------------------------------------------


def test_burstiness_has_its_ends_and_its_middle():
    assert burstiness(with_intervals([7] * 20)) == -1
    assert burstiness(with_intervals([7] * 20), finite=True) == -1
    for n in (2, 3, 10, 100):  # all comments but one at the same moment: as uneven as can be
        uneven = with_intervals([0] * (n - 1) + [1000])
        root = math.sqrt(n - 1)
        assert burstiness(uneven) == pytest.approx((root - 1) / (root + 1))
        assert burstiness(uneven, finite=True) == pytest.approx(1)


def test_burstiness_needs_two_intervals_and_some_time():
    assert burstiness(at()) is burstiness(at(5)) is burstiness(at(5, 9)) is None
    assert burstiness(at(5, 5, 5)) is None
    assert burstiness(at(0, 1, 2)) == -1


def test_negative_response_times_are_kept_and_counted():
    start = START
    rows = [
        Comment("1", created_at=start),
        Comment("2", "1", created_at=start - dt.timedelta(hours=1)),
    ]
    found = response_times(Thread(None, rows))
    assert found.negative == 1
    assert found.median == dt.timedelta(hours=-1)


@pytest.mark.parametrize("q", [-0.1, 1.1, math.nan, "0.5", None, True])
def test_a_quantile_must_be_a_share(q):
    with pytest.raises(FieldError, match="must be a number from 0 to 1"):
        response_times(Thread()).quantile(q)


def test_hours_begin_on_the_hour_and_weeks_on_monday_in_utc():
    zone = dt.timezone(dt.timedelta(hours=5, minutes=30))
    late = Thread(None, [Comment("1", created_at=dt.datetime(2024, 5, 2, 1, 15, tzinfo=zone))])
    assert activity(late, dt.timedelta(hours=1)).start.isoformat() == "2024-05-01T19:00:00+00:00"
    assert activity(late, dt.timedelta(days=1)).start.isoformat() == "2024-05-01T00:00:00+00:00"
    monday = activity(late, dt.timedelta(weeks=1)).start
    assert monday.isoformat() == "2024-04-29T00:00:00+00:00" and monday.weekday() == 0


def test_too_many_bins_are_refused_with_what_to_do():
    wrong = Thread(
        None,
        [
            Comment("1", created_at=dt.datetime(1970, 1, 1, tzinfo=dt.UTC)),
            Comment("2", created_at=dt.datetime(2024, 1, 1, tzinfo=dt.UTC)),
        ],
    )
    with pytest.raises(LimitError, match="473,353 bins of 1:00:00, more than max_bins=100,000"):
        activity(wrong, dt.timedelta(hours=1))
    assert len(activity(wrong, dt.timedelta(hours=1), max_bins=473_353)) == 473_353


@pytest.mark.parametrize("length", [dt.timedelta(0), dt.timedelta(seconds=-1), 3600, None])
def test_a_bin_must_be_longer_than_nothing(length):
    with pytest.raises(FieldError, match="timedelta longer than zero"):
        activity(Thread(), length)


@pytest.mark.parametrize("most", [0, 1.5, None, True])
def test_a_bound_must_be_a_number(most):
    with pytest.raises(FieldError, match="must be an int from 1"):
        activity(Thread(), dt.timedelta(hours=1), max_bins=most)


def test_the_first_and_the_last_moments_there_are_can_be_measured():
    ends = [
        Comment("1", created_at=dt.datetime.min.replace(tzinfo=dt.UTC)),
        Comment("2", "1", created_at=dt.datetime.max.replace(tzinfo=dt.UTC)),
        Comment("3", "2", created_at=dt.datetime.max.replace(tzinfo=dt.UTC)),
    ]
    thread = Thread(None, ends)
    assert duration(thread) == ALL_OF_TIME
    assert len(list(activity(thread, dt.timedelta(days=3650)))) == 1001
    assert burstiness(thread) == 0
    assert response_times(thread).median == ALL_OF_TIME / 2


def test_many_comments_are_measured(many):
    thread = with_intervals([1_000] * 9)
    start = thread.comments[0].created_at
    rows = [Comment(str(n), str(n - 1) if n else None, created_at=start + n * MICRO)
            for n in range(many)]  # fmt: skip
    chain = Thread(None, rows)
    assert burstiness(chain) == -1
    assert response_times(chain).median == MICRO
    assert activity(chain, dt.timedelta(seconds=1)).counts == (many,)


@given(st.lists(threads(), max_size=3), st.booleans())
def test_response_times_of_several_threads_are_those_of_each(several, article):
    found = response_times(several, article=article)
    each = [response_times(thread, article=article) for thread in several]
    assert list(found.times.items()) == [
        ((n, id), time) for n, one in enumerate(each) for id, time in one.times.items()
    ]
    for name in ("unknown", "negative", "to_article"):
        assert getattr(found, name) == sum(getattr(one, name) for one in each)
    by_key = {str(n): thread for n, thread in enumerate(several)}
    named = response_times(by_key, article=article)
    assert list(named.times) == [(str(n), id) for n, id in found.times]
    assert named.median == found.median
