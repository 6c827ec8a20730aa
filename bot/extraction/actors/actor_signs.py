"""What tells whether a source's actor is who is meant: how it is named, who else could be, how far back, where.

The signs of a claim are weighed by actor_confidence.py, and nothing else knows their names.
"""

import math
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence

from bot.extraction.actors.actor_type import gender_of_person
from bot.extraction.actors.agreement import LEAVING, words_of_role
from bot.extraction.actors.antecedents import OWNS, WORD_BEFORE, Ranking
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.barred import PLURAL
from bot.extraction.actors.description_words import parts_of
from bot.extraction.actors.known_actors import Member
from bot.extraction.actors.last_resort import SIBLINGS, SPOUSES
from bot.extraction.actors.one_of_two import is_one_of_two
from bot.extraction.actors.pronoun_signs import chain_of, lead_of
from bot.extraction.actors.shared_surnames import has_role
from bot.extraction.noun_phrases.phrase import Form, Phrase
from bot.extraction.noun_phrases.spelling import folded, without_article, words_of
from bot.extraction.wordlists.lexicon import HEADLESS, OFFICES, PREPOSITIONS, ROLE_FORMS, RUNNING, SINGULAR
from bot.model.claims import ActorType, Claim

Signs = Mapping[str, float]
"""Evidence for and against an actor, by the names of the weights."""
UNPAIRED = re.compile(r"[“”\"()\[\]<>=|@#]")
MANY = frozenset(
    ("spokesman", "spokeswoman", "spokesperson", "official", "source", "aide", "supporter", "resident", "star")
)
"""Nouns for people that fit several, no matter who is named."""
FIRST_PERSON = frozenset(("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"))
TOLD = (
    "called anew",
    "shared surname, office",
    "one of two named together",
    "both of two named together",
    "one of a couple",
    "subject of the report",
)
"""Signs each of which says that the article itself tells who is meant."""
TOPICS = 3
"""How many of the last actors before a description are checked as the possible topic of the text."""
OUTSIDE = re.compile(r"^\W+|(?:['’]s)?\W*$")
"""Marks around a word, and the ending of an owner."""


def actor_signs(
    state: ArticleState, claim: Claim, phrase: Phrase, member: Member, ranking: Ranking | None, *, shared: bool
) -> Signs:
    """Return the signs that `member` is, or is not, the actor of `claim`.

    `phrase` is what was read of the claim's source, `ranking` whom a pronoun in it could mean; `shared`: several
    people who act in the article have its surname.
    """
    position = claim.source[0][0]
    settled = ""
    if ranking is not None:
        settled = "answers" if ranking.answers else "only they" if ranking.alone else ""
    form = settled or form_of(phrase, member)
    signs: dict[str, float] = {form: 1.0}
    group = form.partition(",")[0]
    placed = {} if settled else _places(state, claim, phrase, member, position)
    signs |= {f"{group}: {name}": value for name, value in placed.items()}
    signs |= _geometry(state, claim)
    signs |= _naming(phrase, member)
    signs |= _told(phrase, member, anew=position in state.told)
    if phrase.form is Form.DESCRIPTION and phrase.owner is None and not (member.head or member.parts):
        signs |= _fit(state, phrase, member)
        if _has_topic_without_role(state, member, position):
            signs["fit: topic without a role"] = 1.0
    if phrase.form is Form.NAME:
        signs |= _bearers(state, phrase, member, position, shared=shared)
        signs |= _in_source(state.article.text[slice(*claim.source[0])], member)
    if ranking is not None and group in ("he or she", "it", "they") and not (ranking.agreeing or ranking.left):
        signs["subject of the report"] = 1.0
    elif ranking is not None and group in ("he or she", "it", "they", "owned"):
        found = lead_of(state, ranking, member, position) | chain_of(state, member, position)
        signs |= {f"{group}: {name}": value for name, value in found.items()}
    return signs


