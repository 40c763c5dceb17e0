"""Posts and comments of WordPress's REST API: what crosses, and what is told."""

import datetime as dt
import json

import pytest

import discourse
from discourse import ParseError, Status
from discourse.formats import wordpress_rest

POST = {
    "id": 60,
    "date": "2024-03-01T10:00:00",
    "date_gmt": "2024-03-01T09:00:00",
    "modified_gmt": "2024-03-02T09:00:00",
    "link": "https://example.org/mill/",
    "title": {"rendered": "The mill&#8217;s <em>bridge</em>"},
    "content": {"rendered": "<p>It will be built.</p>", "protected": False},
    "excerpt": {"rendered": "It will"},
    "slug": "mill",
}


def comment(id, parent=0, **others):
    made = {
        "id": id,
        "post": 60,
        "parent": parent,
        "author": 0,
        "author_name": "Ada",
        "author_url": "",
        "date": "2024-03-03T12:00:00",
        "date_gmt": "2024-03-03T11:00:00",
        "content": {"rendered": f"<p>{id}</p>\n"},
        "link": f"https://example.org/mill/#comment-{id}",
        "status": "approved",
        "type": "comment",
        "meta": [],
    }
    return {**made, **others}


def parse(data, **options):
    return wordpress_rest.parse(json.dumps(data), **options)


def test_a_comment_crosses_with_its_fields():
    reading = parse(
        [comment(7, author=3, author_avatar_urls={"24": "https://a/24", "96": "https://a/96"})]
    )

    (made,) = reading.thread
    assert (
        made.id, made.parent_id, made.text, made.text_format,
    ) == ("7", None, "<p>7</p>\n", "html")  # fmt: skip
    assert (
        made.author.name, made.author.id, made.author.avatar_url,
    ) == ("Ada", "3", "https://a/96")  # fmt: skip
    assert dt.datetime(2024, 3, 3, 11, tzinfo=dt.UTC) == made.created_at
    assert reading.problems == ()


def test_parents_make_a_tree_whatever_the_order():
    thread = parse([comment(9, 8), comment(8, 7), comment(7)]).thread

    assert [made.id for made in thread] == ["7", "8", "9"]
    assert thread.article.id == "60"


def test_a_post_with_its_embedded_replies_is_a_whole_thread():
    reply = {k: v for k, v in comment(7).items() if k not in ("post", "date_gmt", "status")}
    post = {
        **POST,
        "_embedded": {
            "author": [{"id": 2, "name": "Ben", "link": "https://example.org/ben"}],
            "replies": [[reply]],
            "wp:term": [[{"name": "Bridges &amp; mills"}], []],
        },
    }
    reading = parse(post)

    article = reading.thread.article
    assert article.title == "The mill’s bridge"
    assert [author.name for author in article.authors] == ["Ben"]
    assert {"Bridges & mills"} == article.tags
    assert [made.id for made in reading.thread] == ["7"]
    assert [problem.kind for problem in reading.problems] == ["local-time"]
    assert reading.thread["7"].meta["created_at_local"] == "2024-03-03T12:00:00"


def test_a_local_time_is_resolved_only_where_the_zone_is_said():
    reply = {k: v for k, v in comment(7).items() if k != "date_gmt"}
    zone = dt.timezone(dt.timedelta(hours=1))

    assert None is parse([reply]).thread["7"].created_at
    made = parse([reply], zone=zone).thread["7"]
    assert dt.datetime(2024, 3, 3, 11, tzinfo=dt.UTC) == made.created_at
    assert made.meta.keys().isdisjoint(("date", "created_at_local"))
    assert parse([reply], zone="+01:00").thread["7"] == made


def test_post_and_pages_of_comments_are_one_thread(tmp_path):
    parts = {
        "post.json": POST,
        "page1.json": [comment(7), comment(9, 8)],
        "page2.json": [comment(8, 7)],
    }
    for name, data in parts.items():
        (tmp_path / name).write_text(json.dumps(data), encoding="utf-8")
    reading = discourse.read([tmp_path / name for name in parts])

    assert reading.thread.article.title == "The mill’s bridge"
    assert [(c.id, c.parent_id) for c in reading.thread] == [("7", None), ("8", "7"), ("9", "8")]
    assert all(made.status is Status.VISIBLE for made in reading.thread)
    assert [problem for problem in reading.problems if problem.kind == "orphan"] == []


