"""GitHub's issues, pull requests and discussions, in every shape that they are saved in."""

import datetime as dt
import json

import pytest

import discourse
from discourse import ParseError, Status, Stub
from discourse.formats import _registry, parse

API, WEB = "https://api.github.com/repos/ada/mill", "https://github.com/ada/mill"
NOON = dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC)


def read(*values):
    return parse("\n".join(map(json.dumps, values)), "github")


def user(login="ada", **more):
    return {"login": login, "id": len(login), "type": "User", "html_url": f"https://github.com/{login}",
            "url": f"https://api.github.com/users/{login}", "avatar_url": "https://a/1", **more}  # fmt: skip


def issue(number=60, kind="issues", **more):
    return {"url": f"{API}/{kind.replace('pull', 'pulls')}/{number}", "id": 444, "number": number,
            "html_url": f"{WEB}/{kind}/{number}", "title": "The wheel creaks", "user": user(),
            "body": "Since *May*.", "created_at": "2024-03-01T12:00:00Z", "labels": [{"name": "bug"}],
            "updated_at": "2024-03-09T12:00:00Z", "state": "open", "comments": 2, **more}  # fmt: skip


def rest(id, number=60, **more):
    return {"url": f"{API}/issues/comments/{id}", "issue_url": f"{API}/issues/{number}", "id": id,
            "html_url": f"{WEB}/issues/{number}#issuecomment-{id}", "node_id": f"IC_{id}",
            "user": user("ben"), "body": f"text of {id}", "author_association": "NONE",
            "created_at": "2024-03-01T12:00:00Z", "updated_at": "2024-03-02T12:00:00Z", **more}  # fmt: skip


def review_comment(id, review=None, **more):
    return {"id": id, "pull_request_review_id": review, "body": f"text of {id}", "path": "a.py",
            "pull_request_url": f"{API}/pulls/61", "html_url": f"{WEB}/pull/61#discussion_r{id}",
            "user": user("cy"), "created_at": "2024-03-01T12:00:00Z", **more}  # fmt: skip


def review(id, state="APPROVED", **more):
    return {"id": id, "state": state, "body": "", "user": user("cy"), "pull_request_url": f"{API}/pulls/61",
            "html_url": f"{WEB}/pull/61#pullrequestreview-{id}", "submitted_at": "2024-03-01T12:00:00Z",
            **more}  # fmt: skip


def graphql(id, **more):
    return {"id": id, "author": {"login": "ben", "__typename": "User"}, "body": f"text of {id}",
            "createdAt": "2024-03-01T12:00:00Z", "authorAssociation": "MEMBER", **more}  # fmt: skip


def shape(thread):
    return [(c.id, c.parent_id) for c in thread]


# -- REST ----------------------------------------------------------------------------------------


def test_an_issue_is_the_article():
    reading = read(issue(reactions={"+1": 3, "-1": 1, "heart": 2, "eyes": 0, "total_count": 6}))
    article = reading.thread.article
    assert (article.id, article.title, article.site) == (
        "ada/mill#60",
        "The wheel creaks",
        "ada/mill",
    )
    assert (article.url, article.text, article.text_format) == (
        f"{WEB}/issues/60",
        "Since *May*.",
        "markdown",
    )
    assert (article.created_at, article.edited_at, article.score) == (NOON, None, 2)
    assert (article.comment_count, article.tags) == (2, {"bug"})
    assert article.authors[0].name == "ada" and article.authors[0].id == "3"
    assert article.meta == {
        "id": 444,
        "number": 60,
        "state": "open",
        "updated_at": "2024-03-09T12:00:00Z",
        "reactions": {"heart": 2},
    }
    assert not reading.problems


def test_a_body_that_is_null_is_empty():
    assert read(issue(body=None)).thread.article.text == ""


def test_fields_of_a_comment():
    rows = [rest(7, author_association="OWNER", reactions={"+1": 2, "-1": 0, "rocket": 1})]
    reading = read(rows)
    comment = reading.thread["7"]
    assert (comment.author.name, comment.author.id, comment.author.is_bot) == ("ben", "3", False)
    assert comment.author.url == "https://github.com/ben"
    assert (comment.text, comment.text_format, comment.created_at) == (
        "text of 7",
        "markdown",
        NOON,
    )
    assert comment.url == f"{WEB}/issues/60#issuecomment-7"
    assert (comment.upvotes, comment.downvotes, comment.tags) == (2, 0, {"owner"})
    assert (comment.edited_at, comment.is_edited, comment.score) == (None, None, None)
    assert comment.meta == {
        "node_id": "IC_7",
        "updated_at": "2024-03-02T12:00:00Z",
        "reactions": {"rocket": 1},
    }
    assert reading.thread.article.id == "ada/mill#60" and not reading.problems


