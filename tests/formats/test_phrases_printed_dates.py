"""Dates as sites print them, in the languages of CLDR and the formats of PHP's ``date()``."""

import datetime as dt
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse.formats._phrases import date_words
from discourse.formats._phrases.page_dates import Local, PageDates, Unread, advice, before

babel = pytest.importorskip("babel")

LANGUAGES = [
    "de",
    "fr",
    "es",
    "it",
    "pt",
    "pt_BR",
    "nl",
    "pl",
    "ru",
    "cs",
    "sv",
    "da",
    "nb",
    "fi",
    "hu",
    "tr",
    "el",
    "ro",
    "bg",
    "uk",
    "sk",
    "hr",
    "sr",
    "sl",
    "lt",
    "lv",
    "et",
    "ca",
    "gl",
    "eu",
    "ja",
    "zh",
    "zh_TW",
    "ko",
    "vi",
    "id",
    "th",
    "ar",
    "fa",
    "he",
    "en_US",
    "en_GB",
    "hi",
    "bn",
]
FORMATS = [
    r"F j, Y \a\t g:i a", r"j. F Y \u\m H:i", "d.m.Y, H:i", r"d/m/Y \à H:i", "Y-m-d H:i",
    "Y/m/d g:i A", "l, j F Y, G:i", "D j M Y g:i A", "M d, Y H:i:s", "Y. F j. H:i", "d.m.y H:i",
    "j. n. Y (G.i)", "H:i, j F Y", r"d-m-Y @ H\hi", "Y年n月j日 A g:i", "l d F Y - H.i",
]  # fmt: skip
TIMES = [
    dt.datetime(2021, month, day, hour, 17)
    for month, day, hour in [
        *[(1, 2, 9), (2, 3, 13), (3, 31, 0), (4, 12, 23), (5, 5, 12), (6, 28, 7)],
        *[(7, 9, 18), (8, 20, 21), (9, 1, 15), (10, 10, 10), (11, 30, 20), (12, 25, 1)],
    ]
]


def printed(format, time, locale):
    """Return what PHP prints in a language."""
    periods = locale.day_periods["format"]
    half = "am" if time.hour < 12 else "pm"
    half_day = periods.get("abbreviated", {}).get(half) or periods["wide"].get(half, half)
    months, days = locale.months["format"], locale.days["format"]
    parts = {
        "d": f"{time.day:02}", "j": time.day, "m": f"{time.month:02}", "n": time.month,
        "Y": time.year, "y": f"{time.year % 100:02}", "F": months["wide"][time.month],
        "M": months["abbreviated"][time.month], "H": f"{time.hour:02}", "G": time.hour,
        "g": time.hour % 12 or 12, "i": f"{time.minute:02}", "s": "00", "a": half, "A": half_day,
        "l": days["wide"][time.weekday()], "D": days["abbreviated"][time.weekday()],
    }  # fmt: skip
    return re.sub(r"\\(.)|(\w)", lambda m: m[1] or str(parts.get(m[2], m[2])), format)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_format_is_read_in_every_language(language):
    locale = babel.Locale.parse(language)
    for format in FORMATS:
        texts = [printed(format, time, locale) for time in TIMES]
        dates = PageDates(texts, language.replace("_", "-"))
        found = [dates.read(text) for text in texts]
        assert [each.naive() for each in found] == TIMES, (format, texts)


@pytest.mark.parametrize("language", LANGUAGES)
def test_without_the_language_of_the_page_no_date_is_read_wrongly(language):
    locale = babel.Locale.parse(language)
    for format in FORMATS:
        texts = [printed(format, time, locale) for time in TIMES]
        dates = PageDates(texts, None)
        found = [dates.read(text) for text in texts]
        pairs = zip(found, TIMES, strict=True)
        assert all(isinstance(each, Unread) or each.naive() == time for each, time in pairs), format


@pytest.mark.parametrize(
    ("language", "text", "iso"),
    [
        ("de", "16. März 2023 um 16:59", "2023-03-16T16:59:00"),
        ("en", "June 28th, 2015 at 10:25 pm", "2015-06-28T22:25:00"),
        ("en", "12:05 am on 3rd of May 2020", "2020-05-03T00:05:00"),
        ("de", "17.07, 2011 @ 13:04", "2011-07-17T13:04:00"),
        ("es", "mar, 3 may 2020 10:25 p. m.", "2020-05-03T22:25:00"),
        ("fr", "1er mai 2020 à 16 h 59 min", "2020-05-01T16:59:00"),
        ("fr", "3 fév 2020", "2020-02-03"),
        ("de", "2. Mrz 2014", "2014-03-02"),
        ("vi", "3 Tháng Mười Hai, 2020 lúc 10:25 chiều", "2020-12-03T22:25:00"),
        ("zh-CN", "2020年5月3日下午10:25", "2020-05-03T22:25:00"),
        ("lt", "2020 m. gegužės 3 d. 10:25", "2020-05-03T10:25:00"),
        ("ar", "٣ مايو ٢٠٢٠ الساعة ١٠:٢٥ م", "2020-05-03T22:25:00"),
        ("en", "Sun May 3 10:25:00 2020", "2020-05-03T10:25:00"),
        ("en", "28 Jun '15, 3pm", "2015-06-28T15:00:00"),
        ("en", "12 May 3, 2020", "2020-05-03"),
        ("en", "2020-05-03", "2020-05-03"),
        ("de", "1. 03.05.2020", "2020-05-03"),
        (None, "26. Mai 2008 um 21:07", "2008-05-26T21:07:00"),
        (None, "3. listopada 2020", None),  # November in Polish, October in Croatian
        ("hr", "3. listopada 2020", "2020-10-03"),
        ("fa", "۱۳۹۹/۲/۱۴", None),  # of the Persian calendar
        ("en", "May 3, 10:25", None),
        ("en", "31 February 2020", None),
        ("en", "x" * 101, None),
    ],
)
def test_dates(language, text, iso):
    found = PageDates([text], language).read(text)
    assert (found.iso() if isinstance(found, Local) else None) == iso


