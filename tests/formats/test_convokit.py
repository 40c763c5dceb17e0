"""Corpora of ConvoKit, of every version, whole or in part; and what is written comes back."""

import datetime as dt
import json
import os
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import discourse
from discourse import Article, Author, Comment, ParseError, Status, Stub, Thread, strategies
from discourse.formats import parse, read, serialize, write

NOON = 1714557600


def said(id, reply_to=None, conversation="p1", **more):
    return {"id": id, "conversation_id": conversation, "text": f"{id}.", "speaker": "ada",
            "meta": {}, "reply-to": reply_to, "timestamp": NOON, "vectors": [], **more}  # fmt: skip


def lines(*utterances):
    return "".join(json.dumps(each) + "\n" for each in utterances)


def corpus(folder, utterances, **files):
    """Write the files of a corpus; a name is that of a file without its ending."""
    folder.mkdir(exist_ok=True)
    (folder / "utterances.jsonl").write_text(utterances, encoding="utf-8")
    for name, value in files.items():
        (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    return folder


def kinds(reading):
    return [problem.kind for problem in reading.problems]


def tree(thread):
    return [(c.id, c.parent_id) for c in thread]


WHOLE = {
    "speakers": {"ada": {"meta": {"flair": "x"}, "vectors": []}, "[deleted]": {"meta": {}}},
    "conversations": {"p1": {"meta": {"title": "T", "domain": "d"}, "vectors": []}},
    "corpus": {"subreddit": "mills"},
    "index": {"utterances-index": {"score": ["<class 'int'>"]}, "version": 1, "vectors": []},
}


def test_a_folder_is_read_with_all_that_its_files_say(tmp_path):
    utterances = lines(
        said("p1", meta={"gilded": 0}),
        said("c1", "p1", meta={"score": 5, "stickied": False}),
        said("c2", "c1", speaker="[deleted]", text="[removed]"),
    )
    folder = corpus(tmp_path / "mills", utterances, **WHOLE)
    reading = read(folder)
    thread = reading.thread
    ada = Author("ada", meta={"flair": "x"})
    noon = dt.datetime.fromtimestamp(NOON, dt.UTC)
    assert not reading.problems
    assert thread.article == Article("T", id="p1", authors=[ada], text="p1.", created_at=noon,
                                     meta={"gilded": 0})  # fmt: skip
    assert thread.comments == (
        Comment("c1", None, ada, "c1.", created_at=noon, score=5, meta={"stickied": False}),
        Comment("c2", "c1", created_at=noon, status=Status.REMOVED),
    )
    assert thread.meta == {"domain": "d", "corpus": {"subreddit": "mills"}}
    assert reading == read(folder)

    archive = tmp_path / "mills.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in sorted(folder.iterdir()):
            packed.write(path, f"mills/{path.name}")
        packed.writestr("mills/README.md", "A corpus.")
    assert read(archive).threads == reading.threads
    assert kinds(read(archive)) == ["unread-member"]
    assert list(discourse.stream(archive)) == list(reading.threads)
    files = sorted(folder.iterdir())
    assert read(files, "convokit").threads == reading.threads


def test_the_first_versions_had_other_names(tmp_path):
    old = [
        {"id": "p1", "root": "p1", "text": "T", "user": "ada", "reply-to": None,
         "timestamp": str(NOON), "meta": {}},
        {"id": "c1", "root": "p1", "text": "Hm.", "user": "ben", "reply_to": "p1",
         "timestamp": float(NOON)},
    ]  # fmt: skip
    folder = tmp_path / "old"
    folder.mkdir()
    for name, value in (
        ("utterances", old),
        ("users", {"ada": {"flair": "x"}, "ben": {}}),
        ("conversations", {"p1": {"title": "T"}}),
        ("corpus", {}),
        ("index", {"utterances-index": {"score": "<class 'int'>"}}),
    ):
        (folder / f"{name}.json").write_text(json.dumps(value), encoding="utf-8")
    thread = read(folder).thread
    assert thread.article.authors == (Author("ada", meta={"flair": "x"}),)
    assert thread.article.title == "T" and thread.article.created_at.year == 2024
    assert tree(thread) == [("c1", None)] and thread["c1"].author == Author("ben")


def test_utterances_alone_are_enough():
    text = lines(said("p1"), said("c1", "p1"), said("q1", conversation="q1"))
    first, second = parse(text).threads
    assert tree(first) == [("c1", None)] and second.article.id == "q1"
    assert parse(json.dumps([said("p1"), said("c1", "p1")])).thread == first


@pytest.mark.parametrize(
    ("utterances", "article", "expected", "told"),
    [
        # a root that answers itself
        ([said("p1", "p1"), said("c1", "p1")], "p1", [("c1", None)], []),
        # several beginnings, of which one has the name
        ([said("p1"), said("c1"), said("c2", "c1")], "p1", [("c1", None), ("c2", "c1")],
         ["no-parent"]),
        # a conversation of another name, with one beginning
        ([said("u1", conversation="x"), said("u2", "u1", "x")], "u1", [("u2", None)], []),
        # and with two
        ([said("u1", conversation="x"), said("u2", conversation="x")], "x",
         [("u1", None), ("u2", None)], []),
        # without its root: every parent is elsewhere
        ([said("c1", "p0"), said("c2", "p0")], "p1",
         [("p0", None), ("c1", "p0"), ("c2", "p0")], ["orphan"]),
        # a missing parent below the root
        ([said("p1"), said("c2", "c1")], "p1", [("c1", None), ("c2", "c1")], ["orphan"]),
        # conversations that nobody told
        ([said("u1", conversation=None), said("u2", "u1", None), said("u3", "u2", None)], "u1",
         [("u2", None), ("u3", "u2")], []),
        # and in a loop
        ([said("u1", "u2", None), said("u2", "u1", None)], "u1",
         [("u1", None), ("u2", "u1")], ["cycle"]),
    ],
)  # fmt: skip
def test_where_a_conversation_begins(utterances, article, expected, told):
    reading = parse(lines(*utterances))
    assert reading.thread.article.id == article
    assert tree(reading.thread) == expected
    assert kinds(reading) == told


def test_a_chain_without_conversations_takes_linear_time():
    chain = [said(str(n), str(n - 1) if n else None, None) for n in range(20_000)]
    chain.reverse()
    assert len(parse(lines(*chain)).thread) == 19_999


def test_the_first_utterance_of_a_chat_is_one_like_the_others():
    text = lines(said("p1"), said("c1", "p1"))
    thread = parse(text, article=False).thread
    assert thread.article == Article(id="p1")
    assert tree(thread) == [("p1", None), ("c1", "p1")]


def test_times_that_are_positions_stay_in_meta():
    reading = parse(lines(said("p1", timestamp=0), said("c1", "p1", timestamp=1)))
    assert reading.thread["c1"].created_at is None
    assert reading.thread["c1"].meta == {"timestamp": 1}
    assert kinds(reading) == ["not-epochs"]


@pytest.mark.parametrize(
    ("timestamp", "seconds", "told"),
    [
        (NOON, NOON, []),
        (str(NOON), NOON, []),
        (NOON + 0.5, NOON, []),
        (NOON * 1000, NOON, []),
        ("2024-05-01T12:00:00+02:00", NOON, []),
        (None, None, []),
        ("2024-05-01 12:00:00", None, ["local-time"]),
        ("soon", None, ["bad-value"]),
        (True, None, []),
        (1e300, None, ["bad-value"]),
    ],
)
def test_timestamps(timestamp, seconds, told):
    reading = parse(lines(said("p1"), said("c1", "p1", timestamp=timestamp)))
    time = reading.thread["c1"].created_at
    assert (time and int(time.timestamp())) == seconds
    assert kinds(reading) == told
    meta = reading.thread["c1"].meta
    if told == ["local-time"]:
        assert meta["created_at_local"] == timestamp.replace(" ", "T")
    elif seconds is None and timestamp is not None:
        assert meta["timestamp"] == timestamp


def test_vectors_and_pickles_are_named_and_stay_where_they_are(tmp_path):
    folder = corpus(
        tmp_path / "c",
        lines(said("p1"), said("c1", "p1", vectors=["bert"], meta={"parsed": "<##bin{0}&&@**>"})),
        index={
            "utterances-index": {"parsed": ["bin"], "x": ["<class 'str'>"]},
            "vectors": ["bert"],
        },
    )
    (folder / "vectors.bert.p").write_bytes(b"\x80\x04")
    (folder / "parsed-bin.p").write_bytes(b"\x80\x04")
    reading = read(folder)
    assert reading.thread["c1"].meta == {"parsed": "<##bin{0}&&@**>", "vectors": ("bert",)}
    assert [str(p) for p in reading.problems] == [
        "unread-member: not part of the format, so not read: 'parsed-bin.p', 'vectors.bert.p'",
        "pickled: pickled metadata: not read (parsed of utterances)",
    ]


def test_what_is_no_utterance_is_told():
    utterances = [said("p1"), {"text": "Hm."}, 5, said("c1", "p1")]
    reading = parse(json.dumps(utterances), "convokit")
    assert tree(reading.thread) == [("c1", None)]
    assert kinds(reading).count("no-id") == 1 and len(reading.problems) == 2


@pytest.mark.parametrize("text", ["{}", "[]", '{"id": "1"}', "x", '{"ada": {"meta": {}}}'])
def test_what_is_no_corpus_is_refused(text):
    with pytest.raises(ParseError):
        parse(text, "convokit")


def test_a_file_of_a_corpus_that_is_none_is_called_by_its_name(tmp_path):
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:1\nsize 9\n"
    folder = corpus(tmp_path / "c", lines(said("p1")))
    (folder / "speakers.json").write_text(pointer, encoding="utf-8")
    with pytest.raises(ParseError, match=r"speakers\.json"):
        read(folder)
    (folder / "speakers.json").write_text("[]", encoding="utf-8")
    with pytest.raises(ParseError, match="must hold one object"):
        read(folder)


# -- writing -----------------------------------------------------------------------------------------

NAMES = {"utterances.jsonl", "speakers.json", "conversations.json", "corpus.json", "index.json"}
THREADS = [
    Thread(
        Article("T", id="p1", authors=[Author("desk")], url="https://e.org/p1"),
        [
            Comment("c1", None, Author("Ada", id="u1", display_name="A"), "Hm.", score=5,
                    created_at=dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC), meta={"score": "high"}),
            Comment("c2", "c1", status="deleted", meta={"discourse": [1], "x": {"y": None}}),
            Comment("c3", "c2", Author("ben"), "[deleted]", tags=["pinned"]),
        ],
        stubs=[Stub("c3", "more", count=2)],
        meta={"k": 1},
    ),
    Thread(Article("Other", id="p1"), [Comment("c1", text="a"), Comment("p1", "c1", text="")]),
    Thread(None, [Comment("c1", created_at=dt.datetime(2024, 5, 1, 12, tzinfo=dt.UTC))]),
    Thread(),
]  # fmt: skip


