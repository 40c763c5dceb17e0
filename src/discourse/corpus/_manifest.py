"""The manifest of a corpus: which files it is, and how a writer replaces it in one step."""

import errno
import hashlib
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

import attrs

from .._io.files import replacing
from ..errors import CorpusError, shown
from ._schema import TABLES, VERSION

NAME = "corpus.json"
_LOCK = "corpus.lock"
_SCHEMA = f"discourse/corpus/{VERSION}"
_STEP = 2**20
SPILL, ROWS = ".spill", ".rows"
"""Folders for what does not fit in memory, while a corpus is written."""
OURS = frozenset((NAME, _LOCK, SPILL, ROWS, *TABLES))
"""What a folder of a corpus holds, also where a writer was killed before its first manifest."""


@attrs.frozen
class File:
    """One file of a corpus."""

    path: str
    """Where it is, from the folder of the corpus, with ``/``."""
    rows: int
    """How many rows it has."""
    size: int
    """How many bytes it has."""
    sha256: str
    """The hash of its bytes."""


@attrs.frozen
class Part:
    """Two files that belong together: the rows of threads, and those of their comments."""

    threads: File
    comments: File


@attrs.frozen
class Manifest:
    """Which files a corpus is."""

    parts: tuple[Part, ...] = ()
    problems: tuple[File, ...] = ()
    rows: int = 0
    """How many rows of dumps it was built from."""

    @property
    def files(self) -> list[File]:
        """All files, those of comments first in each part."""
        pairs = [file for part in self.parts for file in (part.comments, part.threads)]
        return [*pairs, *self.problems]

    def paths(self, folder: Path, table: str) -> list[str]:
        """Return the paths of the files of a table."""
        return [str(folder / name) for name in self.names(table)]

    def names(self, table: str) -> list[str]:
        """Return the paths of the files of a table, from the folder of the corpus."""
        if table == "problems":
            return [file.path for file in self.problems]
        return [getattr(part, table).path for part in self.parts]


def load(folder: Path) -> Manifest:
    """Return the manifest of a corpus; raise `CorpusError` where there is none that fits."""
    try:
        text = (folder / NAME).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        raise CorpusError(f"{folder} is no corpus: it has no file {NAME}") from None
    return parse(text, folder / NAME)


def parse(text: str | bytes, path: object) -> Manifest:
    """Return the manifest that a text holds; *path* is where it comes from, for errors."""
    try:
        data = json.loads(text)
        schema = data["schema"]
        parts = [Part(File(**each["threads"]), File(**each["comments"])) for each in data["parts"]]
        manifest = Manifest(
            tuple(parts), tuple(File(**each) for each in data["problems"]), int(data["rows"])
        )
        fits = all(map(_is_inside, manifest.files))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise CorpusError(f"{path} is no manifest of a corpus: {shown(str(error))}") from None
    if schema != _SCHEMA or not fits:
        raise CorpusError(
            f"{path} has the schema {shown(schema)}, and this version reads {_SCHEMA}: install "
            "another version of discourse-model, or build the corpus again"
        )
    return manifest


def _is_inside(file: File) -> bool:
    """Whether a file is one of the folder's own; a manifest from elsewhere could name any."""
    table, _, name = file.path.partition("/")
    types = (type(file.path), type(file.rows), type(file.size), type(file.sha256))
    is_plain = name.endswith(".parquet") and not {"/", "\\", ":"} & {*name}
    return types == (str, int, int, str) and table in TABLES and is_plain


def save(folder: Path, manifest: Manifest) -> None:
    """Put a manifest in the place of the old one; after a crash there is the one or the other."""
    data = {"schema": _SCHEMA, **attrs.asdict(manifest)}
    with replacing(folder / NAME) as file:
        file.write(json.dumps(data, indent=1).encode())


def described(folder: Path, table: str, name: str, rows: int) -> File:
    """Return what the manifest says of a file that was written, all of it on the disk."""
    path = folder / table / name
    sha = hashlib.sha256()
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        while piece := file.read(_STEP):
            sha.update(piece)
    return File(f"{table}/{name}", rows, path.stat().st_size, sha.hexdigest())


def hash_of(path: Path) -> str:
    """Return the hash of a file."""
    sha = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(_STEP):
            sha.update(piece)
    return sha.hexdigest()


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep other writers out while this one writes; the system lifts the lock of a dead process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / _LOCK).open("a+b") as file:
        try:
            _lock(file)
        except OSError as error:
            if error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK):
                raise
            raise CorpusError(f"another process is writing to {folder}: try again later") from None
        yield


if sys.platform == "win32":
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def sweep(folder: Path, *manifests: Manifest) -> None:
    """Remove files that no manifest names: what was replaced, and what a crash left.

    Only the next writer removes what one has replaced, since a reader may still have it open.
    """
    named = {file.path for manifest in manifests for file in manifest.files}
    for table in TABLES:
        for path in (folder / table).glob("*.parquet"):
            if f"{table}/{path.name}" not in named:
                with suppress(OSError):
                    path.unlink()
