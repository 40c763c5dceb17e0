"""Discussions in the words of schema.org: in pages and alone, read and written."""

import datetime as dt
import json
from zoneinfo import ZoneInfo

import attrs
import pytest

import discourse
from discourse import Article, Author, Comment, ParseError, Status, Stub, TextFormat, Thread
from discourse.formats import parse, schema_org, serialize

POSTING = {
    "@context": "https://schema.org",
    "@type": "DiscussionForumPosting",
    "@id": "https://a.example/t/1",
    "headline": "Old mills",
    "author": {"@type": "Person", "name": "Ada"},
    "datePublished": "2024-03-01T10:00:00+01:00",
}


def comment(number, **more):
    return {"@type": "Comment", "@id": f"https://a.example/t/1#comment-{number}", **more}


def read(value, **options):
    return parse(value if isinstance(value, str) else json.dumps(value), "schema-org", **options)


def page(body, head=""):
    return f"<!doctype html><html><head><title>T</title>{head}</head><body>{body}</body></html>"


def script(value):
    source = value if isinstance(value, str) else json.dumps(value)
    return f'<script type="application/ld+json">{source}</script>'


def parents(reading):
    return {c.id: c.parent_id for c in reading.thread}


def kinds(reading):
    return [problem.kind for problem in reading.problems]


# -- JSON-LD ---------------------------------------------------------------------------------------


def test_every_field_has_its_place():
    stated = comment(
        7,
        text="Hm.",
        author={
            "@type": ["Person", "SoftwareApplication"],
            "name": "Ben B.",
            "alternateName": "ben",
            "url": "https://a.example/u/ben",
            "image": {"@type": "ImageObject", "url": "https://a.example/b.png"},
        },
        dateCreated="2024-03-01T11:00:00Z",
        dateModified="2024-03-01T12:00:00Z",
        upvoteCount="3",
        downvoteCount=1,
        inLanguage="en",
        creativeWorkStatus="Pending",
        keywords="pinned, moved",
        sharedContent={"@type": "WebPage", "url": "https://b.example/"},
    )
    reading = read({**POSTING, "comment": stated})
    (only,) = reading.thread
    meta = {"sharedContent": {"@type": "WebPage", "url": "https://b.example/"}}
    assert only == Comment(
        "7",
        author=Author(
            "ben",
            display_name="Ben B.",
            url="https://a.example/u/ben",
            avatar_url="https://a.example/b.png",
            is_bot=True,
        ),
        text="Hm.",
        created_at=dt.datetime(2024, 3, 1, 11, tzinfo=dt.UTC),
        edited_at=dt.datetime(2024, 3, 1, 12, tzinfo=dt.UTC),
        status="pending",
        url="https://a.example/t/1#comment-7",
        upvotes=3,
        downvotes=1,
        language="en",
        tags={"pinned", "moved"},
        meta=meta,
    )
    article = reading.thread.article
    assert (article.title, article.id, article.url) == ("Old mills", *["https://a.example/t/1"] * 2)
    assert article.authors == (Author("Ada"),) and not reading.problems


@pytest.mark.parametrize("vocabulary", ["https://schema.org/", "http://schema.org/", "schema:"])
def test_words_may_name_their_vocabulary(vocabulary):
    value = {
        "@context": {"schema": "http://schema.org/"},
        "@type": [f"{vocabulary}DiscussionForumPosting"],
        f"{vocabulary}comment": [
            {"@type": f"{vocabulary}Comment", f"{vocabulary}text": {"@value": "Hm."}}
        ],
    }
    assert [c.text for c in read(value).thread] == ["Hm."]


def test_posts_of_a_graph_are_joined_by_their_ids():
    graph = [
        {**POSTING, "comment": [{"@id": "https://a.example/t/1#comment-7"}]},
        comment(7, text="Hm.", author={"@id": "#ada"}),
        comment(8, text="Yes.", parentItem={"@id": "https://a.example/t/1#comment-7"}),
        comment(9, text="No.", parentItem={"@id": "https://a.example/t/1"}),
        {"@type": "Person", "@id": "#ada", "name": "Ada"},
    ]
    reading = read({"@context": "https://schema.org", "@graph": graph})
    assert parents(reading) == {"7": None, "8": "7", "9": None}
    assert reading.thread["7"].author == Author("Ada", "#ada")


