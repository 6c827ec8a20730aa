"""What a posted story looks like after its articles were corrected or withdrawn. Pure.

Claims that a server withdrew or hides are withheld, and shown again if that is undone. Speakers have the name that
the server gives them now. A claim that its article no longer makes is struck through; if the article now says
something similar by the same speaker, that is shown instead. A note says which outlet changed what.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from bot.languages.formats import listed
from bot.languages.translations import _
from bot.model.actor_changes import ChangedBy
from bot.model.digests import Digest, DigestArticle, DigestClaim, DigestStory, MergedClaim
from bot.text.content_words import content_words, folded

SIMILAR = 0.5
"""The smallest share of words that two versions of a claim have in common."""


def corrected(digest: Digest, articles: Mapping[int, DigestArticle]) -> Digest:
    """Return `digest` in line with the present state of its articles. Articles missing from `articles` count as
    unchanged.
    """
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
    names = {old.claim.actor: new.claim.actor for old, new in zip(story.claims, claims, strict=True)}
    return replace(
        story,
        lead=lead,
        claims=claims,
        actors=tuple(dict.fromkeys(names.get(name) or name for name in story.actors)),
        note=_note(withdrawn, changed) or story.note,
        renamed_by=_renamed_by(story, claims),
        disputed=_disputed(replace(story, claims=claims), names, articles),
    )


def _renamed_by(story: DigestStory, now: Sequence[MergedClaim]) -> ChangedBy | None:
    """Return who renamed a speaker of the story. A renaming that was undone since needs no note."""
    shown = [(old.claim, new.claim) for old, new in zip(story.claims, now, strict=True) if not new.withheld]
    given = {new.named_by for _, new in shown} - {None}
    if story.renamed_by is not None:
        return story.renamed_by if story.renamed_by in given else next(iter(given), None)
    was_shown = {one.claim.claim_id for one in story.claims if not one.withheld}
    renamed = [(old, new) for old, new in shown if old.claim_id in was_shown and _is_renamed(old, new)]
    return next((new.named_by or old.named_by for old, new in renamed), None)


def _is_renamed(old: DigestClaim, new: DigestClaim) -> bool:
    return old.actor_id is not None and old.actor_id == new.actor_id and old.actor != new.actor


def _disputed(
    story: DigestStory, names: Mapping[str | None, str | None], articles: Mapping[int, DigestArticle]
) -> tuple[str, str] | None:
    """Return the parties of the story's dispute under their present names.

    There are none left if nobody in its articles has that name: a party may be hidden, or be somebody else by now.
    """
    if story.disputed is None or any(article_id not in articles for article_id in story.article_ids):
        return story.disputed
    claims, denies = (names.get(name) or name for name in story.disputed)
    called = {claim.actor for article_id in story.article_ids for claim in articles[article_id].claims}
    return (claims, denies) if {claims, denies} <= called or story.has_withheld else None


def _merged(one: MergedClaim, articles: Mapping[int, DigestArticle], present: set[int]) -> MergedClaim:
    """Return a merged claim as it is now: led by an outlet that still makes it, struck through if none does."""
    versions = (one.claim, *one.also_in)
    stand = [claim for claim in versions if not _is_withheld(claim, articles)]
    if not stand:
        return replace(one, withheld=True, hidden_by=_hidden_by(versions, articles))
    alive = [now for claim in stand if (now := _now(claim, articles, present)) is not None]
    if not alive:
        return replace(one, struck=True, withheld=False, hidden_by=None)
    return MergedClaim(alive[0], tuple(alive[1:]))


def _is_withheld(claim: DigestClaim, articles: Mapping[int, DigestArticle]) -> bool:
    article = articles.get(claim.article_id) if claim.article_id is not None else None
    return article is not None and claim.claim_id in article.withheld


def _hidden_by(versions: Iterable[DigestClaim], articles: Mapping[int, DigestArticle]) -> ChangedBy | None:
    """Return who hides the actor of a withheld claim. None if some version was withdrawn as wrong."""
    by = [
        dict(articles[claim.article_id].hidden).get(claim.claim_id)
        for claim in versions
        if claim.article_id is not None and claim.article_id in articles
    ]
    return by[0] if by and None not in by else None


def _now(claim: DigestClaim, articles: Mapping[int, DigestArticle], present: set[int]) -> DigestClaim | None:
    """Return the present version of a claim in its article, or None if the article no longer has any."""
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
    # the outlet, address and copies that the server's feeds have
    return replace(same, outlet=claim.outlet, url=claim.url, copies=claim.copies)


def _is_same(claim: DigestClaim, now: DigestClaim | None) -> bool:
    """Return whether a claim is unchanged. Renaming its actor in a server does not change the article."""
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
