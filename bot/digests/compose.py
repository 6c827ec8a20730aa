"""What a digest shows, in the order of `bot.digests.salience`. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache

from bot.digests.disputes import disputes_of, parties_of
from bot.digests.merging import as_one, new_groups
from bot.digests.salience import most_salient, novelty_of, story_rank
from bot.digests.same_claim import same_actor
from bot.digests.standing_alone import is_anothers_i, is_said
from bot.model.digests import (
    Composition,
    Digest,
    DigestArticle,
    DigestClaim,
    DigestStory,
    MergedClaim,
    ToldBefore,
)
from bot.text.content_words import folded

STORIES_SHOWN = 5
"""How many stories a digest shows. The rest wait for the next one."""
CLAIMS_SHOWN = 2
"""How many claims of each story a digest shows."""
STORIES_KEPT = 1_000
"""How many stories are cached for the digests of other servers, some 5 MB."""


def compose(
    articles: Sequence[DigestArticle],
    slot: datetime,
    *,
    timezone: str,
    minimum_confidence: float,
    stories_shown: int = STORIES_SHOWN,
    claims_shown: int = CLAIMS_SHOWN,
    told_before: Mapping[int, ToldBefore] | None = None,
) -> Composition:
    """Return the digest of `articles` for `slot`, the time at which it is due.

    Only claims that have at least `minimum_confidence` and report something said (`bot.digests.standing_alone`)
    count. A story without any is not shown; one whose claims all need their article shows none of them. Stories
    and claims are ordered by `bot.digests.salience`. Times are shown in `timezone`. `told_before` maps the ids of
    these stories to what the channel has been told of them: such a story shows only new claims, and is left out
    if there are none.
    """
    told: list[DigestStory] = []
    novelty: dict[int, float] = {}
    covers: dict[int, int] = {}
    for (_, story_id), members in _by_story(articles).items():
        before = (told_before or {}).get(story_id) if members[0].story_id is not None else None
        story = _story(tuple(members), minimum_confidence, claims_shown, before)
        if story is not None:
            told.append(story)
            said = len(story.claims) + story.claims_left_out
            novelty[story.lead.article_id] = novelty_of(said, len(before.claims) if before is not None else 0)
        elif before is not None and any(_may_be_shown(c, minimum_confidence) for a in members for c in a.claims):
            covers |= dict.fromkeys((article.article_id for article in members), before.article_id)
    if not told:
        return Composition(None, covers)
    told.sort(key=lambda story: story_rank(story, novelty=novelty[story.lead.article_id]))
    digest = Digest(
        slot=slot,
        timezone=timezone,
        stories=tuple(told[:stories_shown]),
        stories_left_out=max(0, len(told) - stories_shown),
    )
    return Composition(digest, covers)


def _by_story(articles: Iterable[DigestArticle]) -> dict[tuple[str, int], list[DigestArticle]]:
    """Return `articles` by story. An article without a story is a story of its own."""
    stories: dict[tuple[str, int], list[DigestArticle]] = defaultdict(list)
    for article in articles:
        key = ("article", article.article_id) if article.story_id is None else ("story", article.story_id)
        stories[key].append(article)
    return stories


@lru_cache(maxsize=STORIES_KEPT)
def _story(
    members: tuple[DigestArticle, ...], minimum: float, claims_shown: int, before: ToldBefore | None
) -> DigestStory | None:
    """Return the story of `members`, or None if none of its claims is new, said, and at least as sure as
    `minimum`.

    It shows the claims that readers understand, perhaps none; an update without any is None, too. Cached, because
    comparing claims takes time and servers with the same feeds get the same stories.
    """
    sure = [replace(a, claims=tuple(c for c in a.claims if _may_be_shown(c, minimum))) for a in members]
    known = before.claims if before is not None else ()
    groups = new_groups([claim for article in sure for claim in article.claims], known)
    if not groups:
        return None
    new = {claim.claim_id for group in groups for claim in group}
    sure = [replace(a, claims=tuple(c for c in a.claims if c.claim_id in new)) for a in sure]
    sure.sort(key=_lead_rank)
    claims = [as_one(group) for group in _in_order(groups, sure)]
    lead = sure[0]
    others: dict[str, DigestArticle] = {}
    covered: list[int] = []
    for article in sure[1:]:
        if article.outlet == lead.outlet or article.outlet in others:
            covered.append(article.article_id)
        else:
            others[article.outlet] = article
    disputes = disputes_of([claim for article in sure for claim in article.claims])
    shown = most_salient(claims, [article.title for article in sure], claims_shown, alone=True)
    if before is not None and not shown:
        return None
    return DigestStory(
        lead=lead,
        others=tuple(others.values()),
        actors=_actors_of(shown),
        claims=shown,
        claims_left_out=len(claims) - len(shown),
        covered=tuple(covered),
        origins=len({article.origin or article.outlet for article in sure}),
        is_update=before is not None,
        disputed=parties_of(disputes[0]) if disputes else None,
    )


def _may_be_shown(claim: DigestClaim, minimum: float) -> bool:
    said = is_said(claim.actor, claim.cue, claim.verbatim) and not is_anothers_i(claim)
    return claim.confidence >= minimum and said


def _in_order(groups: Iterable[list[DigestClaim]], articles: Iterable[DigestArticle]) -> list[list[DigestClaim]]:
    """Return groups of claims in the order in which `articles` first state them, each group ordered likewise."""
    said = [claim.claim_id for article in articles for claim in article.claims]
    place = {claim_id: number for number, claim_id in enumerate(said)}
    each = (sorted(group, key=lambda claim: place[claim.claim_id]) for group in groups)
    return sorted(each, key=lambda group: place[group[0].claim_id])


def _lead_rank(article: DigestArticle) -> tuple[int, float, int]:
    """Return the sort key for the lead: most claims by known speakers first, then the oldest."""
    known = sum(claim.actor is not None for claim in article.claims)
    return (-known, article.published_at.timestamp(), article.article_id)


def _actors_of(claims: Sequence[MergedClaim]) -> tuple[str, ...]:
    """Return the named actors of claims, each once."""
    names: dict[str, str] = {}
    for claim in claims:
        if (name := claim.claim.actor) and not name.islower():
            names.setdefault(_known_as(folded(name), names), name)
    return tuple(names.values())


def _known_as(name: str, known: Iterable[str]) -> str:
    """Return the name in `known` (folded) that stands for the actor `name`, or `name` itself if none does."""
    return next((other for other in known if same_actor(name, other)), name)
