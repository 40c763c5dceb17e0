"""What the formats of other packages do wrong: their exceptions and warnings, in one line each."""

import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from .. import formats
from .._terminal.columns import one_line
from ..errors import shown
from ..formats import Format
from ._printing import tell

_OURS = __package__.partition(".")[0]


@contextmanager
def telling_warnings() -> Iterator[None]:
    """Say warnings as everything else is said, and not with the line of Python that warns."""
    with warnings.catch_warnings():
        warnings.showwarning = _tell  # the name by which Python calls it
        yield


def _tell(message: Warning | str, *_: object, **__: object) -> None:
    tell(one_line(str(message)))


def blame(error: Exception) -> str | None:
    """Return what to say of an exception by which another package's format failed.

    None where no such format had a part in it: then it is a bug of this library.
    """
    packages = {
        str(frame.f_globals.get("__name__")).partition(".")[0]
        for frame, _ in traceback.walk_tb(error.__traceback__)
    }
    what = (one_line(type(error).__name__), *(shown(each, 200) for each in error.args[:1]))
    for each in formats.available():
        package = _package_of(each)
        if package != _OURS and package in packages:
            return (
                f"the format {one_line(each.name)} of the package {one_line(package)} failed "
                f"({': '.join(what)}): please report this to its maker"
            )
    return None


def _package_of(format: Format) -> str:
    """Return the package that a format is of: that of the function by which it reads."""
    module = getattr(format.parse, "__module__", None) or type(format.parse).__module__
    return str(module).partition(".")[0]
