"""Views of Lemmy's API, of versions 0.18 to 1.0, and PieFed's. All data are invented."""

import datetime as dt
import json

import attrs
import pytest

from discourse import ParseError, Status, Stub
from discourse.formats import parse, read

HOST = "https://a.example"
NOON = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
TIME = "2024-03-01T12:00:00Z"
POST = {"id": 1, "name": "Which mill?", "body": "I wonder.", "url": "https://mills.example",
        "creator_id": 3, "community_id": 5, "ap_id": f"{HOST}/post/1", "published": TIME,
        "removed": False, "deleted": False, "featured_local": True}  # fmt: skip
COMMUNITY = {"id": 5, "name": "mills", "actor_id": f"{HOST}/c/mills"}


def person(id=3, name="ada", **more):
    return {"id": id, "name": name, "actor_id": f"{HOST}/u/{name}", "bot_account": False, **more}


def view(path, creator=None, counts=None, flags=None, **more):
    """A comment view as 0.19 has it."""
    id = int(path.rpartition(".")[2])
    creator = creator or person()
    comment = {"id": id, "creator_id": creator["id"], "post_id": 1, "content": f"I am {id}.",
               "path": path, "ap_id": f"{HOST}/comment/{id}", "published": TIME, "removed": False,
               "deleted": False, "distinguished": False, "language_id": 0, **more}  # fmt: skip
    counts = {"comment_id": id, "score": 3, "upvotes": 4, "downvotes": 1, "published": TIME,
              "child_count": 0, **(counts or {})}  # fmt: skip
    return {"comment": comment, "creator": creator, "post": POST, "community": COMMUNITY,
            "counts": counts, "my_vote": 1, "saved": False, "subscribed": "NotSubscribed",
            "creator_is_moderator": False, **(flags or {})}  # fmt: skip


def new(old):
    """The same view as 1.0 has it."""
    comment = {**old["comment"], **old["counts"], "published_at": TIME}
    del comment["published"], comment["comment_id"]
    creator = {**old["creator"], "ap_id": old["creator"]["actor_id"]}
    del creator["actor_id"]
    community = {**COMMUNITY, "ap_id": COMMUNITY["actor_id"]}
    del community["actor_id"]
    post = {**POST, "published_at": TIME, "comments": 9, "score": 5}
    del post["published"]
    return {"comment": comment, "creator": creator, "post": post, "community": community,
            "comment_actions": {"vote_is_upvote": True}, "creator_is_moderator": False}  # fmt: skip


def page(*views, **more):
    return json.dumps({"comments": [*views], **more})


def one(**more):
    (found,) = parse(page(view("0.7", **more))).thread
    return found


def pairs(thread):
    return [(c.id, c.parent_id) for c in thread]


def test_a_page_of_comments_is_a_thread_of_their_post():
    reading = parse(page(view("0.7.8"), view("0.7", counts={"child_count": 1}), view("0.9")))
    article, thread = reading.thread.article, reading.thread
    assert reading.problems == () and thread.stubs == ()
    assert (article.id, article.title, article.text) == ("1", "Which mill?", "I wonder.")
    assert (article.url, article.meta["url"]) == (f"{HOST}/post/1", "https://mills.example")
    assert (article.site, article.tags, article.created_at) == ("mills@a.example", {"pinned"}, NOON)
    assert pairs(thread) == [("7", None), ("8", "7"), ("9", None)]
    first = thread["7"]
    assert (first.author.name, first.author.id) == ("ada", f"{HOST}/u/ada")
    assert first.author.is_bot is False and first.tags == {"by-author"}
    assert (first.text, first.score, first.upvotes, first.downvotes) == ("I am 7.", 3, 4, 1)
    assert (first.created_at, first.url) == (NOON, f"{HOST}/comment/7")
    assert first.meta == {"child_count": 1, "language_id": 0}


def test_version_1_says_the_same():
    views = [view("0.7"), view("0.7.8", person(4, "ben", display_name="Ben B."))]
    old, made = parse(page(*views)).thread, parse(page(*map(new, views), next_page=None)).thread
    assert made.comments == old.comments and made["8"].author.display_name == "Ben B."
    assert made.article == attrs.evolve(old.article, comment_count=9, score=5)


