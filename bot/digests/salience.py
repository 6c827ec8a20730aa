"""What matters most: the claims of a story and the stories of a digest, in the order they are shown. Pure.

A claim is worth showing if it says what the story is about (it has words of the headlines, or words that other
claims share), stands near the top of its article, can be understood by itself, and is by a known speaker; a second
claim should add something to the first. A story is worth more if more independent sources report it, if its event
is weighty (`bot.digests.event_weight`), and if it is new to the channel. Details: docs/explanation/ranking.md.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Mapping, Sequence

from bot.digests.amounts import amounts_read
from bot.digests.doubts import EARLY, LATE
from bot.digests.event_weight import event_weight
from bot.digests.known_words import KnownWords, is_clear, is_report_of_known
from bot.digests.standing_alone import standing
from bot.model.claims import Kind, Wording
from bot.model.digests import DigestClaim, DigestStory, MergedClaim
from bot.text.content_words import content_words, folded
from bot.text.folding import fold
from bot.text.past_times import said_long_ago

HEADLINE = 3.0
"""Worth of the words of the headlines, for a claim that has them all."""
SHARED = 2.0
"""Worth of words that half of the claims have, for a claim that has only such words."""
FIGURES = 0.6
"""Bonus for a claim with a number: news is in figures."""
OUTLETS = 0.5
"""Worth of each doubling of the outlets that print a claim."""
NAMED = 3.5
"""Worth of a speaker with a name."""
DESCRIBED = 1.0
"""Worth of a speaker who is only described ("officials")."""
DEFINITE = 2.0
"""Worth of a speaker whom a description singles out: "the food agency", "police". Chosen with POSITION."""
SCRAPED = -1.5
"""Penalty for claims of an outlet without any quotation marks: its text was scraped badly, numbers included."""
SCRAPED_FROM = 4
"""How many claims an outlet needs before its lack of quotation marks means anything."""
OWN_WORDS = 0.2
"""Worth of the actor's own words: a small bonus, so that colour does not beat news."""
POSITION = 7.0
"""Worth of the first claim of an article. Chosen with COMPLETE and HALVED on the 18 articles of gold/digests that
are not for judging, and on 100 stories of our own: 5 loses main news, 8 brings fragments.
"""
HALVED = 3
"""Number of claims further down an article that halves the worth of the position."""
CONFIDENCE = 1.0
COMPLETE = 4.0
"""Worth of a content that can be understood by itself: more than two places at the top of an article."""
QUESTION = -0.8
EARLIER = -4.0
"""Penalty for a claim made long ago ("in 1988"); half of it for one that was merely made earlier ("had said")."""
REPEATED = 4.0
"""Penalty for a claim all of whose words were in claims shown before it."""
RETOLD = 0.8
"""If this share of a claim's words was shown, those of the headlines count as shown, too: the claim adds nothing.
"""
AGAIN = 0.55
"""The share of known words from which on a digest shows a claim beside no other: "agreed to buy", "will buy"."""
SAME_ACTOR = 0.6
"""Penalty for a further claim by the same actor."""
NEW = 1.0
"""Bonus for a story that the channel has not seen, in doublings of origins."""


_NOBODY = frozenset(
    ("each", "both", "one", "others", "another", "some", "many", "most", "several", "all", "everyone")
)
"""Descriptions of speakers that say nothing about them."""
_TOLD_APART = re.compile(
    r"the\s(?!\w*(?:man|woman|boy|girl|men|women|people|source|other)s?\b)|(?:police|prosecutors|parliament|doctors)\b",
    re.IGNORECASE,
)
_LARGE = re.compile(r"#(\S?\d{5,})")
_GOT = re.compile(r"[a-z].*\b(?:seen|obtained|reviewed|viewed|accessed|leaked|shown|passed|sent)\s(?:by|to)\s")
"""A document by who got it: "messages seen by the Courier" have no name of their own."""
_ONCE = re.compile(r"(?:had |has )?once\b|used to\b", re.IGNORECASE)
_HAD_SAID = re.compile(r"had\b(?!n['’]t| not)", re.IGNORECASE)


