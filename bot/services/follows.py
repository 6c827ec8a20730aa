"""What people and channels follow: created, listed, muted, removed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, time

from bot.digests.schedule import next_slot
from bot.errors import BadInput, NotFound
from bot.languages.translations import N_, _
from bot.model.digests import Cadence, Plan
from bot.model.follows import Follow, FollowKind, FollowRhythm, Reach, Subject
from bot.model.queries import ClaimQuery
from bot.services.claims import evidence_of, known_query, matching_actors
from bot.services.engine import Services
from bot.services.outlets import outlet_named
from bot.services.server_settings import timezone_of
from bot.services.told_stories import story_told
from bot.services.typed_ahead import moment_ahead
from bot.services.typed_times import clock_time, zone_name
from bot.text.content_words import content_words
from bot.text.folding import fold, words_of

LETTER_AT = time(8)
"""When a daily letter comes by default."""
LONGEST_NAME = 200
PAUSED_BY_PERSON = N_("You paused it.")
NO_NAME = N_("There is no word in this name that could be looked for. Write a name, or a part of one.")
NOT_YOURS = N_("This is not yours to change, or it is not followed any more.")


@dataclass(frozen=True, slots=True)
class FollowWish:
    """Where and when somebody wants to be told. None leaves the choice to Hearsay.

    `channel_id` is a channel of the server; without one, `direct_messages` opens those with the person and returns
    their channel. `language` is Discord's tag.
    """

    direct_messages: Callable[[], Awaitable[int]]
    channel_id: int | None = None
    rhythm: FollowRhythm | None = None
    at: str | None = None
    timezone: str | None = None
    language: str = ""


async def follow(services: Services, guild_id: int, user_id: int, subject: Subject, wish: FollowWish) -> Follow:
    """Make a person or a channel follow something. Raises BadInput, AlreadyThere and LimitReached."""
    before = await services.store.follows.of_person(user_id)
    usual = before[-1].reach.rhythm if before else FollowRhythm.DAILY
    rhythm = wish.rhythm or (FollowRhythm.DAILY if wish.at else usual)
    if wish.at and rhythm is FollowRhythm.AT_ONCE:
        raise BadInput(_("What is told at once has no time of day. Leave out `at`, or choose a daily letter."))
    timezone = before[-1].reach.timezone if before else await timezone_of(services, guild_id)
    private = wish.channel_id is None
    if wish.channel_id is not None:
        timezone = await timezone_of(services, guild_id)
    at = before[-1].reach.at if before and private else LETTER_AT
    reach = Reach(
        channel_id=wish.channel_id if wish.channel_id is not None else await wish.direct_messages(),
        private=private,
        rhythm=rhythm,
        at=clock_time(wish.at) if wish.at else at,
        timezone=zone_name(wish.timezone) if wish.timezone else timezone,
        language=wish.language,
    )
    settings = services.settings
    return await services.store.follows.add(
        user_id,
        guild_id,
        subject,
        reach,
        next_letter(reach, services.clock()),
        per_person=settings.follows_per_person,
        per_server=settings.follows_per_server,
    )


def next_letter(reach: Reach, now: datetime) -> datetime | None:
    """Return when the next daily letter is due; None for instant news."""
    if reach.rhythm is FollowRhythm.AT_ONCE:
        return None
    return next_slot(Plan(reach.channel_id, Cadence.DAILY, at=reach.at, timezone=reach.timezone), now)


# subjects


async def actor_subject(services: Services, guild_id: int, typed: str) -> Subject:
    """Return the actor that is meant: one known here by this or a similar name, or else the name itself."""
    if not words_of(typed):
        raise BadInput(
            _("There is no word in this name that could be looked for. Write a name, or a part of one.")
        )
    names = await matching_actors(services, guild_id, typed)
    same = [name for name in names if fold(name) == fold(typed)]
    return Subject(FollowKind.ACTOR, (same or names or [" ".join(typed.split())])[0][:LONGEST_NAME])


def topic_subject(typed: str) -> Subject:
    """Return the topic that is meant. Raises BadInput if it has no meaningful word."""
    if not content_words(typed):
        raise BadInput(_("There is no word in this topic that tells something. Write one or more words."))
    return Subject(FollowKind.TOPIC, " ".join(typed.split())[:LONGEST_NAME])


async def outlet_subject(services: Services, guild_id: int, typed: str) -> Subject:
    """Return the outlet that is meant. Raises BadInput if the server reads none with a similar name."""
    return Subject(FollowKind.OUTLET, await outlet_named(services, guild_id, typed))


async def story_subject(services: Services, guild_id: int, story_id: int) -> Subject:
    """Return a story that the server sees. Raises NotFound."""
    story = await story_told(services, guild_id, story_id)
    return Subject(FollowKind.STORY, story.title[:LONGEST_NAME], story.story_id)


async def subject_of_query(services: Services, guild_id: int, query_id: int) -> Subject:
    """Return what a stored question asks for: the actor, else the topic, else the outlet. Raises NotFound."""
    query: ClaimQuery = await known_query(services, guild_id, query_id)
    if query.actor:
        return await actor_subject(services, guild_id, query.actor)
    if query.topic:
        return topic_subject(query.topic)
    if query.outlet:
        return Subject(FollowKind.OUTLET, query.outlet)
    raise NotFound(_("This answer is about everybody. Use `/follow` to choose whom or what."))


async def subject_of_claim(services: Services, guild_id: int, claim_id: int) -> Subject:
    """Return the actor of a claim that the server sees. Raises NotFound, also if the speaker is unknown."""
    claim = (await evidence_of(services, guild_id, claim_id)).claim
    if not claim.actor:
        raise NotFound(_("Nobody is named as the speaker of this claim."))
    return Subject(FollowKind.ACTOR, claim.actor[:LONGEST_NAME])


async def subject_of_article(services: Services, guild_id: int, article_id: int) -> Subject:
    """Return the story that an article belongs to in a server. Raises NotFound."""
    story = await services.store.story_changes.with_article(guild_id, article_id)
    return await story_subject(services, guild_id, story.story_id)


# changes


async def following_of(services: Services, user_id: int, managed_guild_id: int | None) -> list[Follow]:
    """Return what a person follows, and what is followed by the channels of a server that they manage."""
    mine = await services.store.follows.of_person(user_id)
    return mine + (await services.store.follows.of_channels(managed_guild_id) if managed_guild_id else [])


async def own_follow(
    services: Services, follow_id: int, user_id: int, managed_guild_id: int | None, *, removed: bool = False
) -> Follow:
    """Return a follow if this person may change it: their own, or one of a channel that they manage.

    Raises NotFound, also for one that was removed, unless `removed` is true.
    """
    found = await services.store.follows.get(follow_id)
    own = found.user_id == user_id if found.reach.private else found.guild_id == managed_guild_id
    if not own or (found.removed_at is not None and not removed):
        raise NotFound(_(NOT_YOURS))
    return found


async def remove_follow(services: Services, known: Follow) -> Follow:
    """Stop following something, and withdraw waiting letters with news about it. It can be undone for a day."""
    removed = await services.store.follows.change(known.id, removed_at=services.clock())
    await services.store.letters.take_back(known)
    return removed


async def restore_follow(services: Services, known: Follow) -> Follow:
    """Restore a removed follow. News from the time in between is sent, if it is not older than two days.

    Raises NotFound and LimitReached.
    """
    settings = services.settings
    return await services.store.follows.restore(
        known,
        next_letter(known.reach, services.clock()) or services.clock(),
        per_person=settings.follows_per_person,
        per_server=settings.follows_per_server,
    )


async def mute_follow(services: Services, known: Follow, until: str | None, locale: str = "") -> Follow:
    """Mute a follow until a day, or without one until it is resumed. News from that time is never sent.

    Raises BadInput for a day that is not understood or not in the future.
    """
    if until is None or not until.strip():
        muted = await services.store.follows.change(
            known.id, paused_reason=PAUSED_BY_PERSON, pause_told=True, muted_until=None
        )
    else:
        moment = moment_ahead(until, services.clock(), known.reach.timezone, locale)
        muted = await services.store.follows.change(known.id, muted_until=moment, since=moment, paused_reason=None)
    await services.store.letters.take_back(known)
    return muted


async def resume_follow(services: Services, known: Follow) -> Follow:
    """Resume a follow from now on. If Hearsay paused it, waiting news is sent first, up to two days back."""
    now = services.clock()
    own = known.paused_reason == PAUSED_BY_PERSON or (known.muted_until is not None and known.muted_until > now)
    changes = {"since": now} if own else {}
    next_at = next_letter(known.reach, now) or now
    return await services.store.follows.change(
        known.id, paused_reason=None, muted_until=None, next_at=next_at, **changes
    )


async def change_rhythm(services: Services, known: Follow, rhythm: FollowRhythm) -> Follow:
    """From now on, send news about it at once, or in a daily letter."""
    reach = Reach(
        known.reach.channel_id,
        known.reach.private,
        rhythm,
        known.reach.at,
        known.reach.timezone,
        known.reach.language,
    )
    return await services.store.follows.change(
        known.id, rhythm=rhythm, next_at=next_letter(reach, services.clock())
    )


async def pauses_to_tell(services: Services, user_id: int) -> list[Follow]:
    """Return a person's paused follows that they do not know of yet, once."""
    return await services.store.follows.pauses_to_tell(user_id)
