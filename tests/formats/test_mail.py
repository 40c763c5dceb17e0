"""Mail and news: how mailboxes split, what messages say, and which conversations they make."""

import datetime as dt
import io
import zipfile

import pytest

import discourse
from discourse import LimitError, ParseError, Status, TextFormat, links
from discourse.formats import parse, read
from discourse.formats.mail import _bodies
from discourse.formats.mail._mailboxes import raw_messages
from discourse.formats.mail._reply_chains import Chains, Link

DAY = "Fri Mar  1 10:00:00 2024"


def message(id="1", text="Hm.", **fields):
    """A message; fields with None are left out, and "_" in their names is "-"."""
    fields = {
        "From": "Ada <ada@example.org>",
        "Date": "Fri, 1 Mar 2024 10:00:00 +0000",
        "Subject": "Mills",
        "Message_ID": f"<{id}@example.org>",
    } | fields
    lines = [
        f"{name.replace('_', '-')}: {value}\n"
        for name, value in fields.items()
        if value is not None
    ]
    return "".join(lines) + f"\n{text}\n"


def mbox(*messages):
    return "".join(f"From ada@example.org {DAY}\n{each}\n" for each in messages).encode()


def only(reading):
    (comment,) = reading.thread
    return comment


def kinds(reading):
    return [problem.kind for problem in reading.problems]


def parents(reading):
    return {c.id.partition("@")[0]: c.parent_id and c.parent_id.partition("@")[0]
            for thread in reading.threads for c in thread}  # fmt: skip


def answer(id, *references, **fields):
    listed = " ".join(f"<{each}@example.org>" for each in references)
    return message(id, References=listed or None, **fields)


# -- mailboxes -------------------------------------------------------------------------------------


def split(data):
    return [raw.data.partition(b"\n\n")[2] for raw in raw_messages(data)]


@pytest.mark.parametrize(
    "line",
    [
        f"From ada@example.org {DAY}",
        f"From ada at example.org  {DAY}",
        "From -",
        f"From - {DAY}",
        "From 1844347792267117879@xxx Fri Mar 01 10:00:00 +0000 2024",
        "From 499d36d946a6f1f654eebad500742eb5c3057569 Mon Sep 17 00:00:00 2001",
        f"From ada@example.org {DAY} +0100",
    ],
)
def test_a_line_of_any_program_parts_messages(line):
    box = f"{line}\n{message('1')}\n{line}\n{message('2')}"
    for data in (
        box,
        box.replace("\n\nFrom ", "\nFrom "),
        "\ufeff" + box,
        box.replace("\n", "\r\n"),
    ):
        assert [c.id for t in parse(data.encode()).threads for c in t] == [
            "1@example.org",
            "2@example.org",
        ]


@pytest.mark.parametrize(
    "text",
    [
        "Yes.\n\nFrom the start: no.\nNote: this is no head",
        "Yes.\n\nFrom 9 to 5 we sleep\nBut: not at night",
        "Yes.\nFrom ben@example.org\nNote: no",
        f"Yes.\n\nFrom ben@example.org {DAY}\nand this is no field",
    ],
)
def test_a_line_of_a_text_parts_nothing(text):
    assert only(parse(mbox(message(text=text)))).text == text


def test_from_in_a_text_loses_the_mark_of_the_mailbox_and_keeps_those_of_replies():
    text = "Yes.\n>From here on.\n>>From there.\n\n> He said:\n>From the mill.\n> No.\n\n> a\n>>From b\n> c"
    assert only(parse(mbox(message(text=text)))).text == (
        "Yes.\nFrom here on.\n>From there.\n\n> He said:\n>From the mill.\n> No.\n\n> a\n>From b\n> c"
    )
    assert only(parse(message(text=text).encode())).text == text


def test_a_length_counts_where_it_is_right():
    """mboxcl2 quotes no line and says how long the text is."""
    text = f"Yes.\n\nFrom ben@example.org {DAY}\nSubject: quoted\n\n>From no mark"
    right = message(text=text, Content_Length=len(text) + 1)
    reading = parse(mbox(right, message("2")))
    assert [c.text for t in reading.threads for c in t] == [text, "Hm."]
    wrong = message(Content_Length=len(text) + 900)
    assert len(parse(mbox(wrong, message("2"))).threads) == 2


