"""Objects, activities and collections of ActivityStreams; and threads written as one."""

import datetime as dt
import json

import attrs
import pytest
from hypothesis import given

import discourse
from discourse import Article, Author, Comment, ParseError, Status, Stub, Thread, strategies
from discourse.formats import activitystreams

AS = "https://www.w3.org/ns/activitystreams"
PUBLIC = f"{AS}#Public"
ADA = "https://a.example/ada"


def note(id, answers=None, content="<p>Hm.</p>", **more):
    said = {"type": "Note", "id": id, "inReplyTo": answers, "content": content, "attributedTo": ADA}
    return {key: value for key, value in {**said, **more}.items() if value is not None}


def read(*values):
    return activitystreams.parse("\n".join(json.dumps({"@context": AS, **v}) for v in values))


def collection(*items, **more):
    return {"type": "OrderedCollection", "orderedItems": list(items), **more}


def tree(thread):
    return [(c.id, c.parent_id) for c in thread]


def kinds(reading):
    return [problem.kind for problem in reading.problems]


def test_the_fields_of_a_reply():
    made = note(
        "2", "1", published="2024-03-01T10:00:00Z", updated="2024-03-01T11:00:00.123456789+01:00",
        summary="Mills", sensitive=True, url=[{"type": "Link", "mediaType": "text/markdown",
        "href": "https://a.example/2.md"}, {"type": "Link", "href": "https://a.example/2"}],
        contentMap={"en": "<p>Hm.</p>"}, likes={"type": "Collection", "totalItems": 4},
        replies={"type": "Collection", "totalItems": 0, "items": []}, to=[PUBLIC], cc=None,
        tag=[{"type": "Hashtag", "name": "mills"}, {"type": "Mention", "name": "@ben"},
             {"name": "pinned"}], signature={"x": 1}, conversation="tag:1", attachment=[],
    )  # fmt: skip
    comment = read(note("1"), made).thread["2"]
    assert (comment.title, comment.text, comment.text_format.value) == (
        "Mills",
        "<p>Hm.</p>",
        "html",
    )
    assert comment.created_at == dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)
    assert comment.edited_at == dt.datetime(2024, 3, 1, 10, 0, 0, 123456, tzinfo=dt.UTC)
    assert (comment.upvotes, comment.reply_count, comment.language) == (4, 0, "en")
    assert comment.tags == {"#mills", "pinned", "sensitive"}
    assert comment.url == "https://a.example/2" and comment.author == Author(id=ADA)
    assert set(comment.meta) == {"url", "to", "tag", "conversation"}
    assert [tag["name"] for tag in comment.meta["tag"]] == ["@ben"]


def test_any_object_that_answers_nothing_is_an_article():
    for kind in ("Page", "Article", "Question", "Event", "Video", ["Note", "x:Poll"], "as:Note"):
        thread = read(note("1", type=kind, name="T", summary="S"), note("2", "1")).thread
        assert (thread.article.title, thread.article.id) == ("T", "1"), kind
        assert tree(thread) == [("2", None)]
    assert read(note("1", type="Page")).thread.article.meta == {"type": "Page"}
    assert read(note("1", type="Article")).thread.article.meta == {}


def test_texts_in_other_forms():
    def read_text(**more):
        return read(note("1"), note("2", "1", **more)).thread["2"]

    assert read_text(mediaType="text/markdown").text_format.value == "markdown"
    other = read_text(mediaType="text/x.misskeymarkdown")
    assert (other.text_format.value, other.meta) == (
        "other",
        {"mediaType": "text/x.misskeymarkdown"},
    )
    only = read_text(content=None, contentMap={"de": "Hm."})
    assert (only.text, only.language, only.meta) == ("Hm.", "de", {})
    several = read_text(content=None, contentMap={"en": "Hm.", "de": "Hm!"})
    assert (several.text, several.language) == ("Hm.", None) and "contentMap" in several.meta
    assert read_text(language={"identifier": "fr", "name": "Français"}).language == "fr"
    assert read_text(language={"identifier": "und"}).language is None
    assert read_text(content=None, nameMap={"en": "Mills"}).title == "Mills"


