"""The laws of predicates: each is its plain loop, they compose as logic does, and come back whole."""

import copy
import datetime  # noqa: ICN001 - a predicate is printed with this name
import json
import pickle
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import Author, DecodeError, query
from discourse.query import from_dict, select, to_dict, under

sys.path.insert(0, str(Path(__file__).parent))
from _predicates import ancestors_of, any_threads, pairs, predicates

NAMES = {name: getattr(query, name) for name in query.__all__}
NAMES |= {"datetime": datetime, "Author": Author}


def held(thread, predicate):
    return [comment.id for comment in select(thread, predicate)]


@given(any_threads, pairs)
def test_a_predicate_holds_where_its_plain_loop_says(thread, pair):
    """Whatever it is put together from, and however much is unknown."""
    predicate, oracle = pair
    assert held(thread, predicate) == [c.id for c in thread if oracle(thread, c)]


@given(any_threads, pairs)
def test_asking_about_one_comment_is_asking_about_all(thread, pair):
    """A plain call, with a comment or its id, says what the pass over the thread says."""
    predicate, oracle = pair
    for comment in thread:
        assert predicate(thread, comment) is predicate(thread, comment.id)
        assert predicate(thread, comment) is oracle(thread, comment)


@given(st.data())
def test_under_is_to_have_as_an_ancestor(data):
    """What is under a comment has it among its ancestors, and is not the comment."""
    thread = data.draw(any_threads.filter(len))
    above = data.draw(st.sampled_from(thread.comments))
    expected = [c.id for c in thread if above.id in ancestors_of(thread, c)]
    assert held(thread, under(above)) == held(thread, under(above.id)) == expected


@given(any_threads, predicates, predicates)
def test_de_morgan(thread, p, q):
    """Neither is not either; not both is one that is not."""
    assert held(thread, ~(p | q)) == held(thread, ~p & ~q)
    assert held(thread, ~(p & q)) == held(thread, ~p | ~q)


@given(any_threads, predicates, predicates, predicates)
def test_and_or_and_not_are_those_of_logic(thread, p, q, r):
    """Double negation, both orders, both groupings, each over the other, and with itself."""
    assert held(thread, ~~p) == held(thread, p) == held(thread, p & p) == held(thread, p | p)
    assert held(thread, p & q) == held(thread, q & p)
    assert held(thread, p | q) == held(thread, q | p)
    assert held(thread, p & (q & r)) == held(thread, p & q & r)
    assert held(thread, p | (q | r)) == held(thread, p | q | r)
    assert held(thread, p & (q | r)) == held(thread, p & q | p & r)
    assert held(thread, p & ~p) == []
    assert held(thread, p | ~p) == [comment.id for comment in thread]


@given(predicates)
def test_a_predicate_prints_as_a_program_that_makes_it(p):
    """The repr, evaluated, is an equal predicate, with an equal hash and the same repr."""
    made = eval(repr(p), dict(NAMES))
    assert made == p and hash(made) == hash(p) and repr(made) == repr(p)


@given(predicates)
def test_a_predicate_goes_to_json_and_back(p):
    """Through text, as JSON itself has it, without NaN."""
    made = from_dict(json.loads(json.dumps(to_dict(p), allow_nan=False)))
    assert made == p and hash(made) == hash(p) and repr(made) == repr(p)
    assert to_dict(made) == to_dict(p)


@given(predicates, predicates)
def test_predicates_are_equal_when_they_were_written_alike(p, q):
    """Equal ones print alike but for the zones of equal times and for 1.0, which equals 1."""
    assert (p == q) or repr(p) != repr(q)
    assert (p == q) <= (hash(p) == hash(q))


@given(predicates)
def test_a_predicate_is_a_value(p):
    """It copies to itself and pickles to an equal one."""
    assert copy.copy(p) is p and copy.deepcopy(p) is p
    assert pickle.loads(pickle.dumps(p)) == p


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["all", "any", "not", "by", "author", "depth", "min", "since", "?"]),
            inner,
            max_size=2,
        )
    ),
    max_leaves=8,
)


@given(json_values)
def test_json_is_a_predicate_or_is_refused(value):
    """Nothing else comes out: what is read writes itself again, all else names its place."""
    try:
        made = from_dict(value)
    except DecodeError as error:
        assert error.place.path.startswith("$")  # noqa: PT017 - any document, some of them right
    else:
        assert from_dict(to_dict(made)) == made


@given(st.data())
def test_a_change_anywhere_in_the_json_is_another_predicate_or_refused(data):
    """Strict: a key more, a key less, another type, is never passed over."""
    plain = to_dict(data.draw(predicates))
    here = plain
    while True:  # down to a single predicate's arguments
        ((word, inner),) = here.items()
        if word == "not":
            here = inner
        elif word in ("all", "any"):
            here = data.draw(st.sampled_from(inner))
        else:
            break
    inner[data.draw(st.sampled_from(["more", "Min", "text ", ""]))] = 1
    with pytest.raises(DecodeError, match="unknown key"):
        from_dict(plain)


def test_the_names_that_a_repr_needs_are_public():
    """All of them are in `discourse.query`, but for Author and the standard library's datetime."""
    assert set(NAMES) - set(query.__all__) == {"datetime", "Author"}
    assert "Author" in discourse.__all__