def test_mmdf_batches_and_answers_of_a_news_server():
    one, two = message("1").encode(), message("2").encode()
    mark = b"\1\1\1\1\n"
    assert split(mark + one + mark + mark + two + mark) == [b"Hm.\n", b"Hm.\n"]
    batch = b"#! rnews %d\n%s#! rnews %d\n%s" % (len(one), one, len(two), two)
    assert split(batch) == [b"Hm.\n", b"Hm.\n"]
    assert split(batch.replace(b"rnews %d" % len(one), b"rnews 7")) == [b"Hm.\n", b"Hm.\n"]
    answer = b"220 7 <1@example.org> article\r\n" + message(text="..a\n.b").encode() + b".\r\n"
    assert only(parse(answer)).text == ".a\n.b"


def test_a_mailbox_without_separators_begins_each_message_with_one_field():
    one, two = (f"\nEnvelope-To: x\n{message(id)}\n\n" for id in "12")
    assert len(parse((one + two).encode()).threads) == 2


def test_several_files_a_folder_and_an_archive_are_one_reading(tmp_path):
    for name, data in [
        ("cur/1:2,S", message("1")),
        ("new/2", answer("2", "1")),
        ("tmp/3.mill", message("3")),
    ]:
        path = tmp_path / "Maildir" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(data)
    reading = read(tmp_path / "Maildir")
    assert parents(reading) == {"1": None, "2": "1"} and kinds(reading) == ["unread-member"]
    files = [tmp_path / "Maildir" / name for name in ("new/2", "cur/1:2,S")]
    assert parents(read(files)) == parents(reading) and len(read(files).threads) == 1
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("a.eml", message("1"))
        archive.writestr("b.eml", answer("2", "1"))
        archive.writestr("c.eml", "no message")
    packed.seek(0)
    reading = read(packed)
    assert parents(reading) == {"1": None, "2": "1"} and kinds(reading) == ["not-recognised"]


def test_the_same_from_bytes_and_from_text():
    text = mbox(message(text="Zoë", Subject="Zoë"), answer("2", "1")).decode()
    assert parse(text) == parse(text.encode()) == parse(text.encode("utf-16"))
    declared = mbox(message(text="Zoë", Content_Type="text/plain; charset=iso-8859-2")).decode()
    assert only(parse(declared, "mail")).text == "Zoë"


@pytest.mark.parametrize("text", ["Hm.", "TITLE: x\n\nHm.", "Note: a\nDate: b\n\nc", ""])
def test_what_has_no_head_is_refused(text):
    with pytest.raises(ParseError) as caught:
        parse(text, "mail")
    assert caught.value.place is not None


def test_a_page_saved_as_mhtml_is_no_mail():
    page = message(From="<Saved by Blink>", Content_Type="multipart/related").encode()
    assert parse(page).threads[0].source.format == "pagetext"


# -- what a message says ---------------------------------------------------------------------------


def test_the_fields_of_a_message():
    reading = parse(message(
        "7",
        From='"Byron, Ada" <Ada@Example.ORG>', Subject="=?utf-8?q?M=C3=BChlen?= =?utf-8?b?IQ==?=",
        List_Id="Old mills <mills.example.org>", Archived_At="<https://example.org/7>",
        Content_Language="de", Organization="The mill", To="ben@example.org",
        Received="from [192.0.2.1]", Date="Fri, 1 Mar 2024 12:00:00 +0200",
    ))  # fmt: skip
    comment, article = only(reading), reading.thread.article
    assert comment.author == discourse.Author(
        "Ada", id="Ada@example.org", display_name="Byron, Ada"
    )
    assert (comment.id, comment.title, comment.language) == ("7@example.org", "Mühlen!", "de")
    assert comment.created_at == dt.datetime(2024, 3, 1, 10, tzinfo=dt.UTC)
    assert comment.url == "https://example.org/7"
    assert comment.meta == {"list-id": "Old mills <mills.example.org>", "organization": "The mill"}
    assert (article.title, article.url, article.site) == (
        "Mühlen!",
        "mid:7@example.org",
        "mills.example.org",
    )
    kept = only(parse(message(To="ben@example.org"), contacts=True, format="mail"))
    assert kept.meta["to"] == "ben@example.org"


