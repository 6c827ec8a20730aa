"""What trying a feed shows, step by step."""

from dataclasses import dataclass
from datetime import datetime

from bot.model.feeds import Feed, ParsedFeed


@dataclass(frozen=True, slots=True)
class CheckStep:
    """One step: its name, whether it passed, and what was found, in plain words that `at` completes."""

    name: str
    told: str
    passed: bool = True
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Trial:
    """The result of trying an address: the steps up to the first that failed, and the feed if none did."""

    address: str
    steps: tuple[CheckStep, ...]
    feed: ParsedFeed | None = None


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """What trying a feed gave. `feed` is the one that was meant; None for an address that was not added."""

    trial: Trial
    feed: Feed | None
    steps: tuple[CheckStep, ...]
    revived: bool = False
    """It had failed, works now, and is read again."""

    @property
    def passed(self) -> bool:
        """Whether every step went well."""
        return all(step.passed for step in self.steps)
