"""Answers of Bluesky's services: nested and flat threads, feeds, records, posts not shown."""

import datetime as dt
import json

import pytest

import discourse
from discourse import ParseError, Status, Stub
from discourse.formats import bluesky

TIME = "2024-03-01T10:00:00.000Z"


def uri(n):
    return f"at://did:plc:ada/app.bsky.feed.post/{n}"


def ids(thread):
    return [
        (int(c.id.rpartition("/")[2]), c.parent_id and int(c.parent_id.rpartition("/")[2]))
        for c in thread
    ]


def author(**more):
    return {"did": "did:plc:ada", "handle": "ada.example", "displayName": "Ada", "labels": [],
            "viewer": {"muted": False}, **more}  # fmt: skip


def record(parent=None, root=1, **more):
    reply = {"root": {"uri": uri(root), "cid": "r"}, "parent": {"uri": uri(parent), "cid": "p"}}
    return {"$type": "app.bsky.feed.post", "text": "Hm.", "createdAt": TIME,
            **({} if parent is None else {"reply": reply}), **more}  # fmt: skip


def post(n, parent=None, root=1, record_of=None, **more):
    return {"uri": uri(n), "cid": f"c{n}", "author": author(),
            "record": record(parent, root, **(record_of or {})),
            "indexedAt": TIME, "viewer": {"like": "at://me"}, **more}  # fmt: skip


def view(n, answered=None, **more):
    around = {key: more.pop(key) for key in ("replies", "parent", "threadContext") if key in more}
    return {
        "$type": "app.bsky.feed.defs#threadViewPost",
        "post": post(n, answered, **more),
        **around,
    }


def gap(kind, n):
    flag = {"notFoundPost": "notFound", "blockedPost": "blocked"}[kind]
    return {"$type": f"app.bsky.feed.defs#{kind}", "uri": uri(n), flag: True}


def read(*values):
    return bluesky.parse("\n".join(json.dumps(value) for value in values))


def test_the_fields_of_a_reply():
    facets = [
        {"index": {"byteStart": 0, "byteEnd": 3}, "features": [
            {"$type": "app.bsky.richtext.facet#link", "uri": "https://mill.example"},
            {"$type": "app.bsky.richtext.facet#tag", "tag": "mills"}]},
        {"index": {}, "features": [{"did": "did:plc:ben"}, 3]}, 4,
    ]  # fmt: skip
    said = {"facets": facets, "langs": ["en", "de"], "tags": ["wind"], "embed": {"blob": 1},
            "labels": {"values": [{"val": "graphic"}]}}  # fmt: skip
    embed = {"record": {"author": {"viewer": {"muted": False}, "did": "did:plc:cy"}}}
    reply = post(
        2, 1, record_of=said, likeCount=4, replyCount=0, repostCount=2, embed=embed,
        labels=[{"val": "spam", "src": "did:plc:mod"}, {"val": "rude", "neg": True}],
    )  # fmt: skip
    comment = read({"posts": [post(1), reply]}).thread[uri(2)]
    assert (comment.parent_id, comment.text, comment.text_format.value) == (None, "Hm.", "text")
    assert comment.created_at == dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)
    assert comment.url == "https://bsky.app/profile/ada.example/post/2"
    assert (comment.upvotes, comment.reply_count, comment.language) == (4, 0, "en")
    assert comment.tags == {"#mills", "#wind", "graphic", "spam"}
    meta = comment.meta
    assert meta["links"] == ("https://mill.example",) and meta["mentions"] == ("did:plc:ben",)
    assert meta["record"] == {"facets": facets, "langs": ["en", "de"]}
    assert meta["embed"] == {"record": {"author": {"did": "did:plc:cy"}}}
    assert meta["repostCount"] == 2 and meta["indexedAt"] == TIME and "viewer" not in meta
    assert (comment.author.name, comment.author.id) == ("ada.example", "did:plc:ada")
    assert comment.author.display_name == "Ada" and comment.author.meta == {}


def test_the_first_post_is_the_article():
    article = read({"posts": [post(1, likeCount=4, replyCount=2)]}).thread.article
    assert (article.id, article.title, article.score, article.text) == (uri(1), None, 4, "Hm.")
    assert article.authors[0].name == "ada.example" and article.meta["replyCount"] == 2


