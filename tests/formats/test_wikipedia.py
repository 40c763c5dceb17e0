"""Talk pages of MediaWiki, in wikitext, HTML, JSON and XML. All data are invented."""

import datetime as dt
import io
import json

import pytest

from discourse import ParseError
from discourse.formats import parse, stream
from discourse.formats.wikipedia._timestamps import Calendar, timestamps

NOON = " 12:00, 1 March 2024 (UTC)"
ADA = "[[User:Ada|Ada]] ([[User talk:Ada|talk]]) 12:00, 1 March 2024 (UTC)"
BEN = "[[User:Ben|Ben]] 12:01, 1 March 2024 (UTC)"
CY = "[[User:Cy]] 12:02, 1 March 2024 (UTC)"
ADA_ID = "c-Ada-20240301120000-Mills"
BEN_ID = "c-Ben-20240301120100-Ada-20240301120000"


def pairs(thread):
    return [(c.id, c.parent_id) for c in thread]


def signed(text):
    """The comments of wikitext under one heading: users and the users whom they answer."""
    thread = read(f"== Mills ==\n{text}").thread
    users = {c.id: c.author.name for c in thread} | {None: None}
    return [(c.author.name, users[c.parent_id]) for c in thread]


def read(text, **options):
    return parse(text, "wikipedia", **options)


# -- wikitext ------------------------------------------------------------------------------------


def test_a_section_is_a_thread_of_its_comments():
    reading = parse(f"== The ''old'' [[mill|Mills]] ==\nHm. {ADA}\n\n:Yes. {BEN}\n")
    thread = reading.thread
    assert reading.problems == ()
    assert (thread.article.title, thread.article.text) == ("The old Mills", None)
    assert thread.article.id == "h-The_old_Mills-20240301120000"
    assert thread.article.meta == {"headingLevel": 2}
    assert pairs(thread) == [("c-Ada-20240301120000-The_old_Mills", None),
                             (BEN_ID, "c-Ada-20240301120000-The_old_Mills")]  # fmt: skip
    assert thread[BEN_ID].text == f"Yes. {BEN}"
    assert thread[BEN_ID].created_at == dt.datetime(2024, 3, 1, 12, 1, tzinfo=dt.UTC)
    assert thread[BEN_ID].text_format.value == "wikitext"


def test_times_in_ids_are_as_they_were_before_july_2022():
    thread = read("== A ==\nHm. [[User:Ada L]] 12:00, 1 March 2020 (UTC)").thread
    assert [c.id for c in thread] == ["c-Ada_L-2020-03-01T12:00:00.000Z-A"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"{ADA}\n:{BEN}\n::{CY}", [("Ada", None), ("Ben", "Ada"), ("Cy", "Ben")]),
        (f"{ADA}\n*{BEN}\n*:{CY}", [("Ada", None), ("Ben", "Ada"), ("Cy", "Ben")]),
        (f"{ADA}\n:{BEN}\n:{CY}", [("Ada", None), ("Ben", "Ada"), ("Cy", "Ada")]),
        (f"{ADA}\n::::{BEN}\n:{CY}", [("Ada", None), ("Ben", "Ada"), ("Cy", "Ada")]),
        (f"#{ADA}\n#:{BEN}\n#{CY}", [("Ada", None), ("Ben", "Ada"), ("Cy", None)]),
        (f"{ADA}\n:One.\n:* Two.\n:Three. {BEN}", [("Ada", None), ("Ben", "Ada")]),
        (f"One.\n\nTwo.\n* three\n{ADA}\n:{BEN}", [("Ada", None), ("Ben", "Ada")]),
        (f"{ADA} Corrected. {BEN}\n\n{CY}", [("Ada", None), ("Cy", None)]),
        (f"{ADA}<br>{BEN}", [("Ada", None), ("Ben", None)]),
        (f"{ADA}\n:{BEN}\n{{{{od|:}}}}Back. {CY}", [("Ada", None), ("Ben", "Ada"), ("Cy", None)]),
        (f"{ADA}\n:See {{{{quote|one\ntwo}}}} {BEN}", [("Ada", None), ("Ben", "Ada")]),
        (f"{{{{archive top|result=Done. {ADA}}}}}\n{BEN}\n{{{{archive bottom}}}}",
         [("Ada", None), ("Ben", None)]),
    ],
)  # fmt: skip
def test_indentation_says_what_a_comment_answers(text, expected):
    assert signed(text) == expected