def most_salient(
    claims: Sequence[MergedClaim],
    headlines: Sequence[str],
    shown: int,
    *,
    position: float = POSITION,
    alone: bool = False,
) -> tuple[MergedClaim, ...]:
    """Return the `shown` claims of a story to show, the best first; `headlines` are those of its articles.

    `position` is the worth of the first claim of an article; later ones are worth less. With `alone`, claims that
    cannot be understood by themselves are skipped, even if there are no others.
    """
    words = {id(claim): frozenset(content_words(claim.claim.content)) for claim in claims}
    about = Counter(word for headline in headlines for word in set(content_words(headline)))
    among = Counter(word for claim in claims for word in words[id(claim)])
    scraped = _scraped_outlets(claims)
    places = places_of(claims)
    worth = {
        id(claim): _worth(claim, words[id(claim)], about, among, len(claims))
        + SCRAPED * (claim.claim.outlet in scraped)
        + position * 0.5 ** (places[claim.claim.claim_id] / HALVED)
        for claim in claims
    }
    left, chosen = list(claims), list[MergedClaim]()
    while len(chosen) < shown:
        told = left
        if alone:
            told = _understood(left, headlines, chosen, places)
            told = [
                one
                for one in told
                if _known_share(words[id(one)], chosen, words, about) < AGAIN
                and not any(_large_amounts(one) & _large_amounts(other) for other in chosen)
            ]
        if not told:
            break
        best = max(
            told,
            key=lambda claim: (worth[id(claim)] - _known_already(claim, chosen, words, about), -_place(claim)),
        )
        chosen.append(best)
        left.remove(best)
    return tuple(chosen)


def _understood(
    claims: Sequence[MergedClaim],
    headlines: Sequence[str],
    chosen: Sequence[MergedClaim],
    places: Mapping[int, int],
) -> list[MergedClaim]:
    """Return the claims that readers understand who know the first headline and the claims `chosen`.

    If there are none, the first one may be a report of a speaker whom the headline names.
    """
    known = KnownWords(*headlines[:1], *(one.claim.content for one in chosen))
    place = {one.claim.claim_id: places[one.claim.claim_id] for one in claims}
    whole = [one for one in claims if place[one.claim.claim_id] < LATE and standing(one.claim, known) == 1]
    clear = [
        one
        for one in whole
        if is_clear(one.claim, known, early=place[one.claim.claim_id] < EARLY, first=not chosen)
    ]
    return clear if clear or chosen else [one for one in whole if is_report_of_known(one.claim, known)]


def places_of(claims: Iterable[MergedClaim]) -> dict[int, int]:
    """Return the position of each claim in its article, from 0 on; the earliest one if it is in several articles.

    Claims are numbered in order of appearance. News stands at the top of an article, colour at its end.
    """
    articles = defaultdict[int | str, set[int]](set)
    for claim in claims:
        for one in (claim.claim, *claim.also_in):
            articles[one.url if one.article_id is None else one.article_id].add(one.claim_id)
    place = {claim_id: n for ids in articles.values() for n, claim_id in enumerate(sorted(ids))}
    return {c.claim.claim_id: min(place[one.claim_id] for one in (c.claim, *c.also_in)) for c in claims}


def story_rank(story: DigestStory, *, novelty: float = 1.0, new: float = NEW) -> tuple[float, int, float, int]:
    """Return the sort key of a story: its weight, then the number of claims, then the newest first.

    The weight is counted in doublings of independent origins, plus the weight of the event, plus `new` times the
    `novelty` for the channel (0 to 1; see `novelty_of`).
    """
    articles = (story.lead, *story.others)
    newest = max(article.published_at for article in articles)
    roles = [claim.claim.role or "" for claim in story.claims]
    weight = math.log2((story.origins or len(articles)) + 1)
    weight += event_weight([article.title for article in articles], roles) + new * novelty
    return (-weight, -len(story.claims) - story.claims_left_out, -newest.timestamp(), story.lead.article_id)


