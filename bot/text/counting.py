"""Numbers with their nouns."""


def counted(number: int, one: str, many: str | None = None) -> str:
    """Return a number with its noun: "1 feed", "3 feeds", "2 stories" (`many`, if it is not `one` with an s)."""
    return f"{number} {one if number == 1 else many or one + 's'}"
