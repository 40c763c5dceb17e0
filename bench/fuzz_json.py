"""Read mutated documents and let nothing out but this library's errors.

    python bench/fuzz_json.py [COUNT [SEED]]

It prints what became of them, and ends with 1 at the first that raises anything else or takes long.
"""

import random
import sys
import time

from discourse import Article, Author, Comment, DecodeError, Source, Stub, Thread
from discourse.json import dumps, from_dict, loads
from discourse.json._decode import decode

SCRAPS = (
    *(b"null", b"true", b"0", b"-1", b"1.5", b"1e999", b"NaN", b"1e2", b"9" * 25, b"9" * 5000),
    *(b'""', b'"a"', b'"\\ud800"', b'"\\ud83d\\ude00"', b'"2024-01-01T00:00:00Z"', b'"2024-01-01"'),
    *(
        b"[]",
        b"{}",
        b'{"id":"1"}',
        b'["a","a"]',
        b"[" * 300,
        b'{"a":' * 300,
        b'"x":1,',
        b'{"a":1,"a":2}',
    ),
    *(
        b",",
        b":",
        b"}",
        b"]",
        b'"',
        b"\\",
        b"\xff",
        b"\xed\xa0\x80",
        b"\x00",
        b"\n",
        b"\xef\xbb\xbf",
    ),
)
LONGEST_S = 5


def seed_documents() -> list[bytes]:
    thread = Thread(
        Article("T", authors=[Author("A", id="a")], score=1.5, tags=["x"]),
        [
            Comment(
                "1", None, Author("B", meta={"k": 1}), "é\n\u2028", meta={"a": [1, None, 2**70]}
            ),
            Comment("2", "1", score=3, tags=["p", "q"], is_edited=True),
        ],
        stubs=[Stub("1", "more", ids=["9"], count=1)],
        source=Source("json"),
        meta={"k": {"l": [True, 0.1]}},
    )
    return [dumps(thread).encode(), dumps(thread, indent=1).encode(), dumps(Thread()).encode()]


def mutated(data: bytes) -> bytes:
    made = bytearray(data)
    for _ in range(random.choice([1, 1, 1, 2, 3, 8])):
        at = random.randrange(len(made) + 1)
        length = random.choice([0, 0, 1, 3, 10])
        kind = random.random()
        if kind < 0.5:
            made[at : at + length] = random.choice(SCRAPS)
        elif kind < 0.7:
            made[at : at + 1] = bytes([random.randrange(256)])
        elif kind < 0.85:
            other = random.randrange(len(made) + 1)
            made[at:at] = made[other : other + random.randrange(40)]
        else:
            del made[at : at + random.randrange(1, 30)]
    return bytes(made[: random.randrange(len(made) + 1)] if random.random() < 0.05 else made)


def judge(data: bytes) -> str:
    """Return what became of a document; both lanes must say the same of it."""
    try:
        thread = loads(data)
    except DecodeError as error:
        length = len(str(error))
    else:
        assert from_dict(decode(data)) == thread  # type: ignore[arg-type]  # a document
        assert loads(dumps(thread)) == thread
        return "read"
    assert length < 4_000
    try:
        from_dict(decode(data))  # type: ignore[arg-type]  # whatever it is
    except DecodeError:
        return "refused"
    raise AssertionError("the lanes differ")


def main(count: int, seed: int) -> int:
    random.seed(seed)
    seeds = seed_documents()
    became = {"read": 0, "refused": 0}
    for number in range(count):
        data = mutated(random.choice(seeds))
        began = time.process_time()
        try:
            became[judge(data)] += 1
        except Exception as error:  # noqa: BLE001 - the very thing that is looked for
            print(f"document {number} of seed {seed}: {type(error).__name__}: {error}")
            print(repr(data[:2000]))
            return 1
        if time.process_time() - began > LONGEST_S:
            print(f"document {number} of seed {seed} took long\n{data[:2000]!r}")
            return 1
    told = ", ".join(f"{number:,} {what}" for what, number in became.items())
    print(f"{count:,} documents of seed {seed}: {told}")
    return 0


if __name__ == "__main__":
    numbers = [int(argument) for argument in sys.argv[1:]]
    sys.exit(main(*[*numbers, *[100_000, 1][len(numbers) :]]))