def test_what_is_not_here_is_a_stub_or_a_placeholder():
    value = {
        **POSTING,
        "commentCount": 9,
        "comment": [
            comment(7, text="Hm.", commentCount=3, comment=[comment(8, text="Yes.")]),
            comment(9, text="No.", parentItem={"@type": "Comment", "@id": "urn:6"}),
            {"@id": "https://a.example/t/1#comment-5"},
        ],
    }
    thread = read(value).thread
    assert thread["9"].parent_id == "urn:6" and thread["urn:6"].status is Status.MISSING
    ids = ("https://a.example/t/1#comment-5",)
    assert set(thread.stubs) == {Stub(ids=ids, count=1), Stub("7", count=2)}


def test_a_posting_without_its_comments_says_how_many_there_are():
    counter = {
        "@type": "InteractionCounter",
        "interactionType": {"@type": "http://schema.org/ReplyAction"},
        "userInteractionCount": "17",
    }
    thread = read({**POSTING, "interactionStatistic": counter}).thread
    assert thread.article.comment_count == 17 and thread.stubs == (Stub(count=17),)


def test_an_answer_that_is_suggested_and_accepted_stands_once():
    answer = {"@type": "Answer", "@id": "https://a.example/a/7", "text": "4.", "upvoteCount": -2}
    question = {
        "@type": "Question",
        "name": "What is 2 + 2?",
        "author": "Ada",
        "answerCount": 2,
        "acceptedAnswer": answer,
        "suggestedAnswer": [answer, {**answer, "@id": "https://a.example/a/8", "text": "Five."}],
    }
    thread = read(
        {"@context": "http://schema.org", "@type": "QAPage", "mainEntity": question}
    ).thread
    assert [(c.id, c.score, c.upvotes, set(c.tags)) for c in thread] == [
        ("7", -2, None, {"answer", "accepted"}),
        ("8", -2, None, {"answer"}),
    ]
    assert thread.article.title == "What is 2 + 2?" and not thread.stubs


def test_answers_to_frequent_questions_are_no_discussion():
    question = {
        "@type": "Question",
        "name": "Where?",
        "acceptedAnswer": {"@type": "Answer", "text": "Here."},
    }
    for value in (question, {"@type": "FAQPage", "mainEntity": [question]}):
        with pytest.raises(ParseError, match="no discussion"):
            read({"@context": "https://schema.org", **value})


def test_reviews_are_comments_where_they_have_something_above_them():
    review = {
        "@type": "Review",
        "reviewBody": "Fine.",
        "author": "Ada",
        "reviewRating": {"ratingValue": 5},
    }
    thread = read(
        {"@context": "https://schema.org", "@type": "Product", "name": "A mill", "review": [review]}
    ).thread
    assert thread.article.title == "A mill" and [c.text for c in thread] == ["Fine."]
    with pytest.raises(ParseError):
        read({"@context": "https://schema.org", **review})


def test_a_comment_alone_may_name_what_it_answers():
    value = {"@context": "https://schema.org", **comment(7, text="Hm.")}
    thread = read(
        {**value, "parentItem": {"@type": "Article", "@id": "https://a.example/t/1"}}
    ).thread
    assert thread.article == Article(id="https://a.example/t/1", url="https://a.example/t/1")
    assert thread["7"].parent_id is None


def test_times_without_a_zone_wait_for_one():
    value = {**POSTING, "comment": comment(7, text="Hm.", datePublished="2024-03-01T11:00")}
    reading = read(value)
    assert kinds(reading) == ["local-time"] and reading.thread["7"].created_at is None
    assert reading.thread["7"].meta["created_at_local"] == "2024-03-01T11:00:00"
    time = read(value, zone=ZoneInfo("Europe/Berlin")).thread["7"].created_at
    assert time.isoformat() == "2024-03-01T11:00:00+01:00"


def test_posts_that_answer_each_other_in_a_loop_are_reported():
    graph = [
        comment(7, text="a", parentItem={"@id": comment(8)["@id"]}),
        comment(8, text="b", parentItem={"@id": comment(7)["@id"]}),
    ]
    reading = read({"@context": "https://schema.org", "@graph": [POSTING, *graph]})
    assert {"7", "8"} <= {c.id for c in reading.thread} and kinds(reading)