@pytest.mark.parametrize(
    ("word", "status"),
    [("approved", "visible"), ("hold", "pending"), ("spam", "spam"), ("trash", "removed")],
)
def test_statuses_are_those_of_the_model(word, status):
    assert status == parse([comment(7, status=word)]).thread["7"].status


def test_pings_and_kinds_of_plugins_are_tagged():
    thread = parse([comment(7, type="pingback"), comment(8, type="review")]).thread

    assert [{"pingback"}, {"review"}] == [set(made.tags) for made in thread]


def test_a_guest_without_a_name_is_nobody():
    assert None is parse([comment(7, author_name="")]).thread["7"].author


def test_addresses_are_left_out_unless_asked_for():
    data = [comment(7, author_email="ada@example.org", author_ip="192.0.2.7")]

    assert "author_email" not in parse(data).thread["7"].meta
    assert parse(data, contacts=True).thread["7"].meta["author_ip"] == "192.0.2.7"


def test_an_error_of_the_server_is_an_error():
    with pytest.raises(ParseError, match="rest_no_route"):
        parse({"code": "rest_no_route", "message": "No route", "data": {"status": 404}})


def test_what_is_no_comment_is_told_and_the_rest_is_kept():
    error = {"code": "rest_forbidden", "message": "No", "data": {"status": 401}}
    reading = parse([comment(7), error, 3, {"id": 1}, comment(None)])

    assert [made.id for made in reading.thread] == ["7"]
    kinds = [problem.kind for problem in reading.problems]
    assert sorted(kinds) == ["bad-value", "error-object", "no-id", "not-recognised"]


def test_wrong_types_are_told_with_their_place():
    reading = parse([comment(7, author_name=5, date_gmt="yesterday", parent=[1], content=5)])

    assert [made.id for made in reading.thread] == ["7"]
    places = {problem.place.path for problem in reading.problems if problem.place}
    expected = {"$[0].author_name", "$[0].date_gmt", "$[0].parent", "$[0].content"}
    assert expected <= places


@pytest.mark.parametrize("text", ["", "{", "[1]", "3", '{"a": 1}', "[" * 100_000, "NaN"])
def test_what_is_not_of_this_format_is_refused(text):
    with pytest.raises(ParseError):
        wordpress_rest.parse(text)


def test_no_comment_is_lost_on_real_answers(shared):
    for path in sorted((shared / "samples" / "wp-rest").glob("*.json")):
        data = json.loads(path.read_text(encoding="utf-8"))
        posts = data if isinstance(data, list) else [data]
        expected = {}
        for item in posts:
            if "author_name" in item:
                expected[str(item["id"])] = item["parent"]
            for replies in item.get("_embedded", {}).get("replies", []):
                expected |= {str(reply["id"]): reply["parent"] for reply in replies}
        reading = discourse.read(path)
        found = {
            c.id: int(c.parent_id or 0)
            for thread in reading.threads
            for c in thread
            if c.status is not Status.MISSING
        }
        assert expected == found, path.name


def test_names_are_plain_text():
    """WordPress keeps names as HTML, and so does its API."""
    author = {"id": 3, "name": "Ada &amp; Co"}
    reading = parse(
        [{**POST, "_embedded": {"author": [author]}}, comment(7, author_name="B &lt; C")]
    )
    assert reading.thread.article.authors[0].name == "Ada & Co"
    assert reading.thread["7"].author.name == "B < C"


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rows: {"body": rows, "status": 200, "headers": {"X-WP-Total": 2}},
        lambda rows: {str(n): row for n, row in enumerate(rows, 3)},
    ],
    ids=["envelope", "PHP array with gaps"],
)
def test_what_servers_put_around_is_taken_off(wrap):
    rows = [comment(7), comment(8, 7)]
    assert parse(wrap(rows)) == parse(rows)


def test_marks_before_and_words_behind_are_passed_over():
    text = "\ufeff\ufeff\n" + json.dumps([comment(7)]) + "\n<!-- served from a cache -->\n"
    reading = discourse.parse(text)
    assert [made.id for made in reading.thread] == ["7"]
    assert [p.kind for p in reading.problems] == ["junk-after"]
    with pytest.raises(ParseError, match="more text follows"):
        wordpress_rest.parse("[] 3")


def test_lone_surrogates_are_told():
    reading = parse([comment(7, author_name="a\ud800b \U0001f600", meta={"\udc00": "x"})])
    assert reading.thread["7"].author.name == "a\ufffdb \U0001f600"
    assert [p.kind for p in reading.problems] == ["encoding"]
    assert parse([comment(7, author_name="\U0001f600")]).problems == ()