@pytest.mark.parametrize("time", ["2024-03-01T12:00:00.000000", "2024-03-01T12:00:00Z"])
def test_times_are_of_utc_also_where_they_do_not_say_so(time):
    found = one(published=time, updated=time)
    assert found.created_at == found.edited_at == NOON


@pytest.mark.parametrize(
    ("more", "status", "text"),
    [
        ({"deleted": True, "content": ""}, Status.DELETED, None),
        ({"deleted": True, "content": "*Permananently Deleted*"}, Status.DELETED, None),
        ({"removed": True, "content": ""}, Status.REMOVED, None),
        ({"removed": True}, Status.REMOVED, "I am 7."),
        ({"content": ""}, Status.VISIBLE, ""),
        ({"creator": person(deleted=True)}, Status.VISIBLE, "I am 7."),
    ],
)
def test_what_was_taken_away_has_a_status(more, status, text):
    found = one(**more)
    assert (found.status, found.text, found.author.name) == (status, text, "ada")


def test_roles_and_bots_are_told():
    flags = {"creator_is_moderator": True, "creator_is_admin": True}
    found = one(creator=person(8, "robot", bot_account=True), distinguished=True, flags=flags)
    assert found.tags == {"moderator", "admin", "distinguished"} and found.author.is_bot is True


# -- paths -----------------------------------------------------------------------------------------


def test_ancestors_that_only_a_path_names_are_placeholders_in_their_place():
    reading = parse(page(view("0.1.2.3.4"), view("0.1.2.5"), view("0.1.6")))
    thread = reading.thread
    assert pairs(thread) == [
        ("1", None),
        ("2", "1"),
        ("3", "2"),
        ("4", "3"),
        ("5", "2"),
        ("6", "1"),
    ]
    assert [c.id for c in thread if c.status is Status.MISSING] == ["1", "2", "3"]
    assert sorted(p.ids for p in reading.problems) == [("1", "2"), ("2", "3"), ("3", "4")]


def test_pages_of_one_post_are_one_thread(tmp_path):
    post = {"post_view": {"post": POST, "creator": person(), "community": COMMUNITY,
                          "counts": {"comments": 3, "score": 5, "upvotes": 6}},
            "moderators": [{"moderator": person()}]}  # fmt: skip
    answers = [json.dumps(post), page(view("0.7.8.9", flags={}), view("0.7.8")),
               page(view("0.7", counts={"child_count": 2}), view("0.7.8"))]  # fmt: skip
    paths = [tmp_path / f"{n}.json" for n in range(3)]
    for path, text in zip(paths, answers, strict=True):
        path.write_text(text)
    assert read(paths[2]).thread.stubs == (Stub("7", count=1),)
    for order in (paths, paths[::-1]):
        reading = read(order)
        assert pairs(reading.thread) == [("7", None), ("8", "7"), ("9", "8")]
        assert reading.problems == () and reading.thread.stubs == ()
        assert reading.thread.article.comment_count == 3
        assert reading.thread.article.authors[0].name == "ada"
        assert reading.thread.article.meta["upvotes"] == 6


@pytest.mark.parametrize("path", ["nonsense", "0.1.2", "", "0", "1.7", "0..7", None, 7, ["0", "7"]])
def test_a_path_that_is_none_is_told(path):
    broken = view("0.7")
    broken["comment"]["path"] = path
    reading = parse(page(broken))
    assert pairs(reading.thread) == [("7", None)]
    assert [p.kind for p in reading.problems] == ["bad-value"]


def test_paths_in_a_loop_are_told():
    reading = parse(page(view("0.5.9.7"), view("0.9.5"), view("0.4.4")))
    assert {"5", "7", "9", "4"} == {c.id for c in reading.thread}
    assert {p.kind for p in reading.problems} == {"orphan", "cycle", "self-parent"}


def test_a_chain_may_be_deep():
    chain = [view(".".join(map(str, range(n + 1)))) for n in range(1, 1_000)]
    assert parse(page(*chain[::-1])).thread.depth("999") == 998
    assert parse(page(chain[-1])).thread.depth("999") == 998


