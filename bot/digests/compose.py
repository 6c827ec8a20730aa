"""What a digest shows and in what order: widely reported stories first, claims by several actors. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.digests.merging import merged
from bot.digests.same_claim import same_actor
from bot.model.claims import Wording
from bot.model.digests import Digest, DigestArticle, DigestStory, MergedClaim
from bot.text.content_words import folded

STORIES_SHOWN = 10
"""How many stories a digest shows. The rest wait for the next one."""
CLAIMS_SHOWN = 4
"""How many claims of each story a digest shows."""
ACTORS_SHOWN = 5
"""How many key actors of each story a digest names."""
_WORDS_OF_A_CLAIM = 4
"""Contents with fewer words ("yes, of course") say little by themselves and come after longer ones."""


def compose(
    articles: Sequence[DigestArticle],
    slot: datetime,
    *,
    timezone: str,
    minimum_confidence: float,
    stories_shown: int = STORIES_SHOWN,
    claims_shown: int = CLAIMS_SHOWN,
) -> Digest | None:
    """Return the digest of `articles` for `slot`, when it is due, or None if there is nothing to show.

    Only claims with at least `minimum_confidence` count. A story without any is not shown. Stories are ordered by
    the number of outlets, then by the number of claims, then the newest first. Times are shown in `timezone`.
    """
    told = [
        story
        for members in _by_story(articles).values()
        if (story := _story(members, minimum_confidence, claims_shown)) is not None
    ]
    if not told:
        return None
    told.sort(key=_rank)
    return Digest(
        slot=slot,
        timezone=timezone,
        stories=tuple(told[:stories_shown]),
        stories_left_out=max(0, len(told) - stories_shown),
    )


def chosen_claims(claims: Sequence[MergedClaim], shown: int) -> tuple[MergedClaim, ...]:
    """Return the `shown` best of `claims`: one claim per actor in each round, unknown speakers last.

    The claims of one actor are adjacent. The actor with the best claim comes first.
    """
    by_actor: dict[str, list[MergedClaim]] = defaultdict(list)
    unknown: list[MergedClaim] = []
    for claim in sorted(claims, key=_claim_rank):
        if claim.claim.actor is None:
            unknown.append(claim)
        else:
            by_actor[_known_as(folded(claim.claim.actor), by_actor)].append(claim)
    rounds = max((len(said) for said in by_actor.values()), default=0)
    in_rounds = [said[n] for n in range(rounds) for said in by_actor.values() if n < len(said)]
    chosen = {id(claim) for claim in (in_rounds + unknown)[:shown]}
    together = [claim for said in by_actor.values() for claim in said] + unknown
    return tuple(claim for claim in together if id(claim) in chosen)


def _by_story(articles: Iterable[DigestArticle]) -> dict[tuple[str, int], list[DigestArticle]]:
    """Return `articles` by story. An article without a story is a story of its own."""
    stories: dict[tuple[str, int], list[DigestArticle]] = defaultdict(list)
    for article in articles:
        key = ("article", article.article_id) if article.story_id is None else ("story", article.story_id)
        stories[key].append(article)
    return stories


def _story(members: list[DigestArticle], minimum: float, claims_shown: int) -> DigestStory | None:
    """Return the story of `members`, or None if none of their claims has the confidence `minimum`."""
    sure = [replace(a, claims=tuple(c for c in a.claims if c.confidence >= minimum)) for a in members]
    sure.sort(key=_lead_rank)
    claims = merged(claim for article in sure for claim in article.claims)
    if not claims:
        return None
    lead = sure[0]
    others: dict[str, DigestArticle] = {}
    covered: list[int] = []
    for article in sure[1:]:
        if article.outlet == lead.outlet or article.outlet in others:
            covered.append(article.article_id)
        else:
            others[article.outlet] = article
    shown = chosen_claims(claims, claims_shown)
    return DigestStory(
        lead=lead,
        others=tuple(others.values()),
        actors=_key_actors(sure),
        claims=shown,
        claims_left_out=len(claims) - len(shown),
        covered=tuple(covered),
    )


def _lead_rank(article: DigestArticle) -> tuple[int, float, int]:
    """Return the sort key for the lead: most claims by known speakers first, then the oldest."""
    known = sum(claim.actor is not None for claim in article.claims)
    return (-known, article.published_at.timestamp(), article.article_id)


def _rank(story: DigestStory) -> tuple[int, int, float, int]:
    claims = len(story.claims) + story.claims_left_out
    newest = max(article.published_at for article in (story.lead, *story.others))
    return (-1 - len(story.others), -claims, -newest.timestamp(), story.lead.article_id)


def _claim_rank(claim: MergedClaim) -> tuple[bool, int, int, float, int]:
    """Return the sort key for claims: long contents, widely reported, the actor's own words, high confidence."""
    said = claim.claim
    return (
        len(said.content.split()) < _WORDS_OF_A_CLAIM,
        -len(claim.also_in),
        0 if said.verbatim is Wording.VERBATIM else 1,
        -round(said.confidence, 1),
        said.claim_id,
    )


def _key_actors(articles: Sequence[DigestArticle]) -> tuple[str, ...]:
    """Return the names of the key actors, those named by most articles first.

    Actors that are only described ("companies") come after all actors with names.
    """
    names: dict[str, str] = {}
    score: dict[str, float] = defaultdict(float)
    for article in articles:
        for place, name in enumerate(article.actors[:8]):
            if not (plain := folded(name)):
                continue
            key = _known_as(plain, names)
            # the fullest form of a name is shown
            names[key] = max(names.get(key, ""), name, key=len)
            score[key] += 1 / (1 + place)
    ranked = sorted(names, key=lambda key: (names[key].islower(), -score[key]))
    return tuple(names[key] for key in ranked[:ACTORS_SHOWN])


def _known_as(name: str, known: Iterable[str]) -> str:
    """Return the name in `known` (folded) that stands for the actor `name`, or `name` itself if none does."""
    return next((other for other in known if same_actor(name, other)), name)