def _told(phrase: Phrase, member: Member, *, anew: bool) -> dict[str, float]:
    """Return the signs that the words of the source tell who is meant."""
    owned = phrase.owner is not None and not member.head
    told = {
        "called anew": anew,
        "one of two named together": is_one_of_two(phrase),
        "both of two named together": phrase.form is Form.DESCRIPTION and phrase.plural and bool(member.parts),
        "one of a couple": phrase.head in SPOUSES | SIBLINGS and owned,
    }
    return {sign: 1.0 for sign, met in told.items() if met}


def form_of(phrase: Phrase, member: Member) -> str:
    """Return how a source refers to its actor."""
    match phrase.form:
        case Form.PRONOUN:
            form = _pronoun(folded(phrase.text))
        case Form.NAME if folded(member.name) == folded(phrase.text):
            form = "full name" if " " in phrase.text else "name, one word"
        case Form.NAME:
            form = "name, part of a longer one"
        case Form.JOINT:
            form = "joint"
        case _ if phrase.owner is not None:
            form = "owned"
        case _ if not member.head:
            form = "description of somebody named"
        case _:
            own = folded(member.name) == folded(without_article(phrase.text))
            form = "own description" if own else "description of another"
    return f"{form}, a description" if member.head and phrase.form is not Form.JOINT else form


def _pronoun(word: str) -> str:
    if word in HEADLESS:
        return "who"
    if word in FIRST_PERSON:
        return "first person"
    return "he or she" if word in SINGULAR else "they" if word in PLURAL else "it"


def _step(distance: int) -> str:
    """Return a distance in sentences, the far ones put together."""
    return str(distance) if distance < 3 else "3-5" if distance < 6 else "6+"


def _places(state: ArticleState, claim: Claim, phrase: Phrase, member: Member, position: int) -> dict[str, float]:
    """Return what the places tell where a member was met, for a source that does not name it in full."""
    if phrase.form is Form.JOINT or (phrase.form is Form.NAME and folded(member.name) == folded(phrase.text)):
        return {}
    signs: dict[str, float] = {}
    before = bisect_left(member.mentions, position)
    last = max(
        [*member.mentions[:before][-1:], *member.echoes[: bisect_left(member.echoes, position)][-1:]], default=-1
    )
    if last < 0:
        signs["not met before"] = 1.0
    else:
        signs[f"met {_step(state.sentence(position) - state.sentence(last))}"] = 1.0
        signs[f"met as {_how_met(state, member, last)}"] = 1.0
        signs["paragraphs"] = min(state.article.text.count("\n", last, position), 6) / 2
    named = member.mentions[:before][-1:]
    if named:
        signs["named last"] = math.log1p(state.sentence(position) - state.sentence(named[0]))
    signs["mentions"] = math.log1p(before)
    if before and all(state.quoted_at(place) for place in member.mentions[:before]):
        signs["only quoted"] = 1.0
    if not any(place < position for place in member.speaks):
        signs["never spoke"] = 1.0
    previous = _speaker_before(state, position)
    if previous is not None:
        far = min(state.sentence(position) - state.sentence(previous[0]), 3)
        signs[f"{'' if previous[1] is member else 'not '}the last speaker {far}"] = 1.0
    if any(start <= place < end for start, end in claim.content for place in member.mentions):
        signs["named in the content"] = 1.0
    return signs


def _how_met(state: ArticleState, member: Member, place: int) -> str:
    """Return what part `member` had in its sentence where it was met at `place`."""
    if place in member.speaks:
        return "source"
    if place in member.echoes:
        return "pronoun"
    if place in state.subjects or state.opens(place):
        return "subject"
    if OWNS.match(state.article.text, state.name_end(place, member.name)):
        return "owner"
    before = WORD_BEFORE.search(state.article.text, max(0, place - 20), place)
    return "other, preposition" if before and before[1].casefold() in PREPOSITIONS else "other"


def _speaker_before(state: ArticleState, position: int) -> tuple[int, Member] | None:
    """Return the source before `position` and whom it was taken to mean."""
    for index in reversed(state.done[-400:]):
        claim, speaker = state.article.claims[index], state.speakers[index]
        if speaker is not None and claim.source and claim.source[0][0] < position:
            return claim.source[0][0], speaker
    return None


