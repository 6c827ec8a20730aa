"""The rows that commands print as JSON, field by field. The reference page on JSON is generated from here.

Moments are in ISO 8601 (UTC). Spans are `[start, end]` in characters of the text, the end excluded.
"""

from dataclasses import dataclass, fields, is_dataclass
from datetime import date, datetime
from types import NoneType, UnionType
from typing import Annotated, Any, get_args, get_origin, get_type_hints

from bot.delivery.claim_rows import ClaimRow, one_of
from bot.model.articles import PageText
from bot.model.claims import Actor, ActorType, Claim, Extraction, Kind, Teller, Wording
from bot.model.feeds import Feed, FeedState, PollStatus, PollSummary
from bot.model.reports import Fault, Report
from bot.text.language import language_of

Span = list[int]


@dataclass(frozen=True, slots=True)
class FeedRow:
    """A feed, as `feeds list --json` prints it."""

    id: Annotated[int, "the number that other commands take"]
    title: Annotated[str, "empty if not known yet"]
    url: str
    state: Annotated[str, one_of(FeedState)]
    error: Annotated[str | None, "why the last poll failed"]
    failures: Annotated[int, "failed polls in a row"]
    last_polled_at: datetime | None
    last_success_at: datetime | None
    next_poll_at: Annotated[datetime | None, "null if nobody keeps the feed"]
    kept_by: Annotated[str, "`host`, `servers` or `nobody`"]

    @classmethod
    def of(cls, feed: Feed, *, polled: bool) -> "FeedRow":
        """Return the row of `feed`; `polled` is whether anybody keeps it."""
        return cls(
            id=feed.id,
            title=feed.title,
            url=feed.url,
            state=feed.state.value,
            error=feed.error,
            failures=feed.failures,
            last_polled_at=feed.last_polled_at,
            last_success_at=feed.last_success_at,
            next_poll_at=feed.next_poll_at if polled else None,
            kept_by="host" if feed.kept_by_host else "servers" if polled else "nobody",
        )


@dataclass(frozen=True, slots=True)
class PollRow:
    """One pass over the feeds, as `poll --json` prints it."""

    feeds: Annotated[int, "feeds polled"]
    not_modified: Annotated[int, "feeds whose server answered 304"]
    unchanged: Annotated[int, "feeds that were sent again without a change"]
    changed: int
    new_articles: Annotated[int, "articles analysed in this pass"]
    errors: Annotated[int, "feeds that failed"]
    seconds: float
    new_entries: Annotated[int, "entries that no earlier poll had brought"]
    error_messages: Annotated[dict[str, str], "why feeds failed, by their addresses"]

    @classmethod
    def of(cls, polls: PollSummary, articles: int, seconds: float) -> "PollRow":
        """Return the row of a pass that took `seconds` and analysed `articles`."""
        statuses = polls.statuses
        return cls(
            feeds=polls.feeds,
            not_modified=statuses[PollStatus.NOT_MODIFIED],
            unchanged=statuses[PollStatus.UNCHANGED],
            changed=statuses[PollStatus.CHANGED],
            new_articles=articles,
            errors=statuses[PollStatus.ERROR] + statuses[PollStatus.GONE],
            seconds=round(seconds, 2),
            new_entries=polls.new_entries,
            error_messages=dict(polls.errors),
        )


@dataclass(frozen=True, slots=True)
class TellerRow:
    """Somebody who passes a claim on."""

    source: Annotated[list[Span], "the words that name the teller"]
    cue: Annotated[list[Span], "the words that report"]
    actor: Annotated[str | None, "the name of one of `actors`; null if unknown"]

    @classmethod
    def of(cls, teller: Teller) -> "TellerRow":
        """Return the row of `teller`."""
        return cls(_lists(teller.source), _lists(teller.cue), teller.actor)