@pytest.mark.parametrize("nobody", [None, {}, {"login": "ghost", "id": 10137, "type": "User"}])
def test_a_deleted_account_is_nobody(nobody):
    assert read([rest(7, user=nobody)]).thread["7"].author is None


@pytest.mark.parametrize(
    ("person", "is_bot"),
    [
        ({"login": "x", "type": "Bot"}, True),
        ({"login": "x[bot]"}, True),
        ({"login": "x", "is_bot": True}, True),
        ({"login": "x", "type": "User"}, False),
        ({"login": "x", "is_bot": False}, False),
        ({"login": "x"}, None),
    ],
)
def test_bots(person, is_bot):
    assert read([rest(7, user=person)]).thread["7"].author.is_bot is is_bot


def test_comments_of_several_issues_are_threads():
    reading = read([rest(1), rest(2, 5), rest(3)])
    assert [(t.article.id, len(t)) for t in reading.threads] == [
        ("ada/mill#60", 2),
        ("ada/mill#5", 1),
    ]


def test_an_issue_and_its_comments_are_one_thread(tmp_path):
    values = {"issue": issue(), "page1": [rest(7)], "page2": [rest(8)]}
    paths = [tmp_path / f"{name}.json" for name in values]
    for path, value in zip(paths, values.values(), strict=True):
        path.write_text(json.dumps(value))
    for order in (paths, paths[::-1]):
        reading = discourse.read(order)
        thread = reading.thread
        assert {c.id for c in thread} == {"7", "8"} and thread.article.title == "The wheel creaks"
        assert thread.is_complete and not reading.problems
    assert len(read(*values.values()).thread) == 2


def test_reviews_and_comments_on_lines(tmp_path):
    pull = issue(61, "pull", comments=1, review_comments=3, head={"sha": "abc", "repo": {"id": 1}})
    rows = [review_comment(1, 9), review_comment(2, 8, in_reply_to_id=1), review_comment(3)]
    reading = read(pull, [review(9, body="Nice."), review(8, "COMMENTED")], rows, [rest(4, 61)])
    thread = reading.thread
    assert shape(thread) == [
        ("9", None),
        ("1", "9"),
        ("2", "1"),
        ("8", None),
        ("3", None),
        ("4", None),
    ]
    assert thread["9"].tags == {"review", "approved"} and thread["8"].tags == {
        "review",
        "commented",
    }
    assert (thread["8"].text, thread["8"].created_at) == ("", NOON)
    assert thread["2"].meta == {"path": "a.py", "pull_request_review_id": 8}
    assert thread.article.id == "ada/mill#61" and thread.article.comment_count == 4
    assert thread.article.meta["head"] == {"sha": "abc"} and not reading.problems
    for name, value in (("rows", rows), ("reviews", [review(9), review(8)])):
        (tmp_path / f"{name}.json").write_text(json.dumps(value))
    reading = discourse.read([tmp_path / "rows.json", tmp_path / "reviews.json"])
    assert reading.thread.parent("1").id == "9" and not reading.problems


def test_a_timeline_has_comments_among_events():
    timeline = [
        {"event": "labeled", "id": 1, "actor": user(), "label": {"name": "bug"}},
        {"event": "commented", "actor": user(), **rest(7)},
        {"event": "cross-referenced", "source": {"type": "issue", "issue": issue(99)}},
        {"event": "reviewed", **review(9, "commented")},
        {"event": "line-commented", "comments": [review_comment(1, 9)]},
        {"event": "labeled", "id": 2, "label": {"name": "old"}},
    ]
    reading = read(timeline)
    assert [t.article.id for t in reading.threads] == ["ada/mill#60", "ada/mill#61"]
    assert shape(reading.threads[1]) == [("9", None), ("1", "9")]
    (problem,) = reading.problems
    assert (problem.kind, len(problem.values)) == ("not-recognised", 3)
    assert "2 'labeled', 1 'cross-referenced'" in problem.message


def test_pages_that_were_collected_in_one_list():
    assert shape(read([[rest(1)], [rest(2)]]).thread) == [("1", None), ("2", None)]


def test_a_search_and_lists_of_issues():
    for value in ({"total_count": 2, "items": [issue(1), issue(2)]}, [issue(1), issue(2)]):
        assert [t.article.id for t in read(value).threads] == ["ada/mill#1", "ada/mill#2"]