def novelty_of(said: int, told: int) -> float:
    """Return how new a story is for a channel (0 to 1): the share of `said` that is not in `told`."""
    return said / (said + told) if said else 0.0


def _worth(
    claim: MergedClaim, words: frozenset[str], about: Mapping[str, int], among: Mapping[str, int], claims: int
) -> float:
    said = claim.claim
    headline = sum(about.get(word, 0) for word in words) / (sum(about.values()) or 1)
    shared = sum(min(1.0, 2 * among[word] / claims) for word in words) / (len(words) or 1) if claims > 1 else 0.0
    return (
        HEADLINE * min(1.0, 3 * headline)
        + SHARED * shared
        + FIGURES * any(word[0].isdigit() for word in words)
        + OUTLETS * math.log2(1 + len(claim.also_in))
        + _speaker(said)
        + OWN_WORDS * (said.verbatim is Wording.VERBATIM)
        + CONFIDENCE * said.confidence
        + COMPLETE * standing(said, about)
        + QUESTION * (said.kind is Kind.QUESTION)
        + EARLIER * _earlier(said)
    )


def _earlier(said: DigestClaim) -> float:
    """Return how far an article presents a claim as an earlier one: wholly, half, or not at all."""
    if said_long_ago(said.time) or _ONCE.match(said.cue):
        return 1.0
    return 0.5 if _HAD_SAID.match(said.cue) and said.kind is not Kind.QUESTION else 0.0


def _speaker(said: DigestClaim) -> float:
    if said.actor is None or folded(said.actor) in _NOBODY:
        return 0.0
    if not said.actor.islower() and not _GOT.match(said.actor):
        return NAMED
    return DEFINITE if _TOLD_APART.match(said.source) else DESCRIBED


def _scraped_outlets(claims: Sequence[MergedClaim]) -> frozenset[str]:
    """Return the outlets that print many claims, none of them in quotation marks."""
    printed = Counter(claim.claim.outlet for claim in claims)
    quoted = {claim.claim.outlet for claim in claims if claim.claim.verbatim is not Wording.PARAPHRASED}
    return frozenset(o for o, count in printed.items() if count >= SCRAPED_FROM and o not in quoted)


def _large_amounts(claim: MergedClaim) -> frozenset[str]:
    """Return the amounts from 10,000 on that a claim names: "2.4 lakh" is "240,000"."""
    return frozenset(_LARGE.findall(amounts_read(fold(claim.claim.content))))


def _known_share(
    own: frozenset[str],
    chosen: Sequence[MergedClaim],
    words: Mapping[int, frozenset[str]],
    headlines: Container[str],
) -> float:
    """Return the share of a claim's words that stand in the headlines or in those `chosen`; 0 for a first one."""
    if not chosen or not own:
        return 0.0
    shown = frozenset().union(*(words[id(other)] for other in chosen))
    return sum(word in shown or word in headlines for word in own) / len(own)


def _known_already(
    claim: MergedClaim,
    chosen: Sequence[MergedClaim],
    words: Mapping[int, frozenset[str]],
    headlines: Container[str],
) -> float:
    """Return the penalty of a claim for what readers know from those `chosen`, or from these and the headlines."""
    if not chosen:
        return 0.0
    own = words[id(claim)]
    share = _known_share(own, chosen, words, headlines)
    shown = frozenset().union(*(words[id(other)] for other in chosen))
    known = share * len(own) if share >= RETOLD else len(own & shown)
    actors = {folded(other.claim.actor or "") for other in chosen}
    again = known / len(own) if own else 1.0
    return REPEATED * again + SAME_ACTOR * (folded(claim.claim.actor or "") in actors)


def _place(claim: MergedClaim) -> int:
    return claim.claim.claim_id
