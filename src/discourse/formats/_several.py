"""Several files as one input: the files of a folder, or the parts of one data set."""

import errno
import os
from collections.abc import Iterator
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path

import attrs

from .._io.inputs import CLUTTER
from ..errors import LimitError, Problem, UnknownFormatError, shown
from . import _registry
from ._base import Format, Reading
from ._zoned import without_zone, zoned

_SHOWN = 20  # how many file names a problem lists
_MOST_FILES = 1_000_000


def is_folder(source: object) -> bool:
    """Whether an input is the path of a folder."""
    with suppress(OSError, ValueError):
        return isinstance(source, str | os.PathLike) and source != "" and Path(source).is_dir()
    return False


def files_of(
    folder: str | os.PathLike[str], format: str | None
) -> tuple[list[Path], str, list[Problem]]:
    """Return the files of a folder that a format reads, its name, and a problem for the rest.

    Raises `IsADirectoryError` if no format reads any of them.
    """
    root = Path(folder)
    names = sorted(_names(root))
    match = matching(names, format)
    if match is None:
        if not names:
            message = "an empty directory"
        else:
            some = ", ".join(map(shown, names[:3])) + ", ..." * (len(names) > 3)
            what = f"a directory of files that no format reads together ({some})"
            message = f"{what}: pass a list of them, as in discourse.read([path, ...])"
        raise IsADirectoryError(errno.EISDIR, message, os.fspath(folder))
    return [root / name for name in match[1]], match[0], unread(names, match[1])


def is_data_set(folder: str, format: str | None) -> bool:
    """Whether a format reads the files of a folder as one input."""
    return matching(all_files(folder), format) is not None


def all_files(folder: str) -> list[str]:
    """Return the sorted relative paths of all files below a folder, with slashes."""
    return sorted(_names(Path(folder)))


def matching(names: list[str], format: str | None) -> tuple[str, list[str]] | None:
    """Return the format whose `Format.folder` matches most of these files, and the matches.

    The names may or may not include the folder that contains all the files.
    """
    patterns = _registry.folder_patterns()
    if format is not None:
        patterns = {format: _registry.named(format).folder}
    common = os.path.commonprefix(names)  # noqa: RUF071 - cut at its last slash
    within = common.rfind("/") + 1
    matches = {
        each: [
            name
            for name in names
            if any(fnmatchcase(name, p) or fnmatchcase(name[within:], p) for p in patterns[each])
        ]
        for each in patterns
    }
    best = max(matches, key=lambda each: len(matches[each]), default=None)
    return (best, matches[best]) if best is not None and matches[best] else None


def unread(names: list[str], read: list[str]) -> list[Problem]:
    """Return a problem listing the *names* that are not in *read*, if any."""
    matched = frozenset(read)
    others = [name for name in names if name not in matched]
    if not others:
        return []
    message = f"not part of the format, so not read: {_list(others)}"
    return [Problem("unread-member", message, values=tuple(others))]


def _names(root: Path) -> Iterator[str]:
    """Yield the relative paths of the files below a folder, with slashes; do not follow links."""
    count = 0
    for place, _, files in os.walk(root):
        for name in files:
            count += 1
            if count > _MOST_FILES:
                raise LimitError(f"the folder has more than {_MOST_FILES:,} files: read fewer")
            if name not in CLUTTER:
                yield Path(place, name).relative_to(root).as_posix()


def _list(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return (", ".join(shown(name) for name in names[:_SHOWN]) or "it is empty") + more


@attrs.define
class Together:
    """The parts collected so far for formats that read all their parts together."""

    _contents: dict[str, list[tuple[str | None, str | bytes]]] = attrs.field(factory=dict)
    _formats: dict[str, Format] = attrs.field(factory=dict)

    def add(self, name: str | None, format: Format, content: str | bytes) -> None:
        """Add a text, or the bytes of a binary file."""
        self._formats[format.name] = format
        self._contents.setdefault(format.name, []).append((name, content))

    def readings(self, options: dict[str, object]) -> list[Reading]:
        """Return one reading for each format; errors name the file."""
        return [self._reading(self._formats[name], options) for name in self._contents]

    def _reading(self, format: Format, options: dict[str, object]) -> Reading:
        if format.parse_parts is None:  # only parts of such formats are collected
            raise UnknownFormatError(f"{format.name} does not read parts")
        own, zone = without_zone(options, format)
        reading = format.parse_parts(self._contents[format.name], **own)
        return zoned(_registry.expect_reading(reading, format, "parse_parts"), zone)