def test_a_comment_on_a_commit_is_about_the_commit():
    sha = "0123456789abcdef0123456789abcdef01234567"
    row = {"id": 7, "html_url": f"{WEB}/commit/{sha}#commitcomment-7", "body": "x", "user": user()}
    assert read([row]).thread.article.id == f"ada/mill@{sha}"


def test_files_of_perceval():
    data = issue(comments_data=[rest(7)], user_data=user())
    thread = read({"backend_name": "GitHub", "category": "issue", "data": data}).thread
    assert shape(thread) == [("7", None)] and thread.article.id == "ada/mill#60"


# -- webhooks ------------------------------------------------------------------------------------


def webhook(action, sender="ben", **more):
    repository = {"id": 1, "full_name": "ada/mill", "owner": user(), "topics": ["mill"]}
    return {"action": action, "repository": repository, "sender": user(sender), **more}


def test_a_webhook_has_the_issue_and_the_comment():
    reading = read(webhook("created", issue=issue(), comment=rest(7)))
    assert shape(reading.thread) == [("7", None)] and reading.thread.article.title
    assert not reading.problems


@pytest.mark.parametrize(("sender", "status"), [("ben", Status.DELETED), ("ada", Status.REMOVED)])
def test_a_webhook_of_a_deletion(sender, status):
    comment = read(webhook("deleted", sender, issue=issue(), comment=rest(7))).thread["7"]
    assert (comment.status, comment.text) == (status, "text of 7")


def test_a_webhook_of_an_answer():
    url = f"{WEB}/discussions/62"
    topic = issue(
        62, "discussions", answer_html_url=f"{url}#discussioncomment-7", category={"id": 1}
    )
    answer = {"id": 7, "html_url": f"{url}#discussioncomment-7", "body": "x", "user": user(),
              "parent_id": None, "child_comment_count": 1, "discussion_id": 444}  # fmt: skip
    thread = read(webhook("answered", discussion=topic, answer=answer)).thread
    assert thread["7"].tags == {"accepted-answer"} and thread["7"].reply_count == 1
    assert thread.stubs == (Stub("7", count=1),)
    reply = {**answer, "id": 8, "parent_id": 7, "html_url": f"{url}#discussioncomment-8"}
    thread = read(webhook("created", discussion=topic, comment=answer), [reply]).thread
    assert shape(thread) == [("7", None), ("8", "7")] and thread["7"].tags == {"accepted-answer"}


def test_a_transfer_has_two_issues():
    new = issue(5)
    reading = read(webhook("transferred", issue=issue(), changes={"new_issue": new}))
    assert [t.article.id for t in reading.threads] == ["ada/mill#60", "ada/mill#5"]


def test_events_of_an_archive():
    events = [
        {"type": "IssueCommentEvent", "actor": {"login": "ben"}, "repo": {"name": "ada/mill"},
         "payload": {"action": "created", "issue": issue(), "comment": rest(7)}},
        {"type": "WatchEvent", "actor": {"login": "ben"}, "repo": {"name": "ada/mill"},
         "payload": {"action": "started"}},
    ]  # fmt: skip
    reading = read(*events)
    assert shape(reading.thread) == [("7", None)]
    (problem,) = reading.problems
    assert problem.kind == "not-recognised" and "1 'WatchEvent'" in problem.message


# -- GraphQL -------------------------------------------------------------------------------------


def page(*nodes, cursor=None, total=None):
    return {
        "nodes": list(nodes),
        "totalCount": len(nodes) if total is None else total,
        "pageInfo": {"hasNextPage": cursor is not None, "endCursor": cursor},
    }


def answer(**repository):
    return {"data": {"repository": {"nameWithOwner": "ada/mill", **repository}}}


