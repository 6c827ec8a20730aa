"""Whom a description means: "the minister", "her agent", "one of them", "a statement from the company"."""

import re
from collections.abc import Sequence

from bot.extraction.actors.actor_type import type_of_name
from bot.extraction.actors.agreement import (
    after_preposition,
    belongs_elsewhere,
    fit,
    holds,
    same_place,
    same_sort,
    speaks_for_others,
    words_of_role,
)
from bot.extraction.actors.article_state import FAR, NEAR, NEARBY, ArticleState
from bot.extraction.actors.description_words import described, parts_of
from bot.extraction.actors.known_actors import Member
from bot.extraction.noun_phrases.persons import bare_person
from bot.extraction.noun_phrases.phrase import Form, Phrase
from bot.extraction.noun_phrases.reader import read_phrase
from bot.extraction.noun_phrases.roles import LEARNED
from bot.extraction.noun_phrases.spelling import folded, without_article, words_of
from bot.extraction.wordlists.lexicon import (
    DOCUMENTS,
    FEMALE_ROLES,
    FINDINGS,
    MALE_ROLES,
    ORGANISATIONS,
    PERSON_CLASSES,
    PLACES,
    POSSESSIVES,
    PRESS,
    ROLE_FORMS,
    RUNNING,
    SMALL_WORDS,
    TOWNS,
)
from bot.extraction.wordlists.person_nouns import PERSON_NOUNS
from bot.model.claims import ActorType

OF_AGE = re.compile(
    r"(?:\d+-?year-?old|(?:mum|mom|mother|father|dad|parent|grandmother|grandfather)[ -]of[ -]\w+)$", re.IGNORECASE
)
BACK = 4_000
"""Characters before a description in which the body that it means is looked for."""
_NAME = r"[A-ZÀ-Þ][\w.-]{0,40}"
BODIES = {
    noun: re.compile(rf"(?<![\w.-])(?P<owner>{_NAME}(?:\s{_NAME}){{0,2}})(?:['’]s?)?\s{noun}\b")
    for noun in ("campaign", "administration")
}
"""Bodies named after the person they belong to."""
MODIFIERS = 3
"""Words at the start of a description among which its modifiers stand."""
PIECES = frozenset(("article", "piece", "feature", "story", "profile", "column"))
"""What newspapers print: they say it."""
RUNS_TOWN = re.compile(r"(?:Municipality|City|Town|Borough|County|Commune)\sof\s")
"""What the name of a town's own body opens with: "the city" is the Municipality of Livorno."""
ANYBODY = frozenset(("man", "woman", "boy", "girl"))
"""Nouns that anybody is called by who was introduced by another: "the woman" is "a middle-aged cashier"."""
PAPERS = PRESS | {"newspaper", "magazine", "paper", "website", "news"}
EVERYDAY = frozenset(
    [
        "press",
        "news",
        "official",
        "public",
        "joint",
        "new",
        "open",
        "written",
        "brief",
        "short",
        "formal",
        "blog",
        "social",
        "media",
    ]
)


def _are_other_sides(member: Member, phrase: Phrase, words: Sequence[str]) -> bool:
    """Return whether two descriptions with one noun have capitals that differ: "the Green deputies"."""
    if not member.head or member.head != phrase.head:
        return False
    own = {folded(word) for word in words_of(member.name) if word[:1].isupper()}
    other = {folded(word) for word in words[:MODIFIERS] if word[:1].isupper()}
    return bool(own and other) and own.isdisjoint(other)


def _is_only_deputy(member: Member, phrase: Phrase, words: Sequence[str]) -> bool:
    """Return whether "the president" is said where `member` is a vice president."""
    vice = "vice" in {folded(word) for word in words_of(member.role or "")}
    return vice and phrase.head == "president" and "vice" not in {folded(word) for word in words}


