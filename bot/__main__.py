"""`python -m bot`: the command line. Light on purpose: worker processes import this module again."""

import sys


def main() -> None:
    """Run the command line."""
    try:
        if sys.argv[1:] == ["health"]:
            # asked every half minute, often on small machines: of the commands only this one is imported
            from bot.cli import frame, health  # noqa: PLC0415

            frame.command_line(health)()
        else:
            from bot.cli.app import app  # noqa: PLC0415 - workers must not pay for it

            app()
    except KeyboardInterrupt:  # while the modules are still being imported
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
