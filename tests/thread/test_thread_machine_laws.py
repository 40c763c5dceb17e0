"""A machine that edits threads beside a slow oracle: a dict of rows, and lists of replies.

Every version ever made stays in the bundle, so that an edit that touches an old one is found; ids
are drawn from those that are there, so that moves below oneself and the like are common.
"""

import pickle
from collections import Counter

import attrs
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, initialize, invariant, rule

import discourse
from discourse import Comment, CycleError, Status, Thread, ThreadError
from discourse.edit import add, apply, diff, graft, merge, move, prune, remove, replace
from discourse.strategies import threads

WORDS = st.sampled_from(["", "a", "b", None])


class Oracle:
    """What a thread should be: id -> (parent, text, status), and the order of the replies."""

    def __init__(self, rows, replies):
        self.rows = rows
        self.replies = replies

    @classmethod
    def of(cls, thread):
        rows = {c.id: (c.parent_id, c.text, c.status) for c in thread}
        replies = {id: [] for id in (None, *rows)}
        for id, (parent, _, _) in rows.items():
            replies[parent].append(id)
        return cls(rows, replies)

    def copy(self):
        return Oracle(dict(self.rows), {id: list(below) for id, below in self.replies.items()})

    def put(self, id, row, at=None):
        self.rows[id] = row
        below = self.replies[row[0]]
        below.insert(len(below) if at is None else at, id)
        self.replies.setdefault(id, [])

    def loosen(self, id):
        self.replies[self.rows[id][0]].remove(id)

    def branch(self, id):
        found = [id]
        for one in found:
            found += self.replies[one]
        return found

    def forget(self, id):
        for one in self.branch(id):
            del self.rows[one], self.replies[one]

    def walk(self):
        found = list(self.replies[None])
        for id in found:
            at = found.index(id) + 1
            found[at:at] = self.replies[id]
        return found


class Pair:
    """A thread and its oracle, with what it said when it was made."""

    def __init__(self, thread, oracle):
        self.thread = thread
        self.oracle = oracle
        self.digest = thread.digest()
        self.hash = hash(thread)

    def __repr__(self):
        return f"Pair({[(c.id, c.parent_id) for c in self.thread]})"


plain = st.builds(
    lambda text: Comment("-", text=text),
    WORDS,
)
starts = threads(
    max_size=8, comments=plain, article=st.none(), source=st.none(), meta=st.just(discourse.Meta())
)


