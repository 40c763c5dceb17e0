"""Provide `schema`: the published JSON Schema of the wire form, as it lies in the package."""

import json
from typing import Any

NAME = "schema/thread-1.json"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of ``discourse/thread/1``, draft 2020-12, as a fresh dict.

    It says all that the classes say but for what such a schema cannot: that the comments are a
    tree, that an integer is not written as a float, and how deep and how large ``meta`` may be.

    >>> schema()["properties"]["schema"]
    {'const': 'discourse/thread/1'}
    """
    from importlib import resources  # noqa: PLC0415 - slow to import, and seldom needed

    text = resources.files("discourse").joinpath(NAME).read_text(encoding="utf-8")
    made: dict[str, Any] = json.loads(text)
    return made
