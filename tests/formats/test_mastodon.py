"""Answers of Mastodon's API: contexts, timelines, boosts, edit histories, events."""

import copy
import datetime as dt
import json

import pytest

import discourse
from discourse import ParseError, Status
from discourse.formats import mastodon

ADA = {"id": "1", "username": "ada", "acct": "ada@mill.example", "display_name": "Ada", "bot": False,
       "url": "https://mill.example/@ada", "avatar": "https://mill.example/a.png", "note": "<p>Hi</p>",
       "header": "", "followers_count": 3, "roles": [{"id": "3", "name": "Miller"}]}  # fmt: skip


def status(id, to=None, text="<p>Hm.</p>", **more):
    return {
        "id": id, "in_reply_to_id": to, "created_at": "2024-03-01T10:00:00.000Z",
        "edited_at": None, "visibility": "public", "spoiler_text": "", "sensitive": False,
        "content": text, "account": ADA, "tags": [], **more,
    }  # fmt: skip


def read(*values):
    return mastodon.parse("\n".join(json.dumps(value) for value in values))


def tree(thread):
    return [(c.id, c.parent_id) for c in thread]


def test_the_fields_of_a_reply():
    reply = status(
        "2", "1", spoiler_text="Mills", edited_at="2024-03-01T11:00:00.000Z", language="en",
        visibility="unlisted", sensitive=True, replies_count=1, favourites_count=4, reblogs_count=0,
        url="https://mill.example/@ada/2", uri="https://mill.example/s/2", card=None,
        favourited=True, tags=[{"name": "Mills", "url": "https://mill.example/tags/mills"}],
    )  # fmt: skip
    thread = read([status("1"), reply]).thread
    comment = thread["2"]
    assert (comment.parent_id, comment.title, comment.text) == (None, "Mills", "<p>Hm.</p>")
    assert comment.text_format.value == "html" and comment.language == "en"
    assert comment.created_at == dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)
    assert comment.edited_at == dt.datetime(2024, 3, 1, 11, tzinfo=dt.UTC)
    assert (comment.upvotes, comment.reply_count, comment.score) == (4, 1, None)
    assert comment.tags == {"unlisted", "sensitive", "#Mills", "Miller"}
    assert comment.meta == {"reblogs_count": 0, "uri": "https://mill.example/s/2"}
    author = comment.author
    assert (author.name, author.id, author.display_name) == ("ada@mill.example", "1", "Ada")
    assert (author.is_bot, author.bio) == (False, "<p>Hi</p>")
    assert author.meta["followers_count"] == 3 and "avatar_static" not in author.meta


def test_the_fields_of_the_first_status():
    thread = read(status("1", spoiler_text="Mills", favourites_count=4, replies_count=2)).thread
    article = thread.article
    assert (article.id, article.title, article.score) == ("1", "Mills", 4)
    assert article.authors[0].name == "ada@mill.example"
    assert article.comment_count is None, "the server counts direct replies"
    assert article.meta["replies_count"] == 2


def test_what_an_old_server_does_not_say_is_not_known():
    old = status("2", "1")
    del old["edited_at"], old["tags"]
    comment = read([status("1"), old]).thread["2"]
    assert (comment.is_edited, comment.reply_count, comment.upvotes) == (None, None, None)
    assert read([status("1"), status("2", "1")]).thread["2"].is_edited is False


def test_a_context_names_the_status_it_is_of():
    reading = read({"ancestors": [], "descendants": [status("2", "1"), status("3", "2")]})
    assert reading.thread.article == discourse.Article(id="1") and not reading.problems
    assert tree(reading.thread) == [("2", None), ("3", "2")]


def test_between_ancestors_and_descendants_is_a_placeholder():
    context = {"ancestors": [status("1"), status("2", "1")], "descendants": [status("4", "3")]}
    reading = read(context)
    assert tree(reading.thread) == [("2", None), ("3", "2"), ("4", "3")]
    assert reading.thread["3"].status is Status.MISSING
    assert [(p.kind, p.ids) for p in reading.problems] == [("orphan", ("3",))]
    whole = read(context, status("3", "2"))
    assert tree(whole.thread) == tree(reading.thread) and not whole.problems


@pytest.mark.parametrize("turn", [1, -1])
def test_status_and_context_are_one_thread(tmp_path, turn):
    parts = {
        "context.json": {"ancestors": [status("1")], "descendants": [status("3", "2")]},
        "status.json": status("2", "1"),
    }
    for name, part in parts.items():
        (tmp_path / name).write_text(json.dumps(part))
    reading = discourse.read([tmp_path / name for name in list(parts)[::turn]])
    assert tree(reading.thread) == [("2", None), ("3", "2")]
    assert reading.thread.article.id == "1" and not reading.problems


def test_the_parent_in_another_file_becomes_the_article(tmp_path):
    """Each lone reply finds its own conversation, however many there are."""
    timeline = [status("2", "1"), status("12", "11"), status("22", "21"), status("9", "3")]
    (tmp_path / "timeline.json").write_text(json.dumps(timeline))
    (tmp_path / "first.json").write_text(json.dumps([status("11"), status("1"), status("3", "2")]))
    alone = read(timeline)
    assert [tree(t) for t in alone.threads] == [
        [(p, None), (r, p)] for r, p in [("2", "1"), ("12", "11"), ("22", "21"), ("9", "3")]
    ]
    assert all(thread.article is None for thread in alone.threads)
    reading = discourse.read([tmp_path / "timeline.json", tmp_path / "first.json"])
    threads = {t.article and t.article.id: tree(t) for t in reading.threads}
    assert threads == {
        "1": [("2", None), ("3", "2"), ("9", "3")],
        "11": [("12", None)],
        None: [("21", None), ("22", "21")],
    }
    assert [p.ids for p in reading.problems] == [("21", "22")]