def test_a_discussion_with_replies():
    replies = page(graphql("DC_2", replyTo={"id": "DC_1"}), total=3)
    top = graphql(
        "DC_1", databaseId=11, isAnswer=True, upvoteCount=4, replies=replies, viewerCanReact=True,
        lastEditedAt="2024-03-01T12:00:00Z", includesCreatedEdit=True,
        reactionGroups=[{"content": "THUMBS_UP", "users": {"totalCount": 1}},
                        {"content": "HEART", "reactors": {"totalCount": 2}}],
    )  # fmt: skip
    topic = {"number": 60, "url": f"{WEB}/discussions/60", "title": "T", "upvoteCount": 5,
             "author": None, "category": {"name": "Q&A"}, "answer": {"id": "DC_1"},
             "labels": {"nodes": [{"name": "old"}]}, "comments": page(top, cursor="abc")}  # fmt: skip
    reading = read(answer(discussion=topic))
    thread = reading.thread
    assert shape(thread) == [("11", None), ("DC_2", "11")]
    assert set(thread.stubs) == {Stub("11", count=2), Stub(None, "cursor", cursor="abc")}
    first = thread["11"]
    assert (first.upvotes, first.downvotes, first.reply_count) == (4, 0, 3)
    assert first.edited_at == NOON and first.is_edited
    assert first.tags == {"accepted-answer", "member"}
    assert first.meta == {"id": "DC_1", "reactions": {"+1": 1, "heart": 2}}
    article = thread.article
    assert (article.id, article.score, article.tags, article.authors) == (
        "ada/mill#60",
        5,
        {"old"},
        (),
    )
    assert not reading.problems


def test_the_number_is_in_the_address_of_a_comment():
    row = graphql("IC_kw", url=f"{WEB}/issues/60#issuecomment-7")
    assert shape(read({"data": {"node": {"comments": page(row)}}}).thread) == [("7", None)]


def test_reviews_threads_of_reviews_and_edges():
    first = graphql("C1", pullRequestReview={"id": "R1"})
    second = graphql("C2", pullRequestReview={"id": "R2"}, replyTo={"id": "C1"})
    topic = {
        "number": 61, "title": "T", "url": f"{WEB}/pull/61",
        "comments": {"edges": [{"cursor": "x", "node": graphql("I1")}], "totalCount": 1},
        "reviews": page(graphql("R1", state="CHANGES_REQUESTED", comments=page(first)),
                        graphql("R2", state="COMMENTED", comments=page(second))),
        "reviewThreads": page({"isResolved": True, "comments": page(graphql("C1"))}),
    }  # fmt: skip
    reading = read(answer(pullRequest=topic))
    assert shape(reading.thread) == [
        ("I1", None),
        ("R1", None),
        ("C1", "R1"),
        ("C2", "C1"),
        ("R2", None),
    ]
    assert reading.thread["R1"].tags == {"review", "changes-requested", "member"}
    assert reading.thread.article.comment_count is None
    assert {p.kind for p in reading.problems} <= {"duplicate", "duplicate-conflict"}


def test_comments_that_are_minimised_or_deleted():
    rows = [graphql("1", isMinimized=True, minimizedReason="spam"),
            graphql("2", deletedAt="2024-03-02T12:00:00Z", body="")]  # fmt: skip
    thread = read(answer(issue={"number": 1, "title": "T", "comments": page(*rows)})).thread
    one, two = thread
    assert (one.status, one.text, one.meta["minimizedReason"]) == (
        Status.HIDDEN,
        "text of 1",
        "spam",
    )
    assert (two.status, two.text) == (Status.DELETED, None)


def test_comments_without_ids_get_positions(tmp_path):
    rows = [graphql(None, body=body) for body in "ab"]
    rows[0]["replies"] = page(graphql(None, body="c"))
    reading = read({"data": {"node": {"comments": page(*rows)}}})
    assert shape(reading.thread) == [("1", None), ("1.1", "1"), ("2", None)]
    assert [(p.kind, p.ids) for p in reading.problems] == [("made-id", ("1", "1.1", "2"))]
    for name, row in zip("xy", rows, strict=True):
        (tmp_path / f"{name}.json").write_text(json.dumps(answer(issue={"title": "T", "number": 1, "comments": page(row)})))  # fmt: skip
    thread = discourse.read(sorted(tmp_path.iterdir())).thread
    assert [c.text for c in thread] == ["a", "c", "b"]


def test_pages_of_comments_are_one_thread(tmp_path):
    for name, row, cursor in (("a", graphql("1"), "next"), ("b", graphql("2"), None)):
        topic = {"number": 60, "title": "T", "url": f"{WEB}/issues/60",
                 "comments": page(row, cursor=cursor, total=2)}  # fmt: skip
        (tmp_path / f"{name}.json").write_text(json.dumps(answer(issue=topic)))
    paths = sorted(tmp_path.iterdir())
    for order in (paths, paths[::-1]):
        thread = discourse.read(order).thread
        assert {c.id for c in thread} == {"1", "2"} and thread.is_complete