def test_json_ld_that_templates_break_is_repaired():
    source = '<!-- {"@type": "DiscussionForumPosting", "headline": "Two\nlines", // a remark\n "comment": [{"@type": "Comment", "text": "Hm.",},]} -->'
    reading = read(page("", script(source)))
    assert kinds(reading) == ["repaired-json-ld", "no-id"]
    assert reading.thread.article.title == "Two\nlines"
    assert [c.text for c in reading.thread] == ["Hm."]


# -- microdata and RDFa ----------------------------------------------------------------------------

LISTS = """
<ol><li id="comment-7"><article itemscope itemtype="http://schema.org/UserComments">
  <b itemprop="creator" itemscope itemtype="http://schema.org/Person">Ada</b>
  <time itemprop="commentTime" datetime="2023-11-02T16:43+01:00">then</time>
  <div itemprop="commentText"><p>Hm.</p></div></article>
  <ol class="children"><li id="comment-8">
    <article itemscope itemtype="http://schema.org/UserComments"><p itemprop="commentText">Yes.</p></article>
  </li></ol></li>
<li id="comment-9"><article itemscope itemtype="http://schema.org/UserComments">
  <p itemprop="commentText">No.</p></article></li></ol>"""


def test_lists_say_what_a_comment_answers():
    for body in (
        LISTS,
        f'<section itemscope itemtype="http://schema.org/UserComments">{LISTS}</section>',
    ):
        reading = read(page(body))
        assert parents(reading) == {"7": None, "8": "7", "9": None}
    first = reading.thread["7"]
    assert first.author == Author("Ada") and first.text == "<p>Hm.</p>"
    assert first.created_at.isoformat() == "2023-11-02T16:43:00+01:00"
    assert first.text_format is TextFormat.HTML


def test_comments_inside_a_text_are_no_part_of_it():
    body = """<div itemscope itemtype="https://schema.org/DiscussionForumPosting"><h1 itemprop="headline">T</h1>
    <div id="post_1" itemprop="comment" itemscope itemtype="https://schema.org/comment"><div itemprop="text">Hm.
    <div id="post_2" itemprop="comment" itemscope itemtype="https://schema.org/comment"><p itemprop="text">Yes.</p></div>
    </div></div></div>"""
    reading = read(page(body))
    assert [(c.id, c.parent_id, c.text) for c in reading.thread] == [
        ("1", None, "Hm."),
        ("2", "1", "Yes."),
    ]


def test_a_section_of_replies_after_a_comment_has_its_replies():
    """As Drupal writes them, with RDFa."""

    def article(number, text):
        return (
            f'<article id="comment-{number}" about="/comment/{number}" typeof="schema:Comment">'
            f'<span rel="schema:author"><span typeof="schema:Person" property="schema:name" datatype="">Ada</span></span>'
            f'<span property="schema:dateCreated" content="2020-04-21T14:40:07+00:00"></span>'
            f'<div property="schema:text"><p>{text}</p></div></article>'
        )

    body = f'<section>{article(7, "a")}<div class="indented">{article(8, "b")}</div>{article(9, "c")}</section>'
    head = '<link rel="canonical" href="https://a.example/1"><meta property="og:title" content="Old mills">'
    reading = read(page(body, head))
    assert parents(reading) == {"7": None, "8": "7", "9": None}
    assert reading.thread["8"].author == Author("Ada")
    assert reading.thread["8"].url == "https://a.example/comment/8"
    assert reading.thread.article == Article("Old mills", url="https://a.example/1")


def test_drupal_7_has_other_words():
    body = """<article class="comment" about="/comment/8#comment-8" typeof="sioc:Post sioct:Comment">
    <span property="dc:date" content="2012-01-02T10:00:00+01:00"></span>
    <span rel="sioc:has_creator"><a typeof="sioc:UserAccount" property="foaf:name" datatype="">Ada</a></span>
    <div property="content:encoded"><p>Yes.</p></div>
    <span rel="sioc:reply_of" resource="/comment/7#comment-7"></span></article>
    <article class="comment" about="/comment/7#comment-7" typeof="sioc:Post sioct:Comment">
    <div property="content:encoded"><p>Hm.</p></div></article>"""
    reading = read(page(body))
    assert parents(reading) == {"7": None, "8": "7"}
    assert reading.thread["8"].author == Author("Ada") and reading.thread["8"].created_at


