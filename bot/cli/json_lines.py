"""JSON lines as commands read them: one object a line, from files or standard input."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

from bot.errors import BadInput

STDIN = "-"
"""What stands for standard input."""
LONGEST_LINE = 64_000_000
"""Bytes that one line may have."""


def lines_of(file: BinaryIO) -> Iterator[bytes | None]:
    """Yield the lines of `file`; None for one that is too long."""
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield None
        else:
            yield line


def object_in(line: bytes | None) -> dict[str, Any]:
    """Return the object in a line, which must have an "id". Raises BadInput with the problem of the line."""
    if line is None:
        raise BadInput("The row is too long.")
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise BadInput("This is not UTF-8.") from None
    except (ValueError, RecursionError) as error:
        reason = f": {error.msg}" if isinstance(error, json.JSONDecodeError) else ""
        raise BadInput(f"This is not JSON{reason}.") from None
    if not isinstance(value, dict):
        raise BadInput('A row is an object with an "id".')
    if "id" not in value:
        raise BadInput('The row has no "id".')
    return value


def objects_in(source: str) -> Iterator[tuple[str, dict[str, Any] | BadInput]]:
    """Yield the position of each row of `source`, and its object, or its problem.

    Raises BadInput if the file cannot be read.
    """
    name = "standard input" if source == STDIN else source
    try:
        file = sys.stdin.buffer if source == STDIN else Path(source).open("rb")  # noqa: SIM115 - closed below
    except OSError as error:
        raise BadInput(f"{source} cannot be read: {error.strerror}.") from error
    with file:
        for number, line in enumerate(lines_of(file), 1):
            where = f"{name}, line {number}"
            if line is not None and not line.strip():
                continue
            try:
                yield where, object_in(line)
            except BadInput as error:
                yield where, error
