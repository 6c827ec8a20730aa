"""`python -m bot`: the command line. Light on purpose: worker processes import this module again."""


def main() -> None:
    """Run the command line."""
    try:
        from bot.cli.app import app  # noqa: PLC0415 - workers must not pay for it

        app()
    except KeyboardInterrupt:  # while the modules are still being imported
        raise SystemExit(130) from None


if __name__ == "__main__":
    main()
