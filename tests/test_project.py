"""The project keeps its own promises: names, versions, pages and what it ships."""

import ast
import importlib
import pkgutil
import re
import socket
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

import discourse

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"

MODULES = [
    "discourse",
    *(
        f"discourse.{found.name}"
        for found in pkgutil.iter_modules(discourse.__path__)
        if not found.name.startswith("_")
    ),
]

#: Shared by the modules of the package, and not for those who use it.
INTERNAL = {"discourse.errors": {"refusal", "shown"}}


def pyproject():
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def page_of(module):
    return REFERENCE / f"{module.removeprefix('discourse.')}.md"


def defined_in(module):
    """The names that the file of a module defines at its top, leading underscores aside."""
    for statement in ast.parse(Path(module.__file__).read_text(encoding="utf-8")).body:
        match statement:
            case ast.FunctionDef(name=name) | ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) | ast.AnnAssign(target=ast.Name(id=name)):
                yield name


def text_files():
    """The project's own files: no build, no cache, nothing that an environment put there."""
    tops = [".ci", "bench", "docs", "src", "tests"]
    found = [path for top in tops for path in (ROOT / top).rglob("*") if path.is_file()]
    found += [path for path in ROOT.iterdir() if path.suffix in {".md", ".py", ".toml"}]
    hidden = re.compile(r"__pycache__|_build|_cache|\.hypothesis|\.egg-info")
    return [path for path in found if not hidden.search(path.relative_to(ROOT).as_posix())]


@pytest.mark.parametrize("name", MODULES)
def test_all_is_every_public_name_of_its_module(name):
    module = importlib.import_module(name)
    public = {name for name in defined_in(module) if not name.startswith("_")}
    assert public - INTERNAL.get(name, set()) <= set(module.__all__)
    assert all(hasattr(module, name) for name in module.__all__)
    assert len(set(module.__all__)) == len(module.__all__)


def test_the_root_shows_its_public_names_and_no_others():
    modules = ["corpus", "edit", "errors", "formats", "json", "links", "metrics", "model"]
    modules += ["plain", "privacy", "query", "render", "spark", "tables", "thread"]
    assert dir(discourse) == sorted([*discourse.__all__, *modules])


@pytest.mark.parametrize("name", MODULES)
def test_every_public_name_has_a_place_in_the_reference(name):
    page = page_of(name).read_text(encoding="utf-8")
    if f"automodule:: {name}\n   :members:" in page:
        return  # all of __all__, by its docstrings
    missing = [public for public in importlib.import_module(name).__all__ if public not in page]
    assert missing == []


def test_every_page_of_the_reference_is_about_something_that_is_there():
    pages = {page.stem for page in REFERENCE.glob("*.md")}
    assert pages == {page_of(name).stem for name in MODULES} | {"index", "command-line"}


def test_version_is_told_once():
    told = pyproject()["project"]["version"]
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", changelog, re.MULTILINE)[1] == told
    if discourse.__version__ == "0+unknown":
        pytest.skip("the package is not installed, so that it does not know its version")
    assert discourse.__version__ == told


def test_no_extra_and_no_group_names_an_extra_of_its_own_project():
    project = pyproject()
    lists = [
        project["project"]["dependencies"],
        *project["project"]["optional-dependencies"].values(),
        *project["dependency-groups"].values(),
    ]
    assert [line for listed in lists for line in listed if "discourse" in line] == []


def test_types_are_shipped():
    assert files("discourse").joinpath("py.typed").is_file()


def test_readme_and_ci_give_the_same_command_for_the_tests():
    command = 'python -m pip install -e ".[test]" && python -m pytest'
    for path in ("README.md", ".ci/run", "docs/contributing.md"):
        assert command in (ROOT / path).read_text(encoding="utf-8"), path


@pytest.mark.parametrize("host", ["198.51.100.7", "mill.example"])
def test_no_test_reaches_the_network(host):
    with pytest.raises(AssertionError, match="no test may reach the network"):
        socket.create_connection((host, 443))
    with socket.socket() as one, pytest.raises(AssertionError, match="no test may reach"):
        one.connect((host, 443))


def test_examples_in_pages_are_all_run():
    fences = re.compile(r"^(?:```|~~~)\{?(?:pycon|py|python3|doctest)\b", re.MULTILINE)
    pages = [path for path in text_files() if path.suffix == ".md"]
    unrun = [path.name for path in pages if fences.search(path.read_text(encoding="utf-8"))]
    assert unrun == []


def test_no_file_names_a_place_on_somebodys_machine():
    place = re.compile(r"(?<![\w.~])/(?:home|root|tmp|work|Users|private|var/folders)/")
    named = [path for path in text_files() if place.search(path.read_bytes().decode("utf-8"))]
    assert named == []


def test_the_test_of_a_module_is_found_by_its_path():
    """``src/discourse/a/b.py`` is tested by ``tests/a/test_b*.py``, underscores aside."""
    source = ROOT / "src" / "discourse"
    astray = []
    for path in (ROOT / "tests").rglob("test_*.py"):
        package = path.parent.relative_to(ROOT / "tests").parts
        if package[:1] in ((), ("browser",), ("laws",), ("typing",)):
            continue
        folders = [source]
        for part in package:
            folders = [folder / name for folder in folders for name in (part, f"_{part}")]
        names = {package[-1]}
        for folder in folders:
            names |= {each.stem.strip("_") for each in folder.glob("*")}
        subject = path.stem.removeprefix("test_")
        if not any(subject == name or subject.startswith(f"{name}_") for name in names):
            astray.append(path.relative_to(ROOT).as_posix())
    assert astray == []
