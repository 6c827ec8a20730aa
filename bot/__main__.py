"""`python -m bot`: the command line. Light on purpose: worker processes import this module again."""

import sys
from importlib import import_module

ALONE = {"run": "run", "gateway": "roles", "worker": "roles", "scheduler": "roles", "health": "health"}
"""Commands that stay in memory, or are asked every half minute, often on small machines, and their modules.

Of all the modules of commands, only theirs is imported.
"""


def main() -> None:
    """Run the command line."""
    try:
        if sys.argv[1:] and sys.argv[1] in ALONE:
            from bot.lean_imports import leave_out_docstrings  # noqa: PLC0415

            leave_out_docstrings()
            from bot.cli import frame  # noqa: PLC0415

            frame.command_line(import_module(f"bot.cli.{ALONE[sys.argv[1]]}"))()
        else:
            from bot.cli.app import app  # noqa: PLC0415 - workers must not pay for it

            app()
    except KeyboardInterrupt:  # while the modules are still being imported
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