@pytest.mark.parametrize(
    ("value", "id", "name"),
    [
        ("ada@Example.org", "ada@example.org", None),
        ("ada@example.org (Ada (of the mill))", "ada@example.org", "Ada (of the mill)"),
        ("ada at example.org (Ada)", "ada@example.org", "Ada"),
        ("ada en example.org (Ada)", "ada@example.org", "Ada"),
        ("=?utf-8?q?Zo=C3=AB?= <zoe@example.org>", "zoe@example.org", "Zoë"),
        ('"Ada \\"A\\" B" <a@example.org>, Ben <b@example.org>', "a@example.org", 'Ada "A" B'),
        ("Ada", "Ada", None),
        ("<ada@example.org", "ada@example.org", None),
    ],
)  # fmt: skip
def test_who_wrote_it(value, id, name):
    author = only(parse(message(From=value), "mail")).author
    assert (author.id, author.display_name) == (id, name)


def test_who_wrote_it_may_not_be_known():
    assert only(parse(message(From=None), "mail")).author is None
    assert only(parse(message(From="<>"), "mail")).author is None
    by_google = message(
        From="'Ada' via Mills <mills@example.org>", X_Original_From="Ada <ada@example.org>"
    )
    assert only(parse(by_google)).author.id == "ada@example.org"


@pytest.mark.parametrize(
    ("value", "kind"),
    [
        (None, None),
        ("soon", "bad-time"),
        ("Sat, 1 Jan 0000 00:00:00 +0000", "bad-time"),
        ("Fri, 1 Mar 99999999999 10:00:00 +0000", "bad-time"),
        ("Fri, 1 Mar 2024 10:00:00 +9999", "bad-time"),
        ("Fri, 1 Mar 2024 10:00:00 -0000", "local-time"),
        ("Fri, 1 Mar 2024 10:00:00", "local-time"),
    ],
)
def test_times_that_are_none_and_times_without_a_zone(value, kind):
    reading = parse(message(Date=value), "mail")
    assert only(reading).created_at is None
    assert kinds(reading) == ([kind] if kind else [])
    assert only(reading).meta.get("date") == value
    if kind == "local-time":
        zone = dt.timezone(dt.timedelta(hours=2))
        assert only(parse(message(Date=value), "mail", zone=zone)).created_at.hour == 10


def test_a_year_of_two_digits_and_a_zone_by_its_name():
    comment = only(parse(message(Date="1 Apr 93 10:00:29 GMT"), "mail"))
    assert comment.created_at == dt.datetime(1993, 4, 1, 10, 0, 29, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("charset", "data", "text", "told"),
    [
        ("iso-8859-1", b"\x93Hm\x94", "“Hm”", False),
        ("us-ascii", "Zoë".encode(), "Zoë", True),
        ("x-unknown", "Zoë".encode(), "Zoë", True),
        ("x-unknown", b"Hm.", "Hm.", False),
        ("utf-8", b"Zo\xeb", "Zoë", True),
        ("koi8-r", "Да.".encode("koi8-r"), "Да.", False),
        ("iso-2022-jp", "はい".encode("iso-2022-jp"), "はい", False),
        ("gb2312", "是的。".encode("gb2312"), "是的。", False),
        ("hex", "Zoë".encode(), "Zoë", True),
        ("a\0b", b"Zo\xeb", "Zoë", True),
    ],
)
def test_charsets_that_lie_or_are_not_known(charset, data, text, told):
    head = message(text="", Content_Type=f"text/plain; charset={charset}").encode()
    reading = parse(head + data)
    assert only(reading).text == text and bool(reading.problems) == told


def test_bytes_in_the_head():
    raw = message(Subject="SUBJECT").encode()
    assert only(parse(raw.replace(b"SUBJECT", "Mühle".encode()))).title == "Mühle"
    assert only(parse(raw.replace(b"SUBJECT", b"M\xfchle"))).title == "Mühle"
    assert only(parse(raw.replace(b"SUBJECT", b"=?x-no?q?M=FChle?="))).title == "Mühle"
    assert only(parse(raw.replace(b"SUBJECT", b"=?utf-8?b?4pyT4p?= =?utf-8?b?yT?="))).title


def multipart(kind, *parts, boundary="b"):
    inner = "".join(f"--{boundary}\nContent-Type: {kind_}\n\n{text}\n" for kind_, text in parts)
    return message(text=f"A preamble.\n{inner}--{boundary}--",
                   Content_Type=f'multipart/{kind}; boundary="{boundary}"')  # fmt: skip


