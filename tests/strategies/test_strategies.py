"""The strategies that users get: their bounds, what they shrink to, and how they are registered."""

import datetime as dt
import subprocess
import sys

import attrs
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import InvalidArgument, NoSuchExample
from hypothesis.vendor import pretty

import discourse
from discourse import Article, Author, Comment, Meta, Source, Status, Stub, Thread, _hypothesis
from discourse.strategies import (
    articles,
    authors,
    comments,
    deep_threads,
    ids,
    json_documents,
    metas,
    rows,
    sources,
    stubs,
    texts,
    threads,
    times,
)

once = settings(database=None, derandomize=True, max_examples=settings().max_examples * 4)


def plainest(strategy, condition=lambda _: True):
    return find(strategy, condition, settings=once)


@pytest.mark.parametrize(
    ("strategy", "plain"),
    [
        (threads(), Thread()),
        (threads(min_size=1), Thread(None, [Comment("1")])),
        (rows(), []),
        (comments(), Comment("a")),
        (articles(), Article()),
        (authors(), Author()),
        (sources(), Source()),
        (stubs(), Stub()),
        (metas(), Meta()),
        (texts(), ""),
        (ids(), "a"),
        (times(), dt.datetime(2000, 1, 1, tzinfo=dt.UTC)),
        (json_documents(), discourse.dumps(Thread())),
    ],
)
def test_each_shrinks_to_the_plainest_value(strategy, plain):
    assert plainest(strategy) == plain


def test_threads_shrink_by_flattening_and_then_by_dropping_rows():
    bare = threads(comments=st.just(Comment("-")), article=st.none())
    deep = plainest(bare, lambda thread: len(thread.levels()) == 4)
    assert deep.comments == tuple(
        Comment(str(n), str(n - 1) if n > 1 else None) for n in range(1, 5)
    )
    wide = plainest(bare, lambda thread: any(len(thread.replies(c)) == 3 for c in thread))
    assert len(wide) == 4


@given(st.data(), st.integers(0, 4), st.integers(1, 4), st.integers(0, 5))
def test_bounds_are_kept(data, max_depth, max_width, min_size):
    bounds = {"min_size": min_size, "max_size": 9, "max_depth": max_depth, "max_width": max_width}
    room = sum(max_width ** (n + 1) for n in range(max_depth + 1))
    if room < min_size:
        with pytest.raises(InvalidArgument):
            threads(**bounds)
        return
    thread = data.draw(threads(**bounds, comments=st.just(Comment("-"))))
    assert min_size <= len(thread) <= 9
    assert len(thread.levels()) <= max_depth + 1
    assert all(len(thread.replies(c)) <= max_width for c in (None, *thread))


@given(threads())
def test_complete_threads_are_complete(thread):
    assert thread.is_complete
    assert thread.stubs == ()


@pytest.mark.parametrize(
    ("strategy", "condition"),
    [
        (threads(), lambda thread: len(thread.levels()) >= 6),
        (threads(), lambda thread: any(len(thread.replies(c)) >= 5 for c in (None, *thread))),
        (threads(), lambda thread: any(c.text and not c.text.isprintable() for c in thread)),
        (threads(complete=False), lambda thread: thread.stubs and thread.missing > 1),
        (threads(complete=False), lambda thread: any(c.status is Status.MISSING for c in thread)),
        (rows(), lambda rows: len({row.id for row in rows}) < len(rows)),
        (rows(), lambda rows: len(set(rows)) < len(rows)),
        (rows(), lambda rows: any(row.parent_id == row.id for row in rows)),
        (rows(), lambda rows: kinds(rows) >= {"cycle"}),
        (rows(), lambda rows: kinds(rows) >= {"orphan", "duplicate-conflict"}),
        (rows(), lambda rows: len(rows) > 3 and not kinds(rows)),
        (comments(), lambda comment: comment.meta and comment.tags),
        (times(), lambda time: time.utcoffset() % dt.timedelta(hours=1)),
        (metas(), lambda meta: any(isinstance(value, Meta) for value in meta.values())),
    ],
)
def test_what_matters_is_found(strategy, condition):
    searching = settings(once, max_examples=3_000, phases=[Phase.generate])
    try:
        find(strategy, condition, settings=searching)
    except NoSuchExample:
        pytest.fail("not in 3,000 tries")


def kinds(rows):
    return {problem.kind for problem in Thread.repair(rows).problems}


