"""Files are replaced in one step, wherever a path leads."""

import errno
import os

import pytest

from discourse import Thread, dump, load


@pytest.mark.skipif(os.name == "nt", reason="links of POSIX")
@pytest.mark.parametrize("name", ["a", "a/b.json"])
@pytest.mark.parametrize("action", [lambda path: dump(Thread(None), path), load])
def test_links_that_lead_in_a_circle_are_an_error_of_the_system(tmp_path, name, action):
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    with pytest.raises(OSError, match="symbolic links") as caught:
        action(tmp_path / name)
    assert caught.value.errno == errno.ELOOP
    assert os.fspath(caught.value.filename) == str(tmp_path / name)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]