def test_plain_text_goes_before_html_and_html_before_nothing():
    both = multipart("alternative", ("text/html", "<p>Hm.</p>"), ("text/plain", "Hm."))
    comment = only(parse(both))
    assert (comment.text, comment.text_format, comment.meta) == ("Hm.", TextFormat.TEXT, {})
    html = only(parse(multipart("alternative", ("text/html; charset=utf-8", "<p>Hm.</p>"))))
    assert (html.text, html.text_format) == ("<p>Hm.</p>", TextFormat.HTML)
    assert only(parse(message(text="<p>", Content_Type="text/html"))).text_format is TextFormat.HTML


def test_attachments_are_named_and_footers_are_text():
    comment = only(parse(multipart(
        "mixed", ("text/plain", "Hm."), ('image/png; name="mill.png"', "AAAA"),
        ('text/plain; name="a.txt"', "file"), ("text/plain", "-- the list"),
    )))  # fmt: skip
    assert comment.text == "Hm.\n-- the list"
    assert comment.meta.to_dict()["attachments"] == [
        {"name": "mill.png", "type": "image/png"}, {"name": "a.txt", "type": "text/plain"},
    ]  # fmt: skip
    picture = only(parse(message(Content_Type="image/png")))
    assert picture.text is None and picture.meta.to_dict() == {
        "attachments": [{"type": "image/png"}]
    }


def test_a_multipart_that_is_none_or_is_cut():
    assert only(parse(message(Content_Type="multipart/mixed"))).text == "Hm."
    cut = multipart("mixed", ("text/plain", "Hm.")).replace("\n--b--", "")
    reading = parse(cut)
    assert only(reading).text == "Hm." and kinds(reading) == ["truncated"]


def test_transfer_encodings():
    def text(data, encoding):
        fields = {
            "Content_Type": "text/plain; charset=utf-8",
            "Content_Transfer_Encoding": encoding,
        }
        return parse(message(text=data, **fields), "mail")

    assert only(text("Zo=C3=AB =\n=3D", "quoted-printable")).text == "Zoë ="
    assert only(text("Wm/Dqw==", "base64")).text == "Zoë"
    damaged = text("Wm/!Dqw=", "BASE64")
    assert only(damaged).text.startswith("Zo") and kinds(damaged)[0] == "encoding"


def test_flowed_lines_are_joined():
    text = "One \nline.\n\n> A quoted \n> line.\n> Another.\n Stuffed.\n-- \nAda \nB."
    flowed = only(parse(message(text=text, Content_Type="text/plain; format=flowed")))
    assert flowed.text == "One line.\n\n> A quoted line.\n> Another.\nStuffed.\n-- \nAda B."
    joined = message(text="Mühl \nen", Content_Type="text/plain; format=flowed; delsp=yes")
    assert only(parse(joined, "mail")).text == "Mühlen"


def test_quotations_stay_in_the_text_and_are_found():
    said = "The mill by the river was built in 1720."
    reply = answer("2", "1", text=f"On Friday Ada wrote:\n\n> {said}\n\nNo, earlier.")
    (quote,) = links.quotes(parse(mbox(message(text=said), reply)).thread)
    assert (quote.comment_id, quote.source_id) == ("2@example.org", "1@example.org")


# -- ids and threads -------------------------------------------------------------------------------


def test_references_and_in_reply_to_make_threads():
    reading = parse(mbox(
        answer("3", "1", "2"), answer("2", "1"), message("1"),
        message("4", In_Reply_To="Your message of Friday <3@example.org>"), message("5"),
    ))  # fmt: skip
    assert parents(reading) == {"1": None, "2": "1", "3": "2", "4": "3", "5": None}
    assert [thread.article.url for thread in reading.threads] == [
        "mid:1@example.org",
        "mid:5@example.org",
    ]
    assert not reading.problems and not reading.inferred


@pytest.mark.parametrize(
    ("references", "in_reply_to", "parent"),
    [
        (["1"], "2", "2"),  # References have only the root
        (["1", "2"], "1", "2"),
        (["1", "9"], "2", "2"),  # what is here goes before what is not
        (["1", "9"], "8", "9"),
        ([], "2", "2"),
    ],
)
def test_where_they_differ(references, in_reply_to, parent):
    last = answer("3", *references, In_Reply_To=f"<{in_reply_to}@example.org>")
    reading = parse(mbox(message("1"), answer("2", "1"), last))
    assert parents(reading)["3"] == parent


