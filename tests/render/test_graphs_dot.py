"""DOT: Graphviz reads the thread back, whatever is in its texts."""

import html
import json
import re
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from discourse import Article, Author, Comment, FieldError, Thread
from discourse.render import dot
from discourse.strategies import deep_threads, threads

NODE = re.compile(r'  (\w+) \[label="((?:[^"\\]|\\.)*)"[^"\\]*(?:"[\w,#]+"[^"\\]*)*\];')
EDGE = re.compile(r"  (\w+) -> (\w+)(?: \[style=dotted\])?;")
HOSTILE = [
    'a"b',
    "a\\",
    '\\"',
    "\\N\\G\\l",
    "&lt;b&gt; & <b>",
    "]; x -> y; [",
    "// # /*",
    "\n\r\x00\u202e",
]


def read(drawn):
    """The labels of the nodes and the edges, by a reader that takes nothing else."""
    lines = drawn.split("\n")
    assert lines[0] == "digraph discussion {" and lines[-1] == "}"
    nodes, edges = {}, []
    for line in lines[4:-1]:
        if found := NODE.fullmatch(line):
            nodes[found[1]] = found[2]
        else:
            edges.append(EDGE.fullmatch(line).groups())
    return nodes, edges


@given(st.one_of(threads(complete=False, max_size=20), deep_threads(max_size=200)))
def test_nodes_and_edges_are_the_thread(thread):
    nodes, edges = read(dot(thread))
    names = {comment.id: f"c{n}" for n, comment in enumerate(thread)}
    assert list(nodes) == ["article", *names.values()]
    assert edges == [(names.get(c.parent_id, "article"), names[c.id]) for c in thread]


@given(threads(max_size=20), st.integers(0, 20))
def test_what_is_nearest_to_the_article_is_drawn_and_the_rest_counted(thread, most):
    nodes, edges = read(dot(thread, max_comments=most))
    drawn = [thread.comments[int(name[1:])] for name in nodes if name not in {"article", "left"}]
    assert len(drawn) == min(most, len(thread))
    assert len(edges) == len(nodes) - 1
    deepest = max(map(thread.depth, drawn), default=0)
    assert all(thread.depth(c) >= deepest for c in thread if c not in drawn)
    assert nodes.get("left", "") == (f"{len(thread) - most:,} more" if most < len(thread) else "")


def test_placeholders_are_dashed_and_authors_named():
    thread = Thread(None, [Comment("1", status="missing"), Comment("2", "1", Author("Ada"), "Hi")])
    drawn = dot(thread)
    assert 'c0 [label="(missing)" style="rounded,dashed"' in drawn
    assert 'c1 [label="Ada\\nHi"];' in drawn
    assert 'article [label="Discussion" penwidth=2];' in drawn


@pytest.mark.parametrize("bad", [-1, True, 1.0, "1"])
def test_a_bound_that_is_none_is_refused(bad):
    with pytest.raises(FieldError, match="must be None or a non-negative int"):
        dot(Thread(), max_comments=bad)


def test_graphviz_shows_what_was_said():
    program = shutil.which("dot")
    if program is None:
        pytest.skip("Graphviz is not installed")
    said = [*HOSTILE, "plain", "\u05d0\u05d1 \u6c49\u5b57"]
    thread = Thread(Article('T"\\'), [Comment(str(n), text=text) for n, text in enumerate(said)])
    done = subprocess.run(
        [program, "-Tjson"], input=dot(thread).encode(), capture_output=True, check=True
    )
    assert done.stderr == b""
    found = json.loads(done.stdout)
    # The label of the graph file is as written; what is drawn has its escapes and entities undone.
    shown = {
        item["name"]: html.unescape("".join(d["text"] for d in item["_ldraw_"] if d["op"] == "T"))
        for item in found["objects"]
    }
    assert shown["article"] == 'T"\\'
    for n, text in enumerate(said[:-3]):
        assert html.unescape(shown[f"c{n}"]) == html.unescape(text)
    assert len(found["edges"]) == len(said)
