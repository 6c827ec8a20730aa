"""What people do with the controls of an answer."""

import re

from bot.delivery.answers import EVIDENCE_PLACEHOLDER
from preview.discord import Json, Person, Reply

_MENTION = re.compile(r"</([^:>]+):\d+>")


def as_named(text: str) -> str:
    """Return a text with its mentions of commands as the sentences in the code name them."""
    return _MENTION.sub(r"`/\1`", text)


async def choose_evidence(person: Person, answer: Json | Reply, number: int) -> Reply:
    """Choose the claim with this number in an answer, and return what is shown."""
    return await _choose(person, answer, f"{number} · ")


async def choose_evidence_of(person: Person, answer: Json | Reply, speaker: str) -> Reply:
    """Choose the first claim of a speaker in an answer without numbers, and return what is shown."""
    return await _choose(person, answer, speaker)


async def _choose(person: Person, answer: Json | Reply, beginning: str) -> Reply:
    message = answer.message if isinstance(answer, Reply) else answer
    selects = [part for row in message["components"] for part in row["components"] if part["type"] == 3]
    options = next(one["options"] for one in selects if one["placeholder"] == EVIDENCE_PLACEHOLDER)
    value = next(option["value"] for option in options if option["label"].startswith(beginning))
    return await person.choose(answer, EVIDENCE_PLACEHOLDER, [value])
