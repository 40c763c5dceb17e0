"""`discourse completion`: what shells complete, asked of the shells themselves."""

import os
import shutil
import subprocess

import pytest

from discourse._cli._completion import FILES, words_of
from discourse._cli._parser import SUMMARIES

pytestmark = pytest.mark.skipif(os.name != "posix", reason="shells of POSIX")

#: What stands on the line, and what can come; None where names of files can.
CASES = [
    ("discourse ", set(SUMMARIES)),
    ("discourse sh", {"show"}),
    ("discourse convert --to js", {"json", "jsonl"}),
    ("discourse show --for", {"--format"}),
    ("discourse show --color ", {"auto", "always", "never"}),
    ("discourse query --keep ", {"ancestors", "promote", "whole"}),
    ("discourse completion ", {"bash", "zsh", "fish"}),
    ("discourse formats wordpress-", {"wordpress-html", "wordpress-rest"}),
    ("discourse show --width ", set()),
    ("discourse demo --p", {"--page"}),
    ("discourse show pag", None),
    ("discourse convert page.txt -o pag", None),
]


def need(shell):
    if shutil.which(shell) is None:
        pytest.skip(f"there is no {shell} here")


def script(run, folder, shell):
    done = run("completion", shell)
    assert (done.status, done.err) == (0, "")
    (folder / f"completion.{shell}").write_text(done.out, encoding="utf-8")


def asked(*command):
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    assert done.stderr == ""
    return done.stdout


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_script_is_one_of_its_shell(run, folder, shell):
    need(shell)
    script(run, folder, shell)
    asked(shell, "-n", f"completion.{shell}")


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_bash_completes(run, folder, line, expected):
    need("bash")
    script(run, folder, "bash")
    words = line.split(" ")
    quoted = " ".join(f"'{word}'" for word in words)
    out = asked(
        "bash",
        "--norc",
        "-c",
        'compopt() { echo "compopt $*"; }; source completion.bash; '
        f"COMP_WORDS=({quoted}); COMP_CWORD={len(words) - 1}; _discourse; "
        'printf "%s\\n" "${COMPREPLY[@]}"',
    )
    options, *found = out.split("\n")
    if expected is None:
        assert options == "compopt -o default"
        assert not any(found)
    else:
        assert options == "compopt +o default"
        extra = {"-h", "--help", "--version"} if line == "discourse " else set()
        extra |= {"-h", "--help"} if line == "discourse completion " else set()
        assert {name for name in found if name} == expected | extra


def test_bash_completes_after_an_equals_sign(run, folder):
    need("bash")
    script(run, folder, "bash")
    out = asked(
        "bash",
        "--norc",
        "-c",
        "source completion.bash; COMP_WORDS=(discourse convert --to = jsonl); COMP_CWORD=4; "
        '_discourse; echo "${COMPREPLY[@]}"; COMP_WORDS=(discourse convert --keep =); COMP_CWORD=3; '
        'COMP_WORDS[1]=query; _discourse; echo "${COMPREPLY[@]}"',
    )
    assert out == "jsonl\nancestors promote whole\n"


def test_bash_completes_where_a_person_presses_the_key(run, folder):
    pty = pytest.importorskip("pty")
    need("bash")
    script(run, folder, "bash")
    (folder / "with space.txt").touch()
    typed = "source completion.bash; discourse() { printf '<%s>' \"$@\"; echo; }\n"
    typed += "discourse sho\tpage.t\t--col\tneve\tx\ndiscourse show wit\t\nexit\n"
    master, slave = pty.openpty()
    with subprocess.Popen(
        ["bash", "--norc", "--noprofile", "-i"], stdin=slave, stdout=slave, stderr=slave
    ) as process:
        os.close(slave)
        os.write(master, typed.encode())
        shown = b""
        while part := _read(master):
            shown += part
        process.wait()
    os.close(master)
    assert b"<show><page.txt><--color><never><x>" in shown
    assert b"<show><with space.txt>" in shown


def _read(master):
    try:
        return os.read(master, 4096)
    except OSError:  # the shell has left
        return b""


@pytest.mark.parametrize(("line", "expected"), CASES)
def test_fish_completes(run, folder, line, expected):
    need("fish")
    script(run, folder, "fish")
    out = asked("fish", "--no-config", "-c", f"source completion.fish; complete -C '{line}'")
    found = {row.partition("\t")[0] for row in out.splitlines()}
    if expected is None:
        assert found == {"page.txt", "page.json"}
    else:
        assert found == expected


def test_zsh_is_told_every_option_and_its_words(run, folder):
    need("zsh")
    script(run, folder, "zsh")
    out = asked(
        "zsh",
        "-f",
        "-c",
        "compdef() { }; _describe() { print -l -- $commands; }; _arguments() { print -l -- $@; }; "
        "source ./completion.zsh; CURRENT=2; words=(discourse ''); _discourse; "
        + "".join(
            f"CURRENT=3; words=(discourse {name} ''); echo '== {name}'; _discourse; "
            for name in SUMMARIES
        ),
    )
    first, *pages = out.split("== ")
    assert all(f"{name}:{what}" in first for name, what in SUMMARIES.items())
    for words, page in zip(words_of()[1:], pages, strict=True):
        for option in words.options:
            for name in option.names:
                assert f"{name}=[" in page or f"{name}[" in page or f"{name}+[" in page
            if isinstance(option.values, tuple) and option.values:
                assert f"({' '.join(option.values)})" in page
        if any(each.values == FILES for each in words.positionals):
            assert ":FILE:_files" in page