@pytest.mark.parametrize(
    "quoted",
    [
        f"<!-- {BEN} -->",
        f"<nowiki>{BEN}</nowiki>",
        f"<blockquote>\n{BEN}\n</blockquote>",
        f"<ref>{BEN}</ref>",
        "12:00, 1 March 2024 (UTC)",
        "[[User:Ben]]",
        "[[User:Ben/Drafts]] 12:00, 1 March 2024 (UTC)",
        "[[User:Ben]] 12:00, 31 February 2024 (UTC)",
        "[[Help:Ben]] 12:00, 1 March 2024 (UTC)",
        f"[[User:Ben]] {'x' * 120} 12:00, 1 March 2024 (UTC)",
    ],
)
def test_what_is_no_signature_signs_nothing(quoted):
    assert signed(f"{quoted} {CY}\n\n:{ADA}") == [("Cy", None), ("Ada", "Cy")]
    assert signed(f"{quoted}\n\n{ADA}") == [("Ada", None)]


@pytest.mark.parametrize(
    ("signature", "user", "shown"),
    [
        ("[[User:ada_L|Ada L]]", "Ada L", None),
        ("[[User:Ada|<b>The Miller</b>]] [[User talk:Ada|[talk]]]", "Ada", "The Miller"),
        ("[[Benutzerin Diskussion:Ada#Hm|Ada]]", "Ada", None),
        ("[[Special:Contributions/192.0.2.7|192.0.2.7]]", "192.0.2.7", None),
        ("[[Spezial:Beiträge/2001:db8::7|2001:db8::7]]", "2001:DB8::7", None),
        ("[[Участница:Ада]]", "Ада", None),
        ("[[利用者:Ada]]", "Ada", None),
        ("{{User:Ada/signature}}", "Ada", None),
    ],
)
def test_a_link_to_a_user_says_who_wrote_it(signature, user, shown):
    (comment,) = read(f"== A ==\nHm. {signature} 12:00, 1 March 2024 (UTC)").thread
    assert (comment.author.name, comment.author.display_name) == (user, shown)


@pytest.mark.parametrize(
    "template",
    [
        "{{unsigned|Ada|12:00, 1 March 2024 (UTC)}}",
        "{{Unsigned2|12:00, 1 March 2024|Ada}}",
        "{{non signé|Ada|1 mars 2024 à 12:00 (UTC)}}",
        "{{unsigned|1=Ada|2=12:00, 1 March 2024}}",
    ],
)
def test_templates_sign_for_others(template):
    (comment,) = read(f"== Mills ==\nHm. {template}").thread
    assert comment.id == ADA_ID
    assert comment.text == f"Hm. {template}"


def test_a_section_in_a_section_is_a_thread_of_its_own():
    first, second, third = read(f"== A ==\n{ADA}\n=== B ===\n{BEN}\n= C =\nNobody.").threads
    assert (second.article.id, second.article.meta["parent"]) == (
        "h-B-A-20240301120100", "h-A-20240301120000")  # fmt: skip
    assert pairs(second) == [("c-Ben-20240301120100-B", None)]
    assert first.article.id == second.article.meta["parent"]
    assert (third.article.id, third.article.text, len(third)) == ("h-C", "Nobody.", 0)


def test_what_nobody_signed_is_reported():
    reading = read(f"Welcome.\n\n== A ==\n{ADA}\n\nAnd this.")
    assert [(p.kind, p.values) for p in reading.problems] == [
        ("unsigned-text", ("Welcome.",)), ("unsigned-text", ("And this.",))]  # fmt: skip
    assert len(reading.thread) == 1