@dataclass(frozen=True, slots=True)
class FoundClaimRow:
    """A claim found in a text."""

    source: Annotated[list[Span], "the words that name the speaker"]
    cue: Annotated[list[Span], "the words that report"]
    content: Annotated[list[Span], "what was said"]
    actor: Annotated[str | None, "the name of one of `actors`; null if unknown"]
    kind: Annotated[str, one_of(Kind) + "; `statement` if the likely one is not sure enough to be shown"]
    likely_kind: Annotated[str, one_of(Kind)]
    kind_confidence: Annotated[float, "the probability that `likely_kind` is right"]
    verbatim: Annotated[str, one_of(Wording)]
    confidence: Annotated[float, "the probability that claim and actor are right"]
    claim_confidence: Annotated[float | None, "the probability that source, cue and content are right"]
    actor_confidence: Annotated[float | None, "the probability that the actor is right, given that they are"]
    hedged: bool
    addressee: Annotated[Span | None, "to whom"]
    time: Annotated[Span | None, "when"]
    told_by: Annotated[list[TellerRow], "who passes it on (as told by), the closest to the speaker first"]
    taken_back: Annotated[Span | None, "the words that say the speaker took it back"]
    due: Annotated[Span | None, "until when a promise is to be kept"]
    refers_to: Annotated[Span | None, "what the pronoun means that `content` opens with; null if that is not sure"]

    @classmethod
    def of(cls, claim: Claim) -> "FoundClaimRow":
        """Return the row of `claim`."""
        return cls(
            source=_lists(claim.source),
            cue=_lists(claim.cue),
            content=_lists(claim.content),
            actor=claim.actor,
            kind=claim.shown_kind.value,
            likely_kind=claim.kind.value,
            kind_confidence=claim.kind_confidence,
            verbatim=claim.verbatim.value,
            confidence=claim.confidence,
            claim_confidence=claim.claim_confidence,
            actor_confidence=claim.actor_confidence,
            hedged=claim.hedged,
            addressee=list(claim.addressee) if claim.addressee else None,
            time=list(claim.time) if claim.time else None,
            told_by=[TellerRow.of(teller) for teller in claim.told_by],
            taken_back=list(claim.taken_back) if claim.taken_back else None,
            due=list(claim.due) if claim.due else None,
            refers_to=list(claim.refers_to) if claim.refers_to else None,
        )


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor of a text, the most central first."""

    name: str
    type: Annotated[str, one_of(ActorType)]
    role: str | None
    aliases: Annotated[list[str], "other names in this text"]

    @classmethod
    def of(cls, actor: Actor) -> "ActorRow":
        """Return the row of `actor`."""
        return cls(actor.name, actor.type.value, actor.role, list(actor.aliases))


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """A passage that was not analysed because it is not in English."""

    start: Annotated[int, "in characters of the text"]
    end: int
    language: Annotated[str, "ISO 639-1 code"]


@dataclass(frozen=True, slots=True)
class ExtractionRow:
    """What was found in one text, as `extract --jsonl` prints it."""

    id: Annotated[Any, "as given in the input; for a page its address"]
    claims: list[FoundClaimRow]
    actors: list[ActorRow]
    left_out: list[LeftOutRow]

    @classmethod
    def of(cls, row_id: Any, found: Extraction) -> "ExtractionRow":
        """Return the row of the text that has the id `row_id`."""
        return cls(
            id=row_id,
            claims=[FoundClaimRow.of(claim) for claim in found.claims],
            actors=[ActorRow.of(actor) for actor in found.actors],
            left_out=[LeftOutRow(part.start, part.end, part.language) for part in found.left_out],
        )


@dataclass(frozen=True, slots=True)
class PageRow:
    """A page as it was read, as `read --jsonl` prints it."""

    file: Annotated[str, "the file or address"]
    title: str
    authors: list[str]
    published_at: datetime | None
    language: Annotated[str | None, "ISO 639-1 code"]
    wall: Annotated[str | None, "what stood in the way of the text, such as a paywall"]
    text: str
    outlet: str | None
    read_by: Annotated[str, "how the text was found"]

    @classmethod
    def of(cls, source: str, page: PageText) -> "PageRow":
        """Return the row of the page from `source`."""
        return cls(
            file=source,
            title=page.title,
            authors=page.author.split(", ") if page.author else [],
            published_at=page.published_at,
            language=language_of(page.text, page.language),
            wall=page.wall,
            text=page.text,
            outlet=page.site_name,
            read_by=page.read_by,
        )


@dataclass(frozen=True, slots=True)
class StoryRow:
    """The story of an article, as `stories --jsonl` prints it."""

    id: Annotated[Any, "as the article's row has it"]
    story: Annotated[str, "articles with the same are about one event"]


@dataclass(frozen=True, slots=True)
class MergedRow:
    """Which claims of a row are one, as `merge --jsonl` prints it."""

    id: Annotated[Any, "as the row has it"]
    groups: Annotated[list[list[int]], "places of the claims, counted from 0, those that say the same together"]


@dataclass(frozen=True, slots=True)
class ReportRow:
    """A report of a wrong claim, as `reports export` prints it."""

    id: int
    article_id: Annotated[int, "the article may be gone by now"]
    url: str
    title: str
    sentence: Annotated[str, "the sentence of the article, or several"]
    actor: Annotated[str | None, "null if unknown"]
    cue: str
    content: str
    claim_id: Annotated[int, "the claim may be gone by now"]
    fault: Annotated[str, one_of(Fault)]
    remark: Annotated[str, "what the reader wrote; may be empty"]
    reported_at: datetime

    @classmethod
    def of(cls, report: Report) -> "ReportRow":
        """Return the row of `report`, without its server."""
        return cls(
            id=report.id,
            article_id=report.article_id,
            url=report.url,
            title=report.title,
            sentence=report.sentence,
            actor=report.actor,
            cue=report.cue,
            content=report.content,
            claim_id=report.claim_id,
            fault=report.fault.value,
            remark=report.remark,
            reported_at=report.reported_at,
        )


COMMANDS: dict[str, type[Any]] = {
    "extract --jsonl": ExtractionRow,
    "feeds list --json": FeedRow,
    "merge --jsonl": MergedRow,
    "poll --json": PollRow,
    "read --jsonl": PageRow,
    "reports export": ReportRow,
    "said --json": ClaimRow,
    "stories --jsonl": StoryRow,
}
"""What each command prints: one row of this kind a line."""


def fields_of(row: type[Any], inside: str = "") -> list[tuple[str, str, str]]:
    """Return path, type and meaning of each field of a kind of row, those of rows within it included."""
    found = []
    hints = get_type_hints(row, include_extras=True)
    for field in fields(row):
        hint, meaning = hints[field.name], ""
        if get_origin(hint) is Annotated:
            hint, meaning = get_args(hint)
        path = inside + field.name
        found.append((path, _words_of(hint), meaning))
        if get_origin(hint) is list and is_dataclass(inner := get_args(hint)[0]):
            found += fields_of(inner, f"{path}[].")  # type: ignore[arg-type]
    return found


def _lists(spans: tuple[tuple[int, int], ...]) -> list[Span]:
    return [list(span) for span in spans]


def _words_of(hint: Any) -> str:
    """Return the name of a type in the reference."""
    if isinstance(hint, UnionType):
        return " or ".join(_words_of(part) for part in get_args(hint))
    if hint == Span:
        return "span"
    if get_origin(hint) is list:
        (inner,) = get_args(hint)
        return "list of objects" if is_dataclass(inner) else f"list of {_words_of(inner)}s"
    if get_origin(hint) is dict:
        return "object"
    names = {
        int: "whole number",
        float: "number",
        bool: "true or false",
        str: "text",
        datetime: "moment",
        date: "day",
    }
    return {**names, NoneType: "null"}.get(hint, "any value")