def test_a_list_of_issues_goes_on():
    topics = [{"number": n, "title": "T", "body": "x"} for n in (1, 2)]
    reading = read(answer(issues=page(*topics, cursor="abc")))
    assert [t.article.id for t in reading.threads] == ["1", "2"]
    assert [(p.kind, p.values) for p in reading.problems] == [("more-pages", ("abc",))]


# -- gh and giscus -------------------------------------------------------------------------------


def test_what_gh_prints():
    row = graphql("IC_1", url=f"{WEB}/issues/60#issuecomment-7", viewerDidAuthor=False,
                  isMinimized=False, minimizedReason="", reactionGroups=[])  # fmt: skip
    view = {"title": "T", "number": 60, "comments": [row], "body": "b", "labels": [],
            "author": {"id": "U1", "is_bot": False, "login": "ada", "name": "Ada L."}}  # fmt: skip
    thread = read(view).thread
    assert shape(thread) == [("7", None)] and thread.article.id == "60"
    assert thread.article.authors[0].display_name == "Ada L."
    assert read({"title": "T", "comments": [row]}).thread["7"].tags == {"member"}


def test_an_answer_of_giscus():
    reply = {"id": "DC_2", "author": {"login": "b"}, "bodyHTML": "<p>y</p>", "replyToId": "DC_1"}
    top = {"id": "DC_1", "author": {"login": "a"}, "bodyHTML": "<p>x</p>", "replies": [reply],
           "reactions": {"THUMBS_UP": {"count": 2, "viewerHasReacted": False}}}  # fmt: skip
    topic = {"id": "D_1", "url": f"{WEB}/discussions/62", "comments": [top]}
    thread = read({"discussion": topic, "viewer": {"login": "z"}}).thread
    assert shape(thread) == [("DC_1", None), ("DC_2", "DC_1")]
    assert (thread["DC_1"].upvotes, thread["DC_1"].text_format) == (2, "html")
    assert thread.article.id == "ada/mill#62"


# -- what is wrong -------------------------------------------------------------------------------


def test_errors_of_the_server():
    with pytest.raises(ParseError, match="Not Found"):
        read({"message": "Not Found", "documentation_url": "https://docs.github.com/rest"})
    with pytest.raises(ParseError, match="rate limit"):
        read({"data": None, "errors": [{"message": "rate limit"}]})
    topic = {"number": 60, "title": "T", "comments": page(graphql("1"), None)}
    reading = read({**answer(issue=topic), "errors": [{"message": "hidden"}]})
    assert sorted(p.kind for p in reading.problems) == ["bad-value", "error-object"]


def test_values_of_the_wrong_kind_are_reported_or_left_alone():
    topic = {"number": 60, "title": "T", "answer": {"id": {}}, "answer_html_url": [], "labels": 7,
             "comments": page(graphql("1", node_id=[], html_url={}, body=5, state={},
                                      reactionGroups=[{"content": [], "users": 3}, 4]))}  # fmt: skip
    reading = read(answer(discussion=topic))
    assert [(c.id, c.text) for c in reading.thread] == [("1", None)]
    assert {problem.kind for problem in reading.problems} == {"bad-value"}


@pytest.mark.parametrize(
    "value",
    [
        [],
        {},
        [{"id": 1, "user": user(), "content": "heart", "created_at": "2024-03-01T12:00:00Z"}],
        {"users": [user()], "teams": []},
        {"title": "v1.0", "number": 1, "creator": user(), "due_on": None},
        {"tag_name": "v1", "body": "x", "author": user()},
        answer(issue=None),
    ],
)
def test_what_is_no_discussion_is_refused(value):
    with pytest.raises(ParseError):
        read(value)


@pytest.mark.parametrize(
    "value",
    [
        issue(),
        [issue()],
        [rest(7)],
        [review_comment(1)],
        [review(1)],
        webhook("created", issue=issue(), comment=rest(7)),
        webhook("opened", pull_request=issue(61, "pull")),
        answer(issue={"number": 1, "title": "T", "comments": page(graphql("1"))}),
        {"title": "T", "number": 60, "author": {"login": "ada"}},
        {"message": "Not Found", "documentation_url": "https://docs.github.com/rest"},
    ],
)
def test_it_is_known_by_its_content(value):
    assert _registry.detected(json.dumps(value), "a.json").name == "github"


def test_a_deep_answer_is_read():
    deep = graphql("0")
    for n in range(1, 300):
        deep = graphql(str(n), replies={"nodes": [deep]})
    assert read({"data": {"node": {"comments": {"nodes": [deep]}}}}).thread.depth("0") == 299
