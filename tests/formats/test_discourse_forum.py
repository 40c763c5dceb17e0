"""Topics of a Discourse forum: what crosses, what pages lack, and how they come together."""

import json

import pytest

import discourse
from discourse import ParseError, Status
from discourse.formats import discourse_forum


def post(number, reply_to=None, **others):
    made = {
        "id": 1000 + number,
        "post_number": number,
        "reply_to_post_number": reply_to,
        "topic_id": 5,
        "username": "ada",
        "name": "Ada L.",
        "user_id": 17,
        "avatar_template": "/a/{size}.png",
        "cooked": f"<p>Post {number}</p>",
        "created_at": f"2024-03-01T10:{number % 60:02}:00.000Z",
        "updated_at": "2024-03-05T10:00:00.000Z",
        "version": 1,
        "reply_count": 0,
        "post_type": 1,
        "actions_summary": [{"id": 2, "count": 4}],
    }
    return {**made, **others}


def topic(posts, stream=None, **others):
    made = {
        "id": 5,
        "title": "Mills & bridges",
        "posts_count": len(stream or posts),
        "tags": ["water", {"id": 3, "name": "wood"}],
        "post_stream": {"posts": posts, "stream": stream or [made["id"] for made in posts]},
    }
    return {**made, **others}


def parse(data):
    return discourse_forum.parse(json.dumps(data))


def test_the_first_post_is_the_article_and_the_others_are_comments():
    reading = parse(topic([post(1), post(2), post(3, 2), post(4, 1)]))

    article = reading.thread.article
    assert (
        article.title, article.id, article.text, article.score, article.comment_count,
    ) == ("Mills & bridges", "5", "<p>Post 1</p>", 4, 3)  # fmt: skip
    assert {"water", "wood"} == article.tags
    assert [(c.id, c.parent_id) for c in reading.thread] == [("2", None), ("3", "2"), ("4", None)]
    assert reading.problems == ()
    assert reading.thread.is_complete


def test_a_comment_crosses_with_its_fields():
    made = parse(topic([post(1), post(2, version=3, accepted_answer=True, moderator=True)])).thread[
        "2"
    ]

    assert (made.author.name, made.author.id, made.author.display_name) == ("ada", "17", "Ada L.")
    assert (
        made.upvotes,
        made.reply_count,
        made.is_edited,
        made.text_format,
    ) == (4, 0, True, "html")
    assert made.edited_at.isoformat() == "2024-03-05T10:00:00+00:00"
    assert {"accepted-answer", "moderator"} == made.tags
    assert made.meta["id"] == 1002


@pytest.mark.parametrize(
    ("key", "value", "status"),
    [
        ("hidden", True, Status.HIDDEN),
        ("user_deleted", True, Status.DELETED),
        ("deleted_at", "2024-03-05T10:00:00.000Z", Status.REMOVED),
    ],
)
def test_what_was_taken_away_has_a_status(key, value, status):
    assert status is parse(topic([post(1), post(2, **{key: value})])).thread["2"].status


def test_actions_are_tagged():
    thread = parse(topic([post(1), post(2, post_type=2), post(3, post_type=3)])).thread

    assert [{"moderator-action"}, {"small-action"}] == [set(made.tags) for made in thread]


def test_a_page_tells_how_many_posts_are_not_in_it():
    stream = [1000 + number for number in range(1, 31)]
    thread = parse(topic([post(1), post(2), post(3, 25)], stream)).thread

    (stub,) = thread.stubs
    assert stub.count == 27
    assert not thread.is_complete
    assert Status.MISSING is thread["25"].status


def test_pages_of_one_topic_are_one_complete_thread(tmp_path):
    stream = [1000 + number for number in range(1, 7)]
    first = topic([post(1), post(2), post(3, 6)], stream)
    second = {"id": 5, "post_stream": {"posts": [post(4, 2), post(5, 3), post(6)]}}
    for name, data in (("a.json", first), ("b.json", second)):
        (tmp_path / name).write_text(json.dumps(data), encoding="utf-8")
    reading = discourse.read([tmp_path / "a.json", tmp_path / "b.json"])

    assert {"2", "3", "4", "5", "6"} == {made.id for made in reading.thread}
    assert reading.thread["3"].parent_id == "6"
    assert reading.thread.stubs == ()
    assert reading.thread.is_complete
    assert [problem for problem in reading.problems if problem.kind == "orphan"] == []


