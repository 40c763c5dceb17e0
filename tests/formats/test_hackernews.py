"""Items of Hacker News in the shapes of its API, Algolia, BigQuery and their copies. All invented."""

import datetime as dt
import json
import random

import pytest

from discourse import Author, ParseError, Status, Stub
from discourse.formats import parse, read

NOON = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)
SECONDS = int(NOON.timestamp())
URL = "https://news.ycombinator.com/item?id="


def story(id=1, **more):
    return {
        "id": id,
        "type": "story",
        "by": "ada",
        "time": SECONDS,
        "title": "Mills &amp; co",
        **more,
    }


def comment(id, parent=1, **more):
    return {"id": id, "type": "comment", "by": "ben", "time": SECONDS, "parent": parent,
            "text": f"I am <i>{id}</i>.", **more}  # fmt: skip


ITEMS = [
    story(kids=[2, 3], descendants=3, score=9, url="https://mills.example"),
    comment(2, kids=[4]),
    comment(3),
    comment(4, parent=2),
]


def lines(*items):
    return "".join(json.dumps(item) + "\n" for item in items)


def pairs(thread):
    return [(c.id, c.parent_id) for c in thread]


# -- the API ---------------------------------------------------------------------------------------


def test_a_story_is_an_article_and_its_items_are_comments():
    reading = parse(lines(*ITEMS))
    article, thread = reading.thread.article, reading.thread
    assert reading.problems == () and thread.stubs == () and thread.source.format == "hackernews"
    assert (article.id, article.title, article.score, article.comment_count) == (
        "1",
        "Mills & co",
        9,
        3,
    )
    assert (article.url, article.meta) == (URL + "1", {"url": "https://mills.example"})
    assert article.authors == (Author("ada"),) and article.created_at == NOON
    assert pairs(thread) == [("2", None), ("4", "2"), ("3", None)]
    assert (thread["2"].author, thread["2"].text) == (Author("ben"), "I am <i>2</i>.")
    assert (thread["2"].reply_count, thread["3"].reply_count) == (1, None)
    assert thread["2"].text_format.value == "html" and thread["2"].url == URL + "2"
    assert thread["2"].created_at == NOON and thread["2"].meta == {}


