"""What a posted story looks like once its articles were corrected or withdrawn. Pure.

What a server withdrew is withheld, and shown again if that is taken back. What an article no longer says is struck
through. If the article says something similar by the same speaker now,
that is shown instead. A note says which outlet changed what.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from bot.languages.formats import listed
from bot.languages.translations import _
from bot.model.digests import Digest, DigestArticle, DigestClaim, DigestStory, MergedClaim
from bot.text.content_words import content_words, folded

SIMILAR = 0.5
"""The least share of words that two versions of a claim have in common."""


def corrected(digest: Digest, articles: Mapping[int, DigestArticle]) -> Digest:
    """Return `digest` as its articles are now. Articles that are not in `articles` count as unchanged."""
    return replace(digest, stories=tuple(_story(story, articles) for story in digest.stories))


def _story(story: DigestStory, articles: Mapping[int, DigestArticle]) -> DigestStory:
    present = {one.claim.claim_id for one in story.claims}
    claims = tuple(_merged(one, articles, present) for one in story.claims)
    lead = story.lead
    if (now := articles.get(lead.article_id)) is not None and now.title.strip():
        lead = replace(lead, title=now.title)
    withdrawn = sorted({a.outlet for a in (story.lead, *story.others) if _is_withdrawn(a.article_id, articles)})
    changed = _changed_outlets(story.claims, claims, articles)
    if not withdrawn and not changed and claims == story.claims and lead == story.lead:
        return story
    return replace(story, lead=lead, claims=claims, note=_note(withdrawn, changed) or story.note)


def _merged(one: MergedClaim, articles: Mapping[int, DigestArticle], present: set[int]) -> MergedClaim:
    """Return a claim as it is now: an outlet that still has it stands first, and struck if none has."""
    versions = (one.claim, *one.also_in)
    stand = [claim for claim in versions if not _is_withheld(claim, articles)]
    if not stand:
        return replace(one, withheld=True)
    alive = [now for claim in stand if (now := _now(claim, articles, present)) is not None]
    if not alive:
        return replace(one, struck=True, withheld=False)
    return MergedClaim(alive[0], tuple(alive[1:]))


def _is_withheld(claim: DigestClaim, articles: Mapping[int, DigestArticle]) -> bool:
    article = articles.get(claim.article_id) if claim.article_id is not None else None
    return article is not None and claim.claim_id in article.withheld


def _now(claim: DigestClaim, articles: Mapping[int, DigestArticle], present: set[int]) -> DigestClaim | None:
    """Return a claim as its article has it now, or None if the article has nothing like it any more."""
    article = articles.get(claim.article_id) if claim.article_id is not None else None
    if article is None:
        return claim
    if article.withdrawn:
        return None
    same = next((now for now in article.claims if now.claim_id == claim.claim_id), None)
    if same is None:
        free = [now for now in article.claims if now.claim_id not in present]
        same = max(
            (now for now in free if _is_similar(claim, now)), key=lambda now: _shared(claim, now), default=None
        )
    if same is None:
        return None
    present.add(same.claim_id)
    # outlet, address and copies are as the server's feeds have them
    return replace(same, outlet=claim.outlet, url=claim.url, copies=claim.copies)


def _is_same(claim: DigestClaim, now: DigestClaim | None) -> bool:
    """Return whether a claim has not changed. What a server calls its actor is no change of the article."""
    if now is not None and now.actor_id is not None and now.actor_id == claim.actor_id:
        now = replace(now, actor=claim.actor)
    return now == claim


def _is_similar(claim: DigestClaim, now: DigestClaim) -> bool:
    return folded(claim.actor or "") == folded(now.actor or "") and _shared(claim, now) >= SIMILAR


def _shared(claim: DigestClaim, now: DigestClaim) -> float:
    before, after = set(content_words(claim.content)), set(content_words(now.content))
    return len(before & after) / (len(before | after) or 1)


def _is_withdrawn(article_id: int, articles: Mapping[int, DigestArticle]) -> bool:
    article = articles.get(article_id)
    return article is not None and article.withdrawn


def _changed_outlets(
    before: Iterable[MergedClaim], after: Iterable[MergedClaim], articles: Mapping[int, DigestArticle]
) -> list[str]:
    """Return the outlets, other than those that withdrew their article, whose claims are no longer the same."""
    outlets = set()
    for old, new in zip(before, after, strict=True):
        now = {claim.claim_id: claim for claim in (new.claim, *new.also_in)}
        if new.withheld:
            continue
        for claim in (old.claim, *old.also_in):
            if _is_withheld(claim, articles):
                continue
            gone = new.struck or not _is_same(claim, now.get(claim.claim_id))
            if gone and claim.article_id is not None and not _is_withdrawn(claim.article_id, articles):
                outlets.add(claim.outlet)
    return sorted(outlets)


def _note(withdrawn: list[str], changed: list[str]) -> str:
    if withdrawn and changed:
        return _(
            "{withdrawn} withdrew the article. {corrected} corrected the article.",
            withdrawn=listed(withdrawn),
            corrected=listed(changed),
        )
    if withdrawn:
        return _("{outlets} withdrew the article.", outlets=listed(withdrawn))
    return _("{outlets} corrected the article.", outlets=listed(changed)) if changed else ""