# -- what the page settles -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("options", "date"),
    [
        ({"language": None}, None),
        ({"language": "en"}, None),
        ({"language": "en-US"}, "2020-03-04"),
        ({"language": "en-GB"}, "2020-04-03"),
        ({"language": "de"}, "2020-04-03"),
        ({"language": "en-US", "texts": ["14/03/2020"]}, "2020-04-03"),
        ({"language": "de", "texts": ["03/14/2020"]}, "2020-03-04"),
        ({"language": "de", "texts": ["03/14/2020", "14/03/2020"]}, None),
        ({"language": "de", "day_first": False}, "2020-03-04"),
        ({"language": None, "beside": [("5/6/2020", dt.date(2020, 6, 5))]}, "2020-04-03"),
        ({"language": None, "beside": [("5/6/2020", dt.date(2020, 5, 7))]}, "2020-03-04"),
    ],
)
def test_the_page_settles_the_order_of_day_and_month(options, date):
    beside = options.pop("beside", ())
    texts = [*options.pop("texts", ()), "3/4/2020"]
    found = PageDates(texts, beside=lambda: beside, **options).read("3/4/2020")
    if date is None:
        assert found == Unread(("2020-04-03", "2020-03-04"))
    else:
        assert found == Local(dt.date.fromisoformat(date))


def test_an_unknown_word_behind_a_time_may_say_which_half_of_the_day_it_is():
    text = "2020-05-03 10:25 abc"
    assert PageDates([text], "en").read(text).readings == ("10:25:00", "22:25:00")
    several = [text, "2020-05-03 22:30 abc"]
    assert PageDates(several, "en").read(text).iso() == "2020-05-03T10:25:00"


def test_without_the_extra_english_is_read_and_the_rest_says_what_to_install(monkeypatch):
    monkeypatch.setattr(date_words, "import_module", _missing)
    caches = [date_words.babel, date_words.words_of, date_words.words_of_all]
    caches += [date_words.units_of, date_words.units_of_all]
    for cached in caches:
        cached.cache_clear()
    try:
        dates = PageDates(["1 Monat her"], "de")
        assert dates.read("May 3, 2020").iso() == "2020-05-03"
        assert dates.read("13.05.2020, 10:25").iso() == "2020-05-13T10:25:00"
        assert dates.read("3. März 2020") == Unread()
        in_part = PageDates(["3. September 2020 um 10:00", "4. Mai 2020 um 11:00"], "de")
        assert in_part.read("3. September 2020 um 10:00") == Unread()
        assert in_part.read("2020-05-04 11:00").iso() == "2020-05-04T11:00:00"
        assert dates.read("03.05.2020") == Unread(("2020-05-03", "2020-03-05"))
        assert dates.read("3 days ago").age == ((3, "day"),)
        assert "discourse-model[dates]" in advice("de") and advice("en-GB") == ""
    finally:
        monkeypatch.undo()
        for cached in caches:
            cached.cache_clear()


def _missing(name):
    raise ImportError(name)


# -- ages ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "text", "age"),
    [
        ("en", "3 days ago", ((3, "day"),)),
        ("en", "5 mins ago", ((5, "minute"),)),
        ("en", "about an hour ago", ((1, "hour"),)),
        ("de", "vor 3 Tagen", ((3, "day"),)),
        ("de", "1 Monat her", ((1, "month"),)),
        ("de", "50 Minuten 46 Sekunden her", ((50, "minute"), (46, "second"))),
        ("en", "1 year, 5 months ago", ((1, "year"), (5, "month"))),
        ("en", "5 minutes 2 hours ago", ()),
        ("en", "2 hours 5", ()),
        ("fr", "il y a 3 jours", ((3, "day"),)),
        ("es", "hace 2 semanas", ((2, "week"),)),
        ("ru", "5 лет назад", ((5, "year"),)),
        ("ja", "3日前", ((3, "day"),)),
        (None, "há 2 meses", ((2, "month"),)),
        ("en", "3 replies", ()),
        ("en", "x" * 61 + " 3 days ago", ()),
    ],
)
def test_ages(language, text, age):
    found = PageDates([text], language).read(text)
    assert found == Unread(age=age)


def test_an_age_counts_back():
    leap_day = dt.datetime(2024, 2, 29, 12, tzinfo=dt.UTC)
    assert before(leap_day, ((1, "year"),)) == dt.datetime(2023, 2, 28, 12, tzinfo=dt.UTC)
    assert before(leap_day, ((90, "minute"),)) == dt.datetime(2024, 2, 29, 10, 30, tzinfo=dt.UTC)
    for age in (((9999, "year"),), ((9999, "week"),)):
        moment = dt.datetime(100, 1, 1, tzinfo=dt.UTC)
        with pytest.raises(OverflowError):
            before(moment, age)


@given(st.text(max_size=120), st.sampled_from([None, "de", "zh", "x", "../../etc", "en-US"]))
def test_any_text_is_read_or_not(text, language):
    found = PageDates([text], language).read(text)
    assert isinstance(found, Local | Unread)
