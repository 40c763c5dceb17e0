"""``discourse corpus``: what each action prints, and how it ends."""

import json

import pytest

import discourse

pytest.importorskip("duckdb")


def test_a_corpus_is_built_and_asked(run):
    done = run("corpus", "build", "x.corpus", "threads.jsonl", "RC_2023-01.zst", "--workers", "1")
    assert done.status == 0
    assert "threads" in done.out and "comments" in done.out
    found = json.loads(run("corpus", "info", "--json", "x.corpus").out)
    assert (found["threads"], found["rows"]) == (3, 1)
    query = "select thread_id, count(*) as n from comments group by 1 order by 1"
    assert run("corpus", "sql", "x.corpus", query).out == "thread_id,n\na,4\nb,1\nt3_p,1\n"
    lines = run("corpus", "sql", "--json", "x.corpus", query).out.splitlines()
    assert json.loads(lines[-1]) == {"thread_id": "t3_p", "n": 1}
    again = run("corpus", "build", "x.corpus", "threads.jsonl")
    assert again.status == 3 and "is a corpus already" in again.err


@pytest.mark.parametrize("output", ["some.jsonl", "some.json", "-"])
def test_threads_are_exported(run, folder, output):
    done = run("corpus", "export", "news.corpus", "--where", "article_id = 'b'", "-o", output)
    assert done.status == 0
    data = done.out if output == "-" else (folder / output).read_text(encoding="utf-8")
    assert discourse.loads(data).article.id == "b"


def test_a_corpus_that_was_changed_is_told(run, folder):
    assert run("corpus", "check", "news.corpus").status == 0
    (path,) = (folder / "news.corpus" / "comments").iterdir()
    path.write_bytes(path.read_bytes()[:-1])
    done = run("corpus", "check", "news.corpus")
    assert done.status == 1 and "corpus-damaged" in done.out
    assert run("corpus", "info", "page.txt").status == 3
    assert run("corpus", "sql", "news.corpus", "drop table x").status == 3
