"""Show values in notebooks, rich and the interpreter."""

from importlib import import_module
from typing import Any

import attrs


def repr_html(value: object) -> str:
    """Return a value as HTML for Jupyter: safe, and without scripts."""
    shown: str = import_module(".render._page._notebook", __package__).html_of(value)
    return shown


def rich_console(value: object, _: object, options: Any) -> Any:  # noqa: ANN401 - of rich
    """Return the lines that rich prints."""
    return import_module(".render._rich", __package__).lines_of(value, options.max_width)


class Result:
    """Base class of results, whose ``repr`` is one line with counts.

    A class that extends it needs ``@attrs.frozen(repr=False)``.
    """

    __slots__ = ()

    def __repr__(self) -> str:
        parts = []
        for field in attrs.fields(type(self)):  # type: ignore[arg-type]  # all of them are attrs'
            value = getattr(self, field.name)
            if isinstance(value, tuple | frozenset):
                noun = field.name.removesuffix("s") if len(value) == 1 else field.name
                is_shown = value or field.name in ("threads", "problems")
                parts += [f"{len(value):,} {noun}"] if is_shown else []
                if field.name == "threads":
                    comments = sum(map(len, value))
                    parts.append(f"{comments:,} comment{'s'[: comments != 1]}")
            elif isinstance(value, str):
                parts.append(f"{field.name} of {len(value):,} characters")
            elif type(value) is int:
                noun = field.name.removesuffix("s") if value == 1 else field.name
                parts += [f"{value:,} {noun}"] if value else []
            else:
                parts.append(repr(value))
        return f"<{type(self).__name__}: {', '.join(parts) or 'empty'}>"

    _repr_html_ = repr_html
    __rich_console__ = rich_console