class Editing(RuleBasedStateMachine):
    """The rules are the edits; each takes any version there is and makes a new one."""

    versions = Bundle("versions")

    def __init__(self):
        super().__init__()
        self.made = []
        self.count = 0

    def keep(self, thread, oracle):
        assert Oracle.of(thread).rows == oracle.rows
        assert [c.id for c in thread] == oracle.walk()
        pair = Pair(thread, oracle)
        self.made.append(pair)
        return pair

    def fresh(self):
        self.count += 1
        return f"n{self.count}"

    def one_of(self, data, pair, *others):
        return data.draw(st.sampled_from([*others, *pair.oracle.rows]))

    @initialize(target=versions, thread=starts)
    def begin(self, thread):
        return self.keep(thread, Oracle.of(thread))

    @rule(target=versions, thread=starts)
    def begin_another(self, thread):
        rows = list(thread.comments)
        made = Thread(None, rows)
        rows.reverse()  # what the caller does with the list afterwards is nobody's business
        rows.append(None)
        return self.keep(made, Oracle.of(thread))

    @rule(target=versions, pair=versions, text=WORDS, data=st.data())
    def reply(self, pair, text, data):
        parent = self.one_of(data, pair, None)
        id = self.fresh()
        oracle = pair.oracle.copy()
        below = oracle.replies[parent]
        before = data.draw(st.sampled_from([None, *below]))
        oracle.put(id, (parent, text, Status.VISIBLE), below.index(before) if before else None)
        return self.keep(add(pair.thread, Comment(id, parent, text=text), before=before), oracle)

    @rule(pair=versions, data=st.data())
    def reply_to_nobody(self, pair, data):
        taken = self.one_of(data, pair, "nobody")
        wrong = Comment(taken) if taken in pair.oracle.rows else Comment("new", taken)
        with pytest.raises(ThreadError):
            add(pair.thread, wrong)

    @rule(target=versions, pair=versions, text=WORDS, data=st.data())
    def rewrite(self, pair, text, data):
        if not pair.oracle.rows:
            return pair
        id = self.one_of(data, pair)
        oracle = pair.oracle.copy()
        oracle.rows[id] = (oracle.rows[id][0], text, oracle.rows[id][2])
        return self.keep(replace(pair.thread, id, text=text), oracle)

    @rule(
        target=versions,
        pair=versions,
        how=st.sampled_from(["keep", "promote", "drop"]),
        data=st.data(),
    )
    def take_away(self, pair, how, data):
        if not pair.oracle.rows:
            return pair
        id = self.one_of(data, pair)
        oracle = pair.oracle.copy()
        parent, below = oracle.rows[id][0], oracle.replies[id]
        if how == "keep" and below:
            oracle.rows[id] = (parent, None, Status.REMOVED)
            return self.keep(remove(pair.thread, id), oracle)
        siblings = oracle.replies[parent]
        at = siblings.index(id)
        if how == "promote":
            siblings[at : at + 1] = below
            for reply in below:
                oracle.rows[reply] = (parent, *oracle.rows[reply][1:])
            del oracle.rows[id], oracle.replies[id]
        else:
            oracle.loosen(id)
            oracle.forget(id)
        return self.keep(remove(pair.thread, id, replies=how), oracle)

    @rule(target=versions, pair=versions, data=st.data())
    def move_away(self, pair, data):
        if not pair.oracle.rows:
            return pair
        id, to = self.one_of(data, pair), self.one_of(data, pair, None)
        if to in pair.oracle.branch(id):
            with pytest.raises(CycleError):
                move(pair.thread, id, to)
            return pair
        oracle = pair.oracle.copy()
        oracle.loosen(id)
        below = oracle.replies[to]
        before = data.draw(st.sampled_from([None, *below]))
        oracle.put(id, (to, *oracle.rows[id][1:]), below.index(before) if before else None)
        return self.keep(move(pair.thread, id, to, before=before), oracle)

    @rule(target=versions, pair=versions, data=st.data())
    def cut_and_graft(self, pair, data):
        if not pair.oracle.rows:
            return pair
        id = self.one_of(data, pair)
        branch = pair.thread.subtree(id)
        less = remove(pair.thread, id, replies="drop")
        to = data.draw(st.sampled_from([None, *(c.id for c in less)]))
        oracle = pair.oracle.copy()
        oracle.loosen(id)
        oracle.put(id, (to, *oracle.rows[id][1:]))
        return self.keep(graft(less, branch, under=to), oracle)

    @rule(target=versions, pair=versions, depth=st.integers(0, 3))
    def cut_off(self, pair, depth):
        thread = prune(pair.thread, max_depth=depth)
        oracle = pair.oracle.copy()
        level = oracle.replies[None]
        for _ in range(depth):
            level = [reply for id in level for reply in oracle.replies[id]]
        for id in level:
            for reply in list(oracle.replies[id]):
                oracle.loosen(reply)
                oracle.forget(reply)
        return self.keep(thread, oracle)

    @rule(target=versions, a=versions, b=versions)
    def change_one_into_the_other(self, a, b):
        return self.keep(apply(a.thread, diff(a.thread, b.thread)), b.oracle.copy())

    @rule(target=versions, a=versions, b=versions)
    def put_together(self, a, b):
        merged = merge(a.thread, b.thread)
        thread = merged.thread
        assert {c.id for c in thread} == {*a.oracle.rows, *b.oracle.rows}
        cut = {i for p in merged.problems if p.kind in {"cycle", "self-parent"} for i in p.ids}
        for id, row in b.oracle.rows.items():
            assert id in cut or thread[id].parent_id == row[0]
        return self.keep(thread, Oracle.of(thread))

    @rule(target=versions, pair=versions, data=st.data())
    def shuffle(self, pair, data):
        rows = data.draw(st.permutations(pair.thread.comments))
        oracle = pair.oracle.copy()
        order = [row.id for row in rows]
        for below in oracle.replies.values():
            below.sort(key=order.index)
        return self.keep(attrs.evolve(pair.thread, comments=rows), oracle)

    @rule(target=versions, pair=versions)
    def write_and_read(self, pair):
        back = discourse.loads(discourse.dumps(pair.thread))
        assert back == pair.thread == pickle.loads(pickle.dumps(pair.thread))
        return self.keep(back, pair.oracle.copy())

    @invariant()
    def no_version_has_changed(self):
        for pair in self.made:
            assert hash(pair.thread) == pair.hash
            assert pair.thread.digest() == pair.digest

    @invariant()
    def the_last_version_is_what_the_oracle_says(self):
        for pair in self.made[-1:]:
            thread, oracle = pair.thread, pair.oracle
            assert Thread(None, thread.comments).comments == thread.comments
            assert Counter(c.id for c in thread) == Counter(dict.fromkeys(oracle.rows, 1))
            for id, (parent, text, status) in oracle.rows.items():
                comment = thread[id]
                assert (comment.parent_id, comment.text, comment.status) == (parent, text, status)
                assert [c.id for c in thread.replies(id)] == oracle.replies[id]
                assert thread.size(id) == len(oracle.branch(id))
                assert {c.id for c in thread.descendants(id)} == {*oracle.branch(id)} - {id}
                above = thread.parent(id)
                assert (above.id if above else None) == parent
                assert thread.depth(id) == (thread.depth(parent) + 1 if parent else 0)
            assert [c.id for c in thread.replies()] == oracle.replies[None]


Editing.TestCase.settings = settings(stateful_step_count=20)
TestEditing = Editing.TestCase
