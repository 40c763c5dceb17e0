"""YouTube's comments: files of yt-dlp and of youtube-comment-downloader, answers of the Data API."""

import datetime as dt
import json

import pytest

import discourse
from discourse import ParseError, Status, Stub
from discourse.formats import parse


def read(*values, **options):
    return parse("\n".join(map(json.dumps, values)), "youtube", **options)


def yt(id, parent="root", **more):
    return {"id": id, "parent": parent, "text": f"text of {id}", "author": "@ada",
            "author_id": "UCada", "timestamp": 1_700_000_000, "like_count": 3, **more}  # fmt: skip


def video(*comments, **more):
    return {"id": "mill", "title": "A mill", "extractor_key": "Youtube",
            "webpage_url": "https://www.youtube.com/watch?v=mill", "comments": list(comments),
            "formats": [{"format_id": "1", "url": "https://x"}], **more}  # fmt: skip


def api(id, video="mill", **snippet):
    named = {"videoId": video} if video else {}
    return {"kind": "youtube#comment", "id": id, "snippet": {
        **named, "textDisplay": f"<b>{id}</b>", "textOriginal": id, "authorDisplayName": "@ben",
        "authorChannelId": {"value": "UCben"}, "likeCount": 1, "canRate": True,
        "publishedAt": "2024-03-01T10:00:00Z", "updatedAt": "2024-03-01T10:00:00Z",
        **snippet}}  # fmt: skip


def comment_thread(top, *replies, count=None, **snippet):
    inner = {"replies": {"comments": list(replies)}} if replies else {}
    return {"kind": "youtube#commentThread", "id": top["id"], **inner, "snippet": {
        "videoId": "mill", "topLevelComment": top,
        "totalReplyCount": len(replies) if count is None else count, **snippet}}  # fmt: skip


def page(*items, kind="youtube#commentThreadListResponse", **more):
    return {"kind": kind, "items": list(items), **more}


# -- yt-dlp --------------------------------------------------------------------------------------


def test_a_video_is_the_article():
    article = read(
        video(
            description="Old.",
            channel="Mills",
            channel_id="UCm",
            timestamp=1_600_000_000,
            like_count=9,
            comment_count=2,
            tags=["mill"],
            categories=["Film"],
            language="en",
            channel_url="https://www.youtube.com/channel/UCm",
            view_count=77,
            duration=None,
        )
    ).thread.article
    assert (article.id, article.title, article.text, article.site) == (
        "mill",
        "A mill",
        "Old.",
        "Youtube",
    )
    (author,) = article.authors
    assert (author.name, author.id, author.url) == ("Mills", "UCm", "https://www.youtube.com/channel/UCm")  # fmt: skip
    assert article.created_at == dt.datetime.fromtimestamp(1_600_000_000, dt.UTC)
    assert (article.score, article.comment_count, article.language) == (9, 2, "en")
    assert article.tags == {"mill", "Film"} and article.meta == {"view_count": 77}


def test_a_date_of_upload_is_midnight():
    article = read(video(upload_date="20240131")).thread.article
    assert article.created_at == dt.datetime(2024, 1, 31, tzinfo=dt.UTC)
    assert article.meta["created_at_precision"] == "day"
    assert read(video(upload_date="soon")).thread.article.created_at is None


def test_fields_of_a_comment():
    comment = read(
        video(
            yt(
                "Ug1",
                is_pinned=True,
                is_favorited=True,
                author_is_uploader=True,
                author_thumbnail="https://yt3/a",
                author_url="https://www.youtube.com/@ada",
                _time_text="3 months ago (edited)",
                dislike_count=1,
                note="x",
                start_time=None,
            )
        )
    ).thread["Ug1"]
    assert (comment.author.name, comment.author.id) == ("@ada", "UCada")
    assert comment.author.avatar_url == "https://yt3/a"
    assert (comment.upvotes, comment.downvotes, comment.score) == (3, 1, None)
    assert comment.tags == {"pinned", "hearted", "by-author"} and comment.is_edited is True
    assert comment.url == "https://www.youtube.com/watch?v=mill&lc=Ug1"
    assert comment.meta == {
        "note": "x",
        "_time_text": "3 months ago (edited)",
        "created_at_precision": "estimated",
    }


def test_html_alone_and_no_likes_and_nobody():
    thread = read([{"id": "1", "parent": "root", "html": "<b>a</b>", "like_count": None}]).thread
    comment = thread["1"]
    assert (comment.text, comment.text_format) == ("<b>a</b>", "html")
    assert (comment.author, comment.upvotes, comment.created_at) == (None, None, None)
    assert thread.article is None


def test_a_time_that_is_not_estimated_is_not_marked():
    thread = read(video(yt("5"), extractor_key="Soundcloud")).thread
    assert thread["5"].meta == {} and thread["5"].url is None
    assert (thread.source.platform, thread.article.site) == ("soundcloud", "Soundcloud")