def test_the_latest_posts_of_a_forum_are_a_thread_for_each_topic():
    posts = [post(2, topic_title="One"), post(3, topic_id=6, topic_title="Two")]
    reading = parse({"latest_posts": posts})

    assert [thread.article.title for thread in reading.threads] == ["One", "Two"]


def test_a_post_without_a_number_is_told():
    reading = parse(topic([post(1), post(2), {"id": 7, "cooked": "?"}]))

    assert [problem.kind for problem in reading.problems] == ["no-id"]
    assert [made.id for made in reading.thread] == ["2"]


@pytest.mark.parametrize(
    "text", ["", "{", "[]", "3", '{"a": 1}', '{"post_stream": ' + "[" * 99_999]
)
def test_what_is_not_of_this_format_is_refused(text):
    with pytest.raises(ParseError):
        discourse_forum.parse(text)


def test_no_post_is_lost_on_real_topics(shared):
    for path in sorted((shared / "samples" / "discourse-json").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        posts = data.get("post_stream", {}).get("posts") or data.get("latest_posts")
        if not posts:
            continue
        expected = {
            (str(p["topic_id"]), str(p["post_number"])): p["reply_to_post_number"]
            for p in posts
            if p["post_number"] != 1
        }
        reading = discourse.read(path)
        found = {
            (thread.article.id, c.id): c.parent_id
            for thread in reading.threads
            for c in thread
            if c.status is not Status.MISSING
        }
        assert expected.keys() == found.keys(), path.name
        for key, parent in expected.items():
            assert (None if parent in (None, 1) else str(parent)) == found[key], (path.name, key)


def test_posts_on_their_own_are_read():
    """As ``/posts/ID.json`` and ``/posts/ID/replies.json`` answer."""
    alone, several = post(3, 2), [post(4, 3), post(1, topic_id=6), post(5, 3)]
    assert [c.id for c in discourse.parse(json.dumps(alone)).thread] == ["2", "3"]
    first, second = discourse.parse(json.dumps(several)).threads
    assert [c.id for c in first] == ["3", "4", "5"] and second.article.id == "6"


def test_an_error_of_the_forum_is_an_error():
    with pytest.raises(ParseError, match="could not be found"):
        discourse.parse('{"errors":["It could not be found."],"error_type":"not_found"}')


def test_hidden_posts_have_no_text_and_actions_an_empty_one():
    reading = parse(topic([post(1), post(2, cooked="", hidden=True),
                           post(3, cooked="", post_type=3, action_code="closed.enabled")]))  # fmt: skip
    hidden, action = reading.thread
    assert (hidden.text, hidden.status) == (None, Status.HIDDEN)
    assert (action.text, action.tags) == ("", {"small-action"})
    assert action.meta["action_code"] == "closed.enabled"


def test_gaps_are_kept_and_a_stream_that_is_none_is_told():
    gaps = {"before": {"1004": [1002, 1003]}, "after": {}}
    made = topic([post(1), post(4)])
    made["post_stream"] |= {"gaps": gaps}
    assert parse(made).thread.meta["gaps"].to_dict() == gaps
    made["post_stream"] = {"posts": [post(1)], "stream": "1001"}
    assert [p.kind for p in parse(made).problems] == ["bad-value"]


def test_newer_forums_count_likes_themselves():
    new = post(2, like_count=3)
    del new["actions_summary"]
    assert parse(topic([post(1), new])).thread["2"].upvotes == 3


def test_raw_texts_are_kept_beside_the_html():
    made = parse(topic([post(1), post(2, raw="**x**")])).thread["2"]
    assert made.meta["raw"] == "**x**" and made.text == "<p>Post 2</p>"


def test_times_that_are_none_are_told_with_their_place():
    reading = parse(topic([post(1), post(2, created_at="2024-W01-1"), post(3, created_at=None)]))
    assert [c.created_at for c in reading.thread] == [None, None]
    (problem,) = reading.problems
    assert problem.place.path == "$.post_stream.posts[1].created_at"
    assert problem.values == ("2024-W01-1",)