@given(times())
def test_times_are_aware_of_offsets_in_whole_minutes(time):
    assert time.utcoffset() % dt.timedelta(minutes=1) == dt.timedelta(0)
    assert Comment("a", created_at=time).created_at == time


@given(texts(min_size=1, max_size=4), ids())
def test_texts_can_be_written(text, id):
    assert 1 <= len(text) <= 4
    assert id
    (text + id).encode()


def test_fields_can_be_given():
    made = plainest(comments(text=st.just("x"), author=authors(name=st.just("Ada"))))
    assert made == Comment("a", author=Author("Ada"), text="x")
    bare = st.just(Comment("-", text="x"))
    thread = plainest(threads(comments=bare, min_size=2, max_size=3))
    assert [c.text for c in thread] == ["x", "x"]
    named = threads(comments=bare, ids=st.sampled_from(["p", "q"]), min_size=2, max_size=2)
    assert sorted(c.id for c in plainest(named)) == ["p", "q"]
    headed = plainest(threads(article=articles(title=st.just("T")), meta=st.just(Meta({"a": 1}))))
    assert headed == Thread(Article("T"), meta={"a": 1})


@pytest.mark.parametrize("strategy", [articles, authors, comments, sources, stubs])
def test_a_field_that_is_none_is_refused_at_once(strategy):
    with pytest.raises(InvalidArgument, match="has no field 'txet'"):
        strategy(txet=st.none())
    with pytest.raises(InvalidArgument, match="must be a strategy"):
        strategy(**{attrs.fields(strategy_class(strategy))[0].name: "a"})


def strategy_class(strategy):
    return type(plainest(strategy()))


@pytest.mark.parametrize(
    "bounds",
    [
        {"min_size": 3, "max_size": 2},
        {"min_size": -1},
        {"max_size": -1},
        {"max_depth": -1},
        {"min_size": 1, "max_width": 0},
    ],
)
def test_bounds_that_leave_nothing_are_refused_at_once(bounds):
    with pytest.raises(InvalidArgument):
        threads(**bounds)


def test_deep_threads_have_the_shapes_named():
    for shape, levels in (("chain", 20), ("comb", 11), ("fan", 2)):
        thread = plainest(deep_threads(min_size=20, max_size=20, shapes=(shape,)))
        assert (len(thread), len(thread.levels())) == (20, levels)
    for wrong in ((), ("ring",)):
        with pytest.raises(InvalidArgument):
            deep_threads(shapes=wrong)


# -- the entry point -------------------------------------------------------------------------------


def test_registered_the_classes_are_drawn_by_their_types():
    _hypothesis.register()

    @settings(max_examples=20, suppress_health_check=list(HealthCheck))
    @given(st.from_type(Thread), st.from_type(Comment), st.from_type(Author), st.from_type(Meta))
    def draw(thread, comment, author, meta):
        assert [type(v) for v in (thread, comment, author, meta)] == [Thread, Comment, Author, Meta]

    draw()
    for cls in (Article, Source, Stub):
        assert type(plainest(st.from_type(cls))) is cls


def run(program):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )


def test_registering_imports_neither_hypothesis_nor_the_strategies_before_time():
    done = run(
        "import sys, discourse._hypothesis\n"
        "assert 'hypothesis' not in sys.modules\n"
        "discourse._hypothesis.register()\n"
        "assert 'discourse.strategies' not in sys.modules\n"
        "import hypothesis\n"
        "from hypothesis import strategies as st\n"
        "from discourse import Thread\n"
        "import warnings\n"
        "warnings.simplefilter('ignore')\n"
        "assert type(st.from_type(Thread).example()) is Thread\n"
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_without_hypothesis_the_error_says_what_to_install():
    done = run(
        "import sys\n"
        "sys.modules['hypothesis'] = None\n"
        "import discourse\n"
        "try:\n"
        "    import discourse.strategies\n"
        "except discourse.MissingExtraError as error:\n"
        "    print(error, isinstance(error, ImportError), sep='|')\n"
    )
    assert done.stdout == (
        "discourse.strategies needs an extra: python -m pip install 'discourse-model[hypothesis]'"
        "|True\n"
    )


@given(discourse.strategies.threads())
def test_failing_examples_print_as_code_that_makes_them(thread):
    code = pretty.pretty(thread)
    assert eval(code, {"datetime": dt, **vars(discourse)}) == thread
    assert "=None" not in pretty.pretty(Thread(None, [Comment("1", None, Author("Ada"))]))
