"""What all tests share: how large a large thread is, and the folder of real pages."""

import os
import sys
from pathlib import Path

import pytest
from hypothesis import settings


@pytest.fixture(scope="session")
def many():
    """How many comments a large thread has: 100,000, and fewer where laws have fewer examples."""
    return min(settings().max_examples, 100) * 1_000


@pytest.fixture(scope="session")
def shared():
    """The folder of real pages and files, which are other people's words and no part of this."""
    where = os.environ.get("DISCOURSE_SHARED")
    if not where:
        pytest.skip("DISCOURSE_SHARED does not name the folder of real pages")
    if not Path(where).is_dir():
        pytest.fail(f"DISCOURSE_SHARED is {where!r}, which is not a folder")
    return Path(where)


@pytest.fixture
def lines_run():
    """A function that calls another and returns how many lines of Python that ran: its work."""

    def lines_run(call, *arguments, **options):
        lines = 0

        def count(frame, event, arg):
            nonlocal lines
            lines += event == "line"
            return count

        before = sys.gettrace()
        sys.settrace(count)
        try:
            call(*arguments, **options)
        finally:
            sys.settrace(before)
        return lines

    return lines_run