def test_items_may_borrow_elements_from_elsewhere():
    body = """<p id="said" itemprop="text">Hm.</p>
    <div itemscope itemtype="https://schema.org/Comment" itemref="said" id="comment-7"></div>"""
    assert [c.text for c in read(page(body)).thread] == ["Hm."]


def test_a_post_of_a_forum_names_the_topic():
    """As XenForo writes it, with an item that has no type."""
    body = """<article id="js-post-7" itemscope itemtype="https://schema.org/Comment"
    itemid="https://a.example/posts/7/"><meta itemprop="parentItem" itemscope
    itemid="https://a.example/threads/mills.1/"><div itemprop="text">Hm.</div></article>"""
    reading = read(page(body))
    assert reading.thread.article.id == "https://a.example/threads/mills.1/"
    assert parents(reading) == {"7": None}


# -- a page that says things twice -----------------------------------------------------------------


def test_each_comment_stands_once_and_has_what_either_markup_says():
    stated = {**POSTING, "commentCount": 3, "comment": [comment(7, text="Hm.", upvoteCount=5)]}
    reading = read(page(LISTS, script(stated)))
    assert parents(reading) == {"7": None, "8": "7", "9": None}
    assert reading.thread["7"].upvotes == 5 and reading.thread["7"].text == "<p>Hm.</p>"
    assert reading.thread.article.authors == (Author("Ada"),)
    assert reading.thread.article.title == "T"


def test_the_markup_of_wordpress_and_structured_data_are_read_together():
    body = """<ol class="comment-list"><li id="comment-7" class="comment even depth-1">
    <div class="comment-content"><p>Hm.</p></div></li></ol>"""
    stated = {**POSTING, "comment": [comment(n, text="x") for n in (7, 8)]}
    one = parse(page(body, script(POSTING)))
    assert one.thread.source.format == "wordpress-html" and parents(one) == {"7": None}
    assert one.thread.article.authors == (Author("Ada"),)
    two = parse(page(body, script(stated)))
    assert two.thread.source.format == "schema-org" and parents(two) == {"7": None, "8": None}


def test_uncertain_times_stay_uncertain():
    """WordPress wrote its own time of day as UTC once, and its markup knows that."""
    body = """<ol class="comment-list"><li id="comment-7" class="comment even depth-1">
    <div itemscope itemtype="http://schema.org/Comment"><div class="comment-content" itemprop="text"><p>Hm.</p></div>
    <time itemprop="datePublished" datetime="2012-01-02T10:00:00+00:00"></time></div></li></ol>"""
    reading = parse(page(body, '<link rel="x" href="/wp-content/a.css">'))
    assert reading.thread.source.format == "wordpress-html"
    assert reading.thread["7"].created_at is None


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ('<div id="disqus_thread"></div>', "Disqus; .* disqus-xml"),
        ('<div class="fb-comments" data-href="x"></div>', "Facebook comments"),
        ('<div id="coral_thread"></div>', "Coral"),
        ('<hyvor-talk-comments website-id="1"></hyvor-talk-comments>', "Hyvor Talk"),
        ('<script src="https://launcher.spot.im/spot/x"></script>', "OpenWeb"),
        ("<vf-conversations></vf-conversations>", "Viafoura"),
        ('<div id="insticator-commenting"></div>', "Insticator"),
        ('<script src="https://giscus.app/client.js"></script>', "giscus; .* github"),
        ('<script src="https://utteranc.es/client.js"></script>', "utterances; .* github"),
        ('<div id="commento"></div>', "Commento; .* commento"),
        ('<section id="isso-thread"></section>', "Isso; .* isso"),
        ('<div id="remark42"></div>', "remark42; .* remark42"),
        ('<div id="discourse-comments"></div>', "Discourse; .* discourse-forum"),
        ('<meta name="generator" content="Discourse 3.3">', "Discourse; .* discourse-forum"),
        ('<div data-xf-init="x"></div>', "XenForo"),
        ('<div class="postbody"></div>', "phpBB"),
        ('<div id="post_message_7"></div>', "vBulletin"),
        (
            '<article class="js-comment comment" id="comment-7">',
            "Drupal",
        ),
        ('<script src="x" data-ghost-comments="y"></script>', "Ghost"),
    ],
)
def test_comments_of_a_system_that_is_not_read_are_called_by_its_name(mark, name):
    words = f"comments of a system that is not read yet: {name}"
    with pytest.raises(ParseError, match=words):
        parse(page(f"{'x' * 70_000}{mark}"))
    reading = parse(page(mark, script({**POSTING, "commentCount": 3})))
    assert [str(p) for p in reading.problems if p.kind == "unread-comments"]


