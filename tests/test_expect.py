"""What is passed in place of a thread is refused, with what to pass instead."""

import pytest

from discourse import Comment, Thread, edit, links, metrics, parse, privacy, query, render, tables


def select(threads):
    return query.select(threads, query.has_replies())


def residue(threads):
    return privacy.residue(threads, ["Ada"])


PAGE = "A title\n\nA text.\n\nComments\n\n  1. One.\n\n  2. Two.\n"
FUNCTIONS = [
    *(metrics.summary, metrics.levels, metrics.reply_graph, metrics.duration),
    *(metrics.participation, metrics.author_roles, metrics.reciprocity, links.near_duplicates),
    *(links.quotes, links.mentions, links.reply_edges),
    *(render.text, render.markdown, render.svg, render.timeline, render.dot, render.mermaid),
    *(tables.to_rows, tables.to_pandas, tables.to_arrow, tables.thread_head),
    *(privacy.redact_contacts, residue, metrics.response_times),
    *(
        select,
        lambda thread: edit.remove(thread, "1"),
    ),
]


#: What takes several threads as well.
SEVERAL = {
    *(tables.to_rows, tables.to_pandas, tables.to_arrow),
    *(metrics.summary, metrics.reply_graph, metrics.participation, metrics.author_roles),
    *(metrics.reciprocity, links.near_duplicates, select),
    *(privacy.redact_contacts, residue, metrics.response_times),
}


@pytest.mark.parametrize("function", FUNCTIONS)
def test_a_reading_or_a_list_in_place_of_a_thread_is_told_what_to_pass(function):
    reading = parse(PAGE)
    with pytest.raises(TypeError, match=r"must be a Thread, not .*: pass its \.thread"):
        function(reading)
    if function not in SEVERAL:
        with pytest.raises(TypeError, match="pass one thread at a time"):
            function([reading.thread])
    for other in (None, (Comment("1"),), "page.txt"):
        with pytest.raises(TypeError, match="must be a Thread, not"):
            function(other)
    assert isinstance(reading.thread, Thread)
