"""Claims as JSON objects, field by field, for commands and exports. The JSON reference is generated from here.

Times are in ISO 8601 (UTC).
"""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any

from bot.model.articles import Printing
from bot.model.claims import ActorType, ClaimRecord, Evidence, Kind, Wording


def one_of(values: type[StrEnum]) -> str:
    """Return the possible values of a field in words."""
    return "one of " + ", ".join(f"`{value}`" for value in values)


@dataclass(frozen=True, slots=True)
class PrintingRow:
    """The same text in another outlet."""

    outlet: str
    url: str
    title: str
    published_at: datetime
    image_url: str | None

    @classmethod
    def of(cls, printing: Printing) -> "PrintingRow":
        """Return the row of `printing`."""
        return cls(
            printing.outlet, printing.url, printing.title, printing.published_at, image_url=printing.image_url
        )


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A stored claim, as `said --json` prints it."""

    id: int
    article_id: int
    actor_id: int | None
    actor: Annotated[str | None, "who said it; null if unknown"]
    actor_type: Annotated[str | None, one_of(ActorType)]
    role: Annotated[str | None, "such as: Prime Minister"]
    source_text: Annotated[str, "the words that name the speaker"]
    cue_text: Annotated[str, "the words that report, such as: said"]
    content_text: Annotated[str, "the words of what was said"]
    kind: Annotated[str, one_of(Kind)]
    verbatim: Annotated[str, one_of(Wording)]
    confidence: Annotated[float, "the probability that claim and actor are right"]
    title: Annotated[str, "of the article"]
    url: Annotated[str, "of the article"]
    outlet: str
    author: Annotated[str | None, "who wrote the article"]
    published_at: datetime
    also_in: Annotated[list[PrintingRow], "other outlets that printed the same text"]
    hedged: bool | None
    addressee: Annotated[str | None, "to whom, in the article's words"]
    time: Annotated[str | None, "when, in the article's words"]
    told_by: Annotated[list[str], "who passes it on (as told by), the closest to the speaker first"]
    taken_back: Annotated[str | None, "the words that say the speaker took it back"]
    due: Annotated[str | None, "until when a promise is to be kept, in the article's words"]
    due_on: Annotated[date | None, "the last day of that time, counted from the day of the article"]
    refers_to: Annotated[str | None, "what the pronoun means that `content_text` opens with"]
    context: Annotated[str | None, "the sentences around the claim; null without --evidence"]

    @classmethod
    def of(cls, claim: ClaimRecord, evidence: Evidence | None = None) -> "ClaimRow":
        """Return the row of `claim`, with its context if `evidence` is given."""
        return cls(
            id=claim.id,
            article_id=claim.article_id,
            actor_id=claim.actor_id,
            actor=claim.actor,
            actor_type=claim.actor_type,
            role=claim.role,
            source_text=claim.source_text,
            cue_text=claim.cue_text,
            content_text=claim.content_text,
            kind=claim.kind.value,
            verbatim=claim.verbatim.value,
            confidence=claim.confidence,
            title=claim.title,
            url=claim.url,
            outlet=claim.outlet,
            author=claim.author,
            published_at=claim.published_at,
            also_in=[PrintingRow.of(printing) for printing in claim.also_in],
            hedged=claim.hedged,
            addressee=claim.addressee,
            time=claim.time,
            told_by=list(claim.told_by),
            taken_back=claim.taken_back,
            due=claim.due,
            due_on=claim.due_on,
            refers_to=claim.refers_to,
            context=evidence.text if evidence else None,
        )


def as_json(row: Any) -> dict[str, Any]:
    """Return a row as a JSON object."""
    return {name: _plain(value) for name, value in asdict(row).items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
