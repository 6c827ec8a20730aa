"""Who is meant by each source of an article: names, descriptions and pronouns followed to one actor."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from bot.extraction.agreement import after_preposition, agreement, fit, holds, restored_possessives
from bot.extraction.cast import (
    Cast,
    Member,
    Named,
    gather,
    name_tail,
    role_after,
    role_before,
    type_of_description,
)
from bot.extraction.lexicon import (
    AUTHORED,
    FEMALE_ROLES,
    HEADLESS,
    MALE_ROLES,
    ORGANISATIONS,
    PERSON_CLASSES,
    PLACES,
    ROLE_FORMS,
    SINGULAR,
)
from bot.extraction.phrases import (
    Form,
    Phrase,
    bare_person,
    folded,
    read_phrase,
    trimmed,
    without_article,
    without_possessive,
    words_of,
)
from bot.extraction.values import ActorType, Claim, Span

DETERMINERS = "a|an|the|some|many|several|two|three|four|five|one|other|those"
NEAR, FAR = 100, 400
"""Mentions that are looked back over for whom a pronoun, and a description, mean."""
HEADLINE = 3
"""Sentences at the start of an article that may describe someone who is named only later."""
NEARBY = 6
"""Sentences that a pronoun looks back before it takes whoever was met last."""


@dataclass(frozen=True, slots=True)
class Entity:
    """A name that the name finder saw, by its place in the article: PERSON, ORG or LOC."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Article:
    """What resolution needs of an article."""

    text: str
    sentences: Sequence[Span]
    entities: Sequence[Entity]
    claims: Sequence[Claim]
    quoted: Sequence[Span]