def test_actors_tell_who_wrote_what():
    ada = {"type": "Person", "id": ADA, "preferredUsername": "ada", "name": "Ada L.", "inbox": "x",
           "icon": {"type": "Image", "url": "https://a.example/a.png"}, "summary": "<p>Mills</p>",
           "url": "https://a.example/@ada", "publicKey": {}, "discoverable": True}  # fmt: skip
    clock = {"type": "Service", "name": "Clock"}
    reading = read(note("1"), note("2", "1", attributedTo=clock), ada, {**ada, "id": "other"})
    assert reading.thread.article.authors == (Author(
        "ada", ADA, display_name="Ada L.", avatar_url="https://a.example/a.png", is_bot=False,
        bio="<p>Mills</p>", url="https://a.example/@ada", meta={"discoverable": True}),)  # fmt: skip
    assert reading.thread["2"].author == Author("Clock", is_bot=True)
    assert kinds(reading) == ["not-recognised"], "who wrote nothing"


def test_a_channel_is_no_author():
    both = [{"type": "Group", "id": "g"}, {"type": "Person", "id": ADA}]
    article = read(note("1", type="Video", attributedTo=both)).thread.article
    assert article.authors == (Author(id=ADA, is_bot=False),)
    assert len(article.meta["attributedTo"]) == 2
    assert read(note("1", attributedTo=[ADA, "b"])).thread.article.authors[1] == Author(id="b")


def test_what_is_not_for_everyone_is_private():
    tags = [read(note("1", **addressed)).thread.article.tags for addressed in (
        {"to": ["https://b.example/ben"]}, {"to": PUBLIC}, {"cc": ["as:Public"]}, {})]  # fmt: skip
    assert tags == [{"private"}, set(), set(), set()]


def test_several_names_of_a_parent():
    """One of them is an id, another the address of a page: what is here is the parent."""
    first = note("1", url="https://a.example/1")
    second = note("2", ["1", "https://a.example/1"])
    third = note("3", [{"id": "x", "url": "https://a.example/1"}])
    lemmy = note("4", ["1", "2"])  # the post and then the comment
    thread = read(first, second, third, lemmy).thread
    assert tree(thread) == [("2", None), ("4", "2"), ("3", None)]
    assert "inReplyTo" in thread["4"].meta and "inReplyTo" not in thread["3"].meta
    assert tree(read(note("3", [{"id": "x", "url": "y"}])).thread) == [("x", None), ("3", "x")]


def test_replies_in_a_collection():
    replies = {"type": "Collection", "totalItems": 5, "items": [
        note("2"), {"type": "Tombstone", "id": "3", "formerType": "Note"}, "4", "5"],
        "first": {"type": "CollectionPage", "next": "https://a.example/1/replies?page=2",
                  "items": [note("6", "2"), note("5")]}}  # fmt: skip
    thread = read(note("1", replies=replies)).thread
    assert tree(thread) == [("2", None), ("6", "2"), ("3", None), ("5", None)]
    assert thread["3"].status is Status.DELETED and thread["3"].meta == {}
    assert set(thread.stubs) == {
        Stub(ids=("4",)), Stub(kind="cursor", cursor="https://a.example/1/replies?page=2"),
    }  # fmt: skip
    assert thread.article.comment_count == 5


@pytest.mark.parametrize(
    ("replies", "stubs"),
    [
        ("https://a.example/1/replies", (Stub(kind="cursor", cursor="https://a.example/1/replies"),)),
        ({"type": "Collection", "totalItems": 0, "first": "https://a.example/x"}, ()),
        ({"type": "Collection", "first": {"type": "Link", "href": "p"}},
         (Stub(kind="cursor", cursor="p"),)),
        ([note("2")], ()),
    ],
)  # fmt: skip
def test_what_is_left_of_replies(replies, stubs):
    assert read(note("1", replies=replies)).thread.stubs == stubs


