"""The nested view goes both ways at any depth, and nothing in it recurses."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Comment, DecodeError, FieldError, Thread
from discourse.json import dumps_nested, from_nested, to_dict, to_nested
from discourse.strategies import threads


@given(threads(complete=False, max_size=12), st.sampled_from(["replies", "children", "é\n"]))
def test_a_thread_comes_back_from_its_nested_view(thread, children):
    nested = to_nested(thread, children)
    assert from_nested(nested, children) == thread
    assert json.loads(dumps_nested(thread, children)) == json.loads(json.dumps(nested))


@given(threads(max_size=12))
def test_no_comment_tells_its_parent_and_each_stands_once(thread):
    def ids(rows):
        for row in rows:
            assert "parent_id" not in row
            yield row["id"]
            yield from ids(row.get("replies", []))

    assert list(ids(to_nested(thread).get("comments", []))) == [comment.id for comment in thread]


def test_a_chain_of_any_depth_goes_both_ways(many):
    thread = Thread(None, [Comment(str(n), str(n - 1) if n else None) for n in range(many)])
    assert from_nested(to_nested(thread)) == thread
    text = dumps_nested(thread)
    assert text.count('"replies":[') == many - 1
    assert text.endswith("}" + "]}" * many)


def test_what_json_itself_reads_back_is_a_few_hundred_deep():
    """The limit is the reader's of the text, not this library's."""
    thread = Thread(None, [Comment(str(n), str(n - 1) if n else None) for n in range(300)])
    assert from_nested(json.loads(dumps_nested(thread))) == thread


def test_numbers_that_only_the_slow_lane_writes_are_written():
    thread = Thread(None, [Comment("1", meta={"n": 2**70}), Comment("2", "1")])
    assert from_nested(json.loads(dumps_nested(thread))) == thread


def test_a_list_of_comments_is_enough():
    thread = from_nested([{"id": "1", "kids": [{"id": "2", "kids": None}]}], "kids")
    assert thread.parent("2").id == "1"


def refused(data, **options):
    with pytest.raises(DecodeError) as caught:
        from_nested(data, **options)
    return [problem.place.path for problem in caught.value.problems]


def test_problems_are_told_where_they_stand_in_the_nested_view():
    data = [
        {"id": "1", "replies": [{"id": "2"}, {"id": "3", "replies": [{"id": 4, "score": "x"}, 5]}]}
    ]
    here = "$.comments[0].replies[1].replies"
    assert refused(data) == [f"{here}[0].id", f"{here}[0].score", f"{here}[1]"]
    assert refused({"comments": [{"id": "1", "replies": "none"}]}) == ["$.comments[0].replies"]
    assert refused([{"id": "1", "replies": [{"id": "2", "parent_id": "9"}]}]) == [
        "$.comments[0].replies[0].parent_id"
    ]
    assert refused({"comments": 5}) == ["$.comments"]
    assert refused(5) == ["$"]


def test_a_long_way_is_told_in_short():
    nested = to_nested(
        Thread(None, [Comment(str(n), str(n - 1) if n else None) for n in range(5000)])
    )
    row = nested["comments"][0]
    while "replies" in row:
        row = row["replies"][0]
    row["score"] = "x"
    (path,) = refused(nested)
    assert path.endswith(".score") and len(path) < 1_000


def test_a_parent_may_be_told_where_it_agrees():
    data = [{"id": "1", "parent_id": None, "replies": [{"id": "2", "parent_id": "1"}]}]
    assert len(from_nested(data)) == 2


def test_one_object_in_two_places_is_refused_even_in_a_circle():
    row = {"id": "1"}
    row["replies"] = [row]
    assert refused([row]) == ["$.comments[0].replies[0]"]


def test_unknown_keys_are_kept_and_told_where_they_stood():
    problems = []
    data = [{"id": "1", "replies": [{"id": "2", "mood": 1}]}]
    thread = from_nested(data, on_unknown="keep", report=problems.append)
    assert thread["2"].meta == {"unknown": {"mood": 1}}
    assert [problem.place.path for problem in problems] == ["$.comments[0].replies[0].mood"]


def test_what_is_handed_in_stays_as_it_was():
    thread = Thread(None, [Comment("1"), Comment("2", "1")])
    nested = to_nested(thread)
    before = json.dumps(nested)
    from_nested(nested)
    assert json.dumps(nested) == before
    assert to_dict(thread)["comments"][1]["parent_id"] == "1"


@pytest.mark.parametrize("children", ["text", "id", 5])
def test_the_key_of_the_replies_is_none_that_comments_have(children):
    with pytest.raises(FieldError):
        to_nested(Thread(), children)
    with pytest.raises(FieldError):
        dumps_nested(Thread(), children)
    with pytest.raises(FieldError):
        from_nested([], children)


def test_numbers_of_any_size_are_held():
    thread = Thread(None, [Comment("1", meta={"n": 2**70}), Comment("2", "1")])
    assert from_nested(json.loads(dumps_nested(thread))) == thread
    assert dumps_nested(thread) == json.dumps(
        to_nested(thread), ensure_ascii=False, separators=(",", ":")
    )


@pytest.mark.parametrize(("levels", "left_out"), [(60, 0), (61, 1), (100, 40)])
def test_a_path_of_many_levels_is_cut_in_its_middle(levels, left_out):
    data = {"id": 7}
    for level in range(levels - 1):
        data = {"id": str(level), "replies": [data]}
    with pytest.raises(DecodeError) as caught:
        from_nested([data])
    path = caught.value.place.path
    assert path.count("[0]") == levels - left_out
    assert (f"... {left_out} more ..." in path) == (left_out > 0)
    assert path.startswith("$.comments[0].replies[0]") and path.endswith("[0].id")