def test_a_nested_thread_with_parents_above():
    thread = view(3, 2, replies=[view(4, 3, replies=[]), view(5, 3, replies=[])], replyCount=2,
                  parent=view(2, 1, replyCount=1, parent=view(1, replyCount=1)))  # fmt: skip
    for answer in ({"thread": thread}, thread):
        reading = read(answer)
        assert ids(reading.thread) == [(2, None), (3, 2), (4, 3), (5, 3)]
        assert reading.thread.article.id == uri(1) and not reading.problems
        assert reading.thread.is_complete


def test_replies_that_are_not_loaded_are_a_stub():
    thread = view(2, 1, parent=view(1, replyCount=3), replies=[
        view(3, 2, replyCount=4), view(4, 2, replyCount=0), view(5, 2, replies=[], replyCount=9)])  # fmt: skip
    reading = read({"thread": thread})
    assert set(reading.thread.stubs) == {
        Stub(None, "continue", count=2), Stub(uri(3), "continue", count=4),
    }  # fmt: skip
    assert read({"feed": [{"post": post(1, replyCount=3)}]}).thread.stubs == ()


def test_posts_that_are_not_shown_are_stubs():
    thread = view(2, 1, replies=[gap("blockedPost", 3), gap("notFoundPost", 4)],
                  parent=gap("notFoundPost", 1))  # fmt: skip
    reading = read({"thread": thread})
    assert ids(reading.thread) == [(2, None)] and reading.thread.article.id == uri(1)
    assert set(reading.thread.stubs) == {
        Stub(None, "not-found", ids=(uri(1),)),
        Stub(uri(2), "blocked", ids=(uri(3),)),
        Stub(uri(2), "not-found", ids=(uri(4),)),
    }
    alone = read({"thread": gap("notFoundPost", 1)}).thread
    assert alone.article.id == uri(1) and alone.stubs == (Stub(None, "not-found", ids=(uri(1),)),)


def test_a_parent_that_is_not_shown_is_a_placeholder():
    reading = read({"thread": view(3, 2, parent=gap("blockedPost", 2), replies=[])})
    assert ids(reading.thread) == [(2, None), (3, 2)]
    assert reading.thread[uri(2)].status is Status.MISSING
    assert reading.thread.stubs == (Stub(None, "blocked", ids=(uri(2),)),)


def test_the_place_in_a_thread_tells_the_parent_where_the_record_does_not():
    cut = {"$type": "app.bsky.feed.post", "text": "Hm.", "createdAt": TIME}
    below = {"post": {"uri": uri(2), "cid": "c", "record": cut}, "replies": []}
    reading = read({"thread": view(1, replies=[below])})
    assert ids(reading.thread) == [(2, None)] and reading.thread.article.id == uri(1)


def row(depth, n, value=None, **more):
    kind = "app.bsky.unspecced.defs#threadItemPost"
    value = {"$type": kind, "post": post(n, **more)} | (value or {})
    return {"uri": uri(n), "depth": depth, "value": value}


def test_a_flat_thread():
    blocked = {"$type": "app.bsky.unspecced.defs#threadItemBlocked", "author": {"did": "d"}}
    answer = {"hasOtherReplies": True, "thread": [
        row(-1, 2, parent=1, value={"moreParents": True}),
        row(0, 3, parent=2, value={"opThread": True}),
        row(1, 4, parent=3, value={"moreReplies": 5, "hiddenByThreadgate": True}),
        {"uri": uri(6), "depth": 1, "value": blocked},
        row(2, 7, parent=6),
    ]}  # fmt: skip
    reading = read(answer)
    assert ids(reading.thread) == [(2, None), (3, 2), (4, 3), (6, None), (7, 6)]
    assert reading.thread[uri(4)].status is Status.HIDDEN
    assert set(reading.thread.stubs) == {
        Stub(None, "continue"), Stub(uri(3), "more"), Stub(uri(4), "more", count=5),
        Stub(uri(3), "blocked", ids=(uri(6),)),
    }  # fmt: skip
    above = {"uri": uri(1), "depth": -1, "value": blocked}
    reading = read({"thread": [above, row(0, 2, parent=1)]})
    assert reading.thread.stubs == (Stub(None, "blocked", ids=(uri(1),)),)


