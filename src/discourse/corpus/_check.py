"""Check the files of a corpus against its manifest, and its threads against their digests."""

from pathlib import Path

from ..errors import CorpusError, Place, Problem, shown
from . import _groups
from ._groups import Group
from ._manifest import File, Manifest, hash_of


def checked(folder: Path, manifest: Manifest) -> list[Problem]:
    """Return a problem for each file and each thread that is not as it was written."""
    problems = [problem for file in manifest.files for problem in _of_file(folder, file)]
    try:
        groups = list(_groups.groups_of(folder, manifest))
    except CorpusError as error:
        return [*problems, Problem("corpus-damaged", error.message)]
    seen: set[str] = set()
    for group in groups:
        try:
            problems += _of_group(group, seen)
        except CorpusError as error:
            place = Place(source=group.threads)
            problems.append(Problem("corpus-damaged", error.message, place=place))
    return problems


def _of_file(folder: Path, file: File) -> list[Problem]:
    path = folder / file.path
    try:
        if path.stat().st_size == file.size and hash_of(path) == file.sha256:
            return []
    except OSError as error:
        message = f"the file cannot be read: {error.strerror}"
    else:
        message = "the file is not the one that was written"
    return [Problem("corpus-damaged", message, place=Place(source=str(path)))]


def _of_group(group: Group, seen: set[str]) -> list[Problem]:
    problems = []
    digests = _groups.opened(group.threads).read_row_group(group.number, columns=["digest"])
    pairs = _groups.pairs(group)
    for digest, (key, thread) in zip(digests["digest"].to_pylist(), pairs, strict=True):
        if key in seen:
            message = f"thread {shown(key)} is there twice"
            problems.append(Problem("corpus-damaged", message, (key,)))
        seen.add(key)
        if digest is not None and thread.digest() != digest:
            message = f"thread {shown(key)} does not have the digest that was written"
            problems.append(Problem("corpus-damaged", message, (key,)))
    return problems
