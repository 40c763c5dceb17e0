"""Telegram Desktop's exports: chats, topics, what is no message, and times of two kinds."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import pytest

import discourse
from discourse import ParseError, Status
from discourse.formats import _registry, parse


def read(value, **options):
    return parse(json.dumps(value), "telegram", **options)


def message(id, **more):
    return {"id": id, "type": "message", "date": "2024-03-01T11:00:00",
            "date_unixtime": "1709287200", "from": "Ada", "from_id": "user1",
            "text": f"text of {id}", "text_entities": [{"type": "plain", "text": f"text of {id}"}],
            **more}  # fmt: skip


def service(id, action, **more):
    return {"id": id, "type": "service", "date": "2024-03-01T11:00:00", "actor": "Ada",
            "date_unixtime": "1709287200", "actor_id": "user1", "action": action, "text": "",
            "text_entities": [], **more}  # fmt: skip


def chat(*messages, **more):
    return {
        "name": "Mills",
        "type": "private_supergroup",
        "id": 60,
        "messages": list(messages),
        **more,
    }


def one(entry, **options):
    (comment,) = read(chat(entry), **options).thread
    return comment


def test_a_chat_is_the_article():
    thread = read(chat(message(1), message(2, reply_to_message_id=1))).thread
    article = thread.article
    assert (article.title, article.id, article.meta["type"]) == (
        "Mills",
        "60",
        "private_supergroup",
    )
    assert [(c.id, c.parent_id) for c in thread] == [("1", None), ("2", "1")]
    assert thread.source.platform == "telegram"


def test_fields_of_a_message():
    comment = one(
        message(
            1,
            edited="2024-03-01T12:00:00",
            edited_unixtime="1709290800",
            forwarded_from="Ben",
            via_bot="@gif",
            media_type="photo",
            thumbnail=None,
            reactions=[
                {"type": "emoji", "count": 3, "emoji": "👍"},
                {"type": "emoji", "count": 2, "emoji": "🔥"},
                {"type": "emoji", "count": 1, "emoji": "👎"},
            ],
        )
    )
    assert (comment.author.name, comment.author.id, comment.text) == ("Ada", "user1", "text of 1")
    assert comment.created_at == dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)
    assert comment.edited_at == dt.datetime(2024, 3, 1, 11, tzinfo=dt.UTC)
    assert (comment.upvotes, comment.downvotes, comment.tags) == (3, 1, {"forwarded"})
    assert set(comment.meta) == {"forwarded_from", "via_bot", "media_type", "reactions"}


def test_a_text_of_entities_is_plain_and_what_formats_it_is_kept():
    bold = {"type": "bold", "text": "old"}
    comment = one(message(1, text=["An ", bold, " mill"], text_entities=None))
    assert comment.text == "An old mill"
    assert comment.meta["text_entities"] == ("An ", bold, " mill")
    entities = [{"type": "plain", "text": "An "}, bold]
    for text in (["An ", bold], "An old", None):
        comment = one(message(1, text=text, text_entities=entities))
        assert comment.text == "An old" and len(comment.meta["text_entities"]) == 2
    assert one(message(1)).meta == {}
    assert one(message(1, text="", text_entities=[])).text == ""


def test_a_text_that_is_none_is_reported():
    reading = read(chat(message(1, text=["a", 7, {"type": "bold"}, "b"])))
    assert reading.thread["1"].text == "ab"
    assert [problem.kind for problem in reading.problems] == ["bad-value", "bad-value"]


def test_a_deleted_account_has_no_name():
    comment = one(message(1, **{"from": None}))
    assert (comment.author.name, comment.author.id) == (None, "user1")
    assert one({"id": 1, "text": "cut down", "type": "message", "date": None}).author is None


# -- topics --------------------------------------------------------------------------------------


def test_a_topic_is_an_article():
    reading = read(
        chat(
            service(2, "topic_created", title="Rivers", icon_color=7),
            message(3, reply_to_message_id=2),
            message(4, reply_to_message_id=3),
            message(5),
            message(6, reply_to_message_id=5),
            message(7, reply_to_message_id=99),
            service(8, "topic_edit", new_title="Rivers and mills", reply_to_message_id=2),
        )
    )
    topic, rest = reading.threads
    assert (topic.article.title, topic.article.id, topic.article.site) == (
        "Rivers and mills",
        "60/2",
        "Mills",
    )
    assert topic.article.authors[0].name == "Ada" and topic.article.created_at.hour == 10
    assert [(c.id, c.parent_id) for c in topic] == [("3", None), ("4", "3")]
    assert [(c.id, c.parent_id) for c in rest] == [
        ("5", None),
        ("6", "5"),
        ("99", None),
        ("7", "99"),
    ]
    assert (rest.article.id, rest.article.title) == ("60", "Mills")
    assert [p.kind for p in reading.problems] == ["service-message", "orphan"]


def test_a_group_all_in_topics_has_no_thread_of_its_own():
    reading = read(chat(service(2, "topic_created", title="A"), message(3, reply_to_message_id=2)))
    assert [thread.article.id for thread in reading.threads] == ["60/2"]


def test_a_loop_of_replies_ends():
    reading = read(
        chat(
            service(1, "topic_created", title="A"),
            message(2, reply_to_message_id=3),
            message(3, reply_to_message_id=2),
        )
    )
    assert {c.id for thread in reading.threads for c in thread} == {"2", "3"}
    assert [problem.kind for problem in reading.problems] == ["cycle"]


def test_a_long_chain_in_a_topic_is_linear():
    count = 20_000
    chain = [message(n, reply_to_message_id=n - 1) for n in range(count, 1, -1)]
    thread = read(chat(*chain, service(1, "topic_created", title="A"))).thread
    assert len(thread) == count - 1 and thread.article.title == "A"


# -- what is no message --------------------------------------------------------------------------


def test_what_is_no_message_is_reported_by_kind():
    services = [service(n, "pin_message") for n in (2, 3)]
    rows = [message(1), *services, {"id": 4, "type": "unsupported"}, service(5, "phone_call")]
    reading = read(chat(*rows))
    pinned, other = reading.problems
    assert (pinned.kind, pinned.ids) == ("service-message", ("2", "3", "5"))
    assert pinned.message == "3 service messages: skipped (2 'pin_message', 1 'phone_call')"
    assert len(pinned.values) == 3 and (other.kind, other.ids) == ("unsupported-message", ("4",))
    assert [c.id for c in reading.thread] == ["1"]


def test_a_reply_to_what_is_no_message_has_a_placeholder():
    thread = read(chat(service(2, "pin_message"), message(3, reply_to_message_id=2))).thread
    assert thread["2"].status is Status.MISSING and thread["3"].parent_id == "2"


def test_a_reply_to_another_chat_answers_nothing_here():
    rows = [message(1), message(2, reply_to_message_id=1, reply_to_peer_id="channel99"),
            message(3, reply_to_message_id=1, reply_to_peer_id="channel60")]  # fmt: skip
    thread = read(chat(*rows)).thread
    assert [thread[id].parent_id for id in "23"] == [None, "1"]
    assert thread["2"].meta == {"reply_to_message_id": 1, "reply_to_peer_id": "channel99"}


def test_what_cannot_be_used_is_reported():
    reading = read(chat(message(1), message(None), 7, message(2, date_unixtime="soon")))
    assert sorted(p.kind for p in reading.problems) == [
        "bad-value",
        "bad-value",
        "local-time",
        "no-id",
    ]
    assert [c.id for c in reading.thread] == ["1", "2"]


def test_a_topic_that_is_created_twice_is_one():
    reading = read(chat(*[service(2, "topic_created", title=title) for title in "AB"]))
    assert [thread.article.title for thread in reading.threads] == ["A"]
    assert [(p.kind, p.ids) for p in reading.problems] == [("service-message", ("2",))]


def test_what_is_no_chat_beside_one_is_reported_without_what_it_says():
    text = json.dumps(chat(message(1))) + json.dumps({"contacts": {"list": [{"phone": "555"}]}})
    (problem,) = parse(text, "telegram").problems
    assert problem.kind == "not-recognised" and not problem.values


# -- times ---------------------------------------------------------------------------------------


def test_local_times_stay_as_they_are_unless_the_zone_is_said():
    old = message(1, edited="2021-07-02T12:00:00", date="2021-07-01T12:00:00")
    del old["date_unixtime"]
    reading = read(chat(old, {**old, "id": 2}))
    (problem,) = reading.problems
    assert (problem.kind, set(problem.ids)) == ("local-time", {"1", "2"})
    comment = reading.thread["1"]
    assert (comment.created_at, comment.edited_at) == (None, None)
    assert comment.meta == {
        "created_at_local": "2021-07-01T12:00:00",
        "edited_at_local": "2021-07-02T12:00:00",
    }
    reading = read(chat(old), zone=ZoneInfo("Europe/Berlin"))
    assert reading.thread["1"].created_at == dt.datetime(2021, 7, 1, 10, tzinfo=dt.UTC)
    assert reading.thread["1"].meta == {} and not reading.problems


# -- whole accounts ------------------------------------------------------------------------------


def test_of_an_account_only_chats_are_read():
    account = {
        "about": "x",
        "personal_information": {"user_id": 1, "phone_number": "+1 555 0100"},
        "contacts": {"list": [{"first_name": "Ben", "phone_number": "+1 555 0199"}]},
        "chats": {"about": "x", "list": [chat(message(1)), chat(message(1), id=61, name=None)]},
        "left_chats": {"list": [chat(message(1), id=62)]},
    }
    text = json.dumps(account)
    assert _registry.detected(text).name == "telegram"
    reading = parse(text)
    assert [thread.article.id for thread in reading.threads] == ["60", "61", "62"]
    assert "555" not in discourse.dumps(reading.threads[0]) and not reading.problems


def test_two_exports_of_a_chat_are_one_thread(tmp_path):
    for name, rows in (("a.json", [message(1)]), ("b.json", [message(2, reply_to_message_id=1)])):
        (tmp_path / name).write_text(json.dumps(chat(*rows)))
    reading = discourse.read(sorted(tmp_path.iterdir()))
    assert [(c.id, c.parent_id) for c in reading.thread] == [("1", None), ("2", "1")]
    assert not reading.problems


@pytest.mark.parametrize(
    "value",
    [
        {"messages": [{"id": 1, "date": "2021-07-01T12:00:00", "from": "A", "text": "x"}]},
        {"name": "x", "type": "personal_chat", "id": 1, "messages": []},
        {"name": "x", "type": "bot_chat", "id": 1, "messages": [service(1, "phone_call")]},
        {"messages": [message(1)]},
    ],
)
def test_it_is_known_by_its_content(value):
    assert _registry.detected(json.dumps(value), "result.json").name == "telegram"
    assert read(value).threads


@pytest.mark.parametrize(
    "value", [{"messages": [{"id": 1, "content": "x"}]}, {"chats": {"list": []}}, {"contacts": {}}]
)
def test_other_json_is_refused(value):
    with pytest.raises(ParseError, match="no Telegram chat"):
        read(value)
