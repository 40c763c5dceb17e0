"""``discourse formats``: list the formats that can be read and written."""

import argparse
from collections.abc import Iterable, Iterator
from inspect import signature

from .. import formats
from .._terminal.columns import one_line, wrap
from ..formats import Format
from ._command import OK, Command, add_json, add_width
from ._printing import columns, put_json, say
from ._reading import expect_format


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "names", metavar="FORMAT", nargs="*", help="the formats to describe (default: all)"
    )
    add_width(parser)
    add_json(parser, "one object per format, in a line")


def _run(options: argparse.Namespace) -> int:
    for name in options.names:
        expect_format(name)
    known = {each.name: each for each in formats.available()}
    wanted = [known[name] for name in options.names or known]
    if options.json:
        for each in wanted:
            put_json(_object(each))
    else:
        list_all(wanted, options.width)
    return OK


def list_all(wanted: Iterable[Format] | None = None, width: int | None = None) -> None:
    width = width or columns()
    for each in formats.available() if wanted is None else wanted:
        for number, line in enumerate(_lines(each)):
            margin = "    " if number else ""
            for row in wrap(one_line(line), width - len(margin)):
                say(margin + row)


def _lines(each: Format) -> Iterator[str]:
    yield f"{each.name}: {each.title}"
    yield ", ".join(_abilities(each))
    if each.suffixes:
        yield f"files: {' '.join(each.suffixes)}"
    if options := _options(each):
        yield f"options of parse(): {', '.join(options)}"
    for loss in each.losses if each.is_writable else ():
        yield f"does not keep: {loss}"


def _abilities(each: Format) -> Iterator[str]:
    yield "reads, thread by thread" if each.stream is not None else "reads"
    if each.is_writable:
        yield "writes several threads" if each.serialize_all is not None else "writes one thread"


def _options(each: Format) -> list[str]:
    parameters = signature(each.parse).parameters.values()
    return [each.name for each in parameters if each.kind is each.KEYWORD_ONLY]


def _object(each: Format) -> dict[str, object]:
    return {
        "name": each.name,
        "title": each.title,
        "suffixes": list(each.suffixes),
        "media_types": list(each.media_types),
        "streams": each.stream is not None,
        "writes": each.is_writable,
        "writes_several": each.serialize_all is not None,
        "options": _options(each),
        "losses": list(each.losses),
    }


COMMAND = Command(
    description="""\
List the formats. All can be read; some can be written, with one thread in a file or several. The
list includes what each format cannot hold. Commands that write report what they lose.

With --json, each format is an object in a line: name, title, suffixes, media_types, streams (can
be read thread by thread), writes, writes_several, options (of its parse()) and losses.
""",
    examples=(
        ("All formats", "discourse formats"),
        ("One format and its losses", "discourse formats wxr"),
        ("Print JSON", "discourse formats --json"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
