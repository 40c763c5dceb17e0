"""Pictures of threads: valid XML that runs nothing, fetches nothing, and tells what it shows."""

import datetime as dt
import itertools
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from discourse import Article, Author, Comment, FieldError, Thread
from discourse.render import svg, timeline
from discourse.render._svg import _palette
from discourse.strategies import threads

SVG = "{http://www.w3.org/2000/svg}"
UTC = dt.UTC
ELEMENTS = {"svg", "title", "desc", "style", "g", "path", "rect", "circle", "text"}
ATTRIBUTES = {
    *("viewBox", "width", "height", "role", "aria-labelledby", "id", "class", "color", "d", "x"),
    *("y", "r", "rx", "cx", "cy", "fill", "fill-opacity", "opacity", "transform", "font-family"),
    *("font-size", "font-weight", "text-anchor", "stroke", "stroke-width", "stroke-opacity"),
    *("stroke-linecap", "stroke-linejoin", "stroke-dasharray"),
}
PICTURES = {
    "tree": svg,
    "radial": lambda thread: svg(thread, layout="radial"),
    "tree without labels": lambda thread: svg(thread, labels=False),
    "radial without labels": lambda thread: svg(thread, layout="radial", labels=False),
    "timeline": timeline,
    "timeline of few": lambda thread: timeline(thread, lanes=1, replies=True),
}
FEW = settings(max_examples=settings().max_examples // 5)  # six pictures of each
EVERY = pytest.mark.parametrize("draw", PICTURES.values(), ids=PICTURES)
PAYLOADS = [
    "<script>alert(1)</script>",
    "</text></svg><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "</style><script>alert(1)</script>",
    '"><image href=x onerror=alert(1)>',
    "' onload='alert(1)",
    "javascript:alert(1)",
    "]]><script>alert(1)</script><![CDATA[",
    "--><script>alert(1)</script><!--",
    "<!DOCTYPE x [<!ENTITY y 'z'>]>&y;",
    "<?xml-stylesheet href='//evil.example/x.css'?>",
    "&lt;script&gt;&#60;script&#62;",
    "<foreignObject><iframe src=javascript:alert(1)></foreignObject>",
    "<use href='data:image/svg+xml,x#y'/>",
    "url(//evil.example) @import '//evil.example'",
    "\x00\x08\x1b[2J\x7f\x85\u2028\u202eevil\u2066\ufffe\uffff\U000e0001",
    "\u05d0\u05d1 \u0627\u0644 \u6c49\u5b57 e\u0301\u0301\u0301 \U0001f469\u200d\U0001f52c",
]


def parsed(text):
    assert "<!" not in text and "<?" not in text  # no doctype, entity or processing instruction
    return ET.fromstring(text)


def check_inert(text):
    """Nothing but shapes and words, whose attributes are of a short list and hold no address."""
    root = parsed(text)
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in ELEMENTS
        assert set(element.attrib) <= ATTRIBUTES
        for value in element.attrib.values():
            assert "url(" not in value and ":" not in value and "//" not in value
        assert element.tag != f"{SVG}style" or element.text == _palette.STYLE
        for words in (element.text or "", element.tail or ""):
            assert all(c.isprintable() or c in "\n\u200c\u200d" for c in words)
    return root


def poisoned(payload, *, text_format="text"):
    """A thread with the payload everywhere."""
    meta = {payload: [payload]}
    author = Author(
        payload, display_name=payload, url=payload, avatar_url=payload, bio=payload, meta=meta
    )
    article = Article(payload, url=payload, site=payload, authors=[author], text=payload, meta=meta)
    when = dt.datetime(2024, 5, 31, tzinfo=UTC)
    return Thread(
        article,
        [
            Comment(
                id,
                parent,
                author,
                payload,
                text_format=text_format,
                title=payload,
                url=payload,
                created_at=when,
                language=payload,
                tags=[payload] if payload else [],
                meta=meta,
            )
            for id, parent in [("1", None), ("2", "1"), ("3", "1")]
        ],
    )


@EVERY
@FEW
@given(threads(complete=False, max_size=10))
def test_pictures_of_all_threads_are_inert_xml(draw, thread):
    check_inert(draw(thread))


@EVERY
@pytest.mark.parametrize("payload", PAYLOADS)
def test_payloads_are_words(draw, payload):
    for text_format in ("text", "html", "markdown"):
        check_inert(draw(poisoned(payload, text_format=text_format)))


@EVERY
@FEW
@given(st.text(st.characters(codec="utf-8"), max_size=60))
@example("a" * 100_000)
def test_any_text_is_words(draw, text):
    check_inert(draw(poisoned(text)))


@EVERY
def test_hostile_collections_are_words(draw, shared):
    files = [path for path in sorted((shared / "hostile").rglob("*")) if path.is_file()]
    assert files
    for path in files:
        text = path.read_bytes()[:100_000].decode("utf-8", "replace")
        for payload in {text, *itertools.islice(text.splitlines(), 12)}:
            check_inert(draw(poisoned(payload.replace("\x00", "") or "-")))


@EVERY
@FEW
@given(threads(complete=False, max_size=6))
def test_a_picture_has_a_name_and_a_description_with_the_counts(draw, thread):
    root = parsed(draw(thread))
    title, desc = root.find(f"{SVG}title"), root.find(f"{SVG}desc")
    assert root.get("role") == "img"
    assert root.get("aria-labelledby").split() == [title.get("id"), desc.get("id")]
    assert title.text and desc.text
    if "timeline" not in title.get("id"):
        count = len(thread)
        assert f"{count:,} comment{'' if count == 1 else 's'}" in desc.text


@EVERY
@FEW
@given(threads(complete=False, max_size=6))
def test_a_picture_is_the_same_every_time_and_leaves_its_thread_alone(draw, thread):
    digest = thread.digest()
    assert draw(thread) == draw(thread)
    assert thread.digest() == digest


def dots(root):
    return sum(p.get("d").count("h0") for p in root.iter(f"{SVG}path"))


@pytest.mark.parametrize("layout", ["tree", "radial"])
@FEW
@given(threads(max_size=30))
def test_every_comment_is_drawn_once(layout, thread):
    known = Thread(None, [Comment(c.id, c.parent_id, Author("Ada")) for c in thread])
    root = parsed(svg(known, layout=layout, labels=False))
    assert dots(root) == len(thread)
    root = parsed(svg(known, layout=layout, labels=True))
    assert len(root.findall(f".//{SVG}g/{SVG}title")) == len(thread)


def test_a_card_tells_author_and_first_words():
    thread = Thread(
        Article("Bridge to close"),
        [
            Comment("1", None, Author("Ada"), "<p>At <b>last</b>.</p>", text_format="html"),
            Comment("2", "1", status="missing"),
            Comment("3", "1", Author("Ben"), status="deleted"),
            Comment("4", "1", None, "x" * 400),
        ],
    )
    for layout in ("tree", "radial"):
        words = [text.text for text in parsed(svg(thread, layout=layout)).iter(f"{SVG}text")]
        joined = " ".join(words)
        assert "Ada" in joined and "missing" in joined and "(deleted)" in joined
        assert max(map(len, words)) < 60
    assert "At last." in svg(thread)


def test_those_who_wrote_most_have_a_colour_and_the_rest_share_one():
    names = ["Ada"] * 5 + ["Ben"] * 4 + ["Cleo"] * 3 + ["Dov"] * 2 + ["Esi"] * 2 + ["Fay"]
    thread = Thread(None, [Comment(str(n), None, Author(name)) for n, name in enumerate(names)])
    drawn = svg(thread, labels=False)
    coloured = [name for name in dict.fromkeys(names) if f">{name} (" in drawn]
    assert coloured == ["Ada", "Ben", "Cleo", "Dov"]
    assert ">2 others (3)<" in drawn
    assert (
        parsed(drawn)
        .find(f"{SVG}desc")
        .text.startswith(
            "A tree from left to right: 17 comments in 1 level, 17 at the top level; 6 known authors;"
        )
    )


def test_what_is_not_known_and_what_is_not_here_is_told():
    thread = Thread(None, [Comment("1"), Comment("2", "1", status="missing")])
    for layout in ("tree", "radial"):
        drawn = svg(thread, layout=layout)
        assert "unknown author (1)" in drawn and "missing (1)" in drawn
        assert "unknown author: 1; missing, with a placeholder: 1." in drawn


def test_large_threads_have_no_labels_unless_they_are_asked_for():
    wide = Thread(None, [Comment(str(n), text="word") for n in range(61)])
    deep = Thread(
        None, [Comment(str(n), str(n - 1) if n else None, text="word") for n in range(11)]
    )
    for thread in (wide, deep):
        assert "word" not in svg(thread)
        assert svg(thread, labels=True).count(">word<") >= len(thread)


@pytest.mark.parametrize("layout", ["tree", "radial"])
@pytest.mark.parametrize("parent", [lambda n: str(n - 1), lambda n: None])
def test_a_picture_of_many_comments_keeps_within_its_bounds(many, layout, parent):
    size = many
    thread = Thread(None, [Comment(str(n), parent(n) if n else None) for n in range(size)])
    drawn = svg(thread, layout=layout)
    root = parsed(drawn)
    assert 300 < float(root.get("width")) < 1_300 and 80 < float(root.get("height")) < 1_400
    assert dots(root) == size
    assert len(drawn) < 80 * size
    assert (
        max(map(int, re.findall(r"\d+", "".join(p.get("d") for p in root.iter(f"{SVG}path")))))
        < 10**7
    )


@pytest.mark.parametrize(
    ("draw", "named"),
    [
        (lambda: svg(Thread(), layout="spiral"), "must be one of tree, radial"),
        (lambda: svg(Thread(), labels=1), "must be True, False or None"),
        (lambda: svg(Thread(None, [Comment(str(n)) for n in range(1_001)]), labels=True), "1,000"),
        (lambda: timeline(Thread(), lanes=-1), "from 0 to 50"),
        (lambda: timeline(Thread(), lanes=True), "from 0 to 50"),
        (lambda: timeline(Thread(), lanes=51), "from 0 to 50"),
        (lambda: timeline(Thread(), replies="yes"), "must be True, False or None"),
    ],
)
def test_an_option_that_is_none_is_refused(draw, named):
    with pytest.raises(FieldError, match=re.escape(named)):
        draw()


# -- colours -----------------------------------------------------------------------------------------

#: What people see who lack one kind of cone: Machado, Oliveira and Fernandes (2009), severity 1.
VISIONS = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "no red": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "no green": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "no blue": ((1.256, -0.077, -0.179), (-0.078, 0.931, 0.148), (0.005, 0.691, 0.304)),
}


