"""Listings of Reddit's API, and the data of its things. All data are invented."""

import datetime as dt
import json

import pytest

from discourse import Author, ParseError, Status, Stub
from discourse.formats import parse, read


def comment(id, parent="t3_p1", replies="", **more):
    data = {
        "id": id,
        "parent_id": parent,
        "link_id": "t3_p1",
        "author": "ada",
        "body": f"I am {id}.",
    }
    return {"kind": "t1", "data": {**data, "replies": replies, **more}}


def post(**more):
    return {
        "kind": "t3",
        "data": {"id": "p1", "title": "Which mill?", "subreddit": "mills", **more},
    }


def more(parent, *ids, count=None):
    return {"kind": "more", "data": {"parent_id": parent, "children": [*ids], "id": (*ids, "_")[0],
                                     "count": len(ids) if count is None else count}}  # fmt: skip


def listing(*things, **more):
    return {"kind": "Listing", "data": {"children": [*things], **more}}


def page(*comments, **more):
    return [listing(post(**more)), listing(*comments)]


def morechildren(*things):
    return {"json": {"errors": [], "data": {"things": [*things]}}}


def one(data=None, **more):
    """The only comment of a page with one."""
    (found,) = parse(json.dumps(page(comment("c1", **(data or {}), **more)))).thread
    return found


def files(tmp_path, *answers):
    paths = [tmp_path / f"{n}.json" for n in range(len(answers))]
    for path, answer in zip(paths, answers, strict=True):
        path.write_text(json.dumps(answer), encoding="utf-8")
    return paths


# -- fields ----------------------------------------------------------------------------------------


def test_a_page_is_an_article_and_its_comments():
    replies = listing(comment("c2", "t1_c1"))
    answer = page(
        comment("c1", replies=replies, created_utc=1709287200.0, score=3, ups=3, downs=0,
                author_fullname="t2_a", permalink="/r/mills/comments/p1/which/c1/"),
        num_comments=2, selftext="", is_self=True, link_flair_text="Question", author="ben",
        permalink="/r/mills/comments/p1/which/", url="https://example.org/mill", stickied=True,
    )  # fmt: skip
    reading = parse(json.dumps(answer))
    article, (first, second) = reading.thread.article, reading.thread
    assert reading.problems == ()
    assert (article.id, article.title, article.text, article.site) == (
        "p1",
        "Which mill?",
        "",
        "mills",
    )
    assert article.url == "https://www.reddit.com/r/mills/comments/p1/which/"
    assert article.meta["url"] == "https://example.org/mill" and article.comment_count == 2
    assert article.tags == {"Question", "pinned"} and article.authors == (Author("ben"),)
    assert (first.author, first.score, first.upvotes) == (Author("ada", "t2_a"), 3, None)
    assert first.created_at == dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)
    assert (second.parent_id, second.text) == ("c1", "I am c2.")
    assert first.meta == {}, "what is in a field, or is an empty twin, is not there again"


@pytest.mark.parametrize(
    ("data", "tags"),
    [
        ({"distinguished": "moderator"}, {"moderator"}),
        ({"distinguished": "admin", "stickied": True}, {"admin", "pinned"}),
        ({"distinguished": "special"}, {"special"}),
        ({"distinguished": None, "is_submitter": True}, {"by-author"}),
        ({"distinguished": "new-role"}, set()),
    ],
)
def test_roles_are_tags(data, tags):
    found = one(data)
    assert found.tags == tags
    assert ("distinguished" in found.meta) == (data["distinguished"] == "new-role")


@pytest.mark.parametrize(
    ("value", "at", "is_edited"),
    [
        (False, None, False),
        (True, None, True),
        (0, None, False),
        (1709287200.0, dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC), True),
        (None, None, None),
    ],
)
def test_edited_is_no_yes_or_a_time(value, at, is_edited):
    found = one(edited=value)
    assert (found.edited_at, found.is_edited) == (at, is_edited)


