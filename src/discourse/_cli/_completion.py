"""``discourse completion``: what teaches a shell to complete the commands."""

import argparse

from ._command import OK, Command
from ._output import put
from ._shells import SHELLS
from ._words import words_of


def _add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("shell", metavar="SHELL", choices=list(SHELLS), help="bash, zsh or fish")


def _run(options: argparse.Namespace) -> int:
    put(SHELLS[options.shell](words_of()))
    return OK


COMMAND = Command(
    description="""\
Print what teaches a shell to complete commands, options, their words, formats and file names.

For bash, put the line below into ~/.bashrc, after what you have there for completion. For zsh, save
it as _discourse in a folder of $fpath. For fish, save it in ~/.config/fish/completions.
""",
    examples=(
        ("bash: now, and in ~/.bashrc for ever", 'eval "$(discourse completion bash)"'),
        ("zsh", "discourse completion zsh > _discourse"),
        ("fish", "discourse completion fish > discourse.fish"),
    ),
    add_arguments=_add_arguments,
    run=_run,
)
