"""The help: every command has its page, and every example in it runs."""

import json
import re
import shlex
from pathlib import Path

import pytest

from discourse._cli._command import STATUSES
from discourse._cli._completion import words_of
from discourse._cli._parser import _EXAMPLES, SUMMARIES, build_all, load

DOCS = Path(__file__).parents[2] / "docs"
EXAMPLES = [line for _, line in _EXAMPLES] + [
    line for name in SUMMARIES for _, line in load(name).examples
]


@pytest.mark.parametrize("line", dict.fromkeys(EXAMPLES))
def test_every_example_runs(line, run, shell):
    if re.search(r"[|<>$]|^(?!discourse)|view", line):  # it takes a shell, or a browser
        done = shell(line)
        status, err = done.returncode, done.stderr
    else:
        done = run(*shlex.split(line)[1:])
        status, err = done.status, done.err
    assert status == 0
    assert "rror" not in err


def test_the_help_tells_the_commands_and_the_statuses(run):
    done = run("--help")
    assert done.status == 0
    assert all(f"  {name}" in done.out for name in SUMMARIES)
    assert all(f"  {status}" in done.out for status in [*STATUSES, 1])
    assert all(line in done.out for _, line in _EXAMPLES)


@pytest.mark.parametrize("name", SUMMARIES)
def test_the_help_of_a_command_is_a_page_of_its_own(run, name):
    done = run(name, "--help")
    command = load(name)
    assert done.status == 0
    for part in ("usage: ", "options:", "examples:", "exit status:"):
        assert part in done.out
    assert all(f"{what}:\n    {line}" in done.out for what, line in command.examples)
    assert all(len(line) <= 100 for line in command.description.splitlines())


@pytest.mark.parametrize("width", [40, 80])
def test_the_help_keeps_within_the_terminal_but_for_what_cannot_be_broken(run, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    for name in SUMMARIES:
        prose = run(name, "--help").out.partition("positional arguments:")[0]
        lines = [line for line in prose.splitlines() if not line.startswith("  ")]
        assert max(map(len, lines)) <= width


def test_only_the_arguments_of_the_command_that_is_called_are_made():
    parser = build_all()
    names = {option for words in words_of() for each in words.options for option in each.names}
    assert {"--depth", "--keep", "--version", "--no-open"} <= names
    assert parser.prog == "discourse"


def test_the_reference_tells_every_command_and_option():
    page = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
    for words in words_of():
        assert f"`{words.name}" in page
        for option in words.options:
            assert words.name == "" or all(f"`{name}" in page for name in option.names), option


def test_the_guide_shows_what_is_printed_from_an_empty_folder_on(shell, folder):
    page = (DOCS / "how-to" / "use-the-command-line.md").read_text(encoding="utf-8")
    fences = re.findall(r"^```console\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)
    for path in folder.iterdir():  # a reader has nothing but the library
        if path.is_file():
            path.unlink()
    steps = [step for fence in fences for step in fence.split("$ ") if step]
    assert len(steps) > 10
    for step in steps:
        line, _, expected = step.partition("\n")
        done = shell(line)
        assert done.stdout + done.stderr == expected, line


def test_the_reference_tells_every_shape_of_json(run):
    page = (DOCS / "reference" / "command-line.md").read_text(encoding="utf-8")
    for line in ("stats --json small.json", "check --json broken.json", "formats --json json"):
        found = json.loads(run(*line.split()).out)
        keys = [*found, *(found["problems"][0] if "problems" in found else ())]
        assert all(f"`{key}`" in page for key in keys)
