"""Digests and subscriptions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from bot.model.actor_changes import ChangedBy
from bot.model.articles import Printing
from bot.model.claims import ClaimRecord, Kind, Wording

LONGEST_FILTER = 500
"""Characters that a filter may have."""


class Cadence(StrEnum):
    """How often a subscription gets a digest."""

    STORY = "story"
    """Every story as it comes, up to a number of stories an hour."""
    MINUTES = "minutes"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKDAYS = "weekdays"
    """Monday to Friday."""
    WEEKLY = "weekly"


class Layout(StrEnum):
    """What the messages of a digest are made of."""

    EMBEDS = "embeds"
    CARDS = "cards"
    """Discord's Components V2: a container for each story."""
    TEXT = "text"
    """Plain text, for screen readers and terminals."""


class ForumPosts(StrEnum):
    """What gets a post of its own in a forum channel."""

    DAY = "day"
    STORY = "story"


@dataclass(frozen=True, slots=True)
class DigestClaim:
    """A claim as a digest shows it: who, in whose words, what, and where it was published."""

    claim_id: int
    actor: str | None
    role: str | None
    content: str
    kind: Kind
    verbatim: Wording
    confidence: float
    outlet: str
    url: str
    copies: tuple[Printing, ...] = ()
    """Other outlets with the same article, word for word."""
    cue: str = ""
    """The reporting words, from which a paraphrase reads on."""
    article_id: int | None = None
    told_by: tuple[str, ...] = ()
    """Who passes it on, the closest to the speaker first."""
    taken_back: str | None = None
    """The article's words that say the speaker took it back."""
    due: str | None = None
    """Until when a promise is to be kept, in the article's words."""
    due_on: date | None = None
    refers_to: str | None = None
    """What the pronoun means that the content opens with."""
    source: str = field(default="", compare=False)
    """The words that name the speaker in the article: "his daughter Lena"."""
    time: str | None = field(default=None, compare=False)
    """When it was said, in the article's words."""
    actor_id: int | None = field(default=None, compare=False)
    """The stored actor, whatever a server calls it."""
    named_by: ChangedBy | None = field(default=None, compare=False)
    """Who gave the actor the name used here. None: the article."""

    @classmethod
    def of(cls, record: ClaimRecord) -> "DigestClaim":
        """Return a stored claim in the form in which claims are compared."""
        return cls(
            record.id,
            record.actor,
            record.role,
            record.content_text,
            record.kind,
            record.verbatim,
            record.confidence,
            record.outlet,
            record.url,
            cue=record.cue_text,
            article_id=record.article_id,
            told_by=record.told_by,
            taken_back=record.taken_back,
            due=record.due,
            due_on=record.due_on,
            refers_to=record.refers_to,
            source=record.source_text,
            time=record.time,
        )


@dataclass(frozen=True, slots=True)
class DigestArticle:
    """An article that a digest may show. Claims are in order of appearance, key actors come first."""

    article_id: int
    story_id: int | None
    title: str
    url: str
    outlet: str
    published_at: datetime
    image_url: str | None
    actors: tuple[str, ...]
    claims: tuple[DigestClaim, ...]
    withdrawn: bool = False
    """Whether its page is gone."""
    withheld: tuple[int, ...] = ()
    """Claims that it still has and that the server does not show: withdrawn ones, and those of hidden actors."""
    hidden: tuple[tuple[int, ChangedBy], ...] = ()
    """Those of them that are not shown only because somebody hides the actor, with who does."""
    origin: str = ""
    """The agency or outlet that it comes from; articles of a story with one origin count once. Empty: itself."""


@dataclass(frozen=True, slots=True)
class FilterableArticle:
    """What a filter can match in an article."""

    article_id: int
    title: str
    url: str
    text: str
    outlet: str
    language: str | None
    actors: tuple[str, ...] = ()
    """Its actors as it names them, key actors first."""
    aliases: tuple[str, ...] = ()
    """Other names of its actors."""
    claims: tuple[tuple[Kind, str], ...] = ()
    """Kind and content of each claim that the subscription would show."""
    feeds: tuple[tuple[str, str], ...] = ()
    """Title and address of each feed that lists it."""
    copies: tuple[tuple[str, str], ...] = ()
    """Name and address of other outlets that published the same text."""


@dataclass(frozen=True, slots=True)
class MergedClaim:
    """A claim, and the other outlets that published the same."""

    claim: DigestClaim
    also_in: tuple[DigestClaim, ...] = ()
    struck: bool = False
    """Whether no article says so any more."""
    withheld: bool = False
    """Whether it was withdrawn since it was posted. It is not shown, and kept for when that is taken back."""
    hidden_by: ChangedBy | None = None
    """Who hides its actor, if that is why it is withheld."""