def test_comments_before_the_first_heading_are_a_thread():
    first, second = read(f"{ADA}\n:{BEN}\n== A ==\n{CY}").threads
    assert (first.article.id, first.article.title) == ("h--20240301120000", None)
    assert pairs(first) == [("c-Ada-20240301120000", None), (BEN_ID, "c-Ada-20240301120000")]
    assert len(second) == 1


def test_the_same_user_in_the_same_minute_has_numbers_in_ids():
    thread = read(f"== A ==\n{ADA}\n\n{ADA}\n\n{ADA}\n:{BEN}").thread
    assert pairs(thread) == [
        ("c-Ada-20240301120000-A", None), ("c-Ada-20240301120000-A-1", None),
        ("c-Ada-20240301120000-A-2", None), (BEN_ID, "c-Ada-20240301120000-A-2")]  # fmt: skip


def test_two_headings_alike_have_two_anchors():
    threads = read(f"== A ==\n{ADA}\n== a ==\n{BEN}").threads
    assert [t.article.id for t in threads] == ["h-A-20240301120000", "h-a_2-20240301120100"]


# -- times ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "written",
    [
        "12:34, 5 May 2020 (UTC)", "12:34, May 5, 2020 (UTC)", "14:34, 5. Mai 2020 (CEST)",
        "5 mai 2020 à 14:34 (CEST)", "14:34, 5 mag 2020 (CEST)", "12:34 5 may 2020 (UTC)",
        "12h34min de 5 de maio de 2020 (UTC)", "2020年5月5日 (火) 12:34 (UTC)",
        "2020년 5월 5일 (화) 21:34 (KST)", "12:34، 5 مايو 2020 (ت ع م)",
        "\u200f۵ مهٔ ۲۰۲۰، ساعت ۱۲:۳۴ (UTC)", "2020. május 5., 14:34 (CEST)",
        "5 maj 2020 kl. 14.34 (CEST)", "5. toukokuuta 2020 kello 15.34 (EEST)",
        "5. 5. 2020, 14:34 (CEST)", "12:34, 5 במאי 2020 (UTC)", "12:34, 5 мая 2020 (UTC)",
        "12:34, ngày 5 tháng 5 năm 2020 (UTC)", "19:34, 5 พฤษภาคม 2563 (+07)",
        "2020 m. gegužės 5 d. 15:34 (EEST)", "2020. gada 5. maijs, plkst. 15.34 (EEST)",
        "12:34, 5 May 2020 (UTC+0)", "Version 3.5 of 2019 12:34, 5 May 2020 (UTC)",
    ],
)  # fmt: skip
def test_times_are_read_in_many_languages(written):
    (stamp,) = timestamps(written)
    time = Calendar([stamp]).time(stamp, None)
    assert time.astimezone(dt.UTC) == dt.datetime(2020, 5, 5, 12, 34, tzinfo=dt.UTC)


@pytest.mark.parametrize(("other", "month"), [("5 siječnja", 10), ("5 stycznia", 11)])
def test_the_page_tells_which_language_a_month_is_of(other, month):
    """Croatian listopada is October, and Polish listopada November."""
    first, second = timestamps(f"12:34, {other} 2020 (CET) 12:34, 5 listopada 2020 (CET)")
    assert Calendar([first, second]).time(second, None).month == month


def test_a_time_of_an_unclear_zone_is_kept_as_it_is():
    text = "== A ==\nHm. [[User:Ada]] 12:34, 5 May 2020 (IST)"
    reading = read(text)
    (comment,) = reading.thread
    assert (comment.id, comment.created_at) == ("c-Ada-2020-05-05T12:34:00-A", None)
    assert comment.meta == {
        "timestamp": "12:34, 5 May 2020 (IST)",
        "created_at_local": "2020-05-05T12:34:00",
    }
    assert [p.kind for p in reading.problems] == ["local-time"]
    (comment,) = read(text, zone=dt.timezone(dt.timedelta(hours=3))).thread
    assert comment.id == "c-Ada-2020-05-05T09:34:00.000Z-A"


# -- HTML ----------------------------------------------------------------------------------------


def link(user):
    return f'<a href="/wiki/User:{user}" title="User:{user}">{user}</a>'


