"""`python -m bot`: the command line. Light on purpose: worker processes import this module again."""


def main() -> None:
    """Run the command line."""
    from bot.cli.app import app  # noqa: PLC0415 - workers must not pay for it

    app()


if __name__ == "__main__":
    main()
