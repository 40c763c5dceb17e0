"""The Guardian's discussion API: pages, responses, single comments, and what moderators blocked."""

import datetime as dt
import json

import pytest

import discourse
from discourse import ParseError, Status, Stub
from discourse.formats import _registry, parse


def read(*values):
    return parse("\n".join(map(json.dumps, values)), "guardian")


def comment(id, **more):
    return {"id": id, "body": f"<p>{id}</p>", "date": "04 July 2014 1:57pm", "status": "visible",
            "isoDateTime": "2014-07-04T12:57:48Z", "webUrl": f"https://g/{id}", "apiUrl": "x",
            "numRecommends": 3, "isHighlighted": False,
            "userProfile": {"userId": "77", "displayName": "Ada", "webUrl": "https://g/u77",
                            "apiUrl": "x", "avatar": "https://g/a", "secureAvatarUrl": "https://g/s",
                            "badge": []}, **more}  # fmt: skip


def page(*comments, number=1, pages=1, **more):
    return {"status": "ok", "page": number, "pages": pages, "pageSize": 50, "discussion": {
        "key": "/p/mill", "title": "A mill", "webUrl": "https://g/mill", "apiUrl": "x",
        "isThreaded": True, "comments": list(comments), **more}}  # fmt: skip


def test_fields():
    reading = read(page(comment(1, isHighlighted=True), commentCount=1))
    article, one = reading.thread.article, reading.thread["1"]
    assert (article.id, article.title, article.url) == ("/p/mill", "A mill", "https://g/mill")
    assert (article.site, article.comment_count, article.meta) == (
        "The Guardian",
        1,
        {"isThreaded": True},
    )
    assert (one.author.name, one.author.id, one.author.url, one.author.avatar_url) == (
        "Ada",
        "77",
        "https://g/u77",
        "https://g/a",
    )
    assert (one.text, one.text_format, one.url, one.upvotes) == (
        "<p>1</p>",
        "html",
        "https://g/1",
        3,
    )
    assert one.created_at == dt.datetime(2014, 7, 4, 12, 57, 48, tzinfo=dt.UTC)
    assert one.tags == {"editor-pick"} and one.meta == {} and not reading.problems


def test_badges_are_tags():
    profile = {"displayName": "Ada", "badge": [{"name": "Staff"}, {"name": "Contributor"}]}
    one = read(page(comment(1, userProfile=profile))).thread["1"]
    assert one.tags == {"staff", "contributor"} and one.author.id is None


def test_what_is_blocked_has_its_author_and_no_text():
    one = read(page(comment(1, status="blocked", body="This comment was removed"))).thread["1"]
    assert (one.status, one.text, one.author.name) == (Status.REMOVED, None, "Ada")


def test_a_response_answers_what_it_names_and_not_what_it_stands_below():
    responses = [
        comment(2, responseTo={"commentId": "1", "displayName": "Ada"}),
        comment(3, responseTo={"commentId": "2", "displayName": "Ada"}),
        comment(4),
    ]
    thread = read(page(comment(1, responses=responses))).thread
    assert [(c.id, c.parent_id) for c in thread] == [
        ("1", None),
        ("2", "1"),
        ("3", "2"),
        ("4", "1"),
    ]


def test_responses_that_are_not_here_are_a_stub():
    rows = [comment(1, responses=[comment(2)], metaData={"responseCount": 5, "blockedCount": 1}),
            comment(3, numResponses=1)]  # fmt: skip
    thread = read(page(*rows)).thread
    assert set(thread.stubs) == {Stub("1", count=4), Stub("3", count=1)}
    assert thread["1"].meta == {"metaData": {"blockedCount": 1}}


def test_the_next_page_is_a_stub_until_it_is_read(tmp_path):
    pages = [page(comment(n), number=n, pages=3, commentCount=3) for n in (1, 2, 3)]
    assert read(pages[1]).thread.stubs == (Stub(None, "cursor", cursor="3"),)
    assert read(*pages).thread.is_complete and len(read(*pages).thread) == 3
    paths = [tmp_path / f"{n}.json" for n in (1, 2, 3)]
    for path, value in zip(paths, pages, strict=True):
        path.write_text(json.dumps(value))
    for order in (paths, paths[::-1]):
        reading = discourse.read(order)
        assert reading.thread.is_complete and {c.id for c in reading.thread} == {"1", "2", "3"}
        assert not reading.problems


def test_a_comment_by_itself_names_its_discussion():
    one = comment(
        8, responseTo={"commentId": "7"}, discussion={"key": "/p/mill", "title": "A mill"}
    )
    thread = read({"status": "ok", "comment": one}).thread
    assert thread.article.id == "/p/mill" and thread["7"].status is Status.MISSING
    assert read(one).thread == thread


def test_comments_of_a_person_are_threads():
    rows = [comment(n, discussion={"key": f"/p/{n % 2}", "title": str(n % 2)}) for n in (1, 2, 3)]
    reading = read({"status": "ok", "page": 1, "pages": 9, "comments": rows})
    assert [[c.id for c in thread] for thread in reading.threads] == [["1", "3"], ["2"]]


def test_responses_may_nest_deeper_than_a_stack():
    deep = comment(0)
    for id in range(1, 3_000):
        deep = {**comment(id), "responses": [deep]}
    thread = parse(_dumps(deep), "guardian").thread
    assert thread.depth("0") == 2_999


def _dumps(node):
    """Write nested responses without recursion."""
    heads = []
    while node.get("responses"):
        heads.append(json.dumps({**node, "responses": 0})[:-2])
        node = node["responses"][0]
    return "".join(f"{head}[" for head in heads) + json.dumps(node) + "]}" * len(heads)


def test_what_cannot_be_used_is_reported():
    reading = read(page(comment(1), {"body": "x", "isoDateTime": "2014-07-04T12:57:48Z"}, {"a": 1},
                        comment(2, status="odd"), 7))  # fmt: skip
    kinds = [problem.kind for problem in reading.problems]
    assert sorted(kinds) == ["bad-value", "no-id", "not-recognised", "unknown-status"]
    assert reading.thread["2"].meta["status"] == "odd"


def test_an_answer_with_nothing_beside_others_is_reported():
    reading = read({"status": "ok"}, page(comment(1)))
    assert len(reading.thread) == 1 and [p.kind for p in reading.problems] == ["not-recognised"]


def test_an_empty_discussion_is_no_error_and_an_error_is():
    assert len(read(page()).thread) == 0
    error = {"status": "error", "statusCode": 404, "message": "Not found", "errorCode": "X"}
    assert _registry.detected(json.dumps(error)).name == "guardian"
    with pytest.raises(ParseError, match="Not found"):
        read(error)


@pytest.mark.parametrize("value", [page(comment(1)), {"comment": comment(1)}, [comment(1)],
                                   {"comments": [comment(1)]}])  # fmt: skip
def test_it_is_known_by_its_content(value):
    assert _registry.detected(json.dumps(value), "a.json").name == "guardian"
    assert len(read(value).thread) == 1