def _geometry(state: ArticleState, claim: Claim) -> dict[str, float]:
    """Return what the places of source, cue and content tell of whether the source is theirs."""
    text = state.article.text
    start, end = claim.source[0]
    cue = claim.cue[0] if claim.cue else claim.source[0]
    gap = max(cue[0] - end, start - cue[1], 0)
    signs = {"gap to the cue": math.log1p(gap)}
    between = text[min(end, cue[1]) : max(start, cue[0])]
    if any(word[:1].isupper() for word in words_of(between)):
        signs["name before the cue"] = 1.0
    if start > cue[0]:
        signs["source behind the cue"] = 1.0
    if state.holder(start) is not None:
        signs["within a claim"] = 1.0
    if state.quoted_at(start):
        signs["within quotation marks"] = 1.0
    words = text[start:end].split()
    signs["words of the source"] = math.log1p(len(words))
    if claim.content and all(a < start for a, _ in claim.content):
        signs["content first"] = 1.0
    if claim.content and not state.quoted_at(claim.content[0][0] + 1):
        signs["not quoted"] = 1.0
    if "\n" in text[min(start, cue[0]) : max(end, cue[1])]:
        signs["over lines"] = 1.0
    signs["claim"] = math.log(max(claim.confidence, 1e-3) / max(1 - claim.confidence, 1e-3))
    return signs


def _naming(phrase: Phrase, member: Member) -> dict[str, float]:
    """Return what the name of a member tells."""
    signs = {f"type {member.type.value.lower()}": 1.0}
    words = words_of(member.name)
    if UNPAIRED.search(member.name) or not words or words[0][:1].islower():
        signs["described" if member.head else "odd name"] = 1.0
    if member.type is ActorType.PERSON and len(words) == 1:
        signs["person, one word"] = 1.0
    if not member.head and len(member.mentions) < 2:
        signs["met once"] = 1.0
    if phrase.form is Form.NAME and phrase.label is None:
        signs["no name to the name finder"] = 1.0
    return signs


def _fit(state: ArticleState, phrase: Phrase, member: Member) -> dict[str, float]:
    """Return how a description of somebody with a name fits what is known of that name and others."""
    _, modifiers = parts_of(phrase)
    name = {folded(word) for word in words_of(member.name)}
    role = words_of_role(member.role) | member.seat
    head = ROLE_FORMS.get(phrase.head, phrase.head)
    where = "name" if head in name else "role" if head in role else "neither"
    signs = {f"noun in its {where}" if where != "neither" else "noun in neither name nor role": 1.0}
    signs["modifiers that fit"] = min(sum(word in name | role for word in modifiers), 3)
    signs["modifiers that do not fit"] = min(sum(word not in name | role for word in modifiers), 3)
    if where != "neither":
        others = sum(
            head
            in ({folded(word) for word in words_of(other.name)} if where == "name" else words_of_role(other.role))
            for other in state.cast.members
            if other is not member
        )
        signs["others with the noun"] = min(others, 3)
        past = role & LEAVING and not LEAVING.intersection(modifiers)
        alone = not any(_fits(other, head, modifiers) for other in state.cast.members if other is not member)
        if where == "role" and alone and not past and not signs["modifiers that do not fit"]:
            several = head in MANY or (head in RUNNING and not modifiers)
            signs["whole, in one role alone"] = float(phrase.definite and not several)
    if not phrase.definite:
        signs["not definite"] = 1.0
    if phrase.plural:
        signs["plural"] = 1.0
    return {f"fit: {sign}": value for sign, value in signs.items()}


def _has_topic_without_role(state: ArticleState, member: Member, position: int) -> bool:
    """Return whether somebody else without a known role was mentioned since `member`, a sentence back at most.

    "Rubio stopped by his headquarters. The senator said": though only Cruz was called a senator so far.
    """
    here, last = state.sentence(position), member.last_met(position)
    return any(
        other is not member
        and other.type is ActorType.PERSON
        and other.role is None
        and other.last_met(position) > last
        and here - state.sentence(other.last_met(position)) <= 1
        for other in state.cast.recent(position, TOPICS)
    )


