"""remark42's backup, tree and list."""

import datetime as dt
import json

from discourse import Status
from discourse.formats import parse

PAGE = {"site": "s", "url": "https://a.example/mills"}
ADA = {"name": "Ada", "id": "github_1", "picture": "https://a.example/ada.png", "ip": "ab12",
       "admin": True, "verified": True}  # fmt: skip
COMMENTS = [
    {"id": "c1", "pid": "", "text": "<p>Hm.</p>", "orig": "Hm.", "user": ADA, "locator": PAGE,
     "score": 1, "votes": {"u2": True, "u3": True, "u4": False}, "vote": 1, "controversy": 0.5,
     "time": "2024-03-01T10:00:00.123456789-06:00", "pin": True, "title": "Mills",
     "edit": {"time": "2024-03-01T17:00:00Z", "summary": "a word"}},
    {"id": "c2", "pid": "c1", "text": "", "user": {"name": "deleted", "id": "deleted"},
     "locator": PAGE, "score": 3, "votes": {}, "time": "0001-01-01T00:00:00Z", "delete": True},
    {"id": "c3", "pid": "gone", "text": "Where?", "user": {"name": "", "id": ""},
     "locator": {"site": "s", "url": "/rivers"}, "score": 0, "votes": None,
     "time": "2024-03-01T18:00:00Z", "imported": True},
]  # fmt: skip
HEAD = {"version": 1, "users": [], "posts": []}


def test_a_backup_is_a_head_and_values_that_may_share_lines():
    texts = ["\n".join(map(json.dumps, [HEAD, *COMMENTS])),
             " ".join(map(json.dumps, [HEAD, *COMMENTS])),
             json.dumps(HEAD, indent=1) + "".join(json.dumps(c, indent=1) for c in COMMENTS),
             json.dumps(COMMENTS)]  # fmt: skip
    for text in texts:
        assert parse(text) == parse(texts[0])
    mills, rivers = parse(texts[0]).threads
    assert (mills.article.title, mills.article.url) == ("Mills", PAGE["url"])
    assert (mills.article.id, mills.article.site) == (PAGE["url"], "s")
    assert (rivers.article.id, rivers.article.url) == ("/rivers", None)
    first, deleted = mills
    assert first.created_at == dt.datetime(2024, 3, 1, 16, 0, 0, 123456, dt.UTC)
    assert first.edited_at == dt.datetime(2024, 3, 1, 17, tzinfo=dt.UTC)
    assert first.tags == {"pinned", "admin"} and first.author.id == "github_1"
    assert first.author.avatar_url and first.author.meta == {"verified": True}
    assert (first.score, first.upvotes, first.downvotes) == (1, 2, 1)
    assert first.meta == {"orig": "Hm.", "controversy": 0.5, "edit": {"summary": "a word"}}
    assert (deleted.status, deleted.text, deleted.author) == (Status.DELETED, None, None)
    assert deleted.created_at is None, "year 1 is how Go writes that there is no time"
    assert (deleted.score, deleted.upvotes) == (3, None), "the server hides who has voted"
    assert rivers["c3"].author is None and rivers["gone"].status is Status.MISSING


def test_a_tree_is_read_at_any_depth():
    def comment(number):
        pid = str(number - 1) if number > 1 else ""
        return '{"comment": ' + json.dumps({**COMMENTS[0], "id": str(number), "pid": pid})

    info = {"url": PAGE["url"], "count": 5001, "read_only": True}
    branches = ', "replies": ['.join(map(comment, range(1, 5001)))
    text = f'{{"comments": [{branches}}}{"]}" * 4999}], "info": {json.dumps(info)}}}'
    thread = parse(text).thread
    assert len(thread) == 5000 and thread.depth("5000") == 4999
    assert thread.article.comment_count == 5001 and thread.article.title == "Mills"


def test_settings_are_told_and_contacts_kept_on_request():
    head = {**HEAD, "posts": [{"url": PAGE["url"], "read_only": True}]}
    text = json.dumps(head) + json.dumps(COMMENTS[0])
    (problem,) = parse(text).problems
    assert problem.kind == "not-recognised" and "posts" in problem.message
    assert parse(text, contacts=True).thread["c1"].author.meta["ip"] == "ab12"


def test_a_backup_without_comments_is_one():
    assert parse(json.dumps(HEAD)).threads == ()
    (empty,) = parse('{"comments": null, "info": {"url": "/a", "count": 0}}', "remark42").threads
    assert len(empty) == 0 and empty.article.comment_count == 0


def test_a_user_who_is_no_object_is_reported_once():
    (problem,) = parse(json.dumps([{**COMMENTS[0], "user": 7}])).problems
    assert problem.kind == "bad-value" and problem.values == (7,)
