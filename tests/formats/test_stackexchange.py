"""Stack Exchange's dump, as files, as a folder and as a stream; and its API."""

import datetime as dt
import io
import json
import zipfile

import pytest

import discourse
from discourse import ParseError
from discourse.formats import parse, read, stream

POSTS = """\ufeff<?xml version="1.0" encoding="utf-8"?>
<posts>
  <row Id="1" PostTypeId="1" AcceptedAnswerId="3" CreationDate="2024-03-01T10:00:00.500" Score="5" ViewCount="9" Body="&lt;p&gt;Which?&lt;/p&gt;" OwnerUserId="12" LastEditDate="2024-03-02T10:00:00.000" Title="Which &amp;amp; why?" Tags="&lt;mills&gt;&lt;wind&gt;" AnswerCount="2" CommentCount="1" ClosedDate="2024-03-03T10:00:00.000" ContentLicense="CC BY-SA 4.0" />
  <row Id="2" PostTypeId="2" ParentId="1" CreationDate="2024-03-01T11:00:00.000" Score="-1" Body="&lt;p&gt;Ours.&lt;/p&gt;" OwnerDisplayName="user39" CommentCount="1" />
  <row Id="3" PostTypeId="2" ParentId="1" CreationDate="2024-03-01T12:00:00.000" Score="7" Body="&lt;p&gt;Theirs.&lt;/p&gt;" OwnerUserId="-1" CommunityOwnedDate="2024-03-01T12:00:00.000" CommentCount="0" />
  <row Id="4" PostTypeId="5" CreationDate="2024-03-01T12:00:00.000" Body="About mills." />
  <row Id="5" PostTypeId="2" ParentId="99" CreationDate="2024-03-01T13:00:00.000" Score="0" Body="Moved." OwnerUserId="12" />
  <row Id="6" PostTypeId="1" CreationDate="2024-03-05T10:00:00.000" Score="0" Title="Unanswered" Tags="|a|b|" AnswerCount="0" Body="?" />
</posts>
"""
COMMENTS = """<?xml version="1.0" encoding="utf-8"?>
<comments>
  <row Id="1" PostId="1" Score="2" Text="What *for*?" CreationDate="2024-03-01T10:05:00.000" UserId="13" />
  <row Id="2" PostId="2" Score="0" Text="Really?" CreationDate="2024-03-01T11:05:00.000" UserDisplayName="user40" />
  <row Id="3" PostId="77" Score="0" Text="Where is it?" CreationDate="2024-03-01T11:06:00.000" UserId="12" />
</comments>
"""
USERS = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE users SYSTEM 'users.dtd'>
<users>
  <row Id="-1" Reputation="1" DisplayName="Community" />
  <row Id="12" Reputation="101" DisplayName="Ada" WebsiteUrl="https://ada.example" AboutMe="Mills." />