@pytest.mark.parametrize(
    ("data", "status", "text"),
    [
        ({"body": "[deleted]", "author": "[deleted]"}, Status.DELETED, None),
        ({"body": "[removed]", "author": "[deleted]"}, Status.REMOVED, None),
        ({"body": "[ Removed by Reddit ]"}, Status.REMOVED, None),
        ({"body": "[unavailable]", "author": "[unavailable]"}, Status.HIDDEN, None),
        ({"body": "Buy!", "spam": True, "banned_by": "mod"}, Status.SPAM, "Buy!"),
        ({"body": "Hm.", "removed": True}, Status.REMOVED, "Hm."),
        ({"body": "Hm.", "banned_by": "mod"}, Status.REMOVED, "Hm."),
        ({"body": "Hm.", "author": "[deleted]"}, Status.VISIBLE, "Hm."),
        ({"body": "[sic]"}, Status.VISIBLE, "[sic]"),
    ],
)
def test_what_was_taken_away_has_a_status(data, status, text):
    found = one(data)
    assert (found.status, found.text) == (status, text)
    assert found.author in (None, Author("ada")) and (found.author is None) == ("author" in data)


def test_the_placeholder_of_a_post_is_not_its_text():
    answer = page(selftext="[removed]", title="[deleted by user]", removed_by_category="moderator")
    article = parse(json.dumps(answer)).thread.article
    assert article.title is None and article.text is None
    assert article.meta["selftext"] == "[removed]"
    assert article.meta["removed_by_category"] == "moderator"


def test_a_hidden_score_is_not_known_and_old_votes_are_kept():
    assert one(score=1, score_hidden=True).score is None
    old = one(score=3, ups=5, downs=2)
    assert (old.score, old.upvotes, old.downvotes) == (3, 5, 2)


def test_text_is_unescaped_once_where_html_shows_that_it_is_escaped():
    body = {"body": "1 &lt; 2 &amp;amp; `&amp;lt;`"}
    assert one(body).text == body["body"]
    assert one(body, body_html="&lt;p&gt;1").text == "1 < 2 &amp; `&lt;`"


# -- listings --------------------------------------------------------------------------------------


def test_a_flat_listing_tells_of_posts_that_are_not_there():
    about = {"link_title": "Which?", "link_author": "ben", "subreddit": "mills", "num_comments": 9}
    address = "https://www.reddit.com/r/mills/comments/p1/which/"
    answer = listing(comment("c1", link_permalink=address, link_url="https://a.example", **about),
                     comment("c9", link_id="t3_p2", parent_id="t1_c8"), after="t1_c9")  # fmt: skip
    reading = parse(json.dumps(answer))
    first, second = reading.threads
    assert (first.article.id, first.article.title, first.article.url) == ("p1", "Which?", address)
    assert first.article.authors == (Author("ben"),) and first.article.comment_count == 9
    assert first.article.meta == {"url": "https://a.example"} and first["c1"].meta == {}
    assert second.article.id == "p2" and second["c8"].status is Status.MISSING
    assert [problem.kind for problem in reading.problems] == ["more-pages", "orphan"]


def test_an_inbox_has_no_link_id():
    data = {"link_id": None, "context": "/r/mills/comments/p7/which/c1/?context=3"}
    message = {"kind": "t4", "data": {"id": "m1", "body": "Hello"}}
    reading = parse(json.dumps(listing(comment("c1", "t1_c0", **data), message)))
    assert reading.thread.article.id == "p7" and reading.thread["c1"].parent_id == "c0"
    assert [problem.kind for problem in reading.problems] == ["not-recognised", "orphan"]


@pytest.mark.parametrize("shape", [lambda x: x, lambda x: [x]])
def test_the_data_of_things_are_read_without_their_kind(shape):
    data = comment("c1")["data"] | {
        "_fetched": True,
        "_reddit": "<praw.Reddit>",
        "body_html": "<p>",
    }
    reading = parse(json.dumps(shape(data)))
    assert [c.text for c in reading.thread] == ["I am c1."] and reading.thread.article.id == "p1"
    assert reading.thread["c1"].meta == {} and reading.thread.source.format == "reddit"
    data = post(selftext="Hm.", author="ada", selftext_html="<p>Hm.")["data"]
    data["comments"] = [comment("c1")["data"]]
    assert len(parse(json.dumps(shape(data))).thread) == 1