def test_a_parent_is_in_the_id_where_nothing_else_says_it():
    thread = read([yt("Ug1"), {"id": "Ug1.b", "text": "x", "author_id": "UCb"}]).thread
    assert thread["Ug1.b"].parent_id == "Ug1"


def test_a_reply_whose_parent_is_not_here_has_a_placeholder():
    reading = read([yt("Ug1.b", "Ug1")])
    assert [(c.id, c.status) for c in reading.thread] == [
        ("Ug1", Status.MISSING),
        ("Ug1.b", Status.VISIBLE),
    ]


@pytest.mark.parametrize("likes", [3, 4])
def test_the_pinned_comment_is_one_though_it_is_listed_twice(likes):
    rows = [yt("Ug1", is_pinned=True), yt("Ug2"), yt("Ug1", like_count=likes)]
    for reading in (read(rows), read(video(*rows))):
        assert [c.id for c in reading.thread] == ["Ug1", "Ug2"]
        assert [(p.kind, p.ids) for p in reading.problems] == [("duplicate", ("Ug1",))]
        assert reading.thread["Ug1"].tags == {"pinned"}


def test_a_playlist_has_a_thread_for_each_video():
    playlist = {"_type": "playlist", "extractor_key": "YoutubeTab", "title": "P", "entries": [
        video(yt("Ug1")), video(yt("Ug2"), id="other", title="Another")]}  # fmt: skip
    reading = read(playlist)
    assert [[c.id for c in thread] for thread in reading.threads] == [["Ug1"], ["Ug2"]]
    lines = read(video(yt("Ug1")), video(yt("Ug2"), id="other"))
    assert [thread.article.id for thread in lines.threads] == ["mill", "other"]


def test_a_video_without_comments_is_an_article():
    reading = read(video(comments=None, comment_count=5))
    assert len(reading.thread) == 0 and reading.thread.missing == 5 and not reading.problems


def test_the_comments_alone_join_their_video(tmp_path):
    for name, value in (("video.info.json", video()), ("comments.json", [yt("Ug1")])):
        (tmp_path / name).write_text(json.dumps(value))
    thread = discourse.read(sorted(tmp_path.iterdir())).thread
    assert thread.article.id == "mill" and [c.id for c in thread] == ["Ug1"]


# -- youtube-comment-downloader ------------------------------------------------------------------


def test_lines_of_the_downloader():
    thread = read(
        {"cid": "Ug1", "text": "Hm.", "time": "2 years ago (edited)", "author": "@ada",
         "channel": "UCada", "votes": "1.2K", "replies": "3", "photo": "https://p", "heart": True,
         "reply": False, "time_parsed": 1_650_000_000.5},
        {"cid": "Ug1.b", "text": "Yes.", "time": "1 year ago", "author": "@ben",
         "channel": "UCben", "votes": "12", "heart": False, "reply": True},
    ).thread  # fmt: skip
    first, second = thread
    assert (first.upvotes, first.meta["votes"], first.tags) == (None, "1.2K", {"hearted"})
    assert first.is_edited and first.author.id == "UCada" and first.author.avatar_url == "https://p"
    assert first.created_at.year == 2022 and first.meta["created_at_precision"] == "estimated"
    assert (second.parent_id, second.upvotes, second.created_at) == ("Ug1", 12, None)
    assert first.reply_count == 3 and thread.stubs == (Stub("Ug1", count=2),)


# -- the Data API --------------------------------------------------------------------------------


def test_a_page_of_comment_threads():
    reading = read(
        page(
            comment_thread(
                api("Ug1", channelId="UCben", updatedAt="2024-03-02T10:00:00Z"),
                api("Ug1.b", parentId="Ug1"),
                count=6,
            ),
            comment_thread(api("Ug2", moderationStatus="heldForReview")),
            nextPageToken="abc",
        )
    )
    thread = reading.thread
    assert [(c.id, c.parent_id) for c in thread] == [("Ug1", None), ("Ug1.b", "Ug1"), ("Ug2", None)]
    assert set(thread.stubs) == {Stub("Ug1", count=5), Stub(None, "cursor", cursor="abc")}
    first = thread["Ug1"]
    assert (first.text, first.text_format, first.reply_count) == ("Ug1", "text", 6)
    assert first.edited_at == dt.datetime(2024, 3, 2, 10, tzinfo=dt.UTC)
    assert first.is_edited and first.tags == {"by-author"} and first.meta == {}
    assert thread["Ug1.b"].is_edited is False and thread["Ug2"].status is Status.PENDING
    assert first.author.id == "UCben" and thread.article.id == "mill" and not reading.problems


def test_html_where_the_text_as_written_is_not_told():
    comment = api("Ug1")
    del comment["snippet"]["textOriginal"]
    comment = read(comment).thread["Ug1"]
    assert (comment.text, comment.text_format) == ("<b>Ug1</b>", "html")


def test_a_thread_on_a_channel_is_about_the_channel():
    top = api("Ug1", video=None, channelId="UCm")
    thread = read(page(comment_thread(top, videoId=None, channelId="UCm"))).thread
    assert thread.article.id == "UCm" and thread["Ug1"].url is None


