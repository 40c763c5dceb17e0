"""Parts whose ids are only positions: comments are the same where they say the same."""

import io

import attrs
from hypothesis import given
from hypothesis import strategies as st

import discourse
from discourse import Author, Comment, Status, Thread
from discourse.formats._combine._same_comment import new_ids
from discourse.strategies import threads

PAGE = "A mill\n\nIt turns.\n\n{} Comments\n"


def page(claimed, *comments):
    """A page with comments; a text that begins with a blank answers the one before it."""
    text, number = PAGE.format(claimed), 0
    for comment in comments:
        number += not comment.startswith(" ")
        marker = f"  {number}. " if not comment.startswith(" ") else "    •"
        text += f"\n{marker}{comment}\n"
    return io.BytesIO(text.encode())


def said(reading):
    return {comment.id: comment.text for comment in reading.thread}


def kinds(reading):
    return [problem.kind for problem in reading.problems]


def test_two_pages_of_comments_follow_each_other():
    first = page(5, "First!", " And second.")
    second = page(5, "Third!", " And fourth.", "Fifth.")
    reading = discourse.read([first, second])
    assert said(reading) == {
        "1": "First!",
        "1.1": "And second.",
        "2": "Third!",
        "2.1": "And fourth.",
        "3": "Fifth.",
    }
    assert reading.inferred == {"1.1", "2.1"}
    (problem,) = reading.problems
    assert problem.kind == "renumbered"
    assert (problem.ids, problem.values) == (("2", "2.1", "3"), ("1", "1.1", "2"))


def test_what_is_missing_of_the_claimed_number_is_told_as_long_as_it_is_missing():
    first, second = page(9, "First!", " And second."), page(9, "Third!", "Fourth.")
    assert kinds(discourse.read([first, second])).count("count-differs") == 2


def test_a_page_that_had_grown_is_the_same_page():
    before, after = page(2, "First!", "Second."), page(3, "First!", " And third.", "Second.")
    reading = discourse.read([before, after])
    assert said(reading) == {"1": "First!", "1.1": "And third.", "2": "Second."}
    assert "renumbered" not in kinds(reading)


def test_a_text_that_was_edited_between_two_captures_stays_one_comment():
    before, after = page(2, "First!", "Second."), page(2, "First!", "Second, edited.")
    reading = discourse.read([before, after])
    assert said(reading) == {"1": "First!", "2": "Second, edited."}
    assert kinds(reading) == ["conflict"]


def test_the_newest_first_is_another_order_of_the_same():
    before, after = page(2, "Old.", "Older."), page(4, "New.", " So?", "Old.", "Older.")
    reading = discourse.read([before, after])
    assert said(reading) == {"3": "New.", "3.1": "So?", "1": "Old.", "2": "Older."}


def test_one_thing_said_twice_is_said_twice():
    first, second = page(5, "Hear, hear!", "Boo!"), page(5, "Boo!", "Hear, hear!", "Hear, hear!")
    reading = discourse.read([first, second])
    assert sorted(said(reading).values()) == ["Boo!", "Hear, hear!", "Hear, hear!"]


def test_thanks_of_two_people_are_two_comments():
    meta = {"ids": "position"}
    ann, bob = Author("Ann"), Author("Bob")
    a = Thread(None, [Comment("1", None, ann, "Why?"), Comment("2", None, ann, "Thanks!")])
    b = [Comment("1", None, bob, "Thanks!"), Comment("2", None, ann, "Thanks!")]
    ids = new_ids(attrs.evolve(a, meta=meta), Thread(None, [*b, Comment("3")], meta=meta))
    assert ids == {}  # half of the positions agree
    ids = new_ids(attrs.evolve(a, meta=meta), Thread(None, b[:1], meta=meta))
    assert ids == {"1": "3"}
    nobody = Thread(None, [Comment("1", text="Why?")], meta=meta)
    assert new_ids(attrs.evolve(a, meta=meta), nobody) == {}


@given(threads(max_size=12), threads(max_size=12))
def test_every_comment_of_both_is_there_and_no_two_are_put_together_that_differ(a, b):
    a, b = positioned(a), positioned(b)
    ids = new_ids(a, b)
    given = [ids.get(comment.id, comment.id) for comment in b]
    assert len(set(given)) == len(given)
    for comment in b if ids else ():
        other = a.get(ids.get(comment.id, comment.id))
        if other is not None:
            assert (other.text or "").split() == (comment.text or "").split()
            assert other.parent_id == (
                comment.parent_id and ids.get(comment.parent_id, comment.parent_id)
            )


@given(threads(max_size=12))
def test_a_thread_beside_itself_keeps_its_ids(thread):
    assert new_ids(positioned(thread), positioned(thread)) == {}


def positioned(thread):
    """The thread with positions for ids, and few different texts."""
    ids, rows, below = {None: None}, [], {}
    for comment in thread:
        parent = ids[comment.parent_id]
        below[parent] = below.get(parent, 0) + 1
        id = f"{below[parent]}" if parent is None else f"{parent}.{below[parent]}"
        ids[comment.id] = id
        text = None if comment.text is None else comment.text[:1]
        rows.append(Comment(id, parent, text=text, status=Status.VISIBLE))
    return Thread(None, rows, meta={"ids": "position"})


@given(st.integers(0, 40), st.integers(1, 40))
def test_pages_put_together_have_as_many_comments_as_they_had_apart(few, many):
    a = Thread(None, [Comment(f"{n + 1}", text=f"a{n}") for n in range(few)])
    b = Thread(None, [Comment(f"{n + 1}", text=f"b{n}") for n in range(many)])
    ids = new_ids(a, b)
    moved = [attrs.evolve(c, id=ids.get(c.id, c.id)) for c in b]
    assert [c.id for c in (*a, *moved)] == [f"{n + 1}" for n in range(few + many)]
