"""Measure how fast WordPress pages are read: one of common size, and some of no size at all.

Usage: python bench/wordpress_html.py [--comments 180,100000,1000000] [-o TABLE.md]

Each page is read in a process of its own, so that the peak of its memory is its own.
"""

import argparse
import os
import platform
import resource
import subprocess
import sys
import time
from pathlib import Path

from discourse.formats.wordpress_html import parse
from discourse.plain import plain_text

_HEAD = (
    "<!DOCTYPE html><html lang='en'><head><meta name='generator' content='WordPress 6.4'>"
    "<title>The mill</title></head><body class='single postid-60'><h1 class='entry-title'>The mill"
    "</h1><div class='entry-content'><p>It is old.</p></div><ol class='comment-list'>"
)
_COMMENT = (
    '<li id="comment-{id}" class="comment {stripe} depth-{depth}"><article id="div-comment-{id}" '
    'class="comment-body"><footer class="comment-meta"><div class="comment-author vcard">'
    '<img alt="" src="https://example.org/{id}.png" class="avatar avatar-50 photo" height="50" />'
    '<b class="fn">Reader {reader}</b> <span class="says">says:</span></div><div class='
    '"comment-metadata"><a href="https://example.org/mill/#comment-{id}"><time datetime='
    '"2024-03-03T12:00:00+01:00">3 March 2024 at 12:00</time></a></div></footer><div class='
    '"comment-content"><p>The bridge was closed <em>again</em>, and nobody said for how long. We '
    'waited for an hour, and then another one.</p>\n<p>It is old.</p></div><div class="reply"><a '
    'class="comment-reply-link" href="?replytocom={id}" data-commentid="{id}">Reply</a></div>'
    "</article>"
)


def page(count: int, shape: str) -> str:
    """Return a page with *count* comments: side by side, one in the other, or as people write."""
    parts, depth = [_HEAD], 0
    for id in range(1, count + 1):
        wanted = {"chain": id, "fan": 1}.get(shape, 1 + id * 7 % 5)
        wanted = min(wanted, depth + 1)
        while depth >= wanted:
            parts.append("</li>" if depth == wanted else "</li></ol>")
            depth -= 1
        if wanted > 1 and depth == wanted - 1 and not parts[-1].endswith("</li>"):
            parts.append('<ol class="children">')
        stripe = "odd" if id % 2 else "even"
        parts.append(_COMMENT.format(id=id, stripe=stripe, depth=wanted, reader=id % 997))
        depth = wanted
    return "".join([*parts, "</body></html>"])


def read(count: int, shape: str) -> None:
    """Read a page; print its size, seconds for the thread and for plain texts, and MiB at most."""
    text = page(count, shape)
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    taken, plain = [], []
    for _ in range(max(1, min(5, 20_000 // count))):
        start = time.process_time()
        thread = parse(text).thread
        taken.append(time.process_time() - start)
        start = time.process_time()
        for comment in thread:
            plain_text(comment)
        plain.append(time.process_time() - start)
        assert len(thread) == count
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(len(text), min(taken), min(plain), base / 1024, peak / 1024)


def row(count: int, shape: str) -> str:
    """Return the line of the table for one page."""
    command = [sys.executable, __file__, "--read", str(count), "--shape", shape]
    made = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - this very script
    size, taken, plain, base, peak = map(float, made.stdout.split())
    cells = (
        f"{count:,} ({shape})",
        f"{size / 1e6:.2f} MB",
        f"{taken * 1e3:,.0f} ms",
        f"{size / taken / 1e6:.1f} MB/s",
        f"{taken / count * 1e6:.0f} µs",
        f"{plain / count * 1e6:.0f} µs",
        f"{base:.0f} MiB",
        f"{peak:.0f} MiB",
    )
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--comments", default="180,100000")
    parser.add_argument("--read", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--shape", default="tree")
    parser.add_argument("-o", type=Path, dest="out")
    options = parser.parse_args()
    if options.read:
        read(options.read, options.shape)
        return
    lines = [
        "| comments | page | time | speed | a comment | its plain text | at start | peak |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for count in map(int, options.comments.split(",")):
        lines += [row(count, shape) for shape in ("tree", "fan", "chain")]
    machine = f"{platform.machine()}, {os.cpu_count()} processors"
    head = f"Python {platform.python_version()}; {machine}.\n\n"
    table = head + "\n".join(lines) + "\n"
    print(table)
    if options.out:
        options.out.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