def test_activities_bring_objects():
    outbox = collection(
        {"type": "Create", "actor": ADA, "object": note("1", attributedTo=None)},
        {"type": "Announce", "actor": "g", "object": {"type": "Create", "object": note("2", "1")}},
        {"type": "Announce", "object": "https://b.example/9"},
        {"type": "Like", "object": note("1")},
        {"type": "Follow", "object": ADA},
        id="https://a.example/outbox", next="https://a.example/outbox?page=2",
    )  # fmt: skip
    reading = read(outbox)
    assert tree(reading.thread) == [("2", None)]
    assert reading.thread.article.authors == (Author(id=ADA),)
    told = {problem.kind: problem.message for problem in reading.problems}
    assert kinds(reading) == ["more-pages", "reposts", "not-recognised", "not-recognised"]
    assert told["reposts"] == "2 activities (announce), not posts"


def test_an_update_replaces_what_was_created():
    create = {"type": "Create", "object": note("2", "1", "old", updated="2024-03-01T10:00:00Z")}
    update = {"type": "Update", "object": note("2", "1", "new")}
    for turn in ([create, update], [update, create]):
        reading = read(note("1"), *turn)
        assert reading.thread["2"].text == "new" and not reading.problems
    twice = read(note("1"), note("2", "1"), note("2", "1", url="u"), note("2", "1", "else"))
    assert twice.thread["2"].url == "u" and kinds(twice) == ["duplicate-conflict"]


def test_what_is_deleted():
    reading = read(
        note("1"), note("2", "1"), note("3", "1"), note("4"),
        {"type": "Delete", "actor": ADA, "object": "2"},
        {"type": "Delete", "actor": "moderator", "object": {"type": "Tombstone", "id": "3"}},
        {"type": "Delete", "actor": ADA, "object": note("9", "1")},
        {"type": "Undo", "object": {"type": "Create", "object": note("8", "1")}},
        {"type": "Delete", "actor": ADA, "object": "4"},
    )  # fmt: skip
    thread, other = reading.threads
    assert [(c.id, c.status.value) for c in thread] == [("2", "deleted"), ("3", "removed")]
    assert other.article.tags == {"deleted"}
    assert kinds(reading) == ["not-recognised"] * 2, "a deletion of what is not here, an undoing"


def test_messages_between_two_are_no_discussion():
    reading = read(note("1"), {"type": "Create", "object": note("2", type="ChatMessage")})
    assert len(reading.thread) == 0 and kinds(reading) == ["not-recognised"]


def test_objects_without_ids():
    reading = read(collection(note(None), note(None), note(None, "1"), note("2", {"type": "Note"})))
    assert [tree(thread) for thread in reading.threads] == [
        [("2", None)],
        [],
        [("1", None), ("$.orderedItems[2]", "1")],
    ]
    assert sorted(kinds(reading)) == ["made-id", "orphan"]


def test_a_reply_without_an_id_is_known_by_its_address():
    reading = read(note("1", replies={"items": [note(None, url="https://a.example/2")]}))
    assert tree(reading.thread) == [("https://a.example/2", None)] and not reading.problems


@pytest.mark.parametrize("kind", ["article", "note", "comment"])
def test_objects_of_the_first_version_are_recognised(kind):
    thing = {"objectType": kind, "id": "1", "content": "Hm."}
    for document in (thing, [thing]):
        assert discourse.parse(json.dumps(document)).threads[0].source.format == "activitystreams"
    asked = {"objectType": kind, "replies": {"items": [{"objectType": "comment", "id": "2"}]}}
    assert [c.id for c in discourse.parse(json.dumps(asked)).thread] == ["2"]