class Resolver:
    """Resolves the sources of one article, in the order in which they stand."""

    def __init__(self, article: Article) -> None:
        self.article = article
        self._sentence_starts = [start for start, _ in article.sentences]
        self._entity_starts = [entity.start for entity in article.entities]
        self._quote_starts = [start for start, _ in article.quoted]
        spelled = (article.text[entity.start : entity.end] for entity in article.entities)
        self._restored = restored_possessives(article.text, spelled)
        self.phrases = [self._phrase(claim.source[0]) if claim.source else None for claim in article.claims]
        named = [
            (claim.source[0][0], phrase)
            for claim, phrase in zip(article.claims, self.phrases, strict=True)
            if phrase is not None
        ]
        self.cast: Cast = gather(self._names(), named)
        self.speakers: list[Member | None] = [None] * len(article.claims)
        self._done: list[int] = []
        self._content = sorted(
            (start, end, index) for index, claim in enumerate(article.claims) for start, end in claim.content
        )
        self._content_starts = [start for start, _, _ in self._content]

    def resolve(self) -> list[Member | None]:
        """Return who speaks in each claim; None where the article does not say, or it cannot be told."""
        order = sorted(
            (index for index, claim in enumerate(self.article.claims) if claim.source),
            key=lambda index: self.article.claims[index].source[0],
        )
        for index in order:
            phrase = self.phrases[index]
            if phrase is None:
                continue
            position = self.article.claims[index].source[0][0]
            member = self._member(phrase, position, index)
            self.speakers[index] = member
            self._done.append(index)
            if member is not None:
                self.cast.meet(member, position)
                member.speaks.append(position)
        return self.speakers

    def _phrase(self, source: Span) -> Phrase:
        start, end = source
        low = bisect_left(self._entity_starts, start - 60)
        inside = [
            (self._restore(self.article.text[max(entity.start, start) : min(entity.end, end)]), entity.label)
            for entity in self.article.entities[low : bisect_left(self._entity_starts, end)]
            if entity.end > start
        ]
        sentence = self._sentence(start)
        opens = not any(char.isalnum() for char in self.article.text[self._sentence_starts[sentence] : start])
        return read_phrase(self._restore(self.article.text[start:end]), inside, opens_sentence=opens)

    def _restore(self, text: str) -> str:
        """Give the possessives in `text` their apostrophes back, where the article has lost them."""
        if not self._restored:
            return text
        return re.sub(r"[^\W_]+", lambda word: self._restored.get(word.group(), word.group()), text)

    def _names(self) -> list[Named]:
        """Return the names that the name finder saw, in the form in which the cast knows them.

        A name takes the label that it mostly has. Of names within sources only those of persons are taken: the
        sources are read as a whole.
        """
        text = self.article.text
        sources = sorted(claim.source[0] for claim in self.article.claims if claim.source)
        starts = [start for start, _ in sources]
        found: list[tuple[Entity, str]] = []
        labels: dict[str, Counter[str]] = {}
        for entity in self.article.entities:
            name = without_article(without_possessive(trimmed(self._restore(text[entity.start : entity.end]))))
            if re.search(r"[^\W\d_]", name) and any(word[:1].isupper() for word in name.split()):
                found.append((entity, name))
                labels.setdefault(folded(name), Counter())[entity.label] += 1
        named: list[Named] = []
        for entity, name in found:
            most = labels[folded(name)].most_common(1)[0][0]
            if "PERSON" in (most, entity.label):
                if most == "PERSON":
                    clean, title = bare_person(name)
                    role = role_after(text, entity.end) or role_before(text, entity.start) or title
                    named.append(Named(entity.start, clean, most, title, role))
                continue
            source = bisect_right(starts, entity.start) - 1
            if source < 0 or sources[source][1] <= entity.start:
                tail = name_tail(name, self._restore(text[entity.end : entity.end + 80]))
                named.append(Named(entity.start, without_possessive(name + tail), entity.label))
        return named

    def _sentence(self, position: int) -> int:
        return max(bisect_right(self._sentence_starts, position) - 1, 0)

    def _quoted_at(self, position: int) -> bool:
        index = bisect_right(self._quote_starts, position) - 1
        return index >= 0 and self.article.quoted[index][1] > position

    def _holder(self, position: int) -> int | None:
        """Return the claim, if any, whose content holds `position`."""
        index = bisect_right(self._content_starts, position) - 1
        for start, end, claim in reversed(self._content[max(0, index - 4) : index + 1]):
            if start <= position < end:
                return claim
        return None

    def _member(self, phrase: Phrase, position: int, index: int) -> Member | None:
        match phrase.form:
            case Form.PRONOUN:
                return self._pronoun(phrase.text, position, index)
            case Form.NAME:
                return self._name(phrase, position)
            case Form.JOINT:
                return self._joint(phrase, position, index)
            case Form.DESCRIPTION:
                return self._description(phrase, position, index)
            case _:
                return None

    def _name(self, phrase: Phrase, position: int) -> Member | None:
        if phrase.label != "PERSON":
            found = self.cast.surnamed(phrase.text, position) or self.cast.organisation(phrase.text, position)
            if found is not None:
                return found
        if len(phrase.text.split()) == 1:
            return self.cast.person(phrase.text, position) or self.cast.named(phrase.text)
        return self.cast.named(phrase.text) or self.cast.person(phrase.text, position)

    def _joint(self, phrase: Phrase, position: int, index: int) -> Member:
        members = [self._member(part, position, index) for part in phrase.parts]
        names = [member.name if member else part.text for member, part in zip(members, phrase.parts, strict=True)]
        name = f"{', '.join(names[:-1])} and {names[-1]}"
        known = self.cast.named(name)
        if known is None:
            known = self.cast.add(name, ActorType.GROUP, plural=True)
            known.parts = tuple(member for member in members if member)
        if phrase.text != name:
            known.aliases[phrase.text] += 1
        return known

    # Descriptions

    def _description(self, phrase: Phrase, position: int, index: int) -> Member | None:
        text = phrase.text
        if phrase.owner is not None:
            owner = self._owner(phrase.owner, position, index)
            if phrase.head in AUTHORED:
                return owner
            if owner is not None:
                if phrase.owner in HEADLESS or folded(phrase.owner) in ("his", "her", "its", "their", "my", "our"):
                    rest = text.split(None, 1)[1] if folded(text.split()[0]) == folded(phrase.owner) else text
                    text = f"{owner.name}’s {rest}" if not owner.plural else f"{rest} of {owner.name}"
                else:
                    text = re.sub(r"^.*?(?=['’]s?\s)", lambda _: owner.name, text, count=1)
        elif phrase.head in AUTHORED:
            author = self._author(text, position, index)
            if author is not None:
                return author
        if phrase.definite and phrase.owner is None:
            known = self._definite(phrase, position)
            if known is not None:
                return known
        text = without_article(text)
        known = self.cast.named(text) or self._by_role(phrase, text, position)
        if known is None:
            known = self.cast.add(text, type_of_description(phrase), plural=phrase.plural, head=phrase.head)
            known.gender = "m" if phrase.head in MALE_ROLES else "f" if phrase.head in FEMALE_ROLES else None
            known.role = None
        return known

    def _owner(self, owner: str, position: int, index: int) -> Member | None:
        if folded(owner) in SINGULAR or folded(owner) in ("its", "their", "my", "our", "whose"):
            return self._pronoun(folded(owner), position, index)
        known = (
            self.cast.named(owner) or self.cast.person(owner, position) or self.cast.organisation(owner, position)
        )
        if known is not None:
            return known
        phrase = read_phrase(owner)
        if phrase.form is not Form.NAME:
            return None
        return self.cast.add(phrase.text, ActorType.PERSON if phrase.label == "PERSON" else ActorType.ORG)

    def _author(self, text: str, position: int, index: int) -> Member | None:
        """Return who made a statement: "a statement from the ministry"."""
        made = re.search(r"\b(?:from|by|of|on behalf of)\s+(.*)$", text)
        return self._owner(without_article(made.group(1)), position, index) if made else None

    def _definite(self, phrase: Phrase, position: int) -> Member | None:
        """Return who "the minister" or "the observatory" is: last met under such a name, role or description."""
        words = words_of(without_article(phrase.text))
        modifiers = [ROLE_FORMS.get(folded(word), folded(word)) for word in words if folded(word) != phrase.head]
        proper = any(word[:1].isupper() for word in words)
        complement = [
            folded(word) for word in words[1:] if folded(word) != phrase.head and after_preposition(words, word)
        ]
        head = ROLE_FORMS.get(phrase.head, phrase.head)
        best: tuple[tuple[float, int], Member] | None = None
        for member in self.cast.recent(position, FAR):
            before = member.met_before(position)
            if before is None:
                continue
            if not holds(member, complement):
                continue
            score = fit(member, head, modifiers, plural=phrase.plural)
            if score > 0 and (best is None or (score, before) > best[0]):
                best = (score, before), member
        if best is not None:
            return best[1]
        if len(modifiers) <= 1 and not phrase.plural and (phrase.head in PERSON_CLASSES or not proper):
            return self._by_class(phrase.head, position)
        return None

    def _by_role(self, phrase: Phrase, text: str, position: int) -> Member | None:
        """Return the one person, met only later, whose role these words are: "Australian woman" in a headline."""
        words = {folded(word) for word in words_of(text)}
        if phrase.plural or phrase.owner or len(words) < 2 or self._sentence(position) > HEADLINE:
            return None
        found = [
            member
            for member in self.cast.members
            if member.type is ActorType.PERSON and words <= {folded(word) for word in words_of(member.role or "")}
        ]
        return found[0] if len(found) == 1 else None

    def _by_class(self, head: str, position: int) -> Member | None:
        """Return whom a noun of a class ("the company") means: the last one met that is of it."""
        kinds: tuple[ActorType, ...]
        if head in PERSON_CLASSES:
            kinds = (ActorType.PERSON,)
        elif head in PLACES:
            kinds = (ActorType.GPE,)
        elif head in ORGANISATIONS:
            kinds = (ActorType.ORG,)
        else:
            return None
        gender = "m" if head in MALE_ROLES else "f" if head in FEMALE_ROLES else None
        found = [
            (before, member)
            for member in self.cast.recent(position, NEAR)
            if member.type in kinds
            and not member.head
            and not (gender and member.gender and gender != member.gender)
            if (before := member.met_before(position)) is not None
            if self._sentence(position) - self._sentence(before) <= NEARBY
        ]
        return max(found, key=lambda pair: pair[0])[1] if found else None

    # Pronouns

    def _pronoun(self, word: str, position: int, index: int) -> Member | None:
        if word in HEADLESS:
            return self._antecedent(word, position, index)
        if word in ("i", "me", "my", "mine", "myself", "we", "us", "our", "ours", "ourselves"):
            return self._first_person(position)
        best: tuple[float, Member] | None = None
        for member in self.cast.recent(position, NEAR):
            score = self._likeness(member, word, position, index)
            if score is not None and (best is None or score > best[0]):
                best = score, member
        return best[1] if best else None

    def _first_person(self, position: int) -> Member | None:
        holder = self._holder(position)
        if holder is not None:
            return self.speakers[holder]
        return None

    def _likeness(self, member: Member, word: str, position: int, index: int) -> float | None:
        """Score a member as the one a pronoun means, or None where it cannot be."""
        score = agreement(member, word)
        before = self._last_outside(member, position, index)
        if score is None or before is None:
            return None
        distance = self._sentence(position) - self._sentence(before)
        score -= 0.6 * distance if distance <= NEARBY else 0.6 * NEARBY + 0.2 * distance
        if before in member.speaks:
            score += 1.0
        elif self._opens(before):
            score += 0.5
        if self._quoted_at(before):
            score -= 1.0
        if self._done and self.speakers[self._done[-1]] is member and distance <= 2:
            score += 1.1
        holder = self._holder(position)
        if holder is not None and self.speakers[holder] is member:
            score += -3.0 if self._quoted_at(position) else 1.2
        score += 0.08 * min(len(member.mentions), 10)
        return score + min(before, position) * 1e-7

    def _last_outside(self, member: Member, position: int, index: int) -> int | None:
        """Return where a member was last met before `position`, leaving out the claim's own content."""
        content = self.article.claims[index].content
        for met in reversed(member.mentions[: bisect_left(member.mentions, position)]):
            if not any(start <= met < end for start, end in content):
                return met
        return None

    def _opens(self, position: int) -> bool:
        """Tell whether a mention is the first in its sentence, as subjects are."""
        start = self._sentence_starts[self._sentence(position)]
        first = bisect_left(self._entity_starts, start)
        return first < len(self._entity_starts) and self._entity_starts[first] >= position

    def _antecedent(self, word: str, position: int, index: int) -> Member | None:
        """Return whom "who" or "which" goes back to: the name, or else the description, right before it."""
        start = self._sentence_starts[self._sentence(position)]
        before = self.article.text[start:position].rstrip(" ,–—-")
        end = start + len(before)
        nearest: tuple[int, Member] | None = None
        for member in self.cast.recent(end, NEAR):
            met = member.met_before(end)
            if met is None or met < start or (nearest and met <= nearest[0]):
                continue
            if word in ("who", "whom") and member.type not in (
                ActorType.PERSON,
                ActorType.GROUP,
                ActorType.UNNAMED,
            ):
                continue
            nearest = met, member
        if (
            nearest is not None
            and len(self.article.text[nearest[0] : end].split()) <= len(nearest[1].name.split()) + 8
        ):
            return nearest[1]
        found = re.search(rf"\b(?:{DETERMINERS})\s+(?:(?!(?:{DETERMINERS})\s)[\w'’-]+\s+){{0,4}}[\w'’-]+$", before)
        found = found or re.search(r"(?:[\w'’-]+\s+)?[\w'’-]+$", before)
        if found is None:
            return None
        phrase = read_phrase(found.group())
        return self._description(phrase, position, index) if phrase.form is Form.DESCRIPTION else None