@dataclass(frozen=True, slots=True)
class DigestStory:
    """A story as a digest shows it: lead article, other articles, key actors and best claims."""

    lead: DigestArticle
    others: tuple[DigestArticle, ...]
    actors: tuple[str, ...]
    claims: tuple[MergedClaim, ...]
    claims_left_out: int = 0
    covered: tuple[int, ...] = ()
    """More articles of the same outlets. They are not linked, and no later digest shows them."""
    is_update: bool = False
    """Whether the channel was shown this story before: only what is new is told."""
    note: str = ""
    """What was corrected or withdrawn since the story was posted, as sentences."""
    renamed_by: ChangedBy | None = None
    """Who had a speaker called something else since the story was posted."""
    disputed: tuple[str, str] | None = None
    """Who claims something that somebody else denies, and who denies it; the first of the story's disputes."""
    origins: int = 0
    """How many independent sources its articles have. 0: not determined."""

    @property
    def shown_claims(self) -> tuple[MergedClaim, ...]:
        """The claims without those that were withdrawn since."""
        return tuple(one for one in self.claims if not one.withheld)

    @property
    def has_withheld(self) -> bool:
        """Whether a claim was withdrawn since the story was posted."""
        return any(one.withheld for one in self.claims)

    @property
    def fewer_origins(self) -> int:
        """How many independent sources it has, if they are fewer than its outlets; else 0."""
        return self.origins if self.origins <= len(self.others) else 0

    @property
    def article_ids(self) -> tuple[int, ...]:
        """The articles that the story shows or covers."""
        return (self.lead.article_id, *(article.article_id for article in self.others), *self.covered)


@dataclass(frozen=True, slots=True)
class Digest:
    """What one subscription gets for one slot: stories, the most widely reported first."""

    slot: datetime
    """When the digest was due: aware, in UTC."""
    timezone: str
    stories: tuple[DigestStory, ...]
    stories_left_out: int = 0

    @property
    def article_ids(self) -> tuple[int, ...]:
        """The articles that this digest shows or covers."""
        return tuple(article_id for story in self.stories for article_id in story.article_ids)


@dataclass(frozen=True, slots=True)
class ToldBefore:
    """What a channel was told of a story before: the claims of its articles, and one of these articles."""

    article_id: int
    claims: tuple[DigestClaim, ...]


@dataclass(frozen=True, slots=True)
class Composition:
    """What was composed of articles: a digest, or None if there is nothing to show."""

    digest: Digest | None
    covers: Mapping[int, int] = field(default_factory=dict)
    """Articles that say nothing new, each with an article of the story that the channel was shown."""


@dataclass(frozen=True, slots=True)
class Plan:
    """Where and when a subscription gets its digests.

    `at` and `also_at` are local times in `timezone`; hourly digests use only the minute of `at`. `weekday`
    counts from Monday = 0.
    """

    channel_id: int
    cadence: Cadence = Cadence.DAILY
    at: time = time(9)
    weekday: int = 0
    timezone: str = "UTC"
    also_at: tuple[time, ...] = ()
    """Further times of a daily, weekday or weekly digest."""
    every_minutes: int = 30
    """For Cadence.MINUTES."""
    most_an_hour: int = 6
    """For Cadence.STORY: how many stories an hour. More wait, and the weightiest come first."""
    quiet_from: time | None = None
    """When the quiet hours begin, in local time. None: there are none. What is due in them comes at their end."""
    quiet_until: time | None = None
    role_id: int | None = None
    """The role that the first message of a digest mentions. None: nobody is pinged."""
    ping_button: bool = False
    """Whether that message has a button with which readers take the role, or give it back."""
    publishes: bool = False
    """Whether messages in an announcement channel are published to the servers that follow it."""
    posts: ForumPosts | None = None
    """In a forum channel: what gets a post of its own. None: the channel is no forum."""
    tag_ids: tuple[int, ...] = ()
    """The tags of these posts. Empty: those that match what the post is about."""
    as_outlet: bool = False
    """Whether each story is a message of its own, under its outlet's name (by a webhook)."""
    says_when_empty: bool = False
    """Whether a message says that nothing is new. Else nothing is posted then."""


@dataclass(frozen=True, slots=True)
class Look:
    """What the messages of a digest look like."""

    stories: int = 5
    """How many stories a digest shows. More wait for the next one."""
    claims: int = 2
    """How many claims of each story it shows. The others are behind "More on a story"."""
    layout: Layout = Layout.EMBEDS


@dataclass(frozen=True, slots=True)
class Selection:
    """What a digest is made of: which feeds, which articles, and how sure a claim must be.

    `guild_id` is None for the host, who sees all feeds on the command line. Empty `feed_ids` mean every feed of
    the server. `filter` selects articles (syntax: `bot.digests.filters`); empty means all.
    """

    guild_id: int | None
    minimum_confidence: float
    feed_ids: tuple[int, ...] = ()
    filter: str = ""


@dataclass(frozen=True, slots=True)
class Subscription:
    """A channel of a server that gets digests."""

    id: int
    guild_id: int
    plan: Plan
    selection: Selection
    next_at: datetime
    """When the next digest is due."""
    created_by: int
    """The user who created the subscription."""
    created_at: datetime
    look: Look = Look()
    paused_reason: str | None = None
    """Why the subscription is paused, as a sentence for its managers. None if it is not paused."""