@pytest.mark.parametrize(
    ("told", "kinds"),
    [
        ("0000-00-00T00:00:00", ["local-time"]),
        ("-0001-11-30T00:00:00", ["local-time"]),
        ("", ["local-time"]),
        (None, ["local-time"]),
        ("2024-W01-1", ["bad-value", "local-time"]),
        (1_709_000_000, ["bad-value", "local-time"]),
    ],
)
def test_without_a_time_in_utc_the_local_one_counts(told, kinds):
    reading = parse([comment(7, date_gmt=told)])
    assert reading.thread["7"].created_at is None
    assert reading.thread["7"].meta["created_at_local"] == "2024-03-03T12:00:00"
    assert [p.kind for p in reading.problems] == kinds
    zone = dt.timezone(dt.timedelta(hours=1))
    made = parse([comment(7, date_gmt=told)], zone=zone).thread["7"]
    assert made.created_at == dt.datetime(2024, 3, 3, 11, tzinfo=dt.UTC)


def test_comments_that_embed_others_bring_them():
    def bare(id, parent):
        made = comment(id, parent)
        return {key: made[key] for key in made if key not in ("post", "date_gmt", "status")}

    up = {key: POST[key] for key in ("id", "date", "link", "title")}
    first = comment(7, _embedded={"up": [up], "children": [[bare(8, 7), bare(9, 7)]]})
    second = comment(9, 7, _embedded={"up": [up], "in-reply-to": [bare(7, 0)]})
    reading = parse([first, second])
    assert reading.thread.article.title == "The mill\u2019s bridge"
    assert [(c.id, c.parent_id) for c in reading.thread] == [("7", None), ("9", "7"), ("8", "7")]
    assert reading.thread["9"].created_at is not None, "the whole one counts"
    assert [(p.kind, p.ids) for p in reading.problems] == [("local-time", ("8",))]


def test_an_error_is_known_by_its_code():
    with pytest.raises(ParseError, match="rest_post_invalid_id"):
        discourse.parse('{"code":"rest_post_invalid_id","message":"No.","data":{"status":404}}')


@pytest.mark.parametrize("word", ["1", "0", "unapproved", "post-trashed"])
def test_words_of_the_database_are_known_too(word):
    status = {"1": "visible", "post-trashed": "removed"}.get(word, "pending")
    reading = parse([comment(7, status=word)])
    assert reading.thread["7"].status.value == status and not reading.problems


def test_texts_without_their_object_are_taken():
    reading = discourse.parse(json.dumps([{**POST, "title": "T"}, comment(7, content="Hm.")]))
    assert (reading.thread.article.title, reading.thread["7"].text) == ("T", "Hm.")


def test_answers_one_after_another_are_one_discussion():
    """Pages are often written into one file, with or without lines between them."""
    pages = [[comment(8, 7)], [comment(7), comment(9, content={"rendered": "[a][b] {c}{d}"})]]
    whole = parse(pages[0] + pages[1])
    rows = [row for page in pages for row in page]
    for text in (
        "".join(json.dumps(page) for page in pages),
        "\n".join(json.dumps(row) for row in rows) + "\n",
        json.dumps(pages),
        json.dumps({"page": 1, "comments": rows}),
    ):
        reading = discourse.parse(text)
        assert reading.threads == whole.threads
        assert [p.kind for p in reading.problems] in ([], ["not-recognised"])


def test_the_last_of_several_answers_may_be_cut():
    text = json.dumps([comment(7)]) + json.dumps([comment(8)])[:-9]
    reading = discourse.parse(text)
    assert [made.id for made in reading.thread] == ["7"]
    (problem,) = reading.problems
    assert problem.kind == "truncated" and text.endswith(problem.values[0])
    assert text[problem.place.offset :] == problem.values[0]