SHAPES = {
    "list": lambda items: json.dumps(items),
    "list with null": lambda items: json.dumps([None, *items, None]),
    "lines with null": lambda items: lines(*items[:1], None, *items[1:]),
    "map": lambda items: json.dumps({str(item["id"]): item for item in items}, indent=1),
    "post": lambda items: json.dumps({"post": items[0], "comments": items[1:]}),
    "story": lambda items: json.dumps([{"story": items[0], "items": items[1:]}]),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_what_holds_the_items_makes_no_difference(shape):
    assert parse(SHAPES[shape](ITEMS)).thread == parse(lines(*ITEMS)).thread


def test_items_may_be_in_any_order_and_of_several_stories():
    items = [*ITEMS, story(10), comment(11, parent=10), comment(12, parent=11)]
    random.Random(7).shuffle(items)
    threads = {t.article.id: t for t in parse(lines(*items)).threads}
    assert sorted(pairs(threads["1"])) == [("2", None), ("3", None), ("4", "2")]
    assert pairs(threads["10"]) == [("11", None), ("12", "11")]


def test_kids_that_are_not_here_are_stubs():
    items = [story(kids=[2, 3, 5], descendants=9), comment(2, kids=[4])]
    thread = parse(lines(*items)).thread
    assert set(thread.stubs) == {Stub(ids=("3", "5")), Stub("2", ids=("4",))}
    assert thread.missing == 8


@pytest.mark.parametrize("order", [1, -1])
def test_one_item_a_file_is_one_thread(order, tmp_path):
    """Each of the comments says only which item it answers, and not that this is the story."""
    paths = [tmp_path / f"{item['id']}.json" for item in ITEMS]
    for path, item in zip(paths, ITEMS, strict=True):
        path.write_text(json.dumps(item))
    assert read(paths[1]).thread["1"].status is Status.MISSING
    reading = read(paths[::order])
    assert sorted(pairs(reading.thread)) == [("2", None), ("3", None), ("4", "2")]
    assert reading.problems == () and reading.thread.stubs == ()


def test_comments_without_their_story_are_kept():
    reading = parse(lines(comment(4, parent=2), comment(5, parent=4), comment(9, parent=8)))
    assert reading.thread.article is None
    assert pairs(reading.thread) == [("2", None), ("4", "2"), ("5", "4"), ("8", None), ("9", "8")]
    assert [p.kind for p in reading.problems] == ["orphan", "orphan"]


@pytest.mark.parametrize(
    ("item", "status", "text"),
    [
        ({"deleted": True, "by": None, "text": None}, Status.DELETED, None),
        ({"dead": True}, Status.REMOVED, "I am <i>2</i>."),
        ({"dead": True, "text": "[flagged]"}, Status.REMOVED, None),
        ({"dead": True, "text": "[dead]"}, Status.REMOVED, None),
        ({"text": "[dead]"}, Status.VISIBLE, "[dead]"),
        ({"deleted": None, "dead": None}, Status.VISIBLE, "I am <i>2</i>."),
        ({"deleted": 0, "dead": 1}, Status.REMOVED, "I am <i>2</i>."),
    ],
)
def test_what_was_taken_away_keeps_its_place_and_its_replies(item, status, text):
    gone = {key: value for key, value in comment(2, **item).items() if value is not None}
    thread = parse(lines(story(), gone, comment(4, parent=2))).thread
    assert (thread["2"].status, thread["2"].text) == (status, text)
    assert thread.parent("4").id == "2"


def test_a_deleted_story_keeps_its_comments():
    thread = parse(
        lines({"id": 1, "type": "story", "deleted": True, "time": SECONDS}, comment(2))
    ).thread
    assert thread.article.title is None and thread.article.meta["deleted"] is True
    assert pairs(thread) == [("2", None)]


def test_options_are_part_of_their_poll():
    options = [{"id": n, "type": "pollopt", "poll": 1, "by": "ada", "time": SECONDS, "text": f"{n}",
                "score": n} for n in (5, 6)]  # fmt: skip
    poll = story(type="poll", parts=[5, 6], kids=[2])
    thread = parse(lines(options[0], poll, comment(2), options[1])).thread
    assert thread.article.tags == {"poll"} and pairs(thread) == [("2", None)]
    assert [option["score"] for option in thread.article.meta["options"]] == [5, 6]
    alone = parse(lines(options[0])).thread
    assert alone.article.id == "1" and alone.article.title is None
    assert parse(lines(story(type="job"))).thread.article.tags == {"job"}


def test_items_that_answer_each_other_in_a_loop_are_told():
    reading = parse(
        lines(story(), comment(2, parent=3), comment(3, parent=2), comment(4, parent=4))
    )
    assert {c.id for thread in reading.threads for c in thread} == {"2", "3", "4"}
    assert sorted(p.kind for p in reading.problems) == ["cycle", "self-parent"]


# -- Algolia ---------------------------------------------------------------------------------------


def node(id, parent, *children, kind="comment", **more):
    made = {"id": id, "created_at": "2024-03-01T12:00:00.000Z", "created_at_i": SECONDS, "type": kind,
            "author": "ben", "title": None, "url": None, "text": f"I am {id}.", "points": None,
            "parent_id": parent, "story_id": 1, "children": [*children], "options": []}  # fmt: skip
    return {**made, **more}


def test_a_tree_of_algolia_is_a_thread():
    tree = node(1, None, node(2, 1, node(4, 2)), node(3, 1), kind="story", title="Mills", points=5)
    reading = parse(json.dumps(tree))
    article = reading.thread.article
    assert reading.problems == () and (article.id, article.title, article.score) == (
        "1",
        "Mills",
        5,
    )
    assert pairs(reading.thread) == [("2", None), ("4", "2"), ("3", None)]
    assert reading.thread["4"].created_at == NOON and reading.thread["4"].meta == {}


def test_a_tree_may_be_deep():
    chain = json.dumps(node(2_000, 1_999))
    for n in range(1_999, 0, -1):
        kind = "comment" if n > 1 else "story"
        outer = json.dumps(node(n, n - 1, kind=kind))
        chain = outer.replace('"children": []', f'"children": [{chain}]')
    assert parse(chain).thread.depth("2000") == 1_998


def test_a_deleted_node_of_a_tree_keeps_its_replies():
    tree = node(
        1, None, node(2, 1, node(4, 2), author=None, text=None), kind="story", title="Mills"
    )
    thread = parse(json.dumps(tree)).thread
    assert thread["2"].status is Status.DELETED and pairs(thread) == [("2", None), ("4", "2")]


@pytest.mark.parametrize(("parent", "expected"), [(15, "15"), (1, None)])
def test_a_tree_below_a_comment_knows_its_story(parent, expected):
    reading = parse(json.dumps(node(17, parent, node(18, 17), node(19, 17, story_id=None))))
    assert reading.thread.article.id == "1" and reading.thread["17"].parent_id == expected
    assert pairs(reading.thread)[-2:] == [("18", "17"), ("19", "17")]


def hit(id, parent=None, **more):
    made = {"objectID": str(id), "created_at": "2024-03-01T12:00:00Z", "created_at_i": SECONDS,
            "author": "ben", "_highlightResult": {"author": {"value": "ben"}}}  # fmt: skip
    if parent is None:
        about = {"title": "Mills", "url": "https://mills.example", "story_text": None, "points": 5,
                 "num_comments": 7, "_tags": ["story", "author_ben", f"story_{id}", "ask_hn"]}  # fmt: skip
    else:
        about = {"comment_text": f"I am {id}.", "parent_id": parent, "story_id": 1, "points": None,
                 "story_title": "Mills &amp; co", "story_url": "https://mills.example",
                 "_tags": ["comment", "author_ben", "story_1"]}  # fmt: skip
    return {**made, **about, **more}


def search(*hits, page=0, pages=1):
    return json.dumps(
        {"hits": [*hits], "page": page, "nbPages": pages, "params": "q", "exhaustive": {}}
    )


def test_search_hits_are_read():
    reading = parse(search(hit(2, 1), hit(3, 2), hit(9), pages=3))
    first, second = reading.threads
    assert [p.kind for p in reading.problems] == ["more-pages"]
    assert (second.article.id, second.article.title) == ("1", "Mills & co")
    assert second.article.meta == {"url": "https://mills.example"} and second["2"].meta == {}
    assert pairs(second) == [("2", None), ("3", "2")]
    assert (first.article.id, first.article.tags, first.article.comment_count) == (
        "9",
        {"ask_hn"},
        7,
    )


def test_the_last_page_of_a_search_may_be_empty():
    assert parse(search(), "hackernews").threads == ()


def test_somebody_is_no_item():
    user = {"id": "pg", "created": SECONDS, "karma": 1, "about": "", "submitted": [1, 2]}
    with pytest.raises(ParseError):
        parse(json.dumps(user), "hackernews")
    reading = parse(json.dumps([story(), user]))
    assert [p.kind for p in reading.problems] == ["not-recognised"]


# -- tables and copies -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        lambda item: {k: str(v) if type(v) is int else v for k, v in item.items() if k != "kids"},
        lambda item: {**item, "timestamp": "2024-03-01 12:00:00 UTC", "dead": None, "deleted": None},
        lambda item: {**item, "parent": item.get("parent", 0), "time": "2024-03-01 12:00:00",
                      "deleted": 0, "dead": 0, "poll": 0, "url": item.get("url", "")},
        lambda item: {**item, "id": float(item["id"]), "parent": item.get("parent") and 1.0 * item["parent"]},
        lambda item: {k: v for k, v in item.items() if k != "type"},
    ],
    ids=["numbers as text", "BigQuery", "ClickHouse", "floats", "without type"],
)  # fmt: skip
def test_rows_of_tables_are_the_same_items(change):
    thread, expected = (
        parse(lines(*map(change, ITEMS)), "hackernews").thread,
        parse(lines(*ITEMS)).thread,
    )
    assert pairs(thread) == pairs(expected)
    assert [c.created_at for c in thread] == [c.created_at for c in expected]
    assert [c.status for c in thread] == [c.status for c in expected]
    assert thread.article.score == 9


def test_a_tree_of_hnpwa_is_a_thread():
    answer = {"id": 5, "user": "ben", "time": SECONDS, "time_ago": "2 hours ago", "type": "comment",
              "content": "<p>Hm.", "comments": [], "comments_count": 0, "level": 0}  # fmt: skip
    item = {"id": 1, "title": "Mills", "points": 5, "user": "ada", "time": SECONDS, "type": "link",
            "time_ago": "3 hours ago", "comments": [answer], "comments_count": 1}  # fmt: skip
    reading = parse(json.dumps(item))
    assert pairs(reading.thread) == [("5", None)] and reading.thread["5"].text == "<p>Hm."
    assert reading.thread.article.comment_count == 1 and reading.problems == ()
