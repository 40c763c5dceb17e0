"""The command line: ``discourse`` or ``python -m discourse``.

Exit status: 0 success; 1 `check` found problems; 2 the command line is wrong; 3 an input cannot be
read or an output cannot be written; 130 interrupted. Every error is one sentence on stderr.

Reading order: `_command` (the class `Command`, and shared arguments), `_parser` (the table of
commands, and the help); `_reading` with `_progress`, `_many_files`, `_table_files`, `_printing`
with `_colour`, `_plugin_faults` (shared by commands); then any command: `_show`, `_draw`, `_view`,
`_query` with `_unknown_values`, `_convert`, `_stats`, `_check`, `_corpus`, `_formats`, `_demo`,
`_completion`. A command is imported when it is called, which keeps the start fast.
"""

import sys
from collections.abc import Sequence

from ..errors import DiscourseError
from ._command import INTERRUPTED, OK, UNREADABLE, USAGE, UsageError
from ._parser import build
from ._plugin_faults import blame, warnings_shown
from ._printing import is_broken_pipe, make_printable, report, sentence, silence

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return its exit status."""
    make_printable()
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        with warnings_shown():
            options = build(arguments).parse_args(arguments)
            status: int = options.run(options)
            sys.stdout.flush()
            return status
    except UsageError as error:
        report(str(error))
        return USAGE
    except MemoryError:
        report("out of memory")
    except KeyboardInterrupt:
        silence()
        return INTERRUPTED
    except (DiscourseError, OSError) as error:
        if is_broken_pipe(error):  # the reader of a pipe, such as head, has seen enough
            silence()
            return OK
        report(sentence(error))
    except Exception as error:
        fault = blame(error)
        if fault is None:  # a bug in this library: show the traceback
            raise
        report(fault)
    silence()
    return UNREADABLE