</users>
"""
FILES = {"Posts.xml": POSTS, "Comments.xml": COMMENTS, "Users.xml": USERS}


@pytest.fixture
def dump(tmp_path):
    folder = tmp_path / "mills.example"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def rows(reading):
    return [
        [(c.id, c.parent_id, sorted(c.tags)) for c in thread] + [thread.article.id]
        for thread in reading.threads
    ]


JOINED = [
    [("p2", None, ["answer"]), ("c2", "p2", []), ("p3", None, ["accepted", "answer", "wiki"]),
     ("c1", None, []), "p1"],
    [("p5", None, ["answer"]), "p99"],
    ["p6"],
    [("c3", None, []), "p77"],
]  # fmt: skip


def test_the_files_of_a_dump_are_joined_however_they_are_given(dump, tmp_path):
    archive = tmp_path / "dump.zip"
    with zipfile.ZipFile(archive, "w") as file:
        for name, text in FILES.items():
            file.writestr(name, text)
    readings = [
        read(dump),
        read(str(dump), "stackexchange"),
        read([dump / name for name in FILES]),
        read([dump / name for name in reversed(FILES)]),
        read(archive),
    ]
    for reading in readings:
        assert sorted(map(str, rows(reading))) == sorted(map(str, JOINED))
        assert reading.threads[0] == readings[0].threads[0]
    assert list(stream(dump)) == list(readings[0].threads)


def test_what_a_question_says_is_in_the_article(dump):
    article = read(dump).threads[0].article
    assert article.title == "Which &amp; why?" and article.text == "<p>Which?</p>"
    assert article.tags == {"mills", "wind", "closed"} and article.score == 5
    assert article.created_at == dt.datetime(2024, 3, 1, 10, 0, 0, 500_000, dt.UTC)
    assert article.edited_at == dt.datetime(2024, 3, 2, 10, tzinfo=dt.UTC)
    assert article.meta["ViewCount"] == 9 and article.meta["ContentLicense"] == "CC BY-SA 4.0"
    (author,) = article.authors
    assert (author.name, author.id, author.url) == ("Ada", "12", "https://ada.example")
    assert author.bio == "Mills." and author.meta["Reputation"] == 101


def test_users_who_are_gone_have_a_name_alone_and_the_site_itself_is_a_bot(dump):
    thread = read(dump).threads[0]
    assert thread["p2"].author == discourse.Author("user39")
    assert thread["p3"].author.is_bot is True and thread["p3"].author.name == "Community"
    assert thread["c1"].author == discourse.Author(None, "13"), "who is not among the users"


def test_what_is_no_contribution_is_counted(dump):
    (dump / "Votes.xml").write_text('<votes><row Id="1" PostId="1" VoteTypeId="2" /></votes>')
    problems = {problem.kind: problem for problem in read(dump).problems}
    assert "1 posts of type 5 (tag wikis)" in problems["not-recognised"].message
    assert problems["unread-member"].values == ("Votes.xml",)
    (problem,) = read(dump / "Votes.xml").problems
    assert problem.kind == "not-recognised" and problem.values == ("rows of votes", 1)


def test_a_file_alone_is_read_as_far_as_it_goes(dump):
    posts = read(dump / "Posts.xml")
    assert [len(thread) for thread in posts.threads] == [2, 1, 0]
    comments = read(dump / "Comments.xml")
    assert [(t.article.id, t.comments[0].parent_id) for t in comments.threads] == [
        ("p1", None), ("p2", None), ("p77", None),
    ]  # fmt: skip
    users = read(dump / "Users.xml")
    assert users.threads == () and users.problems[0].values == ("users who wrote nothing here", 2)


def test_problems_say_in_which_file_they_are(dump):
    broken = COMMENTS.replace(' Id="2"', "")
    (dump / "Comments.xml").write_text(broken, encoding="utf-8")
    (problem,) = (p for p in read(dump).problems if p.kind == "no-id")
    assert problem.place.source.endswith("Comments.xml")
    (dump / "Comments.xml").write_text("<comments", encoding="utf-8")
    with pytest.raises(ParseError, match=r"Comments\.xml"):
        read(dump, "stackexchange")


def test_a_question_streams_as_soon_as_its_answers_are_here(tmp_path):
    """The file goes on for ever; the first threads come all the same."""

    class Endless(io.RawIOBase):
        def __init__(self):
            self.count = 0

        def read(self, size=-1):
            self.count += 1
            assert self.count < 50, "the first thread came long ago"
            begin = POSTS.replace("</posts>", "") if self.count == 1 else ""
            return begin.encode() + b'<row Id="7" PostTypeId="2" ParentId="98" />' * 1000

        def readable(self):
            return True

    from discourse.formats.stackexchange import stream as readings  # noqa: PLC0415

    first, second = (next(each) for each in [readings(Endless())] * 2)
    assert rows(first) == [[*JOINED[0][:1], JOINED[0][2], "p1"]]
    assert rows(second) == [["p6"]]
    path = tmp_path / "Posts.xml"
    path.write_text(POSTS, encoding="utf-8")
    threads = sorted(stream(path), key=lambda thread: thread.article.id)
    assert threads == sorted(read(path).threads, key=lambda thread: thread.article.id)


def test_a_thread_has_a_stable_answer_when_rows_come_in_another_order():
    lines = POSTS.splitlines(keepends=True)
    turned = "".join([*lines[:2], *reversed(lines[2:-1]), lines[-1]])
    threads = {thread.article.id: thread for thread in parse(turned).threads}
    assert {c.id for c in threads["p1"]} == {"p2", "p3"}
    assert threads["p1"]["p3"].tags == {"answer", "accepted", "wiki"}


@pytest.mark.parametrize("text", [POSTS, COMMENTS])
def test_a_dump_that_is_cut_is_noticed_everywhere(text):
    ids = {c.id for thread in parse(text).threads for c in thread}
    for end in range(len(text.rstrip()) - 1):
        try:
            reading = parse(text[:end], "stackexchange")
        except ParseError:
            continue
        lost = ids - {c.id for thread in reading.threads for c in thread}
        assert reading.problems or not lost, text[:end]


# -- the API ---------------------------------------------------------------------------------------

ADA = {"user_id": 12, "display_name": "Ada &amp; Ben", "link": "https://m.example/users/12",
       "profile_image": "https://m.example/ada.png", "reputation": 101}  # fmt: skip
QUESTION = {
    "question_id": 1, "title": "Which &amp; why?", "link": "https://mills.example/questions/1/which",
    "body": "<p>Which?</p>", "tags": ["mills"], "owner": ADA, "score": 5, "answer_count": 1,
    "creation_date": 1709287200, "last_edit_date": 1709287300, "accepted_answer_id": 3,
    "comments": [{"comment_id": 1, "post_id": 1, "body": "What for?", "edited": True, "owner": ADA}],
}  # fmt: skip
ANSWER = {"answer_id": 3, "question_id": 1, "body_markdown": "*Ours* &gt; all", "score": 7,
          "up_vote_count": 8, "down_vote_count": 1, "creation_date": 1709287400,
          "owner": {"user_type": "does_not_exist", "display_name": "user39"}}  # fmt: skip
COMMENT = {"comment_id": 2, "post_id": 3, "body": "Really?", "creation_date": 1709287500}


def answer(*items, **more):
    return json.dumps({"items": items, "has_more": False, "quota_remaining": 9, **more})


def test_answers_of_the_api_are_joined(tmp_path):
    paths = []
    for number, item in enumerate((COMMENT, ANSWER, QUESTION)):
        paths.append(tmp_path / f"{number}.json")
        paths[-1].write_text(answer(item))
    thread = read(paths).thread
    assert {c.id: c.parent_id for c in thread} == {"c1": None, "p3": None, "c2": "p3"}
    assert thread["p3"].tags == {"answer", "accepted"}
    assert thread.article.title == "Which & why?" and thread.article.site == "mills.example"
    assert thread.article.authors[0].name == "Ada & Ben"
    assert thread["c1"].is_edited is True
    reply = thread["p3"]
    assert (reply.text, reply.text_format.value) == ("*Ours* > all", "markdown")
    assert (reply.score, reply.upvotes, reply.downvotes) == (7, 8, 1)
    assert (reply.author.name, reply.author.id) == ("user39", None)


def test_what_is_nested_is_read_and_a_bare_array_too():
    nested = QUESTION | {"answers": [ANSWER | {"comments": [COMMENT]}]}
    expected = {"c1": None, "p3": None, "c2": "p3"}
    for text in (answer(nested), json.dumps([nested]), json.dumps(nested)):
        assert {c.id: c.parent_id for c in parse(text).thread} == expected


def test_posts_say_what_they_are():
    posts = [
        {"post_id": 1, "post_type": "question", "title": "T"},
        {"post_id": 3, "post_type": "answer", "link": "https://m.example/questions/1/t/3#3"},
    ]
    thread = parse(answer(*posts)).thread
    assert thread.article.id == "p1" and [c.id for c in thread] == ["p3"]


def test_more_pages_and_errors_are_told():
    (problem,) = parse(answer(QUESTION, has_more=True)).problems
    assert problem.kind == "more-pages"
    error = {"error_id": 502, "error_name": "throttle_violation", "error_message": "too many"}
    with pytest.raises(ParseError, match="throttle_violation"):
        parse(json.dumps(error))
    (problem,) = parse(answer({"user_id": 12}), "stackexchange").problems
    assert problem.kind == "not-recognised"