def linear(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    return [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]


def luminance(colour):
    return sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear(colour), strict=True))


def contrast(a, b):
    dark, light = sorted((luminance(a), luminance(b)))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    r, g, b = (min(1, max(0, part)) for part in rgb)
    x = (0.4124 * r + 0.3576 * g + 0.1805 * b) / 0.95047
    y = 0.2126 * r + 0.7152 * g + 0.0722 * b
    z = (0.0193 * r + 0.1192 * g + 0.9505 * b) / 1.08883
    fx, fy, fz = (t ** (1 / 3) if t > 0.008856 else 7.787 * t + 16 / 116 for t in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)


def seen(colour, vision):
    return lab([sum(w * c for w, c in zip(row, linear(colour), strict=True)) for row in vision])


SETS = pytest.mark.parametrize("colours", [_palette._LIGHT, _palette._DARK], ids=["light", "dark"])


@SETS
@pytest.mark.parametrize("vision", VISIONS.values(), ids=VISIONS)
def test_the_colours_of_people_can_be_told_apart_by_everybody(colours, vision):
    people = [seen(colours[f"p{n}"], vision) for n in range(_palette.PEOPLE + 1)]
    for one, other in itertools.combinations(people, 2):
        assert sum((a - b) ** 2 for a, b in zip(one, other, strict=True)) ** 0.5 > 20


@SETS
def test_dots_and_words_stand_out_from_their_ground(colours):
    for name in ("p0", "p1", "p2", "p3", "p4"):
        assert contrast(colours[name], colours["ground"]) >= 3
    for name in ("ink", "soft"):
        for ground in ("ground", "card"):
            assert contrast(colours[name], colours[ground]) >= 4.5


def test_the_dark_colours_are_those_of_the_light_ones_by_name():
    assert list(_palette._LIGHT) == list(_palette._DARK)
    assert all(
        f".discourse-{name}{{color:{c}}}" in _palette.STYLE for name, c in _palette._DARK.items()
    )