def mark(id, text):
    return (f'<span data-mw-comment-start="" id="{id}"></span>{text}'
            f'<span class="ext-discussiontools-init-replylink-buttons"><a>Reply</a></span>'
            f'<span data-mw-comment-end="{id}"></span>')  # fmt: skip


PLAIN = f"""<html><head><title>Talk:Mills - A wiki</title>
<link rel="canonical" href="https://a.example/wiki/Talk:Mills"></head>
<body><h1 id="firstHeading">Talk:Mills</h1><div class="mw-parser-output"><p>Welcome.</p>
<h2><span class="mw-headline" id="Mills">Mills</span><span class="mw-editsection">edit</span></h2>
<p>Hm. {link("Ada")} 12:00, 1&#160;March 2024 (UTC)</p>
<dl><dd>Yes. {link("Ben")} 12:01, 1 March 2024 (UTC)</dd></dl>
<blockquote>{link("Cy")} 12:02, 1 March 2024 (UTC)</blockquote>
<h2 id="Empty">Empty</h2><p>Nobody.</p></div><p>Privacy</p></body></html>"""
MARKED = f"""<div class="mw-parser-output"><h2 id="Mills"><span data-mw-comment-start=""
id="h-Mills-20240301120000"></span>Mills</h2>
<p>{mark(ADA_ID, "Hm.")}</p><dl><dd>{mark(BEN_ID, "Yes.")}</dd></dl><p>And this.</p></div>"""


def test_a_page_without_marks_is_read_by_its_signatures():
    reading = parse(PLAIN)
    first, second = reading.threads
    assert pairs(first) == [(ADA_ID, None), (BEN_ID, ADA_ID)]
    assert (first.article.title, first.article.site) == ("Mills", "Talk:Mills")
    assert first.article.url == "https://a.example/wiki/Talk:Mills#Mills"
    assert first[ADA_ID].url == f"https://a.example/wiki/Talk:Mills#{ADA_ID}"
    assert first[ADA_ID].text.startswith("Hm. <a href=")
    assert (second.article.title, second.article.text) == ("Empty", "Nobody.")
    kinds = [p.values for p in reading.problems]
    assert kinds[0] == ("Welcome.",)
    assert len(kinds) == 2


def test_a_page_with_marks_is_read_by_them():
    reading = parse(MARKED)
    thread = reading.thread
    assert thread.article.id == "h-Mills-20240301120000"
    assert pairs(thread) == [(ADA_ID, None), (BEN_ID, ADA_ID)]
    assert (thread[ADA_ID].text, thread[ADA_ID].author.name) == ("Hm.", "Ada")
    assert thread[BEN_ID].created_at == dt.datetime(2024, 3, 1, 12, 1, tzinfo=dt.UTC)
    assert [(p.kind, p.values) for p in reading.problems] == [
        ("unsigned-text", ("<p>And this.</p>",))]  # fmt: skip


def test_of_comments_in_one_minute_the_one_in_fewer_lists_was_answered():
    again = "c-Ada-20240301120000-Ada-20240301120000"
    page = (f'<h2 id="Mills"><span data-mw-comment-start="" id="h-Mills"></span>Mills</h2>'
            f"<p>{mark(ADA_ID, '1')}</p><dl><dd>{mark(again, '2')}</dd>"
            f"<dd>{mark(again + '-1', '3')}</dd><dd>{mark(BEN_ID, '4')}</dd></dl>")  # fmt: skip
    assert pairs(parse(page).thread) == [
        (ADA_ID, None), (again, ADA_ID), (f"{again}-1", ADA_ID), (BEN_ID, ADA_ID)]  # fmt: skip


def test_marks_without_ends_and_ids_of_other_forms_are_kept():
    page = ('<h2 id="A"><span data-mw-comment-start="" id="h-A"></span>A</h2>'
            '<p><span data-mw-comment-start="" id="c-odd"></span>One.</p>'
            f"<p>{mark('c-Ada-20249901120000-A', 'Two.')}</p>")  # fmt: skip
    thread = parse(page).thread
    assert [(c.id, c.author, c.text) for c in thread] == [
        ("c-odd", None, None), ("c-Ada-20249901120000-A", None, "Two.")]  # fmt: skip


