"""Contacts: what is one, what only looks like one, and where they are taken out."""

import itertools

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, NotOneThreadError, Thread
from discourse.privacy import redact_contacts
from discourse.privacy._contacts import contacts


def redacted(text, **fields):
    return redact_contacts(Thread(None, [Comment("1", text=text, **fields)])).thread["1"].text


@pytest.mark.parametrize(
    "address",
    ["ada@bridge.example", "a.b+c@sub.bridge.example", "müller@brücke.example", "a_b-c%d@x.example",
     "ADA@BRIDGE.EXAMPLE", "o'hara@x.example"],
)  # fmt: skip
@pytest.mark.parametrize("around", ["Ask {}.", "({})", "<{}>", "mailto:{}?x=1", "{}, {}", "“{}”"])
def test_e_mail_addresses_go(address, around):
    assert redacted(around.replace("{}", address)) == around.replace("{}", "[email]")


@pytest.mark.parametrize(
    "number",
    ["+44 20 7946 0123", "+1 (555) 010-0123", "+49-30-123456", "+390612345678", "(555) 010-0123",
     "555-010-0123", "555.010.0123", "555 010 0123", "1-800-555-0123", "030 12345678",
     "0170/1234567", "01701234567", "0049 30 123456", "01 23 45 67 89", "(030) 123 45 67"],
)  # fmt: skip
@pytest.mark.parametrize("around", ["Ring {} now", "{}.", "({})", "{}, or not"])
def test_telephone_numbers_go(number, around):
    assert redacted(around.format(number)) == around.format("[phone]")


@pytest.mark.parametrize(
    "text", ["Tel. 555-0123", "phone: 912 345 678", "☎ 912345678", "call me 5550123"]
)
def test_after_a_word_that_says_so_any_number_is_a_telephone(text):
    assert "[phone]" in redacted(text)


@pytest.mark.parametrize(
    "address",
    ["192.0.2.7", "10.0.0.1", "255.255.255.255", "::1", "2001:db8::7", "fe80::1%eth0",
     "::ffff:192.0.2.7", "2001:db8:0:0:0:0:0:7"],
)  # fmt: skip
@pytest.mark.parametrize("around", ["from {} again", "{}.", "({})", "http://{}/x"])
def test_ip_addresses_go(address, around):
    if "http" in around and ":" in address:
        around = "http://[{}]/x"
    assert redacted(around.format(address)) == around.format("[ip]")


@pytest.mark.parametrize(
    "text",
    ["2023-01-10", "10.01.2023", "01/02/2023 10:30", "2023-01-10 12:30:45", "10.01.2023 12", "1990-2000",
     "1914 1918", "20230110", "v1.2.3.4", "version 1.2.3.4", "<version>1.0.0.0", "Browser/92.0.4.1",
     "1.2.3", "1.2.3.4.5", "999.0.2.7", "$1,000,000", "1 000 000 €", "12.000.000", "1.234.567,89",
     "ISBN 978-3-16-148410-0", "978-3-16-148410-0", "ISBN 0-306-40615-2", "0-306-40615-2", "10:30:45",
     "12345678", "123456789012", "3.14159265", "0.123456789", "std::vector", "a::b", "::", "10::",
     "2020 2021 2022", "order 0123456789", "100-200-300", "1-2-3-4-5-6-7", "1991-1994, 2020-2023",
     "50 000 000 people", "0 1 2 3 4 5 6 7 8 9", "16.12.2020 20.12.2020", "#5550100123", "a@b", "@a.b",
     "@ada@bridge.example", "at@", "@", "5@6.7", "x = a@b.c[0]"],
)  # fmt: skip
def test_dates_versions_prices_isbns_and_the_like_stay(text):
    assert redacted(text) == text
    assert redacted(f"It was {text}, they say.") == f"It was {text}, they say."


def test_html_is_looked_at_as_it_is_seen_and_in_its_tags():
    text = "<a href='mailto:a@x.example'>a<b>&#64;</b>x.example</a> +44&nbsp;20&nbsp;7946 0123"
    assert (
        redacted(text, text_format="html") == "<a href='mailto:[email]'>[email]<b></b></a> [phone]"
    )


def test_titles_captions_bios_and_meta_are_reached_and_counted():
    author = Author("Ada", bio="a@x.example", meta={"mail": ["a@x.example", 1]})
    thread = Thread(
        Article("a@x.example", authors=[author], text="192.0.2.7", captions=["a@x.example"], meta={"a": {"b": "::1"}}),
        [Comment("1", None, author, "no", title="+44 20 7946 0123", meta={"ip": "192.0.2.7"})],
        meta={"who": "a@x.example"},
    )  # fmt: skip
    done = redact_contacts(thread)
    assert (done.emails, done.phones, done.ips) == (5, 1, 3)
    assert done.thread.article.meta == {"a": {"b": "[ip]"}}
    assert done.thread["1"].author == Author("Ada", bio="[email]", meta={"mail": ["[email]", 1]})
    assert done.thread["1"].meta == {"ip": "[ip]"}


def test_names_and_ids_that_are_addresses_stay_and_are_told():
    thread = Thread(None, [
        Comment("a@x.example", None, Author("b@x.example")), Comment("1.1.1.1", None, Author("Ada")),
    ])  # fmt: skip
    done = redact_contacts(thread)
    assert done.thread == thread
    assert [(p.kind, p.ids) for p in done.problems] == [("contact-left", ("a@x.example",))] * 2


@given(
    st.lists(st.sampled_from([*"0123456789.:-+ ()/@%ax", "::", "192.0.2.7", "\u00a0", "＠"])).map(
        "".join
    )
)
@example("192.0.2.7::0")
def test_redaction_is_done_once_and_what_is_found_lies_apart(text):
    once = redacted(text)
    assert redacted(once) == once
    found = contacts(text)
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))


HARD = [
    "1 ",
    "1-",
    "(1",
    "+1",
    "a@",
    "@a.",
    "a.",
    "a@a.",
    "::",
    "1:",
    "1.1.",
    "a-",
    "0" * 7 + " ",
    "%",
    "@@",
]


class Counted(str):
    """A text that counts how many of its characters are looked at one by one."""

    __slots__ = ("looked",)

    def __getitem__(self, at):
        self.looked = getattr(self, "looked", 0) + 1
        return str.__getitem__(self, at)


@pytest.mark.parametrize("part", HARD)
def test_the_work_on_hard_texts_grows_as_they_do(part):
    looked = []
    for times in (2_000, 4_000):
        text = Counted(part * times)
        contacts(text)
        looked.append(getattr(text, "looked", 0))
    assert looked[1] <= 2 * looked[0] + 100


@pytest.mark.parametrize("part", HARD)
def test_long_hard_texts_are_read(part):
    assert isinstance(contacts(part * 100_000), list)


def test_contacts_of_several_threads_are_redacted_and_counted_together():
    ada = Author("ada@bridge.example", bio="Ask bo@mill.example")
    one, two = Thread(None, [Comment("1", None, ada)]), Thread(None, [Comment("1", text="Hm.")])
    done = redact_contacts([two, one])
    assert done.threads == (two, redact_contacts(one).thread)
    assert (done.emails, done.phones, done.ips) == (1, 0, 0)
    (problem,) = done.problems
    assert problem.kind == "contact-left" and problem.message.endswith("(thread 1)")
    (named,) = redact_contacts({"monday": one}).problems
    assert named.message.endswith("(thread 'monday')")
    assert "thread" not in redact_contacts(one).problems[0].message
    with pytest.raises(NotOneThreadError):
        _ = done.thread