def test_a_folder_that_is_written_comes_back(tmp_path):
    folder = tmp_path / "corpus"
    assert not write(THREADS, folder, "convokit")
    assert {path.name for path in folder.iterdir()} == NAMES
    reading = read(folder)
    assert reading.threads == tuple(THREADS) and not reading.problems
    assert not write(THREADS[:1], folder, "convokit")
    assert read(folder).threads == tuple(THREADS[:1])
    archive = tmp_path / "corpus.convokit.zip"
    assert not write(THREADS, archive)
    assert read(archive).threads == tuple(THREADS)
    with pytest.raises(IsADirectoryError, match="json is a single file"):
        write(THREADS[0], folder, "json")


def test_what_convokit_asks_for_is_there(tmp_path):
    """One beginning for each conversation, parents, speakers, numbers as times, unique ids."""
    write(THREADS, tmp_path / "c", "convokit")
    text = (tmp_path / "c" / "utterances.jsonl").read_text(encoding="utf-8")
    utterances = [json.loads(line) for line in text.splitlines()]
    files = {
        path.stem: json.loads(path.read_text(encoding="utf-8"))
        for path in (tmp_path / "c").glob("*.json")
    }
    ids = [each["id"] for each in utterances]
    assert len(set(ids)) == len(ids) == 10
    roots = [each for each in utterances if each["reply-to"] is None]
    assert [each["id"] for each in roots] == ["p1", "p1~2", "thread-3", "thread-4"]
    assert [each["conversation_id"] for each in roots] == list(files["conversations"])
    for each in utterances:
        assert each["reply-to"] is None or each["reply-to"] in ids
        assert each["speaker"] in files["speakers"]
        assert isinstance(each["timestamp"], int | float)
        assert set(each["meta"]) <= set(files["index"]["utterances-index"])
    assert files["conversations"]["p1"]["meta"] == {
        "k": 1,
        "title": "T",
        "url": "https://e.org/p1",
    }
    assert files["speakers"]["u1"]["meta"] == {"name": "Ada", "id": "u1", "display_name": "A"}
    assert [each["timestamp"] for each in utterances[:4]] == [0, 1, 2, 3]  # not all are known
    assert utterances[-2]["timestamp"] == NOON + 7200
    unknown = {each["speaker"] for each in utterances if "unknown author" in each["speaker"]}
    assert len(unknown) == 7


