"""Local times: one key in ``meta``, one problem, one option, in all formats and on pages."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest

import discourse
from discourse import Article, Comment, FieldError, Thread, parse
from discourse._markup import local_times


def page(*comments, head="", lang="de", article=""):
    items = "".join(
        f'<li class="comment even depth-1" id="comment-{n}"><b class="fn">Ada</b>{date}'
        '<div class="comment-content"><p>So.</p></div></li>'
        for n, date in enumerate(comments, 1)
    )
    return (
        f'<html lang="{lang}"><head>{head}</head><body class="single">'
        f'<article class="hentry"><h1 class="entry-title">T</h1>{article}'
        f'<div class="entry-content"><p>x</p></div></article>'
        f'<ol class="comment-list">{items}</ol></body></html>'
    )


def dated(text):
    return f'<span class="comment-date">{text}</span>'


def kinds(reading):
    return [problem.kind for problem in reading.problems]


@pytest.mark.parametrize(
    "zone",
    ["Europe/London", "+01:00", ZoneInfo("Europe/London"), dt.timezone(dt.timedelta(hours=1))],
)
def test_a_caller_names_the_zone_of_printed_dates(zone):
    reading = parse(page(dated("3. Mai 2020 um 10:25 Uhr")), zone=zone)
    (comment,) = reading.thread
    assert comment.created_at == dt.datetime(2020, 5, 3, 9, 25, tzinfo=dt.UTC)
    assert comment.meta == {"date": "3. Mai 2020 um 10:25 Uhr"} and not reading.problems


def test_a_zone_that_is_none_is_refused():
    for wrong in ("Mars/Olympus", "+25:00", "", "../../etc/passwd"):
        with pytest.raises(FieldError, match="must be the name of a zone"):
            parse(page(), "wordpress-html", zone=wrong)


def test_without_a_zone_there_is_one_problem_for_the_page():
    article = '<span class="posted-on">2. Mai 2020</span>'
    texts = ("3. Mai 2020 um 10:25", "4. Mai 2020 um 0:05")
    reading = parse(page(*map(dated, texts), article=article))
    (problem,) = reading.problems
    assert (problem.kind, problem.ids) == ("local-time", ("1", "2"))
    assert "3 times" in problem.message and "zone=" in problem.message
    local = [comment.meta["created_at_local"] for comment in reading.thread]
    assert local == ["2020-05-03T10:25:00", "2020-05-04T00:05:00"]
    assert reading.thread.article.meta == {"created_at_local": "2020-05-02", "date": "2. Mai 2020"}


def test_a_day_alone_is_its_beginning_and_says_so():
    reading = parse(page(dated("3. Mai 2020")), zone="Europe/London")
    (comment,) = reading.thread
    assert comment.created_at == dt.datetime(2020, 5, 2, 23, tzinfo=dt.UTC)
    assert comment.meta["created_at_local"] == "2020-05-03"
    assert kinds(reading) == ["no-time-of-day"]


@pytest.mark.parametrize(
    ("date", "utc"), [("25. Oktober 2020 um 1:30", (0, 30)), ("29. März 2020 um 1:30", (1, 30))]
)
def test_a_time_that_a_clock_shows_twice_is_the_first_and_one_it_skips_is_counted_on(date, utc):
    (comment,) = parse(page(dated(date)), zone="Europe/London").thread
    assert (comment.created_at.astimezone(dt.UTC).hour, comment.created_at.minute) == utc


def test_an_age_needs_the_time_of_capture():
    source = page(dated("vor 3 Tagen"))
    reading = parse(source)
    assert kinds(reading) == ["relative-date"] and "captured_at=" in reading.problems[0].message
    captured_at = dt.datetime(2024, 5, 4, 12, tzinfo=dt.UTC)
    reading = parse(source, captured_at=captured_at)
    assert reading.thread["1"].created_at == dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC)
    assert reading.thread["1"].meta == {"date": "vor 3 Tagen"} and not reading.problems
    assert reading.thread.source.retrieved_at == captured_at
    with pytest.raises(FieldError, match="captured_at"):
        parse(source, "wordpress-html", captured_at=captured_at.replace(tzinfo=None))


def test_what_is_ambiguous_stays_text_with_both_readings():
    reading = parse(page(dated("03/04/2020"), lang="en"))
    (problem,) = reading.problems
    assert problem.kind == "ambiguous-date" and "2020-04-03 or 2020-03-04" in problem.message
    assert reading.thread["1"].meta == {"date": "03/04/2020"}
    reading = parse(page(dated("03/04/2020"), lang="en"), day_first=True)
    assert reading.thread["1"].meta["created_at_local"] == "2020-04-03"
    reading = parse(page(dated("so um 8"), lang="de"))
    assert kinds(reading) == ["unread-date"] and reading.thread["1"].meta == {"date": "so um 8"}


def test_a_machine_time_of_the_article_settles_the_order():
    head = '<meta property="article:published_time" content="2020-04-03T10:00:00+00:00">'
    article = '<span class="posted-on">03/04/2020</span>'
    reading = parse(page(dated("05/04/2020 10:00"), lang="en", head=head, article=article))
    assert reading.thread["1"].meta["created_at_local"] == "2020-04-05T10:00:00"


def test_the_options_of_one_format_of_a_page_leave_the_others_alone():
    """A page may have its comments in the words of schema.org, too."""
    head = '<script type="application/ld+json">{"@context": "https://schema.org", "@type": "Article"}</script>'
    reading = parse(page(dated("03/04/2020"), lang="en", head=head), day_first=False)
    assert reading.thread["1"].meta["created_at_local"] == "2020-03-04"


# -- the zone of the page ------------------------------------------------------------------------


def test_the_offset_of_the_article_is_that_of_comments_until_a_clock_may_change():
    article = '<time class="entry-date" datetime="2020-05-03T10:00:00+02:00">3. Mai</time>'
    texts = ("4. Mai 2020 um 10:25", "4. Dezember 2020 um 10:25")
    reading = parse(page(*map(dated, texts), article=article))
    first, second = reading.thread
    assert first.created_at == dt.datetime(2020, 5, 4, 8, 25, tzinfo=dt.UTC)
    assert second.created_at is None and reading.problems[0].ids == ("2",)


def test_a_machine_time_in_utc_beside_a_printed_one_tells_the_offset():
    """Before 5.3 zero is not believed, but the clock beside it shows another hour."""
    stamp = '<time datetime="2020-05-03T08:25:12+00:00">3. Mai 2020 um 10:25</time>'
    first, second = parse(page(stamp, dated("4. Mai 2020 um 10:25"))).thread
    assert first.created_at == dt.datetime(2020, 5, 3, 8, 25, 12, tzinfo=dt.UTC)
    assert second.created_at == dt.datetime(2020, 5, 4, 8, 25, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("setting", "hour"),
    [
        (r'{"offset":"1","string":"Europe\/Berlin"}', 8),
        ('{"offset":-9.5,"string":""}', 19),
        (r'{"offset":"1","string":"Mars\/Olympus"}', None),
    ],
)
def test_the_settings_of_a_script_name_the_zone(setting, hour):
    script = f'<script>wp.date.setSettings( {{"l10n":{{}},"timezone":{setting}}} );</script>'
    (comment,) = parse(page(dated("3. Mai 2020 um 10:25"), head=script)).thread
    created_at = comment.created_at
    assert (created_at and created_at.astimezone(dt.UTC).hour) == hour


def test_a_feed_read_together_tells_the_zone_of_what_it_has_not(tmp_path):
    texts = ("3. Mai 2020 um 10:25", "4. Mai 2020 um 10:25", "4. Dezember 2020 um 10:25")
    source = page(*map(dated, texts), head='<link rel="canonical" href="https://t.example/a/">')
    feed = """<?xml version="1.0"?><rss version="2.0"><channel><title>Comments on: T</title>
        <link>https://t.example/a/</link><item><title>By: Ada</title><description>So.</description>
        <link>https://t.example/a/#comment-1</link><guid>https://t.example/a/#comment-1</guid>
        <pubDate>Sun, 03 May 2020 08:25:12 +0000</pubDate></item></channel></rss>"""
    (tmp_path / "a.html").write_text(source, encoding="utf-8")
    (tmp_path / "a.xml").write_text(feed, encoding="utf-8")
    thread = discourse.read([tmp_path / "a.html", tmp_path / "a.xml"]).thread
    assert thread["1"].created_at == dt.datetime(2020, 5, 3, 8, 25, 12, tzinfo=dt.UTC)
    assert thread["2"].created_at == dt.datetime(2020, 5, 4, 8, 25, tzinfo=dt.UTC)
    assert "created_at_local" not in thread["1"].meta
    assert thread["3"].meta["created_at_local"] == "2020-12-04T10:25:00"
    files = [tmp_path / "a.xml", tmp_path / "a.html"]
    reading = discourse.read(files, zone="Europe/Berlin")
    assert reading.thread["1"].created_at == dt.datetime(2020, 5, 3, 8, 25, 12, tzinfo=dt.UTC)
    assert [p for p in reading.problems if p.values[:1] == ("created_at",)] == []


def test_zones_agree_only_where_no_clock_changes():
    known = [dt.datetime.fromisoformat("2016-06-23T15:35:23+02:00")]
    assert local_times.offset_at(dt.datetime(2016, 8, 1), known) == dt.timezone(
        dt.timedelta(hours=2)
    )
    assert local_times.offset_at(dt.datetime(2016, 12, 1), known) is None


# -- times outside the usual places --------------------------------------------------------------


@pytest.mark.parametrize(
    ("markup", "local"),
    [
        ('<div>3. Mai 2020 <a href="#comment-1">um 10:25</a></div>', "2020-05-03T10:25:00"),
        ("<div><small>3. Mai 2020, 10:25</small></div>", "2020-05-03T10:25:00"),
    ],
)
def test_a_date_outside_the_permalink_is_kept(markup, local):
    assert parse(page(markup)).thread["1"].meta["created_at_local"] == local


def test_the_time_of_a_correction_is_none_of_the_comment():
    source = page(dated("3. Mai 2020")).replace(
        "<p>So.</p>", '<p><del datetime="2009-05-11T21:07:54+00:00">No</del> So.</p>'
    )
    comment = parse(source).thread["1"]
    assert comment.created_at is None and comment.meta["created_at_local"] == "2020-05-03"


@pytest.mark.parametrize(
    ("article", "names", "created"),
    [
        ('<div class="wp-block-post-date"><time datetime="2020-05-03T10:00:00+02:00">x</time></div>',
         [], "2020-05-03T10:00:00+02:00"),
        ('<p class="byline">Redaktion</p>', ["Redaktion"], None),
        ('<div class="posted-by">Posted by Ann Lee on May 3, 2020</div>', ["Ann Lee"], None),
        ('<span class="byline">Von Redaktion | 3. Mai 2020</span>', ["Redaktion"], "2020-05-03"),
        ('<p class="postmetadata">Geschrieben am 3. Mai 2020</p>', [], "2020-05-03"),
        ('<aside><p class="post-date">3. Mai 2020</p></aside>', [], None),
    ],
)  # fmt: skip
def test_the_date_and_byline_of_an_article(article, names, created):
    made = parse(page(article=article), "wordpress-html").thread.article
    assert [author.name for author in made.authors] == names
    stamp = made.created_at and made.created_at.isoformat()
    assert (stamp or made.meta.get("created_at_local")) == created


# -- stored threads ------------------------------------------------------------------------------

STORED = Thread(
    Article("T", meta={"created_at_local": "2020-05-02"}),
    [
        Comment("1", meta={"created_at_local": "2020-05-03T10:25:00", "a": 1}),
        Comment("2", meta={"created_at_local": "=1+1"}),
        Comment("3", meta={"created_at_local": "2020-02-30"}),
    ],
)


@pytest.mark.parametrize("suffix", ["json", "jsonl", "csv", "parquet"])
def test_a_stored_local_time_gets_a_zone_from_any_format(tmp_path, suffix):
    if suffix == "parquet":
        pytest.importorskip("pyarrow")
    path = tmp_path / f"a.{suffix}"
    discourse.write(STORED, path)
    assert discourse.read(path).thread == STORED
    thread = discourse.read(path, zone="Europe/London").thread
    assert thread["1"].created_at == dt.datetime(2020, 5, 3, 9, 25, tzinfo=dt.UTC)
    assert thread["1"].meta == {"a": 1}
    assert thread.article.created_at == dt.datetime(2020, 5, 1, 23, tzinfo=dt.UTC)
    assert thread["2"] == STORED["2"] and thread["3"] == STORED["3"]


def test_tables_have_a_column_of_local_times_where_there_are_any():
    rows = discourse.tables.to_rows(STORED)
    local = [row["created_at_local"] for row in rows]
    assert local == ["2020-05-03 10:25:00", None, "2020-02-30"]
    assert "created_at_local" not in discourse.tables.to_rows(Thread(None, [Comment("1")]))[0]


def test_the_terminal_shows_local_times():
    drawn = discourse.render.text(STORED)
    assert "2020-05-02 local" in drawn and "2020-05-03 10:25 local" in drawn
    assert "=1+1" not in drawn
