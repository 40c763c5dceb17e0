"""How tests run: on how many cores and examples, and the examples in docstrings and pages.

A docstring's example has the names of its own module and, besides, those of
``from discourse import *``. A page's examples run from its top to its end, in an empty folder of
their own, and import what they use.
"""

import os
import socket
import tempfile
from doctest import ELLIPSIS
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from sybil import Sybil
from sybil.parsers.myst import PythonCodeBlockParser

import discourse
from discourse.formats import _registry

collect_ignore_glob = ["docs/*.py"]

# Formats that other packages on this machine bring are not this library's to test.
_registry.entry_points = lambda **_: ()

# No profile has a deadline, and none minds a slow machine: a test fails for what is wrong, not for
# the time it took. To explain an example takes longer than to find and shrink it.
settings.register_profile(
    "quick",
    deadline=None,
    max_examples=20,
    phases=set(Phase) - {Phase.explain},
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "full", settings.get_profile("quick"), max_examples=100, phases=tuple(Phase)
)
settings.register_profile("ci", settings.get_profile("full"), derandomize=True, print_blob=True)
settings.register_profile("thorough", settings.get_profile("full"), max_examples=1000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.hookimpl(tryfirst=True)  # before pytest-xdist's own, which starts what is chosen here
def pytest_cmdline_main(config):
    """Run all tests on all cores, unless the command line says otherwise, and chosen ones on one.

    A file stays with one worker, since a page's examples build on each other.
    """
    if not config.pluginmanager.hasplugin("xdist") or hasattr(config, "workerinput"):
        return
    options = config.option
    is_whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    if is_whole and options.numprocesses is None and not options.usepdb:
        options.numprocesses = "auto"
    if options.numprocesses and options.dist == "no":
        options.dist = "loadfile"


@pytest.fixture(autouse=True, scope="session")
def no_network():
    """Fail what would reach another machine: no test and no example needs one."""
    connect, look_up = socket.socket.connect, socket.getaddrinfo

    def expect_local(host):
        if host not in {"127.0.0.1", "::1", "localhost", None}:
            raise AssertionError(f"no test may reach the network, and this one asked for {host!r}")

    def connect_locally(self, address):
        expect_local(address[0] if isinstance(address, tuple) else None)
        return connect(self, address)

    def look_up_locally(host, *args, **options):
        expect_local(host)
        return look_up(host, *args, **options)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(socket.socket, "connect", connect_locally)
        patch.setattr(socket, "getaddrinfo", look_up_locally)
        yield


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
