"""Make a large WordPress export, and measure the memory and the speed of streaming it.

Usage: python bench/wxr.py [--megabytes 30,300] [--keep FOLDER] [-o TABLE.md]

Each file is read in a process of its own, so that the peak of its memory is its own. A second pass
reads the same export with a control character, a bare '&' and an unknown entity in every hundredth
comment, so that the cost of repair shows.
"""

import argparse
import os
import platform
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import discourse

_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<!-- made by bench/wxr.py -->
<rss version="2.0"
\txmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
\txmlns:content="http://purl.org/rss/1.0/modules/content/"
\txmlns:dc="http://purl.org/dc/elements/1.1/"
\txmlns:wp="http://wordpress.org/export/1.2/">
<channel>
\t<title>The Example</title>
\t<link>https://blog.example</link>
\t<language>en</language>
\t<wp:wxr_version>1.2</wp:wxr_version>
\t<wp:author><wp:author_id>1</wp:author_id><wp:author_login><![CDATA[ann]]></wp:author_login>
\t<wp:author_display_name><![CDATA[Ann Smith]]></wp:author_display_name></wp:author>
"""
_POST = """\t<item>
\t\t<title><![CDATA[Post {post}]]></title>
\t\t<link>https://blog.example/?p={post}</link>
\t\t<pubDate>Tue, 14 Jan 2014 17:31:03 +0000</pubDate>
\t\t<dc:creator><![CDATA[ann]]></dc:creator>
\t\t<content:encoded><![CDATA[{text}]]></content:encoded>
\t\t<wp:post_id>{post}</wp:post_id>
\t\t<wp:post_date><![CDATA[2014-01-14 18:31:03]]></wp:post_date>
\t\t<wp:post_date_gmt><![CDATA[2014-01-14 17:31:03]]></wp:post_date_gmt>
\t\t<wp:status><![CDATA[publish]]></wp:status>
\t\t<wp:post_type><![CDATA[post]]></wp:post_type>
\t\t<category domain="post_tag" nicename="news"><![CDATA[News]]></category>
"""
_COMMENT = """\t\t<wp:comment>
\t\t\t<wp:comment_id>{id}</wp:comment_id>
\t\t\t<wp:comment_author><![CDATA[Reader {reader}]]></wp:comment_author>
\t\t\t<wp:comment_author_email><![CDATA[reader{reader}@mail.example]]></wp:comment_author_email>
\t\t\t<wp:comment_author_url></wp:comment_author_url>
\t\t\t<wp:comment_author_IP><![CDATA[192.0.2.{ip}]]></wp:comment_author_IP>
\t\t\t<wp:comment_date><![CDATA[2014-01-15 {hour:02}:31:03]]></wp:comment_date>
\t\t\t<wp:comment_date_gmt><![CDATA[2014-01-15 {hour:02}:31:03]]></wp:comment_date_gmt>
\t\t\t<wp:comment_content><![CDATA[{text}]]></wp:comment_content>
\t\t\t<wp:comment_approved><![CDATA[1]]></wp:comment_approved>
\t\t\t<wp:comment_type><![CDATA[comment]]></wp:comment_type>
\t\t\t<wp:comment_parent>{parent}</wp:comment_parent>
\t\t\t<wp:comment_user_id>0</wp:comment_user_id>{damage}
\t\t</wp:comment>
"""
_SENTENCE = "The bridge was closed <em>again</em>, and nobody said for how long.\n"
_DAMAGE = "<wp:comment_note>salt & pepper\x0b, &nbsp;please</wp:comment_note>"


def pieces(size: int, *, damaged: bool) -> Iterator[str]:
    """Yield an export of about *size* bytes, post by post, with 0 to 60 comments each."""
    draw = random.Random(size)
    written, post, id = len(_HEAD), 0, 0
    yield _HEAD
    while written < size:
        post += 1
        made = [_POST.format(post=post, text=_SENTENCE * draw.randint(5, 60))]
        first = id + 1
        for _ in range(draw.randint(0, 60)):
            id += 1
            parent = draw.randint(first, id - 1) if id > first and draw.random() < 0.4 else 0
            made.append(
                _COMMENT.format(
                    id=id,
                    parent=parent,
                    reader=draw.randint(1, 5_000),
                    ip=draw.randint(0, 255),
                    hour=draw.randint(0, 23),
                    text=_SENTENCE * draw.randint(1, 8),
                    damage=_DAMAGE if damaged and id % 100 == 0 else "",
                )
            )
        made.append("\t</item>\n")
        piece = "".join(made)
        written += len(piece)
        yield piece
    yield "</channel>\n</rss>\n"


def read(path: str) -> None:
    """Stream a file and print what it held, the seconds it took, and the peak of memory in MiB."""
    base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    stream = discourse.stream(path)
    threads = comments = 0
    for thread in stream:
        threads += 1
        comments += len(thread)
    taken = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(threads, comments, stream.problem_count, taken, base / 1024, peak / 1024)


def row(folder: Path, megabytes: int, *, damaged: bool) -> str:
    """Return the line of the table for one file, the best of two runs."""
    path = folder / f"{megabytes}{'-damaged' if damaged else ''}.xml"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(pieces(megabytes * 10**6, damaged=damaged))
    size = path.stat().st_size / 1e6
    command = [sys.executable, __file__, "--read", str(path)]
    runs = [
        subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()  # noqa: S603 - this very script
        for _ in range(2)
    ]
    threads, comments, problems, taken, base, peak = min(runs, key=lambda run: float(run[3]))
    return (
        f"| {size:.0f} MB{', damaged' if damaged else ''} | {int(threads):,} | {int(comments):,} "
        f"| {int(problems):,} | {float(taken):.1f} s | {size / float(taken):.0f} MB/s "
        f"| {float(taken) / int(comments) * 1e6:.1f} µs | {float(base):.0f} MiB "
        f"| {float(peak):.0f} MiB |"
    )


def main() -> None:
    """Run it."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--megabytes", default="30,300")
    parser.add_argument("--keep", type=Path, help="the folder for the files, which stay there")
    parser.add_argument("--read", help=argparse.SUPPRESS)
    parser.add_argument("-o", type=Path, dest="out")
    options = parser.parse_args()
    if options.read:
        read(options.read)
        return
    lines = [
        "| export | threads | comments | problems | time | speed | a comment | at start | peak |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made)
        folder.mkdir(exist_ok=True)
        for megabytes in map(int, options.megabytes.split(",")):
            lines += [row(folder, megabytes, damaged=damaged) for damaged in (False, True)]
    machine = f"{platform.machine()}, {os.cpu_count()} processors"
    head = f"Python {platform.python_version()}; {machine}.\n\n"
    table = head + "\n".join(lines) + "\n"
    print(table)
    if options.out:
        options.out.write_text(table, encoding="utf-8")


if __name__ == "__main__":
    main()