def test_the_first_version_of_activitystreams():
    entry = {"objectType": "activity", "verb": "post", "actor": {"objectType": "person", "id": "p",
             "displayName": "Ada"}, "object": {"objectType": "article", "id": "1",
             "displayName": "T", "content": "Hm.", "replies": {"totalItems": 1, "items": [
                 {"objectType": "comment", "id": "2", "author": {"displayName": "Ben"},
                  "content": "Yes.", "published": "2024-03-01T10:00:00Z"}]}}}  # fmt: skip
    thread = activitystreams.parse(
        json.dumps({"items": [entry], "objectType": "collection"})
    ).thread
    assert (thread.article.title, thread.article.authors[0].name) == ("T", "Ada")
    assert (thread["2"].author, thread["2"].parent_id) == (Author("Ben"), None)


def test_files_of_several_servers_are_one_thread(tmp_path):
    """Often each object is a file; a reply without its parent is a thread of its own till then."""
    objects = [note("https://a.example/post/1", type="Page", name="T"),
               note("https://b.example/2", "https://a.example/post/1"),
               note("https://c.example/3", "https://b.example/2"),
               note("https://c.example/9", "https://d.example/8")]  # fmt: skip
    for n, each in enumerate(objects):
        (tmp_path / f"{n}.json").write_text(json.dumps({"@context": [AS, {}], **each}))
    for turn in (sorted(tmp_path.iterdir()), sorted(tmp_path.iterdir(), reverse=True)):
        threads = {t.article and t.article.title: t for t in discourse.read(turn).threads}
        assert tree(threads["T"]) == [
            ("https://b.example/2", None), ("https://c.example/3", "https://b.example/2"),
        ]  # fmt: skip
        assert threads[None]["https://d.example/8"].status is Status.MISSING


# -- what the rules forbid -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "document",
    [
        [note("1")],
        {"type": "OrderedCollection", "items": [note("1")]},
        {"type": "Collection", "orderedItems": [note("1")]},
        {"type": "Collection", "first": {"type": "Create", "object": "1"}},
        {"type": "Collection", "items": [3]},
        {"@context": AS, "type": "Offer", "object": 23},
        note("1", content=42),
        note(4),
    ],
)
def test_what_is_against_the_rules_is_reported(document):
    reading = activitystreams.parse(json.dumps(document))
    assert "bad-value" in kinds(reading)
    assert all(thread.article is not None for thread in reading.threads)


@pytest.mark.parametrize(
    "text",
    [
        '{"@context": 3}', "42", '"Now is the time"', "[]", '{"type": "comment", "id": 1}',
        '{"@context": "http://schema.org", "@type": "Person", "type": "Note"}',
    ],
)  # fmt: skip
def test_what_is_of_another_vocabulary_is_refused(text):
    with pytest.raises(ParseError) as caught:
        activitystreams.parse(text)
    assert caught.value.place is not None


# -- writing ---------------------------------------------------------------------------------------

TIME = dt.datetime(2024, 3, 1, 10, tzinfo=dt.timezone(dt.timedelta(hours=2)))
WHOLE = Thread(
    Article("T", id="https://a.example/1", authors=[Author("ada", ADA, display_name="Ada")],
            text="Hm.", text_format="markdown", created_at=TIME, site="mills", language="en",
            score=-1.5, comment_count=4, tags=["#mills", "news"], meta={"type": "Page", "to": [PUBLIC]}),
    [
        Comment("2", None, Author("clock", is_bot=True, url="u", avatar_url="v", bio="w"), "<p>Yes.",
                text_format="html", title="Re: T", edited_at=TIME, language="de", upvotes=3,
                downvotes=1, score=2, reply_count=1, url="https://a.example/2"),
        Comment("3", "2", text="Hm.", text_format="other", status="hidden", is_edited=True,
                tags=["sensitive", "pinned", "private"], meta={"conversation": [1, {"a": None}]}),
        Comment("4", "2", status="deleted", language="fr"),
        Comment("5", None, status="missing"),
    ],
    stubs=[Stub(ids=("6",)), Stub("3", "cursor", cursor="https://a.example/3/replies")],
    source=discourse.Source("activitystreams", platform="activitypub"),
)  # fmt: skip


def test_a_thread_is_written_and_read_again():
    text = activitystreams.serialize(WHOLE)
    assert activitystreams.parse(text).thread == WHOLE
    assert activitystreams.holds(WHOLE) == () and not activitystreams.parse(text).problems


