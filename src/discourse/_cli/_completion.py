"""``discourse completion``: print completion scripts for shells, generated from the parser."""

import argparse
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast

import attrs

from .. import formats
from ._command import OK, Command
from ._parser import SUMMARIES, build_all
from ._printing import put

FILES = "files"
"""Marks an argument whose value is a file name."""


@attrs.frozen(kw_only=True)
class Argument:
    """An option or a positional argument."""

    names: tuple[str, ...]
    """``-o`` and ``--output``; empty for a positional argument."""
    metavar: str
    """The name of its value; empty if it takes none."""
    help: str
    """What it does, in a line."""
    values: tuple[str, ...] | str
    """The possible values, or `FILES`; empty if they are not known."""
    is_many: bool
    """Whether it can occur several times."""


@attrs.frozen(kw_only=True)
class CommandWords:
    name: str
    summary: str
    options: tuple[Argument, ...]
    positionals: tuple[Argument, ...]


def words_of() -> list[CommandWords]:
    """Return the commands, after one without a name for the options before a command."""
    parser = build_all()
    (commands,) = (each for each in parser._actions if isinstance(each, argparse._SubParsersAction))  # noqa: SLF001 - argparse has no public way
    inner = cast("Mapping[str, argparse.ArgumentParser]", commands.choices)
    pages = [_words(name, SUMMARIES[name], page) for name, page in inner.items()]
    return [_words("", "", parser), *pages]


def _words(name: str, summary: str, parser: argparse.ArgumentParser) -> CommandWords:
    actions = [
        _argument(each)
        for each in parser._actions  # noqa: SLF001 - as above
        if each.help != argparse.SUPPRESS and not isinstance(each, argparse._SubParsersAction)  # noqa: SLF001 - as above
    ]
    return CommandWords(
        name=name,
        summary=summary,
        options=tuple(each for each in actions if each.names),
        positionals=tuple(each for each in actions if not each.names),
    )


def _argument(action: argparse.Action) -> Argument:
    metavar = "" if action.nargs == 0 else str(action.metavar or action.dest.upper())
    return Argument(
        names=tuple(action.option_strings),
        metavar=metavar,
        help=" ".join((action.help or "").split()),
        values=_values(action, metavar),
        is_many=action.nargs in {"+", "*"},
    )


def _values(action: argparse.Action, metavar: str) -> tuple[str, ...] | str:
    if action.choices is not None:
        return tuple(map(str, cast("Sequence[object]", action.choices)))
    if metavar == "FORMAT":
        wanted = formats.available()
        if "--to" in action.option_strings:
            wanted = tuple(each for each in wanted if each.is_writable)
        return tuple(each.name for each in wanted)
    return FILES if metavar in {"FILE", "OUT"} else ()


_MARK = "# Made by: discourse completion"

# -- bash ------------------------------------------------------------------------------------------

_BASH = """\
_discourse() {{
    local current="${{COMP_WORDS[COMP_CWORD]}}" previous="" command="" words="" files=""
    if (( COMP_CWORD > 0 )); then previous="${{COMP_WORDS[COMP_CWORD-1]}}"; fi
    if (( COMP_CWORD > 1 )); then command="${{COMP_WORDS[1]}}"; fi
    if [[ $current == "=" ]]; then
        current=""
    elif [[ $previous == "=" ]]; then  # --to=json is three words
        previous="${{COMP_WORDS[COMP_CWORD-2]}}"
    fi
    case "$command $previous" in
{values}
    *)
        case "$command" in
{commands}
        esac
        ;;
    esac
    COMPREPLY=()
    if [[ -n $files && $current != -* ]]; then
        compopt -o default 2>/dev/null  # readline completes the names of files
        return
    fi
    compopt +o default 2>/dev/null
    COMPREPLY=($(compgen -W "$words" -- "$current"))
}}
complete -o default -F _discourse discourse
"""


def _bash(commands: Sequence[CommandWords]) -> str:
    values = [
        f"    {pattern}) {_bash_words(option)} ;;"
        for command in commands
        if command.name
        for option in command.options
        if option.metavar
        for pattern in ["|".join(f'"{command.name} {name}"' for name in option.names)]
    ]
    cases = []
    for command in commands:
        names = " ".join(name for option in command.options for name in option.names)
        if not command.name:
            names += "".join(f" {each.name}" for each in commands if each.name)
        reads = "1" if any(each.values == FILES for each in command.positionals) else ""
        more = "".join(
            f" {' '.join(each.values)}"
            for each in command.positionals
            if each.values and not isinstance(each.values, str)
        )
        cases.append(f'        "{command.name}") words="{names}{more}" files="{reads}" ;;')
    return f"{_MARK} bash\n" + _BASH.format(values="\n".join(values), commands="\n".join(cases))


