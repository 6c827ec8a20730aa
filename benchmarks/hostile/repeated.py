"""What is repeated until it has a size."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Repeated:
    """Makes texts of `unit`, repeated between `start` and `end`; `{n}` in it counts from 0."""

    unit: str
    start: str = ""
    end: str = ""

    def __call__(self, size: int) -> str:
        """Return a text of about `size` characters."""
        if "{n}" not in self.unit:
            return f"{self.start}{self.unit * (size // len(self.unit) + 1)}{self.end}"
        parts: list[str] = []
        length = 0
        while length < size:
            parts.append(self.unit.replace("{n}", str(len(parts))))
            length += len(parts[-1])
        return f"{self.start}{''.join(parts)}{self.end}"


@dataclass(frozen=True, slots=True)
class Encoded:
    """Makes bytes of what `make` makes."""

    make: Callable[[int], str]

    def __call__(self, size: int) -> bytes:
        """Return about `size` bytes."""
        return self.make(size).encode("utf-8", "surrogatepass")