def is_passed_by(state: ArticleState, phrase: Phrase, position: int, found: Member | None) -> bool:
    """Return whether "the senator" is by now the person the text is about rather than the senator `found`."""
    alone = len(without_article(phrase.text).split()) == 1 and phrase.head in OFFICES
    if state.done and found is not None and state.speakers[state.done[-1]] is found:
        spoke = found.spoke_before(position)
        if spoke >= 0 and "\n" not in state.article.text[spoke:position]:
            return False  # the last speaker in the same paragraph continues
    return found is not None and alone and _has_topic_without_role(state, found, position)


def _fits(member: Member, head: str, modifiers: Sequence[str]) -> bool:
    """Return whether all words of a description are in somebody's role."""
    role = words_of_role(member.role) | member.seat
    return head in role and all(word in role for word in modifiers)


def is_told(signs: Signs) -> bool:
    """Return whether the article itself tells who is meant, in the words of the source.

    By a role that one person alone has ("The architect said", where Pete Oyelowo is the architect), or that one of
    two namesakes has ("President Tembo"). Of those in marked articles all 44 are right, and 40 of 40 in invented
    ones; too few for the learned weights, which trust descriptions little. Or by the order in which two were named
    ("the latter"), or together ("her husband", of Grace and Samuel Ochieng). Or whoever reports is who the report
    is about, and nobody else was met before: "Mayor Ada Quist will not run again, she said".
    """
    alone = signs.get("fit: whole, in one role alone") and not signs.get("fit: topic without a role")
    return bool(alone or any(signs.get(sign) for sign in TOLD))


def _bearers(
    state: ArticleState, phrase: Phrase, member: Member, position: int, *, shared: bool
) -> dict[str, float]:
    """Return what tells whether a surname means another bearer of it."""
    last = folded(words_of(phrase.text)[-1]) if words_of(phrase.text) else ""
    if member.type is not ActorType.PERSON or not last:
        return {}
    signs: dict[str, float] = {}
    told = gender_of_person(phrase.text, phrase.title, phrase.role, by_name=False)
    if told is not None and member.gender != told:
        signs["gender of the title not that of the person"] = 1.0
    if len(words_of(phrase.text)) > 1:
        return signs
    others = [
        other
        for other in state.cast.ending_in(last)
        if other is not member
        and other.type is ActorType.PERSON
        and (told is None or other.gender in (None, told))
    ]
    if not others:
        return signs
    if not shared:
        return signs | {"namesake in passing": 1.0}
    signs["shared surname"] = 1.0
    if told is not None:
        signs["shared surname, title"] = 1.0
    office = phrase.role
    if office and has_role(member, office) and not any(has_role(other, office) for other in others):
        signs["shared surname, office"] = 1.0
    times = bisect_left(member.mentions, position)
    most = max(bisect_left(other.mentions, position) for other in others)
    signs["shared surname, mentions"] = math.log1p(times) - math.log1p(most)
    met = member.met_before(position) or -1
    if any((other.met_before(position) or -1) > met for other in others):
        signs["shared surname, other met later"] = 1.0
    if not any(place < position for place in member.speaks):
        signs["shared surname, never spoke"] = 1.0
    return signs


def _in_source(source: str, member: Member) -> dict[str, float]:
    """Return what place a name has among the words of its source: its end, or somewhere within."""
    words = [folded(word) for word in source.split()]
    own = {folded(word) for word in words_of(member.name)}
    signs: dict[str, float] = {}
    if words and re.search(r"['’]s?$", words[-1]):
        signs["source is an owner"] = 1.0
    at = [number for number, word in enumerate(words) if OUTSIDE.sub("", word) in own]
    if at and at[-1] + 1 < len(words):
        behind = source.split()[at[-1]]
        signs["name within its source, comma" if behind.endswith(",") else "name within its source"] = 1.0
    if at and at[0] > 0:
        signs["words before the name"] = math.log1p(at[0])
    if not at:
        signs["name not in its source"] = 1.0
    return signs