def test_a_feed_has_the_posts_that_its_replies_answer():
    entry = {"post": post(3, 2), "reply": {"root": post(1), "parent": post(2, 1)}}
    repost = {"post": post(9), "reason": {"$type": "app.bsky.feed.defs#reasonRepost", "by": {}}}
    pinned = {"post": post(9), "reason": {"$type": "app.bsky.feed.defs#reasonPin"}}
    reading = read({"feed": [entry, entry, repost, pinned], "cursor": "next"})
    assert [ids(thread) for thread in reading.threads] == [[(2, None), (3, 2)], []]
    assert [(p.kind, p.values) for p in reading.problems] == [
        ("more-pages", ("next",)), ("reposts", (uri(9),)),
    ]  # fmt: skip
    assert reading.threads[1].article.tags == {"pinned"}
    unknown = {"post": post(3, 2), "reply": {"root": gap("notFoundPost", 1), "parent": post(2, 1)}}
    assert read({"feed": [unknown]}).thread.stubs == (Stub(None, "not-found", ids=(uri(1),)),)


def test_a_reply_is_trusted_in_its_parent_and_not_in_its_root():
    """Bridges from other networks name the parent as the root."""
    reading = read({"posts": [post(1), post(2, 1), post(3, 2, root=2)]})
    assert ids(reading.thread) == [(2, None), (3, 2)]
    alone = read({"posts": [post(3, 2, root=2)]})
    assert alone.thread.article.id == uri(2) and ids(alone.thread) == [(3, None)]


def test_posts_in_a_loop_are_cut():
    reading = read({"posts": [post(2, 3), post(3, 2), post(4, 3)]})
    assert ids(reading.thread) == [(2, None), (3, 2), (4, 3)]
    assert reading.problems[0].kind == "cycle"


def test_hidden_replies_may_be_elsewhere():
    gate = {"uri": "at://gate", "record": {"hiddenReplies": [uri(2), uri(77), 4]}}
    answers = (
        {"thread": view(1, replies=[view(2, 1), view(3, 1)]), "threadgate": gate},
        {"posts": [post(1, threadgate=gate), post(2, 1), post(3, 1)]},
    )
    for answer in answers:
        assert [c.status.value for c in read(answer).thread] == ["hidden", "visible"]


def test_records_have_the_did_alone():
    rows = [{"uri": uri(n), "cid": f"c{n}", "value": record(n - 1 or None)} for n in (1, 2)]
    reading = read({"records": rows, "cursor": ""})
    comment = reading.thread[uri(2)]
    assert comment.author == discourse.Author(id="did:plc:ada")
    assert comment.url == "https://bsky.app/profile/did:plc:ada/post/2"
    assert read(*rows).thread == reading.thread == read(rows).thread


def test_commits_of_a_stream():
    def commit(n, parent, **more):
        return {"did": "did:plc:ada", "time_us": 7, "kind": "commit", "commit": {
            "operation": "create", "collection": "app.bsky.feed.post", "rkey": str(n), "cid": "c",
            "record": record(parent), **more}}  # fmt: skip

    like = commit(9, None, record={"$type": "app.bsky.feed.like"})
    gone = commit(2, 1, operation="delete")
    del gone["commit"]["record"]
    reading = read(commit(1, None), commit(2, 1), like, gone)
    assert ids(reading.thread) == [(2, None)] and reading.thread[uri(2)].meta["time_us"] == 7
    assert [p.kind for p in reading.problems] == ["not-recognised"] * 2


def test_what_the_python_sdk_dumps():
    def dump(value):
        if isinstance(value, dict):
            names = {"$type": "py_type", "createdAt": "created_at", "replyCount": "reply_count",
                     "displayName": "display_name", "notFound": "not_found"}  # fmt: skip
            return {names.get(key, key): dump(each) for key, each in value.items()}
        return [dump(each) for each in value] if isinstance(value, list) else value

    answer = {"thread": view(1, replyCount=2, replies=[view(2, 1, replyCount=1),
                                                       gap("notFoundPost", 3)])}  # fmt: skip
    nulls = {**answer["thread"], "parent": None, "threadContext": None}
    assert read(dump({"thread": nulls, "threadgate": None})).thread == read(answer).thread