# -- JSON ----------------------------------------------------------------------------------------


def item(id, *replies, **more):
    return {"type": "comment", "id": id, "replies": [*replies], **more}


def comment(id, *replies, **more):
    return item(id, *replies, author=id.split("-")[1], timestamp="2024-03-01T12:00:00Z",
                html=f"I am {id}.", level=1, **more)  # fmt: skip


def heading(id, *replies, level=2, **more):
    return item(id, *replies, type="heading", headingLevel=level, html=f"<b>{id}</b>", **more)


def answer(*items):
    return json.dumps({"discussiontoolspageinfo": {"threaditemshtml": [*items]}})


def test_items_of_the_api_are_threads():
    sub = heading("h-B-A", comment("c-Cy-3"), level=3)
    reading = parse(answer(
        heading("h-", level=None, othercontent="<p>Welcome.</p>"),
        heading("h-A", comment("c-Ada-1", comment("c-Ben-2", displayName="B.")), sub,
                commentCount=3),
        sub, heading("h-C", othercontent="<p>Nobody.</p>", commentCount=0),
    ))  # fmt: skip
    first, second, third = reading.threads
    assert pairs(first) == [("c-Ada-1", None), ("c-Ben-2", "c-Ada-1")]
    assert first["c-Ben-2"].author.display_name == "B."
    assert (first.article.title, first.article.comment_count) == ("h-A", None)
    assert pairs(second) == [("c-Cy-3", None)]
    assert (third.article.text, third.article.comment_count) == ("<p>Nobody.</p>", 0)
    assert [(p.kind, p.values) for p in reading.problems] == [
        ("unsigned-text", ("<p>Welcome.</p>",))]  # fmt: skip


def test_items_that_cannot_be_used_are_reported():
    reading = parse(answer(heading("h-A", comment("c-Ada-1"), comment("c-Ada-1"),
                                   item("x", comment("c-Ben-2"), type="poll"))))  # fmt: skip
    assert [c.id for c in reading.thread] == ["c-Ada-1", "c-Ben-2"]
    assert [p.kind for p in reading.problems] == ["duplicate", "not-recognised"]


WIKITEXT = f"== Mills ==\nHm. {ADA}\n:Yes. {BEN}"


@pytest.mark.parametrize(
    "value",
    [
        {"parse": {"title": "Talk:M", "pageid": 7, "wikitext": WIKITEXT}},
        {"parse": {"title": "Talk:M", "pageid": 7, "wikitext": {"*": WIKITEXT}}},
        {"parse": {"title": "Talk:M", "pageid": 7, "text": {"*": PLAIN.partition("<h2 id=")[0]}}},
        {"query": {"pages": {"7": {"title": "Talk:M", "pageid": 7,
                                   "revisions": [{"slots": {"main": {"*": WIKITEXT}}}]}}}},
        {"query": {"pages": [{"title": "Talk:M", "pageid": 7, "revisions": [
            {"timestamp": "2024-01-01T00:00:00Z", "slots": {"main": {"content": "== Old =="}}},
            {"timestamp": "2024-03-02T00:00:00Z", "slots": {"main": {"content": WIKITEXT}}}]}]}},
        {"title": "Talk:M", "content_model": "wikitext", "source": WIKITEXT},
    ],
)  # fmt: skip
def test_answers_of_the_api_have_wikitext_or_html(value):
    thread = parse(json.dumps(value)).thread
    assert pairs(thread) == [(ADA_ID, None), (BEN_ID, ADA_ID)]
    assert thread.article.site == "Talk:M"


def test_an_answer_that_goes_on_and_pages_without_text_are_reported():
    pages = [{"title": "Talk:M", "missing": True}, {"title": "Talk:N", "revisions": [{}]}]
    reading = read(json.dumps({"continue": {"x": 1}, "query": {"pages": pages}}))
    assert [p.kind for p in reading.problems] == ["no-text", "no-text", "more-pages"]
    reading = read('{"error": {"code": "nosuchrevid", "info": "No."}}')
    assert [p.kind for p in reading.problems] == ["error-object"]


