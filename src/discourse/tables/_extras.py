"""Import what may not be installed, and say what to install where it is not."""

import importlib
from types import ModuleType

from ..errors import MissingExtraError


def imported(module: str, what: str, extra: str | None = None) -> ModuleType:
    """Return a module that an extra brings: when it is needed, since most users have but a few.

    Args:
        module: The module.
        what: What needs it, for the error.
        extra: The extra; named like the module where it is not told.
    """
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise MissingExtraError(what, extra or module) from error