def test_a_thing_without_its_id_or_parent_is_noticed():
    broken = comment("c1")
    del broken["data"]["id"], broken["data"]["parent_id"]
    assert [p.kind for p in parse(json.dumps(page(broken))).problems] == ["no-id"]
    broken["data"]["name"] = "t1_c1"
    reading = parse(json.dumps(page(broken)))
    assert [p.kind for p in reading.problems] == ["no-parent"] and "c1" in reading.thread


def test_an_answer_that_is_an_error_is_told():
    answer = {"json": {"errors": [["RATELIMIT", "too often", "ratelimit"]]}}
    text = json.dumps(answer).replace('"errors"', '"data": {"things": []}, "errors"')
    assert [p.kind for p in parse(text, "reddit").problems] == ["error-object"]
    with pytest.raises(ParseError):
        parse('{"message": "Not Found", "error": 404}', "reddit")


# -- "load more" -----------------------------------------------------------------------------------

PAGE = page(
    comment("c1", replies=listing(comment("c2", "t1_c1"), more("t1_c1", "c3", "c5", count=3))),
    comment("c9", replies=listing(more("t1_c9"))),
    more("t3_p1", "c6"),
)
MORE = morechildren(comment("c3", "t1_c1"), comment("c4", "t1_c3"), comment("c5", "t1_c1"))
DEEPER = page(comment("c9", replies=listing(comment("c10", "t1_c9"))))


def test_load_more_is_a_stub():
    thread = parse(json.dumps(PAGE)).thread
    assert thread.stubs == (Stub("c1", ids=("c3", "c5"), count=3), Stub("c9", "continue"),
                            Stub(ids=("c6",), count=1))  # fmt: skip


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 0, 2), (1, 2, 0)])
def test_what_was_loaded_later_resolves_its_stubs_in_any_order(order, tmp_path):
    paths = files(tmp_path, PAGE, MORE, DEEPER)
    reading = read([paths[n] for n in order])
    assert {c.id: c.parent_id for c in reading.thread} == {
        "c1": None, "c2": "c1", "c3": "c1", "c4": "c3", "c5": "c1", "c9": None, "c10": "c9"
    }  # fmt: skip
    assert reading.thread.stubs == (Stub(ids=("c6",), count=1),) and reading.problems == ()


def test_a_stub_that_is_resolved_in_part_names_the_rest(tmp_path):
    part = morechildren(comment("c3", "t1_c1"))
    for paths in (files(tmp_path, PAGE, part), files(tmp_path, part, PAGE)):
        stubs = read(paths).thread.stubs
        assert Stub("c1", ids=("c5",), count=2) in stubs and len(stubs) == 3


def test_answers_may_follow_each_other_in_one_text():
    text = json.dumps(PAGE) + "\n" + json.dumps(MORE)
    thread = parse(text).thread
    assert len(thread) == 6 and Stub("c1", ids=("c3", "c5"), count=3) not in thread.stubs


def test_a_chain_of_replies_may_be_deep():
    text = '{"kind": "Listing", "data": {"children": [{"kind": "t1", "data": %s}]}}'
    inner = (
        '{"id": "c3000", "parent_id": "t1_c2999", "link_id": "t3_p1", "body": "", "replies": ""}'
    )
    for n in range(2999, 0, -1):
        parent = f"t1_c{n - 1}" if n > 1 else "t3_p1"
        head = f'{{"id": "c{n}", "parent_id": "{parent}", "link_id": "t3_p1", "replies": '
        inner = head + text % inner + "}"
    thread = parse(text % inner, "reddit").thread
    assert thread.depth("c3000") == 2999
