"""Report exceptions and warnings from the formats of other packages in one line each."""

import traceback
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from .. import formats
from .._terminal.columns import one_line
from ..errors import shown
from ..formats import Format
from ._printing import report

_OURS = __package__.partition(".")[0]


@contextmanager
def warnings_shown() -> Iterator[None]:
    """Print warnings like other messages, without the line of Python that warns."""
    with warnings.catch_warnings():
        warnings.showwarning = _report_warning  # the name by which Python calls it
        yield


def _report_warning(message: Warning | str, *_: object, **__: object) -> None:
    report(one_line(str(message)))


def blame(error: Exception) -> str | None:
    """Return a message that names the package whose format raised *error*.

    None if no such format was involved, which makes it a bug in this library.
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
    """Return the package of a format, which is that of its parser."""
    module = getattr(format.parse, "__module__", None) or type(format.parse).__module__
    return str(module).partition(".")[0]
