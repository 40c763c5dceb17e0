"""Let Hypothesis print values in failing examples as the code that makes them.

By default, it prints every field of an attrs class. Here, fields with default values are omitted.
The output runs after ``from discourse import *`` and ``import datetime``.
"""

import enum

from hypothesis.vendor import pretty

from ..model import Article, Author, Comment, Meta, Source, Stub
from ..model._value import Value, set_fields
from ..thread import Thread


def print_as_code() -> None:
    """Register the printer of the model's classes."""
    for cls in (Article, Author, Comment, Source, Stub, Thread):
        pretty.for_type_by_name(cls.__module__, cls.__name__, _print)


def _print(value: Value, printer: pretty.RepresentationPrinter, cycle: bool) -> None:  # noqa: FBT001, ARG001 - what Hypothesis calls
    fields = {name: _plain(field) for name, field in set_fields(value).items()}
    printer.repr_call(type(value).__name__, (), fields)


def _plain(field: object) -> object:
    """Return a plain form that a field accepts: words for enums, a dict for frozen JSON."""
    if isinstance(field, enum.Enum):
        return field.value
    return field.to_dict() if isinstance(field, Meta) else field