# -- XML -----------------------------------------------------------------------------------------


def dumped(*pages):
    return (
        '<mediawiki version="0.11"><siteinfo><base>https://a.example/wiki/Main_Page</base>'
        '<namespaces><namespace key="2">Mühlenfreund</namespace></namespaces></siteinfo>'
        + "".join(
            f"<page><title>{title}</title><ns>{ns}</ns><id>7</id>"
            + "".join(
                f"<revision><id>{n}</id><timestamp>2024-03-0{n}T00:00:00Z</timestamp>"
                f"<text>{text}</text></revision>"
                for n, text in revisions
            )
            + "</page>"
            for title, ns, revisions in pages
        )
        + "</mediawiki>"
    )


def test_a_dump_gives_the_latest_revision_of_each_talk_page():
    text = dumped(
        ("Mills", 0, [(1, "== History ==\nOld.")]),
        ("Talk:Mills", 1, [(2, f"== Mills ==\n{ADA}"), (1, "== Mills ==")]),
        ("Project:Pub", 4, [(1, "== Pub ==\n[[Mühlenfreund:Dee]] 12:00, 1 March 2024 (UTC)")]),
    )
    reading = parse(text)
    first, second = reading.threads
    assert pairs(first) == [(ADA_ID, None)]
    assert first.meta == {"id": "7", "ns": "1", "revision": "2",
                          "timestamp": "2024-03-02T00:00:00Z"}  # fmt: skip
    assert first.article.url == "https://a.example/wiki/Talk:Mills#Mills"
    assert [c.author.name for c in second] == ["Dee"]
    assert [(p.kind, p.values) for p in reading.problems] == [("not-talk", ("Mills",))]
    assert list(stream(io.BytesIO(text.encode()))) == list(reading.threads)


# -- laws ----------------------------------------------------------------------------------------

WHOLE = f"== A ==\nOne. {ADA}\n:Two. {BEN}\n\n== B ==\nThree. {CY}"


@pytest.mark.parametrize("text", [WHOLE, PLAIN, MARKED])
def test_every_beginning_of_a_page_is_read_or_refused(text):
    for end in range(len(text)):
        try:
            reading = read(text[:end])
        except ParseError:
            continue
        assert all(c.author is None or c.author.name for t in reading.threads for c in t)


def test_every_letter_of_wikitext_is_in_a_comment_or_a_problem():
    reading = read(f"Welcome.\n{WHOLE}\n\nAnd this.")
    texts = [c.text for thread in reading.threads for c in thread]
    texts += [value for problem in reading.problems for value in problem.values]
    for word in ("Welcome.", "One.", "Two.", "Three.", "And this."):
        assert sum(word in text for text in texts) == 1, word


@pytest.mark.parametrize("text", ["", "Only words.", "<p>Only words.</p>", "[1]", '{"a": 1}', "{"])
def test_what_is_no_talk_page_is_refused(text):
    with pytest.raises(ParseError):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "== A ==\n" + ":" * 200_000 + ADA,
        "== A ==\n" + "{{" * 100_000 + ADA,
        "== A ==\n" + "[[User:X|" * 20_000 + ADA,
        "== A ==\n" + "<!--" * 50_000,
        "=" * 200_000,
        '<div class="mw-parser-output">' + "<dl><dd>" * 50_000 + f"{link('Ada')}{NOON}",
        "[" + '{"type":"heading","id":"h","replies":[' * 20_000 + "]}" * 20_000 + "]",
        '<h2><span data-mw-comment-start id="h-A">'
        + "".join(f'<span data-mw-comment-start id="c-{n}"></span>' for n in range(5_000))
        + "".join(f'<span data-mw-comment-end="c-{n}"></span>' for n in range(5_000)),
    ],
    ids=range(8),
)
def test_depth_and_repetition_cost_no_more_than_length(text):
    assert read(text).threads