def test_a_handle_that_is_none_is_no_name():
    poster = author(handle="handle.invalid", labels=[{"val": "bot"}], description="I tick.")
    thread = read({"posts": [post(1), post(2, 1, author=poster)]}).thread
    comment = thread[uri(2)]
    assert (comment.author.name, comment.author.is_bot, comment.author.bio) == (
        None,
        True,
        "I tick.",
    )
    assert comment.url == "https://bsky.app/profile/did:plc:ada/post/2"


def test_one_post_with_two_contents_is_reported():
    reading = read({"posts": [post(1), post(1), {**post(1), "cid": "other"}]})
    assert [p.kind for p in reading.problems] == ["duplicate-conflict"]


def test_the_author_of_the_first_post_likes_a_reply():
    liked = view(2, 1, threadContext={"rootAuthorLike": "at://like"}, replies=[])
    assert read({"thread": view(1, replies=[liked])}).thread[uri(2)].tags == {"liked-by-author"}


def test_two_answers_about_one_thread(tmp_path):
    parts = [
        {"thread": view(1, replyCount=1, replies=[view(2, 1, replyCount=1)])},
        {"thread": view(3, 2, replies=[], parent=view(2, 1, replyCount=1, parent=view(1)))},
    ]
    for n, part in enumerate(parts):
        (tmp_path / f"{n}.json").write_text(json.dumps(part))
    reading = discourse.read(sorted(tmp_path.iterdir()))
    assert ids(reading.thread) == [(2, None), (3, 2)] and reading.thread.is_complete
    assert read(*parts).thread.is_complete


@pytest.mark.parametrize(
    "answer",
    [
        {"uri": uri(1), "cid": "c", "record": {"$type": "app.bsky.feed.threadgate", "allow": []}},
        {
            "uri": uri(1),
            "cid": "c",
            "commit": {"cid": "x", "rev": "y"},
            "validationStatus": "valid",
        },
        {"error": "NotFound", "message": "Post not found"},
        {"posts": [{"name": "not of this kind"}]},
        [],
    ],
)
def test_what_is_no_post_is_refused(answer):
    with pytest.raises(ParseError, match="no posts of Bluesky"):
        read(answer)


def test_an_empty_feed_is_an_answer():
    assert read({"feed": []}).threads == ()


def test_beside_posts_others_are_reported():
    like = {
        "uri": uri(8),
        "cid": "c",
        "author": author(),
        "record": {"$type": "app.bsky.feed.like"},
    }
    reading = read({"notifications": [post(2, 1, isRead=True, reason="reply"), like]},
                   gap("notFoundPost", 1) | {"uri": None}, record())  # fmt: skip
    assert ids(reading.thread) == [(2, None)]
    assert reading.thread[uri(2)].meta["reason"] == "reply"
    assert [p.kind for p in reading.problems] == ["not-recognised", "no-id", "no-id"]


# -- values of other kinds -------------------------------------------------------------------------

ODD = [None, True, -1, 1.5, "", [], {}, [[1]], {"a": {"a": []}}, 10**30, "2024-13-45"]


def whole():
    facets = [{"index": {}, "features": [{"uri": "u"}]}]
    said = {"facets": facets, "langs": ["en"], "tags": ["a"], "labels": {"values": [{"val": "a"}]}}
    return view(2, 1, record_of=said, labels=[{"val": "b"}], likeCount=1, replyCount=1,
                embed={"a": 1}, replies=[view(3, 2)], parent=view(1), threadgate={"record": {}},
                threadContext={"rootAuthorLike": "u"})  # fmt: skip


def places(value, path=()):
    """Yield the path of every value in a value."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_a_value_of_another_kind_does_no_harm(odd):
    """It is read, or is a problem; the post beside it stays."""
    article = read(post(77)).thread.article
    for path in places(whole()):
        changed = around = whole()
        for step in path[:-1]:
            around = around[step]
        around[path[-1]] = odd
        reading = read(post(77), changed)
        assert article in [thread.article for thread in reading.threads]