# -- what is missing -------------------------------------------------------------------------------


def test_more_comments_below_than_are_here_are_a_stub_where_they_lack():
    counts = {7: 7, 8: 4, 9: 2, 10: 0}
    paths = ["0.7", "0.7.8", "0.7.8.9", "0.7.10"]
    views = [view(p, counts={"child_count": counts[int(p.split(".")[-1])]}) for p in paths]
    thread = parse(page(*views)).thread
    assert thread.stubs == (Stub("7", count=1), Stub("8", count=1), Stub("9", count=2))
    assert thread.missing == 4


def test_a_list_that_goes_on_says_so():
    reading = parse(page(new(view("0.7")), next_page="Cabc"))
    assert [p.kind for p in reading.problems] == ["more-pages"]


# -- other shapes ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "shape",
    [
        lambda views: json.dumps(views),
        lambda views: "".join(json.dumps(each) + "\n" for each in views),
        lambda views: "".join(json.dumps({"comment_view": each}) + "\n" for each in views),
        lambda views: json.dumps({"items": views, "next_page": None}),
        lambda views: json.dumps({"comments": views, "posts": [], "type_": "All", "users": []}),
        lambda views: json.dumps({"comments": [{**views[0], "replies": [views[1]]}]}),
    ],
)
def test_what_holds_the_views_makes_no_difference(shape):
    views = [view("0.7"), view("0.7.8")]
    reading = parse(shape(views))
    assert reading.threads == parse(page(*views)).threads and reading.problems == ()


def test_a_slim_view_has_no_post_and_a_bare_comment_no_view():
    slim = view("0.7")
    del slim["post"], slim["community"]
    thread = parse(page(slim, view("0.7.8")["comment"])).thread
    assert thread.article.id == "1" and thread.article.title is None
    assert pairs(thread) == [("7", None), ("8", "7")] and thread["8"].author is None
    assert thread["8"].meta["creator_id"] == 3


def test_piefed_has_other_names_for_some_fields():
    answer = view("0.7", {"id": 3, "user_name": "ada", "title": "Ada L.", "actor_id": f"{HOST}/u/ada",
                          "bot": True, "about": "Hm."})  # fmt: skip
    answer["comment"] = {**answer["comment"], "body": "Hello.", "user_id": 3}
    del answer["comment"]["content"], answer["comment"]["creator_id"]
    answer["post"] = {"id": 1, "title": "Which?", "body": "", "ap_id": f"{HOST}/post/1", "user_id": 3,
                      "community_id": 5, "published": TIME, "sticky": False}  # fmt: skip
    reading = parse(page(answer))
    author = reading.thread["7"].author
    assert (author.name, author.display_name, author.is_bot, author.bio) == (
        "ada",
        "Ada L.",
        True,
        "Hm.",
    )
    assert reading.thread["7"].text == "Hello." and reading.thread.article.title == "Which?"
    assert reading.problems == ()


def test_posts_are_threads_without_comments():
    post = {"post": POST, "creator": person(), "community": COMMUNITY, "counts": {"score": 5}}
    reading = parse(json.dumps({"posts": [post, {**post, "post": {**POST, "id": 2}}]}))
    assert [t.article.id for t in reading.threads] == ["1", "2"]
    assert reading.threads[0].article.score == 5


def test_what_is_no_view_is_told_or_refused():
    assert parse('{"comments": []}', "lemmy").threads == ()
    for text in ('{"error": "couldnt_find_post"}', '{"comments": [{"a": 1}]}'):
        with pytest.raises(ParseError):
            parse(text, "lemmy")
    reading = parse(page(view("0.7"), {"empty": 1, "self": 2}))
    assert [p.kind for p in reading.problems] == ["not-recognised"]


def test_any_key_may_be_in_meta():
    found = one(empty=1, self=2, flags={"empty": 3, "more": 4}, counts={"empty": 5})
    assert (found.meta["empty"], found.meta["self"], found.meta["more"]) == (1, 2, 4)