@pytest.mark.parametrize(
    ("head", "kinds"),
    [
        ("HTTP/1.1 200 OK\r\nX-WP-Total: 1\r\nLink: <https://example.org/>\r\n\r\n", []),
        ("HTTP/2 301 \nlocation: /\n\nHTTP/2 200 \nx-wp-total: 1\n\n", []),
        (
            "<br />\n<b>Warning</b>:  No {x} in <b>/x.php</b> on line <b>3</b><br />\n",
            ["junk-before"],
        ),
    ],
    ids=["headers", "redirection", "PHP"],
)
def test_what_servers_say_before_the_json_is_passed_over(head, kinds):
    reading = discourse.parse(head + json.dumps([comment(7)]))
    assert reading.threads == parse([comment(7)]).threads
    assert [p.kind for p in reading.problems] == kinds
    with pytest.raises(ParseError) as caught:
        wordpress_rest.parse(head + "[3 4]")
    assert caught.value.place.line == head.count("\n") + 1
    assert caught.value.place.offset == len(head) + 3


def test_some_fields_are_enough():
    """``?_fields=`` leaves out whatever was not asked for."""
    post = {"id": 60, "title": {"rendered": "T"}}
    assert discourse.parse(json.dumps([post])).thread.article.title == "T"
    rows = [{"id": 7, "parent": 0, "content": {"rendered": "a"}},
            {"id": 8, "parent": 7, "content": {"rendered": "b"}}]  # fmt: skip
    reading = discourse.parse(json.dumps(rows))
    assert [(c.id, c.parent_id, c.text) for c in reading.thread] == [
        ("7", None, "a"),
        ("8", "7", "b"),
    ]
    reading = parse([{"id": 7, "author_name": "Ada", "content": {"rendered": "a"}}])
    assert [(p.kind, p.ids) for p in reading.problems] == [("no-parent", ("7",))]


def test_posts_without_an_id_are_not_one():
    posts = [{"title": {"rendered": name}, "content": {"rendered": ""}} for name in "TU"]
    assert [thread.article.title for thread in parse(posts).threads] == ["T", "U"]


def test_a_page_is_no_comment_whatever_a_plugin_adds_to_it():
    reading = parse([{**POST, "parent": 0, "author_name": "Ada"}])
    assert len(reading.thread) == 0 and reading.thread.article.id == "60"


def test_only_a_raw_text_is_a_text():
    reading = parse([{**POST, "title": {"raw": "T"}, "content": {"raw": "B"}},
                     comment(7, content={"raw": "Hm."})])  # fmt: skip
    article = reading.thread.article
    assert (article.title, article.text, reading.thread["7"].text) == ("T", "B", "Hm.")


def test_embedded_replies_need_no_list_around_them_and_whole_ones_count():
    part = {key: value for key, value in comment(7).items() if key not in ("date_gmt", "post")}
    embedding = {**POST, "_embedded": {"replies": [part]}}
    assert [made.id for made in parse(embedding).thread] == ["7"]
    both = parse([embedding, comment(7)])
    assert [made.id for made in both.thread] == ["7"] and not both.problems
    assert both.thread["7"].created_at is not None


def test_the_same_error_for_each_post_is_told_once():
    error = {"code": "rest_user_invalid_id", "message": "No.", "data": {"status": 404}}
    posts = [{**POST, "id": id, "_embedded": {"author": [error]}} for id in range(1, 30)]
    (problem,) = parse(posts).problems
    assert problem.kind == "error-object" and len(problem.values) == 29
    assert "rest_user_invalid_id" in problem.message and "29 times" in problem.message


@pytest.mark.parametrize(
    "wrap",
    [lambda e: [e], lambda e: {"body": e, "status": 401, "headers": []}],
    ids=["array", "envelope"],
)
def test_an_error_and_nothing_else_is_an_error_wherever_it_stands(wrap):
    error = {"code": "rest_forbidden", "message": "No.", "data": {"status": 401}}
    with pytest.raises(ParseError, match="rest_forbidden"):
        discourse.parse(json.dumps(wrap(error)))


def test_an_empty_answer_has_no_threads():
    text = json.dumps({"body": [], "status": 200, "headers": {"X-WP-Total": 0}})
    assert discourse.parse(text) == parse([]) == parse([[], []]) == discourse.Reading()


def test_a_comment_that_answers_itself_is_told():
    assert [p.kind for p in parse([comment(7, 7)]).problems] == ["self-parent"]


@pytest.mark.parametrize("relation", ["up", "in-reply-to", "children"])
def test_an_error_in_place_of_what_a_comment_embeds_is_told(relation):
    error = {"code": "rest_forbidden", "message": "No.", "data": {"status": 401}}
    reading = parse([comment(7, _embedded={relation: [error]})])
    assert [made.id for made in reading.thread] == ["7"]
    assert [p.kind for p in reading.problems] == ["error-object"]