class Descriptions:
    """Resolves the descriptions of one article."""

    def __init__(self, state: ArticleState) -> None:
        self._state = state

    def outlet(self, phrase: Phrase, position: int) -> Member | None:
        """Return the outlet that "the article" stood in: the newspaper met last."""
        if phrase.head not in PIECES or phrase.owner is not None or not phrase.definite:
            return None
        if phrase.plural or phrase.tail or len(phrase.text.split()) > 1:
            return None
        for member in self._state.cast.recent(position, NEAR):
            words = {folded(word) for word in words_of(f"{member.name} {member.role or ''}")}
            if member.type is ActorType.ORG and words & PAPERS:
                return member
        return None

    def new(self, phrase: Phrase, text: str) -> Member:
        """Return a new member of the cast, described by `text`."""
        return self._state.cast.add_member(described(phrase, text))

    def known(self, phrase: Phrase, position: int) -> Member | None:
        """Return who "the minister" or "the observatory" is: last met under such a name, role or description."""
        if OF_AGE.match(without_article(phrase.text)):
            return self._by_class(phrase, position, ())
        words, modifiers = parts_of(phrase)
        proper = any(word[:1].isupper() for word in words)
        found = self.fitting(phrase, words, modifiers, position) or self._mentioned(phrase, modifiers, position)
        if found is not None:
            alone = len(words) == 1 and found.type is ActorType.ORG and not found.head
            return (self._who_spoke_last(phrase.head, found, position) if alone else None) or found
        if len(modifiers) <= 1 and not phrase.plural and (phrase.head in PERSON_CLASSES or not proper):
            return self._by_class(phrase, position, modifiers)
        return None

    def fitting(
        self, phrase: Phrase, words: Sequence[str], modifiers: Sequence[str], position: int
    ) -> Member | None:
        """Return the one met before `position` whom name, role or description fit best, if anyone does."""
        complement = [
            folded(word) for word in words[1:] if folded(word) != phrase.head and after_preposition(words, word)
        ]
        head = ROLE_FORMS.get(phrase.head, phrase.head)
        # "The Kovacs campaign" is no other campaign.
        proper = [folded(word) for word in words if word[:1].isupper()] if phrase.head in ORGANISATIONS else []
        best: tuple[tuple[float, int], Member] | None = None
        titled = {member for member in self._state.cast.members if head in member.seat & LEARNED}
        for member in self._state.cast.recent(position, FAR):
            if member in titled and len(titled) > 1 and head not in words_of_role(member.role):
                continue  # of two whom the article calls "Dr" nobody is "the doctor"
            before = member.met_before(position)
            if before is None or not holds(member, complement) or (member.head and not holds(member, proper)):
                continue
            if member.passing and member.head != phrase.head:
                continue  # a nominee in passing is not the candidate
            if phrase.head in FINDINGS and not phrase.definite and member.type is ActorType.ORG:
                continue  # "Research shows" is not Contra Research
            if member.type is ActorType.PERSON and belongs_elsewhere(member.role, words):
                continue
            if _are_other_sides(member, phrase, words) or _is_only_deputy(member, phrase, words):
                continue
            score = fit(member, head, modifiers, plural=phrase.plural)
            if score > 0 and (best is None or (score, before) > best[0]):
                best = (score, before), member
        return best[1] if best else None

    def _who_spoke_last(self, head: str, named: Member, position: int) -> Member | None:
        """Return the organisation that spoke in the sentence before, if "the bank" may be it.

        So it is rather than a bank by name that was only spoken of: "Norr Group apologised. The bank said …".
        """
        done, state = self._state.done, self._state
        last = state.speakers[done[-1]] if done else None
        if last is None or last is named or last.type is not ActorType.ORG or last.head:
            return None
        near = state.sentence(position) - state.sentence(last.spoke_before(position)) <= 1
        silent = named.spoke_before(position) < 0 and named.last_met(position) < last.spoke_before(position)
        kinds = [member for member in state.cast.recent(position, NEAR) if fit(member, head, (), plural=False) > 0]
        several = len([member for member in kinds if not member.head]) > 1
        return last if near and silent and several and same_sort(last, head, ()) else None

    def _mentioned(self, phrase: Phrase, modifiers: Sequence[str], position: int) -> Member | None:
        """Return the body that was last mentioned as "Norrland's campaign" or "the Norrland campaign"."""
        if modifiers or phrase.plural or phrase.head not in BODIES:
            return None
        found = None
        for match in BODIES[phrase.head].finditer(self._state.article.text, max(0, position - BACK), position):
            if folded(match["owner"]) not in SMALL_WORDS | POSSESSIVES:
                found = match
        if found is None:
            return None
        name, cast = f"{found['owner']} {phrase.head}", self._state.cast
        return cast.named(name) or cast.add(name, ActorType.ORG, head=phrase.head)

    def one_of(self, group: Member | None, position: int) -> Member | None:
        """Return the diplomat whom "One" means behind a sentence about the `group` of diplomats."""
        before = group.met_before(position) if group is not None else None
        if group is None or before is None or not group.head.endswith("s") or not group.plural:
            return None
        if self._state.sentence(position) - self._state.sentence(before) > 1 or group.head not in group.name:
            return None
        head = group.head.removesuffix("s")
        name = re.sub(r"^(?:some|several|many|two|three|four|most)\s+", "", group.name)
        name = re.sub(rf"\b{re.escape(group.head)}\b", head, name, count=1)
        return self._state.cast.named(name) or self.new(Phrase(Form.DESCRIPTION, name, head=head), name)

    def some_of(self, group: Member | None, count: str) -> Member | None:
        """Return "one of two jurors" for the `count` "one" of a `group`."""
        if group is None or not group.plural or folded(group.head).removesuffix("s") in DOCUMENTS:
            return None  # "Plans were shelved … One of them says": documents say things, but not so
        article = "" if re.match(r"\d|(?:two|three|four|five|six|seven|other)\b", group.name) else "the "
        text = f"{count} of {article}{group.name}"
        if count in ("all", "both"):
            return group
        known = self._state.cast.named(text)
        phrase = Phrase(Form.DESCRIPTION, text, head=count, plural=count not in ("one", "another", "each"))
        return known or self.new(phrase, text)

    def owner(self, owner: str, position: int) -> Member | None:
        """Return whom the name of an owner means: somebody known, else somebody new; None if it is no name."""
        cast = self._state.cast
        name, title = bare_person(owner)
        known = cast.person(name, position) if title else None
        known = known or cast.named(owner) or cast.person(owner, position) or cast.organisation(owner, position)
        if known is not None:
            return known
        phrase = read_phrase(owner)
        if phrase.form is not Form.NAME:
            return None
        kind = ActorType.PERSON if phrase.label == "PERSON" else type_of_name(phrase.text, phrase.label)
        return cast.add(phrase.text, kind)

    def maker_by_adjective(self, phrase: Phrase, position: int) -> Member | None:
        """Return who made "a police statement"."""
        before = [word for word in words_of(phrase.text) if folded(word) not in EVERYDAY | {phrase.head}]
        if len(before) != 1 or folded(before[0]) not in ORGANISATIONS:
            return None
        return self.known(read_phrase(f"the {before[0]}"), position)

    def _by_class(self, phrase: Phrase, position: int, modifiers: Sequence[str]) -> Member | None:
        """Return whom a noun of a class ("the company") means: the last one met that is of it."""
        head = phrase.head
        of_age = OF_AGE.match(without_article(phrase.text))
        kind = (
            ActorType.PERSON
            if head in PERSON_CLASSES or of_age
            else ActorType.GPE
            if head in PLACES | TOWNS
            else ActorType.ORG
            if head in ORGANISATIONS
            else None
        )
        gender = "m" if head in MALE_ROLES else "f" if head in FEMALE_ROLES else None
        best: tuple[tuple[int, int], Member] | None = None
        for member in self._state.cast.recent(position, NEAR):
            before = member.met_before(position)
            if best is None and gender and head in ANYBODY and self._is_nameless(member, gender, position):
                member.gender = gender
                return member
            town = head in TOWNS and member.type is ActorType.ORG and RUNS_TOWN.match(member.name)
            if (member.type is not kind and not town) or member.head or before is None:
                continue
            if gender and member.gender and gender != member.gender:
                continue
            if kind is ActorType.PERSON and head in RUNNING and speaks_for_others(member):
                continue
            if self._state.sentence(position) - self._state.sentence(before) > NEARBY:
                continue
            likeness = 1
            if kind is ActorType.ORG:
                likeness = same_sort(member, head, modifiers)
            elif kind is ActorType.GPE:
                likeness = 2 if town else same_place(member, head)
            if likeness and (best is None or (likeness, before) > best[0]):
                best = (likeness, before), member
        return best[1] if best else None

    def _is_nameless(self, member: Member, gender: str, position: int) -> bool:
        """Return whether "the woman" can be `member`, one without a name met lately: "a middle-aged cashier"."""
        one = member.type is ActorType.UNNAMED and not member.plural and member.head in PERSON_NOUNS
        lately = self._state.sentence(position) - self._state.sentence(member.last_met(position)) <= NEARBY
        return one and lately and member.gender in (None, gender)
