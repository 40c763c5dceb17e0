"""The words of the command line, taken from its parser: what a shell can complete."""

import argparse
from collections.abc import Sequence
from typing import cast

import attrs

from .. import formats
from ._parser import SUMMARIES, build_all

FILES = "files"
"""Stands for the words of an argument that is the name of a file."""

_FILES = {"FILE", "OUT"}
_FORMATS = {"FORMAT"}


@attrs.frozen(kw_only=True)
class Argument:
    """An option, or what stands without one."""

    names: tuple[str, ...]
    """``-o`` and ``--output``; none of what stands without an option."""
    metavar: str
    """What its value is called; empty where it takes none."""
    help: str
    """What it does, in a line."""
    values: tuple[str, ...] | str
    """What its value can be, or `FILES`; empty where nobody knows."""
    is_many: bool
    """Whether it can stand several times."""


@attrs.frozen(kw_only=True)
class Words:
    """A command and its arguments."""

    name: str
    summary: str
    options: tuple[Argument, ...]
    positionals: tuple[Argument, ...]


def words_of() -> list[Words]:
    """Return the commands, after one without a name, which is what stands before a command."""
    parser = build_all()
    (commands,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))  # noqa: SLF001 - argparse has no other way to tell
    made = [_words("", "", parser)]
    for name, inner in commands.choices.items():
        made.append(_words(name, SUMMARIES[name], cast("argparse.ArgumentParser", inner)))
    return made


def _words(name: str, summary: str, parser: argparse.ArgumentParser) -> Words:
    actions = [
        _argument(each)
        for each in parser._actions  # noqa: SLF001 - as above
        if each.help != argparse.SUPPRESS and not isinstance(each, argparse._SubParsersAction)  # noqa: SLF001 - as above
    ]
    return Words(
        name=name,
        summary=summary,
        options=tuple(each for each in actions if each.names),
        positionals=tuple(each for each in actions if not each.names),
    )


def _argument(action: argparse.Action) -> Argument:
    metavar = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    return Argument(
        names=tuple(action.option_strings),
        metavar=metavar,
        help=" ".join((action.help or "").split()),
        values=_values(action, metavar),
        is_many=action.nargs in {"+", "*"},
    )


def _values(action: argparse.Action, metavar: str) -> tuple[str, ...] | str:
    if action.choices is not None:
        return tuple(map(str, cast("Sequence[object]", action.choices)))
    if metavar in _FORMATS:
        wanted = formats.formats()
        if "--to" in action.option_strings:
            wanted = tuple(each for each in wanted if each.is_writable)
        return tuple(each.name for each in wanted)
    return FILES if metavar in _FILES else ()