def test_a_timeline_has_a_thread_for_each_conversation():
    reading = read([status("5"), status("3", "2"), status("2"), status("1")])
    assert [(t.article.id, tree(t)) for t in reading.threads] == [
        ("5", []), ("2", [("3", None)]), ("1", []),
    ]  # fmt: skip


def test_a_boost_is_not_the_status():
    boost = {**status("9", None, ""), "reblog": status("2", "1")}
    reading = read([status("1"), boost])
    assert tree(reading.thread) == [("2", None)]
    assert [(p.kind, p.values) for p in reading.problems] == [("reposts", ("9",))]


def test_the_same_id_twice_in_a_context():
    """As the example of a client library has it."""
    reading = read({"ancestors": [status("1")], "descendants": [status("1", "32")]})
    assert tree(reading.thread) == [("32", None), ("1", "32")]
    assert reading.thread.article.id == "1"


def test_statuses_in_a_loop_are_cut():
    reading = read([status("1", "2"), status("2", "1"), status("3", "2")])
    assert tree(reading.thread) == [("1", None), ("2", "1"), ("3", "2")]
    assert reading.thread.article is None and reading.problems[0].kind == "cycle"


def test_an_answer_to_what_the_server_does_not_know_is_reported():
    reading = read(status("1", in_reply_to_account_id="7"), status("2", in_reply_to_account_id="1"))
    assert [(p.kind, p.ids) for p in reading.problems] == [("no-parent", ("1",))]


def test_what_concerns_the_reader_is_left_out():
    quoted = status("9", favourited=True, account={**ADA, "source": {"privacy": "public"}})
    pleroma = {"thread_muted": True, "conversation_id": 4}
    made = status("1", quote={"state": "accepted", "quoted_status": quoted}, pleroma=pleroma,
                  account={**ADA, "pleroma": {"email": "ada@mill.example", "is_admin": True}},
                  bookmarked=True, poll={"voted": True, "votes_count": 2})  # fmt: skip
    article = read(made).thread.article
    assert "admin" in article.tags and "pleroma" not in article.authors[0].meta
    assert article.meta["pleroma"] == {"conversation_id": 4}
    assert article.meta["poll"] == {"votes_count": 2}
    quote = article.meta["quote"]["quoted_status"]
    assert "favourited" not in quote and "source" not in quote["account"]


def test_wrapped_statuses():
    """Searches, notifications, conversations, and events of the streaming API."""
    event = {"stream": ["public"], "event": "update", "payload": json.dumps(status("5"))}
    reading = read(
        {"accounts": [ADA], "statuses": [status("1")], "hashtags": []},
        [{"id": "77", "type": "mention", "account": ADA, "status": status("2", "1")}],
        {"id": "4", "unread": False, "last_status": status("3", "2")},
        event,
        {"stream": ["user"], "event": "delete", "payload": "5"},
        {**event, "payload": "{"},
    )
    assert [tree(thread) for thread in reading.threads] == [[("2", None), ("3", "2")], []]
    assert [p.kind for p in reading.problems] == ["not-recognised", "not-recognised"]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        ({"error": "Record not found"}, "answered with an error: 'Record not found'"),
        ([{"content": "<p>a</p>", "account": ADA, "created_at": "2024"}], "edit history"),
        ({"id": "1", "text": "a", "spoiler_text": ""}, "nothing here is a status"),
        (ADA, "nothing here is a status"),
        ([], "nothing here is a status"),
    ],
)
def test_an_input_without_a_status_is_refused(answer, words):
    with pytest.raises(ParseError, match=words) as caught:
        read(answer)
    assert caught.value.place is not None


def test_beside_statuses_other_answers_are_reported():
    version = {"content": "<p>a</p>", "account": ADA, "created_at": "2024"}
    reading = read(
        [status("1"), version, {"error": "gone"}, ADA, {"visibility": "x", "content": ""}]
    )
    assert [p.kind for p in reading.problems] == [
        "no-id", "error-object", "not-recognised", "not-recognised",
    ]  # fmt: skip


def test_an_empty_context_is_an_answer():
    assert read({"ancestors": [], "descendants": []}).threads == ()


def test_equal_accounts_are_one_object():
    thread = read([status("1"), status("2", "1"), status("3", "1")]).thread
    assert thread["2"].author is thread["3"].author
    changed = read([status("1"), status("2", "1", account={**ADA, "followers_count": 4})]).thread
    assert changed["2"].author.meta["followers_count"] == 4


# -- values of other kinds -------------------------------------------------------------------------

ODD = [None, True, -1, 1.5, "", [], {}, [[1]], {"a": {"a": []}}, 10**30, "2024-13-45"]


def whole():
    return status("2", "1", poll={"votes_count": 1}, quote={"quoted_status": {}}, language="en",
                  replies_count=1, favourites_count=1, tags=[{"name": "a"}], url="u",
                  in_reply_to_account_id="4", pleroma={"content": {}})  # fmt: skip


def places(value, path=()):
    """Yield the path of every value in a value."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_a_value_of_another_kind_does_no_harm(odd):
    """It is read, or is a problem; the post beside it stays."""
    article = read(status("77")).thread.article
    for path in places(whole()):
        changed = around = copy.deepcopy(whole())
        for step in path[:-1]:
            around = around[step]
        around[path[-1]] = odd
        reading = read(status("77"), changed)
        assert article in [thread.article for thread in reading.threads]
