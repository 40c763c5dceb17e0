"""Run the examples: those in docstrings, and the Python in the pages of the documentation.

A docstring's example has the names of its own module and, besides, those of
``from discourse import *``. A page's examples run from its top to its end, in an empty folder of
their own, and import what they use.
"""

import os
import tempfile
from doctest import ELLIPSIS
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser

import discourse

collect_ignore_glob = ["docs/*.py"]


def pytest_itemcollected(item):
    if isinstance(item, pytest.DoctestItem):
        for name in discourse.__all__:
            item.dtest.globs.setdefault(name, getattr(discourse, name))


def _enter_empty_folder(namespace):
    namespace["_folder"] = tempfile.TemporaryDirectory(prefix="discourse-docs-")
    namespace["_home"] = Path.cwd()
    os.chdir(namespace["_folder"].name)


def _leave_folder(namespace):
    os.chdir(namespace["_home"])
    namespace["_folder"].cleanup()


pytest_collect_file = Sybil(
    parsers=[PythonCodeBlockParser(doctest_optionflags=ELLIPSIS)],
    patterns=["*.md"],
    excludes=["docs/_build/**"],
    setup=_enter_empty_folder,
    teardown=_leave_folder,
).pytest()
