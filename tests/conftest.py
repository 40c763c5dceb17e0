"""What all tests share: how many examples the laws are tried on, and the folder of real pages."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No profile has a deadline, and none minds a slow machine: a test fails for what is wrong, not for
# the time it took.
settings.register_profile(
    "dev", deadline=None, max_examples=100, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("quick", settings.get_profile("dev"), max_examples=20)
settings.register_profile("thorough", settings.get_profile("dev"), max_examples=1000)
settings.register_profile("ci", settings.get_profile("dev"), derandomize=True, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "dev"))


@pytest.fixture(scope="session")
def shared():
    """The folder of real pages and files, which are other people's words and no part of this."""
    where = os.environ.get("DISCOURSE_SHARED")
    if not where:
        pytest.skip("DISCOURSE_SHARED does not say where the real pages are")
    if not Path(where).is_dir():
        pytest.fail(f"DISCOURSE_SHARED is {where!r}, which is not a folder")
    return Path(where)
