"""Actors and claims, as extraction finds them and as the store returns them. Spans are offsets in characters."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bot.model.articles import Printing

Span = tuple[int, int]
"""Start and end (exclusive) of a run of characters."""


class Kind(StrEnum):
    """What a claim expresses."""

    STATEMENT = "statement"
    DENIAL = "denial"
    QUESTION = "question"
    DEMAND = "demand"
    OPINION = "opinion"
    PREDICTION = "prediction"
    PROMISE = "promise"


SURE_KIND = 0.9
"""The probability from which on a kind is shown: below it "denies" and "demands" mislead too often."""


class Wording(StrEnum):
    """Whose words the content is in: the actor's own, the reporter's, or both."""

    VERBATIM = "verbatim"
    PARAPHRASED = "paraphrased"
    MIXED = "mixed"


class ActorType(StrEnum):
    """What an actor is."""

    PERSON = "PERSON"
    ORG = "ORG"
    GPE = "GPE"
    GROUP = "GROUP"
    DOCUMENT = "DOCUMENT"
    UNNAMED = "UNNAMED"


@dataclass(frozen=True, slots=True)
class Actor:
    """Someone who speaks in an article or is central to it.

    `name` is the canonical name within the article, `aliases` are its other names there, and `role` is in the
    article's words. `salience` (0 to 1) orders the actors of an article, the key actor first.
    """

    name: str
    type: ActorType
    role: str | None = None
    aliases: tuple[str, ...] = ()
    salience: float = 0.0


@dataclass(frozen=True, slots=True)
class Teller:
    """Somebody who passes on what another said: spans of the text, and the actor if it is sure who that is."""

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    actor: str | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that one source is reported to have expressed.

    `source`, `cue` and `content` are spans of the text. `source` is empty if nobody is named. `actor` is the name
    of an actor of the same extraction, None if nobody is named or if it is not sure enough who is meant.
    `evidence` is the span of the sentences that contain the claim.

    `claim_confidence` is the probability (0 to 1) that source, cue and content are right, `actor_confidence` the
    probability that `actor` is who is meant, given that they are. `confidence` is their product. Without an actor
    it is that of the claim alone, since nobody can be misnamed. Both are None before actors are resolved.

    `hedged`: the source or the report does not vouch for it ("may have", "reportedly"). `addressee` and `time` are
    the words, outside the content, that say to whom and when it was said ("CNN", "on Thursday"). `kind_confidence`
    is the probability (0 to 1) that `kind`, the likeliest one, is right.

    `told_by`: who passes the claim on, if it stands within claims of others, the closest to the speaker first.
    `taken_back`: the words that say the speaker took it back ("later retracted"). `due`: the words that say until
    when a promise is to be kept ("by March 2027"). `refers_to`: the words for what the pronoun means that the
    content opens with, if that is sure: the source, or others.
    """

    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    actor: str | None
    kind: Kind
    verbatim: Wording
    confidence: float
    evidence: Span
    hedged: bool = False
    addressee: Span | None = None
    time: Span | None = None
    claim_confidence: float | None = None
    actor_confidence: float | None = None
    kind_confidence: float = 0.0
    told_by: tuple[Teller, ...] = ()
    taken_back: Span | None = None
    due: Span | None = None
    refers_to: Span | None = None

    def with_spans(self, moved: Callable[[Span], Span]) -> "Claim":
        """Return the claim with `moved` of each of its spans."""

        def all_of(spans: tuple[Span, ...]) -> tuple[Span, ...]:
            return tuple(map(moved, spans))

        return replace(
            self,
            source=all_of(self.source),
            cue=all_of(self.cue),
            content=all_of(self.content),
            evidence=moved(self.evidence),
            addressee=moved(self.addressee) if self.addressee else None,
            time=moved(self.time) if self.time else None,
            told_by=tuple(replace(t, source=all_of(t.source), cue=all_of(t.cue)) for t in self.told_by),
            taken_back=moved(self.taken_back) if self.taken_back else None,
            due=moved(self.due) if self.due else None,
            refers_to=moved(self.refers_to) if self.refers_to else None,
        )

    @property
    def shown_kind(self) -> Kind:
        """The kind, if it is sure enough to be shown; else a plain statement."""
        return self.kind if self.kind_confidence >= SURE_KIND else Kind.STATEMENT


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A part of a text, from `start` to `end`, that is in `language` (a tag such as "de") and not in English."""

    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """The actors (key actors first) and claims (in order) of one text, and the parts that were left out."""

    actors: tuple[Actor, ...]
    claims: tuple[Claim, ...]
    left_out: tuple[LeftOut, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRecord:
    """A stored claim, with the article that contains it."""

    id: int
    article_id: int
    actor_id: int | None
    actor: str | None
    actor_type: ActorType | None
    role: str | None
    source_text: str
    cue_text: str
    content_text: str
    kind: Kind
    verbatim: Wording
    confidence: float
    title: str
    url: str
    outlet: str
    published_at: datetime
    also_in: tuple[Printing, ...] = ()
    """Other outlets with the same article, word for word."""
    hedged: bool | None = None
    """Whether the source or the report does not vouch for it. None if that was not determined."""
    addressee: str | None = None
    """To whom it was said, in the article's words."""
    time: str | None = None
    """When it was said, in the article's words."""
    claim_confidence: float | None = None
    """The probability of the claim alone; None if it was stored before this was."""
    actor_confidence: float | None = None
    """The probability of the actor, given the claim; None if there is no actor, or as above."""
    told_by: tuple[str, ...] = ()
    """Who passes it on, by name or in the article's words, the closest to the speaker first."""
    taken_back: str | None = None
    """The article's words that say the speaker took it back."""
    due: str | None = None
    """Until when a promise is to be kept, in the article's words."""
    due_on: date | None = None
    """The last day of that time, counted from the day of the article."""
    refers_to: str | None = None
    """What the pronoun means that the content opens with: a name, or the article's words."""
    author: str | None = None
    """Who wrote the article, as its page or feed says."""
    disputed: bool = False
    """Whether readers of the server that asks reported it as wrong, where that is to be shown."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """A claim in its context: `text` is an excerpt of the article, and the spans are offsets into it."""

    claim: ClaimRecord
    text: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    cut_before: bool
    cut_after: bool