def test_a_page_with_comments_has_none_that_are_not_read():
    reading = parse(page(f'{LISTS}<div id="disqus_thread"></div>'))
    assert "unread-comments" not in kinds(reading)


# -- writing ---------------------------------------------------------------------------------------

THREAD = Thread(
    Article(
        "T </script>",
        id="1",
        url="https://a.example/1",
        authors=(Author("Ada"), Author("Ben")),
        text="<p>Text.</p>",
        text_format="html",
        created_at=dt.datetime(2024, 3, 1, tzinfo=dt.UTC),
        site="A",
        language="en",
        score=-3,
        comment_count=2,
        tags={"mills"},
    ),
    [
        Comment("7", author=Author("ada", display_name="Ada", id="u1"), text="<!-- Hm.", score=4),
        Comment("8", "7", text="**Yes.**", text_format="markdown", status="deleted", upvotes=1),
    ],
)


def test_what_is_written_is_read_again_and_safe_in_a_page():
    text, lost = serialize(THREAD, "schema-org")
    assert not lost and "<" not in text
    for source in (text, page("", script(text))):
        (thread,) = parse(source).threads
        assert attrs.evolve(thread, source=None) == THREAD


def test_what_is_written_nests_as_search_engines_want_it():
    value = json.loads(serialize(THREAD, "schema-org")[0])
    assert value["@type"] == "DiscussionForumPosting"
    assert value["comment"][0]["comment"][0]["identifier"] == "8"
    assert value["comment"][0]["author"] == {
        "@type": "Person", "identifier": "u1", "name": "Ada", "alternateName": "ada",
    }  # fmt: skip


def test_a_deep_thread_needs_no_deep_reader():
    comments = [Comment(str(n), str(n - 1) if n else None, text="x") for n in range(1_000)]
    thread = Thread(Article("T", id="a"), comments)
    text, lost = serialize(thread, "schema-org")
    json.loads(text)  # which recurses
    assert not lost and parse(text).thread.comments == thread.comments


def test_several_threads_are_an_array():
    other = Thread(Article("U", id="2"), [Comment("9", text="x")])
    text, lost = serialize([THREAD, other], "schema-org")
    assert not lost and [t.article.id for t in parse(text).threads] == ["1", "2"]


def test_what_cannot_be_held_is_said():
    thread = Thread(Article("T", id="1", captions=("A mill",)), [Comment("7", is_edited=True)])
    _, lost = serialize(thread, "schema-org")
    assert [problem.message for problem in lost] == [
        "article: captions cannot be held",
        "comment '7': is_edited cannot be held",
    ]


# -- hostile input ---------------------------------------------------------------------------------


def nested(number):
    return page(
        '<div itemscope itemtype="https://schema.org/Comment"><div itemprop="text name">x' * number
    )


def borrowed(number):
    return page(
        '<ul><li><p itemscope itemtype="https://schema.org/Comment" itemref="a"><b id="a" itemprop="text">'
        * number
    )


def deep_json(number):
    begin = '{"@type": "Comment", "text": "x", "comment": ['
    return '{"@type": "DiscussionForumPosting", "comment": [' + begin * number + "]}" * (number + 1)


@pytest.mark.parametrize("make", [nested, borrowed, deep_json])
def test_what_is_inside_itself_takes_linear_work(lines_run, make):
    once, twice = (lines_run(read, make(n)) for n in (600, 1_200))
    assert twice < 2.3 * once


def test_a_chain_of_any_depth_is_read():
    thread = read(deep_json(20_000)).thread
    assert thread.depth(thread.comments[-1]) == 19_999
    assert len(discourse.parse(nested(20_000), "schema-org").thread) == 20_000


def test_a_large_score_comes_back():
    thread = Thread(Article("T", score=2**53), [Comment("1", score=2**63 - 1)])
    assert schema_org.parse(schema_org.serialize(thread)).thread.comments == thread.comments
    assert schema_org.parse(schema_org.serialize(thread)).thread.article.score == 2**53