def _bash_words(option: Argument) -> str:
    if isinstance(option.values, str):
        return "files=1"
    return f'words="{" ".join(option.values)}"'


# -- zsh -------------------------------------------------------------------------------------------

_ZSH = """\
_discourse() {{
    if (( CURRENT == 2 )); then
        local -a commands=(
{names}
        )
        _describe -t commands command commands
        _arguments {options}
        return
    fi
    local command=$words[2]
    shift words
    (( CURRENT-- ))
    case $command in
{commands}
    esac
}}
if [[ $funcstack[1] == _discourse ]]; then
    _discourse "$@"
else
    compdef _discourse discourse
fi
"""


def _zsh(commands: Sequence[CommandWords]) -> str:
    first, *others = commands
    names = "\n".join(f"            {_quoted(f'{each.name}:{each.summary}')}" for each in others)
    cases = "\n".join(
        f"    {each.name})\n        _arguments \\\n            "
        + " \\\n            ".join(_zsh_arguments(each))
        + "\n        ;;"
        for each in others
    )
    options = " ".join(_zsh_arguments(first))
    script = _ZSH.format(names=names, options=options, commands=cases)
    return f"#compdef discourse\n{_MARK} zsh\n{script}"


def _zsh_arguments(command: CommandWords) -> Iterator[str]:
    for option in command.options:
        others = f"({' '.join(option.names)})" if len(option.names) > 1 else ""
        what = re.sub(r"([\[\]:\\])", r"\\\1", option.help)
        for name in option.names:
            value = _zsh_value(option)
            joined = "" if not value else "=" if name.startswith("--") else "+"
            yield _quoted(f"{others}{name}{joined}[{what}]{value}")
    for number, argument in enumerate(command.positionals, 1):
        place = "*" if argument.is_many else str(number)
        yield _quoted(f"{place}{_zsh_value(argument)}")


def _zsh_value(argument: Argument) -> str:
    if not argument.metavar:
        return ""
    if isinstance(argument.values, str):
        return f":{argument.metavar}:_files"
    return f":{argument.metavar}:({' '.join(argument.values)})"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "'\\''") + "'"


# -- fish ------------------------------------------------------------------------------------------


def _fish(commands: Sequence[CommandWords]) -> str:
    lines = [f"{_MARK} fish", "complete -c discourse -f"]
    for command in commands:
        if command.name:
            lines.append(
                f"complete -c discourse -n __fish_use_subcommand -a {command.name} "
                f"-d {_fish_quoted(command.summary)}"
            )
            here = f"-n '__fish_seen_subcommand_from {command.name}'"
        else:
            here = "-n __fish_use_subcommand"
        lines += [f"complete -c discourse {here} {words}" for words in _fish_arguments(command)]
    return "\n".join(lines) + "\n"


def _fish_arguments(command: CommandWords) -> Iterator[str]:
    for option in command.options:
        names = " ".join(
            f"-l {name[2:]}" if name.startswith("--") else f"-s {name[1:]}" for name in option.names
        )
        yield f"{names} {_fish_value(option)}-d {_fish_quoted(option.help)}"
    for argument in command.positionals:
        if argument.values == FILES:
            yield "-F"
        elif argument.values:
            yield f"-a {_fish_quoted(' '.join(argument.values))}"


def _fish_value(option: Argument) -> str:
    if not option.metavar:
        return ""
    if isinstance(option.values, str):
        return "-r -F "
    return f"-x -a {_fish_quoted(' '.join(option.values))} "


def _fish_quoted(text: str) -> str:
    return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'"


SHELLS: Mapping[str, Callable[[Sequence[CommandWords]], str]] = {
    "bash": _bash,
    "fish": _fish,
    "zsh": _zsh,
}
"""The supported shells."""


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", metavar="SHELL", choices=list(SHELLS), help="bash, zsh or fish")


def _run(options: argparse.Namespace) -> int:
    put(SHELLS[options.shell](words_of()))
    return OK


COMMAND = Command(
    description="""\
Print a script that lets a shell complete commands, options, their values, formats and file names.

For bash, add the line below to ~/.bashrc, after other lines for completion. For zsh, save the
script as _discourse in a folder of $fpath. For fish, save it in ~/.config/fish/completions.
""",
    examples=(
        ("bash, now or in ~/.bashrc", 'eval "$(discourse completion bash)"'),
        ("zsh", "discourse completion zsh > _discourse"),
        ("fish", "discourse completion fish > discourse.fish"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
