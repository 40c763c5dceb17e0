"""In tests, an item of the input that a reader forgets is a failure and not a problem."""

import pytest

from discourse.formats._kit import _builder


@pytest.fixture(autouse=True)
def _strict_accounting(monkeypatch):
    monkeypatch.setattr(_builder, "STRICT", True)