def test_replies_find_the_video_of_what_they_answer_wherever_they_stand():
    replies = page(api("Ug1.b", None, parentId="Ug1"), kind="youtube#commentListResponse")
    threads = page(
        comment_thread(api("Ug1"), count=1), comment_thread(api("Ug9", "v"), videoId="v")
    )
    for values in ([threads, replies], [replies, threads]):
        reading = read(*values)
        first = next(t for t in reading.threads if t.article.id == "mill")
        assert [c.id for c in first] == ["Ug1", "Ug1.b"] and first.stubs == ()
        assert len(reading.threads) == 2 and not reading.problems


def test_a_page_of_replies_goes_on_below_their_parent():
    answer = page(api("Ug1.b", None, parentId="Ug1"), kind="youtube#x", nextPageToken="n")
    thread = read(answer).thread
    assert thread.article is None and thread.stubs == (Stub("Ug1", "cursor", cursor="n"),)
    assert thread["Ug1"].status is Status.MISSING


def test_all_pages_are_one_thread_without_stubs(tmp_path):
    clip = {"kind": "youtube#video", "id": "mill", "statistics": {"commentCount": "3"},
            "snippet": {"title": "A mill", "channelTitle": "Mills", "channelId": "UCm",
                        "publishedAt": "2024-01-01T00:00:00Z", "description": "Old."}}  # fmt: skip
    answers = [
        page(clip, kind="youtube#videoListResponse"),
        page(comment_thread(api("Ug1"), count=1), nextPageToken="b"),
        page(comment_thread(api("Ug2"))),
        page(api("Ug1.b", None, parentId="Ug1"), kind="youtube#commentListResponse"),
    ]
    paths = [tmp_path / f"{n}.json" for n in range(len(answers))]
    for path, answer in zip(paths, answers, strict=True):
        path.write_text(json.dumps(answer))
    for order in (paths, paths[::-1]):
        reading = discourse.read(order)
        thread = reading.thread
        assert {(c.id, c.parent_id) for c in thread} == {
            ("Ug1", None),
            ("Ug2", None),
            ("Ug1.b", "Ug1"),
        }
        assert thread.article.title == "A mill" and thread.article.authors[0].id == "UCm"
        assert thread.is_complete and not reading.problems
    assert {c.id for c in read(*answers).thread} == {"Ug1", "Ug2", "Ug1.b"}
    assert read(*answers).thread.is_complete


def test_an_empty_page_is_no_error_and_an_error_is():
    assert read(page()).threads == ()
    with pytest.raises(ParseError, match="quota"):
        read({"error": {"code": 403, "message": "quota", "errors": [{"domain": "youtube.quota"}]}})


# -- what is wrong -------------------------------------------------------------------------------


def test_what_cannot_be_used_is_reported():
    reading = read(
        video(yt("Ug1"), {"parent": "root", "text": "no id"}, 7),
        {"a": 1},
        page(
            comment_thread(api("Ug2")),
            {"kind": "youtube#commentThread", "id": "x", "snippet": {"topLevelComment": {}}},
            {"kind": "youtube#channel"},
        ),
        api("Ug3", moderationStatus="odd"),
    )
    kinds = [problem.kind for problem in reading.problems]
    assert sorted(kinds) == [
        "bad-value",
        "no-id",
        "no-id",
        "not-recognised",
        "not-recognised",
        "unknown-status",
    ]
    assert [c.id for c in reading.thread] == ["Ug1", "Ug2", "Ug3"]


def test_values_of_the_wrong_kind_are_reported():
    rows = [yt({"a": 1}, is_pinned=True), yt("Ug2", replies=-1), yt("Ug3", like_count="many")]
    reading = read(video(*rows))
    assert [c.id for c in reading.thread] == ["Ug2", "Ug3"]
    assert {problem.kind for problem in reading.problems} == {"bad-value", "no-id"}


@pytest.mark.parametrize("text", ["[]", "{}", '{"title": "A"}', '[{"text": "a"}]', '{"items": []}'])
def test_other_json_is_refused(text):
    with pytest.raises(ParseError):
        parse(text, "youtube")


@pytest.mark.parametrize(
    "value",
    [
        video(yt("1")),
        {"id": "x", "title": "T", "formats": [{"format_id": "1", "ext": "mp4"}]},
        [yt("1")],
        {"title": "T", "comments": [yt("1")]},
        page(comment_thread(api("1"))),
        comment_thread(api("1")),
        [api("1")],
        {"items": [{"snippet": {"topLevelComment": {"id": "1", "snippet": {}}}}], "pageInfo": {}},
        {"cid": "1", "text": "a", "votes": "0"},
        {"error": {"errors": [{"domain": "youtube.quota"}]}},
    ],
)
def test_it_is_known_by_its_content(value):
    from discourse.formats import _registry  # noqa: PLC0415 - for this test alone

    assert _registry.detected(json.dumps(value), "a.json").name == "youtube"
