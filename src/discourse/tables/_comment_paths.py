"""The parents of comments whose place is told by a path, such as ``source1_210441596_0_1``."""

from collections.abc import Sequence

_SEPARATORS = "./_:-"


def parents_of_paths(
    paths: Sequence[str | None], ids: Sequence[str | None], keys: Sequence[str | None]
) -> list[str | None]:
    """Return the parent of each comment: what has its path less the last part. O(n).

    A path that has as few parts as any, and one of which only the key of the thread is left,
    answers the article. Where the parent is not there its id is the path, unless ids are the last
    parts of the paths.

    >>> paths = ["a_7_0", "a_7_0_0", "a_7_1_0"]
    >>> parents_of_paths(paths, paths, ["7", "7", "7"])
    [None, 'a_7_0', 'a_7_1']
    """
    id_of = {path: id for path, id in zip(paths, ids, strict=True) if path and id}
    separator = max(
        _SEPARATORS, key=lambda mark: sum(p.rpartition(mark)[0] in id_of for p in id_of)
    )
    fewest = min((path.count(separator) for path in id_of), default=0)
    are_last = all(path.rpartition(separator)[2] == id for path, id in id_of.items())
    parents: list[str | None] = []
    for path, key in zip(paths, keys, strict=True):
        above, _, _ = (path or "").rpartition(separator)
        last = above.rpartition(separator)[2]
        if above in id_of:
            parents.append(id_of[above])
        elif not above or above.count(separator) < fewest or last == key:
            parents.append(None)
        else:
            parents.append(last if are_last else above)
    return parents