def test_what_is_not_here_is_a_placeholder():
    reading = parse(mbox(answer("4", "1", "2", "3"), answer("5", "1")))
    (thread,) = reading.threads
    assert parents(reading) == {"1": None, "3": "1", "4": "3", "5": "1"}
    assert {c.id[0] for c in thread if c.status is Status.MISSING} == {"1", "3"}
    assert thread.article.url == "mid:1@example.org" and thread.article.title == "Mills"
    assert kinds(reading) == ["orphan", "orphan"]


def test_the_references_of_others_place_a_message():
    reading = parse(mbox(message("1"), message("2"), answer("3", "1", "2")))
    assert parents(reading) == {"1": None, "2": "1", "3": "2"}
    assert reading.inferred == {"2@example.org"}
    apart = parse(mbox(message("2"), answer("3", "0", "2")))
    assert parents(apart) == {"2": None, "3": "2"}, "what is not here takes nothing from its thread"


@pytest.mark.parametrize(
    "value",
    ["<y>", "<yes>", "Mail from 'Ada <ada@example.org>' of Friday", "ada@example.org's mail"],
)
def test_what_is_no_id_joins_nothing(value):
    reading = parse(mbox(message("1", In_Reply_To=value), message("2", In_Reply_To=value)))
    assert len(reading.threads) == 2 and {*kinds(reading)} <= {"no-parent"}
    assert all(c.parent_id is None for t in reading.threads for c in t)


def test_loops_are_cut():
    reading = parse(mbox(answer("1", "2"), answer("2", "3"), answer("3", "1"), answer("4", "4")))
    assert len(reading.threads) == 2
    assert [p.kind for p in reading.problems] == ["self-parent", "cycle"]
    assert parents(reading) == {"1": "2", "2": "3", "3": None, "4": None}


def test_one_id_twice():
    reading = parse(mbox(message("1"), message("1"), message("1", text="Else."), answer("2", "1")))
    assert [c.id for c in reading.thread] == ["1@example.org", "2@example.org", "1@example.org~2"]
    assert sorted(kinds(reading)) == ["duplicate", "duplicate-conflict"]


def test_a_message_without_an_id_gets_one_of_its_content():
    box = mbox(message(Message_ID=None), message(Message_ID="<>", text="Else."))
    reading = parse(box)
    one, two = (only for thread in reading.threads for only in thread)
    assert one.id != two.id and kinds(reading) == ["made-id", "made-id"]
    assert only(parse(message(Message_ID=None))).id == one.id


def test_subjects_join_threads_where_asked():
    box = mbox(message("1"), message("2", Subject="RE: [list] mills"), message("3", Subject="Rivers"),
               message("4", Subject="Mills"))  # fmt: skip
    assert len(parse(box).threads) == 4
    reading = parse(box, subjects=True)
    assert [[c.id[0] for c in thread] for thread in reading.threads] == [["1", "2", "4"], ["3"]]
    assert parents(reading) == {"1": None, "2": "1", "3": None, "4": None}
    assert reading.inferred == {"2@example.org"}


@pytest.mark.parametrize(
    ("subject", "title"),
    [("Re: Mills", "Mills"), ("[list] AW: Re[2]: Mills", "[list] Mills"), ("More: mills", "More: mills"),
     ("Mills, re: rivers", "Mills, re: rivers"), ("Re:", None), (None, None)],
)  # fmt: skip
def test_the_subject_of_a_thread_whose_beginning_is_not_here(subject, title):
    reading = parse(answer("2", "1", Subject=subject), "mail")
    assert reading.thread.article.title == title


def test_newsgroups():
    reading = parse(message(Newsgroups="rec.mills,rec.rivers", Lines="1"), "mail")
    assert reading.thread.article.site == "rec.mills"
    assert reading.thread.article.tags == {"rec.mills", "rec.rivers"}
    assert only(reading).meta == {"newsgroups": "rec.mills,rec.rivers", "lines": "1"}


def test_a_message_in_the_text_of_another_is_told():
    """As where the line that parts them was lost; but not where it was forwarded."""
    reading = parse(mbox(message(text=f"Hm.\n\n{message('2')}")))
    assert kinds(reading) == ["bad-section"]
    forwarded = f"---- Forwarded message ----\n\n{message('2')}"
    assert not parse(mbox(message(text=forwarded))).problems