def test_what_is_written_is_a_collection_that_others_understand():
    document = json.loads(activitystreams.serialize(WHOLE))
    assert document["@context"][0] == AS and document["type"] == "OrderedCollection"
    assert document["totalItems"] == len(document["orderedItems"]) == 5
    first, second, third, gone, _ = document["orderedItems"]
    assert (first["type"], first["name"], first["mediaType"]) == ("Page", "T", "text/markdown")
    assert first["published"] == "2024-03-01T10:00:00+02:00" and "content" not in first
    assert second["inReplyTo"] == first["id"] and third["inReplyTo"] == "2"
    assert second["attributedTo"]["type"] == "Service" and second["likes"]["totalItems"] == 3
    assert (gone["type"], gone["formerType"]) == ("Tombstone", "Note")
    own = {key for each in document["orderedItems"] for key in each if ":" in key}
    assert all(key.startswith("discourse:") for key in own), "what AS2 has no word for is named so"
    assert document["@context"][1] == {"discourse": "urn:discourse:thread:1#"}


@pytest.mark.parametrize(
    "thread",
    [
        Thread(),
        Thread(Article()),
        Thread(Article("T"), [Comment("1", text="a"), Comment("2", text="b"), Comment("3", "2")]),
        Thread(None, [Comment("1", text="a"), Comment("2", text="b"), Comment("3", "2")]),
        Thread(None, [Comment("1", status="missing"), Comment("2", "1"), Comment("3", "2")]),
        Thread(Article("T", id="1"), [Comment("5", status="missing"), Comment("2", "5")]),
    ],
)
def test_threads_that_lack_something(thread):
    again = activitystreams.parse(activitystreams.serialize(thread)).thread
    assert attrs.evolve(again, source=None) == thread


def test_what_is_lost_is_said():
    lossy = Thread(
        Article("T", id="1", captions=["c"]),
        [Comment("1", text="a", meta={"content": "b", "n": None}), Comment("2", "1", upvotes=-1)],
        stubs=[Stub("2", count=4)],
        meta={"a": 1},
    )
    assert set(activitystreams.holds(lossy)) == {
        "stubs cannot be held", "meta cannot be held", "article: id cannot be held",
        "article: captions cannot be held", "comment '1': meta cannot be held",
        "comment '2': upvotes cannot be held",
    }  # fmt: skip
    again = activitystreams.parse(activitystreams.serialize(lossy)).thread
    assert tree(again) == tree(lossy) and again["1"].text == "a"


@given(strategies.threads(max_size=6, complete=False))
def test_no_comment_is_lost_and_what_is_held_stays(thread):
    again = activitystreams.parse(activitystreams.serialize(thread)).thread
    assert tree(again) == tree(thread)
    assert activitystreams.holds(again) == ()


# -- values of other kinds -------------------------------------------------------------------------

ODD = [None, True, -1, 1.5, "", [], {}, [[1]], {"a": {"a": []}}, 10**30, "2024-13-45"]


def whole():
    return note("2", "1", published="2024-03-01T10:00:00Z", name="T", summary="S", url=["u"], to=["x"],
                cc=[], tag=[{"name": "#a"}], likes={"totalItems": 1}, contentMap={"en": "x"},
                replies={"items": [note("3")], "first": "x"}, language={"identifier": "en"})  # fmt: skip


def places(value, path=()):
    """Yield the path of every value in a value."""
    for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(inner, dict | list):
            yield from places(inner, (*path, key))


@pytest.mark.parametrize("odd", ODD, ids=repr)
def test_a_value_of_another_kind_does_no_harm(odd):
    """It is read, or is a problem; the post beside it stays."""
    article = read(note("77")).thread.article
    for path in places(whole()):
        changed = around = whole()
        for step in path[:-1]:
            around = around[step]
        around[path[-1]] = odd
        reading = read(note("77"), changed)
        assert article in [thread.article for thread in reading.threads]