def test_a_corpus_that_was_changed_is_repaired_or_read_as_any_other():
    text, _ = serialize(THREADS[0], "convokit")
    utterances = [json.loads(line) for line in text.splitlines()]
    del utterances[1]  # c1
    utterances[1]["meta"]["label"] = "x"
    utterances[2]["meta"]["discourse"] = {"score": "many"}
    reading = parse(lines(*utterances))
    assert [(c.id, c.status) for c in reading.thread] == [
        ("c1", Status.MISSING),
        ("c2", Status.DELETED),
        ("c3", Status.DELETED),
    ]
    assert kinds(reading) == ["bad-value", "orphan"]


@settings(max_examples=settings().max_examples // 2)
@given(st.lists(strategies.threads(max_size=5), max_size=4))
def test_whatever_is_written_comes_back(threads):
    text, lost = serialize(threads, "convokit")
    assert not lost
    if threads:
        reading = parse(text, "convokit")
        assert reading.threads == tuple(threads) and not reading.problems


@pytest.mark.skipif(
    "DISCOURSE_CONVOKIT" not in os.environ,
    reason="DISCOURSE_CONVOKIT does not say that ConvoKit is installed; it is large",
)
def test_convokit_loads_and_walks_what_is_written(tmp_path):
    convokit = pytest.importorskip("convokit")
    write(THREADS, tmp_path / "c", "convokit")
    loaded = convokit.Corpus(str(tmp_path / "c"))
    assert len(loaded.get_utterance_ids()) == 10
    for conversation in loaded.iter_conversations():
        assert conversation.check_integrity(verbose=False)
        for order in ("dfs", "bfs", "postorder"):
            assert len(list(conversation.traverse(order))) == len(conversation.get_utterance_ids())
    loaded.dump("again", base_path=str(tmp_path))
    assert read(tmp_path / "again").threads == tuple(THREADS)


@pytest.mark.parametrize("article", [True, False])
def test_the_utterances_of_convokit_are_written_as_they_were(article, tmp_path):
    def utterance(id, up, text, **meta):
        return {"id": id, "conversation_id": "p", "text": text, "speaker": "Ada", "meta": meta,
                "reply-to": up, "timestamp": NOON, "vectors": []}  # fmt: skip

    lines = [
        utterance("p", None, "What for?", score=4, gilded=1),
        utterance("c", "p", "[deleted]", score=1),
    ]
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "utterances.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines))
    (folder / "conversations.json").write_text('{"p": {"meta": {"title": "T"}, "vectors": []}}')
    (folder / "corpus.json").write_text('{"subreddit": "ferries"}')
    reading = read(folder, "convokit", article=article)
    assert write(reading.threads, tmp_path / "out", "convokit") == ()
    assert read(tmp_path / "out").threads == reading.threads
    text = (tmp_path / "out" / "utterances.jsonl").read_text(encoding="utf-8")
    written = [json.loads(line) for line in text.splitlines()]
    for line, own in zip(written, lines, strict=True):
        assert own["meta"].items() <= line["meta"].items()
        assert line | {"meta": own["meta"]} == own
    assert json.loads((tmp_path / "out" / "corpus.json").read_bytes()) == {"subreddit": "ferries"}
    conversations = json.loads((tmp_path / "out" / "conversations.json").read_bytes())
    assert conversations == {"p": {"meta": {"title": "T"}, "vectors": []}}
