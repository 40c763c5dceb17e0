"""Mermaid: one node and one line a comment, and nothing in a label but letters and codes."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, FieldError, Thread
from discourse.render import mermaid
from discourse.strategies import deep_threads, threads

ROOT = re.compile(r'article\(\["(.*)"\]\)')
CODE = re.compile(r"#(\d+);")


def read(drawn):
    first, root, *rest = drawn.split("\n")
    assert first == "flowchart LR"
    labels, edges = {"article": ROOT.fullmatch(root)[1]}, []
    for line in rest:
        if line.startswith(("classDef missing ", "class c")):
            continue
        above, name, label = re.fullmatch(
            r'(article|c\d+) (?:---|-\.-) (c\d+|left)\["([^"]*)"\]', line
        ).groups()
        labels[name] = label
        edges.append((above, name))
    return labels, edges


def shown(label):
    return CODE.sub(lambda code: chr(int(code[1])), label)


@given(st.one_of(threads(complete=False, max_size=20), deep_threads(max_size=200)))
def test_nodes_and_lines_are_the_thread(thread):
    labels, edges = read(mermaid(thread))
    names = {comment.id: f"c{n}" for n, comment in enumerate(thread)}
    assert list(labels) == ["article", *names.values()]
    assert edges == [(names.get(c.parent_id, "article"), names[c.id]) for c in thread]


@given(st.text(st.characters(codec="utf-8"), max_size=30))
@example('"]; click c0 "javascript:alert(1)"')
@example("%%{init: {}}%% `x` **y** <script>alert(1)</script>")
@example("#quot; #35; &lt; end --- c9")
@example("1. - style a:b#c; \\n")
def test_labels_hold_letters_marks_digits_spaces_and_codes_alone(text):
    labels, edges = read(mermaid(Thread(Article(text), [Comment("1", None, Author(text), text)])))
    assert len(edges) == 1
    for label in labels.values():
        bare = CODE.sub("", label)
        assert not re.search(r"[^\w\s]|_", "".join(c for c in bare if c.isascii()))


@pytest.mark.parametrize("text", ['say "when"', "a#b;c", "<b> & %%", "1. list", "caf\u00e9 \u6c49"])
def test_codes_stand_for_what_was_said(text):
    labels, _ = read(mermaid(Thread(None, [Comment("1", None, Author("Ada"), text)])))
    assert shown(labels["c0"]) == f"Ada: {text}"


@given(threads(max_size=20), st.integers(0, 20))
def test_what_is_not_drawn_is_counted(thread, most):
    labels, edges = read(mermaid(thread, max_comments=most))
    assert len(edges) == min(most, len(thread)) + (most < len(thread))
    left = len(thread) - most
    assert shown(labels.get("left", "")) == (f"{left:,} more" if left > 0 else "")


def test_400_ordinary_comments_keep_within_what_mermaid_takes():
    said = "It isn't the bridge, it's the bearings (and the money)."
    comments = [Comment(str(n), None, Author(f"Guest-{n}"), said) for n in range(1_000)]
    drawn = mermaid(Thread(None, comments), max_comments=400)
    assert drawn.count(" --- ") + 1 <= 500
    assert len(drawn) < 50_000


def test_placeholders_are_dashed():
    drawn = mermaid(Thread(None, [Comment("1", status="missing"), Comment("2", "1")]))
    assert drawn.endswith("classDef missing stroke-dasharray:4 3\nclass c0 missing")


@pytest.mark.parametrize("bad", [-1, True, 1.0, "1"])
def test_a_bound_that_is_none_is_refused(bad):
    with pytest.raises(FieldError, match="must be None or a non-negative int"):
        mermaid(Thread(), max_comments=bad)
