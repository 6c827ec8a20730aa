"""What a digest shows, in what order: widely reported stories first, claims by several actors. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.digests.merging import merged, same_actor
from bot.model.claims import Wording
from bot.model.digests import Digest, DigestArticle, DigestStory, MergedClaim
from bot.text.content_words import folded

STORIES_SHOWN = 10
"""How many stories a digest shows; the rest wait for the next one."""
CLAIMS_SHOWN = 4
"""How many claims of a story a digest shows."""
ACTORS_SHOWN = 5
"""How many key actors of a story a digest names."""
_WORDS_OF_A_CLAIM = 4
"""A content of fewer words ("yes, of course") says little by itself, and comes after fuller ones."""


def compose(
    articles: Sequence[DigestArticle],
    slot: datetime,
    *,
    timezone: str,
    minimum_confidence: float,
    stories_shown: int = STORIES_SHOWN,
    claims_shown: int = CLAIMS_SHOWN,
) -> Digest | None:
    """Return the digest of `articles` for `slot`, the moment it is due, or None if there is nothing to show.

    Only claims of at least `minimum_confidence` count; a story without any is not shown. Stories are ordered by
    how many outlets report them, then by their claims, then the newest first. Times are shown in `timezone`.
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
    """Return the `shown` best of `claims`: in each round one of each actor, unknown speakers at the end.

    The claims of one actor stand together, the actor with the best claim first.
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
    """Return `articles` by story; one without a story is a story by itself."""
    stories: dict[tuple[str, int], list[DigestArticle]] = defaultdict(list)
    for article in articles:
        key = ("article", article.article_id) if article.story_id is None else ("story", article.story_id)
        stories[key].append(article)
    return stories


def _story(members: list[DigestArticle], minimum: float, claims_shown: int) -> DigestStory | None:
    """Return the story of `members`, or None where no claim of theirs has the confidence `minimum`."""
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
    """The lead is the article with the most claims of known speakers; of equals, the one that was first."""
    known = sum(claim.actor is not None for claim in article.claims)
    return (-known, article.published_at.timestamp(), article.article_id)


def _rank(story: DigestStory) -> tuple[int, int, float, int]:
    claims = len(story.claims) + story.claims_left_out
    newest = max(article.published_at for article in (story.lead, *story.others))
    return (-1 - len(story.others), -claims, -newest.timestamp(), story.lead.article_id)


def _claim_rank(claim: MergedClaim) -> tuple[bool, int, int, float, int]:
    """Full contents first, then the widely reported ones, the actor's own words, the sure ones."""
    said = claim.claim
    return (
        len(said.content.split()) < _WORDS_OF_A_CLAIM,
        -len(claim.also_in),
        0 if said.verbatim is Wording.VERBATIM else 1,
        -round(said.confidence, 1),
        said.claim_id,
    )


def _key_actors(articles: Sequence[DigestArticle]) -> tuple[str, ...]:
    """Return the names of the key actors: those that most articles name first come first.

    Whoever is only described ("companies") stands behind all that have a name.
    """
    names: dict[str, str] = {}
    score: dict[str, float] = defaultdict(float)
    for article in articles:
        for place, name in enumerate(article.actors[:8]):
            if not (plain := folded(name)):
                continue
            key = _known_as(plain, names)
            # The fullest form of a name is shown.
            names[key] = max(names.get(key, ""), name, key=len)
            score[key] += 1 / (1 + place)
    ranked = sorted(names, key=lambda key: (names[key].islower(), -score[key]))
    return tuple(names[key] for key in ranked[:ACTORS_SHOWN])


def _known_as(name: str, known: Iterable[str]) -> str:
    """Return under which of the folded names `known` the actor `name` stands already, or `name` itself."""
    return next((other for other in known if same_actor(name, other)), name)