def test_what_a_mail_program_keeps_in_a_mailbox_is_no_message():
    data = message("0", Subject="DON'T DELETE THIS MESSAGE -- FOLDER INTERNAL DATA", X_IMAP="1 2")
    reading = parse(mbox(data, message("1")))
    assert only(reading).id == "1@example.org" and kinds(reading) == ["service-message"]


# -- made to hurt ----------------------------------------------------------------------------------


def nested(depth):
    head = 'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n'
    return message(text="", Content_Type='multipart/mixed; boundary="b"') + "--b\n" + "".join(
        head.format(n=n) for n in range(depth)) + "Content-Type: text/plain\n\nHm.\n"  # fmt: skip


def test_parts_that_lie_too_deep_are_named():
    reading = parse(nested(10_000))
    assert only(reading).text is None and "too-deep" in kinds(reading)
    assert only(reading).meta.to_dict()["attachments"] == [{"type": "application/octet-stream"}]
    assert only(parse(nested(_bodies.DEEPEST - 1))).text == "Hm."
    inner = "Content-Type: message/rfc822\n\n" * 10_000
    assert only(parse(message(text=inner, Content_Type="message/rfc822"))).text is not None


HOSTILE = {
    "references": lambda n: answer("1", *range(2, n)),
    "fields": lambda n: "X-A: b\n" * n + message(),
    "parts": lambda n: multipart("mixed", *[("text/plain", "x")] * n),
    "multiparts without parts": lambda n: message(text="--b\n" * n, Content_Type="multipart/x; boundary=b"),
    "messages without heads": lambda n: f"From - {DAY}\nX: y\n" * n,
    "a chain": lambda n: mbox(*(answer(str(k), str(k + 1)) for k in range(n))).decode(),
    "a chain of ghosts": lambda n: mbox(*(answer(f"{k}", *range(n, n + 20)) for k in range(n))).decode(),
    "quoted From": lambda n: mbox(message(text=">From x\n" * n)).decode(),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_mail_takes_linear_work(name, lines_run):
    make = HOSTILE[name]
    once, twice = (lines_run(parse, make(n).encode(), "mail") for n in (150, 300))
    assert twice < 2.3 * once


@pytest.mark.parametrize(
    "field",
    [
        "From: " + "(" * 500_000, "From: " + "<" * 500_000, 'From: "' + "\\" * 500_000,
        "Subject: " + "=?a?q?" * 100_000, "Subject: " + "=?utf-8?b?QQ==?= " * 100_000,
        "References: " + "<" * 500_000, "References: " + "<a@b> " * 100_000,
        "Date: " + "1 " * 500_000, "Content-Type: text/plain; " + 'a="b;' * 100_000,
        "Content-Type: multipart/mixed; boundary*0*=" + "%41" * 100_000,
        "Content-Type: text/plain; charset*=" + "a'b'" * 100_000,
        "Message-ID: <" + "a" * 5_000_000, "In-Reply-To: " + "a@b " * 100_000,
        "Subject: " + "Re: " * 100_000, "Content-Disposition: attachment; filename*9999999=" + "x" * 9_000,
    ],
)  # fmt: skip
def test_long_fields_are_read_or_cut(field):
    name = field.partition(":")[0].replace("-", "_")
    reading = parse(f"{field}\n{message(**{name: None})}", "mail", subjects=True)
    (comment,) = [c for c in reading.thread if c.status is not Status.MISSING]
    assert comment.text in ("Hm.", None)


def test_of_many_references_the_last_are_kept():
    reading = parse(mbox(message("1"), answer("2", *range(10, 10_000), "1")))
    assert parents(reading) == {"1": None, "2": "1"} and kinds(reading) == ["too-long"]


def test_many_messages_make_linear_chains(lines_run):
    def chain(n):
        return [Link(str(k), [str(k + 1)], []) for k in range(n)]

    once, twice = (lines_run(_all_of, chain(n)) for n in (500, 1_000))
    assert twice < 2.3 * once


def _all_of(listed):
    chains = Chains(listed)
    return [(chains.parent(link.id), chains.root(link.id)) for link in listed]


def test_a_stream_reads_the_whole(tmp_path):
    path = tmp_path / "a.mbox"
    path.write_bytes(mbox(message("1"), message("3"), answer("2", "1")))
    assert [len(thread) for thread in discourse.formats.stream(path)] == [2, 1]
    with pytest.raises(LimitError, match="max_bytes"):
        list(discourse.formats.stream(path, max_bytes=100))
