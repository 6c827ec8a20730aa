"""Who is meant by each source of an article: names, descriptions and pronouns followed to one actor."""

import re
from bisect import bisect_left, bisect_right, insort
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from bot.extraction.actors.actor_signs import Signs, actor_signs
from bot.extraction.actors.agreement import NATIONALITIES, restored_hyphens, restored_possessives, with_owners
from bot.extraction.actors.antecedents import Choose, likeliest
from bot.extraction.actors.appositions import is_named_before, is_named_behind, is_subject_behind
from bot.extraction.actors.article_state import Article, ArticleState
from bot.extraction.actors.called_anew import CalledAnew
from bot.extraction.actors.cataphora import Cataphora
from bot.extraction.actors.dependences import source_of
from bot.extraction.actors.described_first import DescribedFirst
from bot.extraction.actors.description_words import OWNERS, described, parts_of
from bot.extraction.actors.descriptions import Descriptions
from bot.extraction.actors.fuller_names import fuller_names, other_names
from bot.extraction.actors.gathered_cast import Named, gather
from bot.extraction.actors.interview_turns import is_label
from bot.extraction.actors.known import Known
from bot.extraction.actors.known_actors import Member
from bot.extraction.actors.last_resort import CALLED, Suppositions
from bot.extraction.actors.last_speaker import LastSpeaker
from bot.extraction.actors.named_sources import NamedSources
from bot.extraction.actors.office_holders import OfficeHolders
from bot.extraction.actors.pronouns import ECHO, Pronouns, infer_genders
from bot.extraction.actors.rules import who
from bot.extraction.actors.sentence_subjects import introduced_people, subjects
from bot.extraction.actors.shared_surnames import SharedSurnames
from bot.extraction.actors.shown_names import with_shown_names
from bot.extraction.actors.source import ANOTHER, Sort, Source
from bot.extraction.names.entity import Entity
from bot.extraction.names.firm_names import with_firms
from bot.extraction.names.name_repair import repaired
from bot.extraction.names.names_in_s import NamesInS
from bot.extraction.names.nicknames import without_brackets
from bot.extraction.noun_phrases.persons import bare_person, clean_role
from bot.extraction.noun_phrases.phrase import NOTHING, Form, Phrase
from bot.extraction.noun_phrases.reader import read_phrase
from bot.extraction.noun_phrases.roles import TIES, name_tail, role_after, role_before, seat_after
from bot.extraction.noun_phrases.spelling import (
    folded,
    trimmed,
    without_article,
    without_possessive,
    words_of,
)
from bot.extraction.wordlists.lexicon import DOCUMENTS, FINDINGS, HONORIFICS, ROLE_FORMS, SINGULAR
from bot.model.claims import ActorType, Span

__all__ = ["Article", "Entity", "Resolver"]


TITLED = re.compile(r"(?P<title>Mr|Mrs|Ms|Miss|Dr)\.?\s(?P<name>[A-ZÀ-Þ][\w’-]*[^\W\d_])(?:['’]s?)?$")
IN_PLACE = re.compile(r"\b(?:[Ii]n|[Nn]ear|[Oo]utside|[Aa]cross|[Aa]round|[Tt]hroughout)\s$")
"""What stands before places, and not before people."""
ONE = re.compile(r"[Aa]n?\s")
"""What opens the description of one person who is not known yet."""
NATIONAL = re.compile(r"[Tt]he\s(?:\d+-year-old\s)?(?P<noun>[A-Z][a-z]+)")
"""Somebody by age or nation alone: "the Swede"."""
PEOPLE = re.compile(r"(?:ish|ch|ese|ss)$")
"""The end of a nationality that is a whole people with "the": "the British", not "the Swede"."""
PLACED = re.compile(
    r"(?P<who>(?:An?|One|The)\s[a-z][\w’-]*(?:\s[a-z][\w’-]*){0,3}\s(?:in|from|near|outside|of|at)\s[A-ZÀ-Þ][\w.’-]*(?:\s[A-ZÀ-Þ][\w.’-]*){0,2}),\s"
    r"[A-ZÀ-Þ][\w.]*(?:\s[A-ZÀ-Þ][\w.]*){0,2}(?:,|$)"
)
"""Somebody without a name in a town of a state: "a man in Tolmer, Ohio, who owns a shop" is not Ohio."""
STANDFIRST = 300
"""Characters of a first paragraph that may be written as headlines are."""
DETERMINED = frozenset(("a", "an", "one", "another", "some", "no", "every", "each", "any", "this", "that"))
ONE_FOR_ALL = frozenset(
    ("lawyer", "attorney", "doctor", "officer", "prosecutor", "analyst", "expert", "spokesman", "spokeswoman")
)
"""Groups of which one described member is usually named in the next sentence."""
ELDER = re.compile(r"\b[Tt]he\s(?P<elder>elder|older|senior)\s(?:M(?:r|rs|s)\.?\s)?$")
"""What sets a parent apart from a child of the same name: "the elder Ortega"."""
MODIFIED = re.compile(r"(?:^|\s)[Tt]he\s$")
"""What stands before a name that only tells apart, as in "the East Ferry athlete"."""
SUPPOSED = 1.5
"""How sure it is, in log odds, whom a description of somebody named means: about four in five are right."""
LONG = 500
"""Characters of an article from which on it has commas, unless it lost them."""


class Resolver:
    """Resolves the sources of one article, in the order in which they stand.

    `choose` picks one of those whom a pronoun may mean: the likeliest, but for training, which knows better.
    """

    def __init__(self, article: Article, choose: Choose = likeliest) -> None:
        self._in_s = NamesInS(article.text, article.claims)
        entities = self._in_s.entities(repaired(article.text, article.entities))
        entities = with_firms(article.text, entities)
        article = replace(article, entities=entities)
        self.article = article
        self.state = state = ArticleState(article)
        spelled = (article.text[entity.start : entity.end] for entity in article.entities)
        self._restored = restored_possessives(article.text, spelled) | restored_hyphens(
            article.text, self._persons()
        )
        self.signs: dict[int, Signs] = {}
        """What tells of each claim with an actor whether the actor is who is meant."""
        self._unpunctuated = "," not in article.text and len(article.text) > LONG
        self._last_names = {words[-1] for name in self._persons() if len(words := words_of(name)) > 1}
        self.phrases = [self._phrase(claim.source[0]) if claim.source else None for claim in article.claims]
        named = [
            (claim.source[0][0], phrase)
            for claim, phrase in zip(article.claims, self.phrases, strict=True)
            if phrase is not None and not is_label(phrase.text)
        ]
        names = fuller_names(article.text, self._names())
        self.cast = state.cast = gather(names, named, other_names(article.text, names))
        infer_genders(state)
        self._cataphora = Cataphora(state)
        self._known = Known(
            state=state,
            names=NamedSources(state),
            surnames=SharedSurnames(state),
            offices=OfficeHolders(state, self._headline_end()),
            pronouns=Pronouns(state, choose),
            descriptions=Descriptions(state),
            described_first=DescribedFirst(state),
            suppositions=Suppositions(state),
            anew=CalledAnew(state),
            last_speaker=LastSpeaker(state),
        )

    def resolve(self) -> list[Member | None]:
        """Return who speaks in each claim; None where the article does not say, or it cannot be told.

        What the headline describes is looked for last, when the whole article is known.
        """
        claims = self.article.claims
        order = sorted(
            (claim.source[0][0], index)
            for index, claim in enumerate(claims)
            if claim.source and self.phrases[index]
        )
        headline = self._headline_end()
        late = [
            index
            for position, index in order
            if self._is_described(index) and (position < headline or self._is_in_standfirst(index, position))
        ]
        echoes = [found.span() for found in ECHO.finditer(self.article.text)]
        opening = set(subjects(self.article.text, self.article.sentences))
        starts = {start for start, _ in opening}
        introduced = [span for span in introduced_people(self.article.text) if span[0] not in starts]
        passing = sorted({*opening, *echoes, *introduced}, reverse=True)
        for position, index in [pair for pair in order if pair[1] not in late]:
            while passing and passing[-1][0] < position:
                span = passing.pop()
                self._pass(*span, opens=span in opening)
            self._settle(index, position, who(self._source(index, position), self._known))
        for index in late:
            position = claims[index].source[0][0]
            source = self._source(index, position)
            found = who(replace(source, sort=Sort.HEADLINE), self._known) or who(source, self._known)
            self._settle(index, position, found)
        with_shown_names(self.state)
        for member in self.cast.members:
            self._spell(member)
        return self.state.speakers

    def _spell(self, member: Member) -> None:
        """Write the names of a member as the article does."""
        member.name = self._in_s.unmarked(member.name)
        member.role = self._in_s.unmarked(member.role) if member.role else member.role
        member.aliases = Counter({self._in_s.unmarked(name): count for name, count in member.aliases.items()})

    def _source(self, index: int, position: int) -> Source:
        return source_of(self.phrases[index] or NOTHING, position, index, self._known)

    def _settle(self, index: int, position: int, member: Member | None) -> None:
        """Record the speaker of the claim `index`."""
        self.state.speakers[index] = member
        if member is not None:
            claim, phrase = self.article.claims[index], self.phrases[index] or NOTHING
            if phrase.form is Form.DESCRIPTION and not member.head:
                self.state.sureness[position] = SUPPOSED
            ranking, shared = (
                self._known.pronouns.rankings.get(index),
                self._known.surnames.are_shared(phrase.text),
            )
            self.signs[index] = actor_signs(self.state, claim, phrase, member, ranking, shared=shared)
            self._introduce(position, member)
            self._known.anew.answers_for(member, index)
        if self.state.holder(position) in (None, index):
            self.state.done.append(index)
        if member is not None:
            if member.passing:
                member.passing = False
                self.cast.add_member(member)
            self.cast.meet(member, position)
            insort(member.speaks, position)

    def _introduce(self, position: int, member: Member) -> None:
        """Give a person who is first named here, without a role, the description of who spoke a sentence before.

        "A lawyer for the family said so. “They knew,” Débora Lins said": she is the lawyer.
        """
        done = self.state.done
        before = self.state.speakers[done[-1]] if done else None
        if (
            before is None
            or before.type is not ActorType.UNNAMED
            or before.plural
            or before.head not in CALLED | ONE_FOR_ALL
        ):
            return
        first = member.type is ActorType.PERSON and not member.role and member.mentions[:1] == [position]
        if not first or " " not in member.name or before.gender not in (None, member.gender):
            return
        start, end = self.article.claims[done[-1]].source[0]
        opens = ONE.match(self.article.text, start, end)
        if opens and self.state.sentence(position) - self.state.sentence(start) == 1:
            member.role = before.name

    def _pass(self, start: int, end: int, *, opens: bool) -> None:
        """Take note of what a sentence is about, or a pronoun means, where that is no source."""
        if self.state.in_source(start, end) or self.state.quoted_at(start):
            return
        text = self.article.text[start:end]
        if folded(text) in SINGULAR:
            self._known.pronouns.echo(folded(text), start, self._cataphora.subject(folded(text), start))
            return
        phrase = read_phrase(text, opens_sentence=True)
        if folded(phrase.text) in HONORIFICS or (
            folded(phrase.text) in ROLE_FORMS and self.article.text[end : end + 2] == ". "
        ):
            return  # "Dr. Frye", "Sen. Frye", cut at the full stop
        if phrase.form is not Form.DESCRIPTION or folded(phrase.owner or "") in OWNERS:
            return
        if is_named_behind(self.state, end) or is_named_before(self.state, start):
            return
        known = self.cast.named(phrase.text)
        if known is None and phrase.definite:
            words, modifiers = parts_of(phrase)
            owner = {folded(word) for word in words_of(phrase.owner or "")}
            own = [word for word in modifiers if word.removesuffix("'s").removesuffix("’s") not in owner]
            known = self._known.descriptions.fitting(phrase, words, own, start)
            known = known or self._known.suppositions.firm(phrase, start)
        if known is None:
            known = described(phrase, phrase.text)
            known.passing = True
        self.cast.meet(known, start)
        if opens:
            self.state.subjects.add(start)
        if not known.head:
            self.state.sureness[start] = SUPPOSED

    def _headline_end(self) -> int:
        """Return where the headline ends; 0 where the text has none."""
        line = self.article.text.partition("\n")[0]
        return len(line) if len(line) < len(self.article.text) and not re.search(r"[.!?…”\"’]\s*$", line) else 0

    def _is_in_standfirst(self, index: int, position: int) -> bool:
        """Return whether a source of the first short paragraph has no article, as in headlines: "Council says"."""
        text, phrase = self.article.text, self.phrases[index] or NOTHING
        line = text.find("\n", 0, STANDFIRST)
        bare = not phrase.definite and not phrase.plural and phrase.owner is None
        words = text[slice(*self.article.claims[index].source[0])].split()
        return position < line and bare and folded(words[0]) not in DETERMINED

    def _is_described(self, index: int) -> bool:
        phrase = self.phrases[index]
        return phrase is not None and phrase.form is Form.DESCRIPTION

    def _phrase(self, source: Span) -> Phrase:
        start, end = source
        low = bisect_left(self.state.entity_starts, start - 60)
        inside = [
            (self._restore(self.article.text[max(entity.start, start) : min(entity.end, end)]), entity.label)
            for entity in self.article.entities[low : bisect_left(self.state.entity_starts, end)]
            if entity.end > start
        ]
        sentence = self.state.sentence(start)
        opens = not any(char.isalpha() for char in self.article.text[self.state.sentence_starts[sentence] : start])
        words = self._restore(self.article.text[start:end])
        placed = PLACED.match(words)
        if placed and all(label != "PERSON" for _, label in inside):
            words, inside = placed["who"], [(name, label) for name, label in inside if name in placed["who"]]
        words = with_owners(words) if self._unpunctuated else words
        if national := NATIONAL.fullmatch(words):
            noun = folded(national["noun"])
            if noun in NATIONALITIES:
                text = without_article(words)
                return Phrase(Form.DESCRIPTION, text, head=noun, definite=True, plural=bool(PEOPLE.search(noun)))
        if folded(words) == ANOTHER:
            return Phrase(Form.PRONOUN, ANOTHER)
        if self._in_s.is_all(words):
            return Phrase(Form.NAME, without_article(words), "ORG")
        phrase = read_phrase(words, inside, opens_sentence=opens, unpunctuated=self._unpunctuated)
        titled = TITLED.match(words)
        if titled and phrase.form is Form.DESCRIPTION and titled["name"] in self._last_names:
            return Phrase(Form.NAME, titled["name"], "PERSON", title=titled["title"])  # a Mr Singer does not sing
        if phrase.form is Form.DESCRIPTION and trimmed(words) in self._last_names and phrase.head not in FINDINGS:
            return Phrase(Form.NAME, trimmed(words), "PERSON")  # "Sheikh said", after a Mr Adil Sheikh
        return phrase

    def _persons(self) -> Iterator[str]:
        """Yield the persons' names within one sentence, as the article has them."""
        for entity in self.article.entities:
            if entity.label == "PERSON" and self.state.sentence(entity.start) == self.state.sentence(
                entity.end - 1
            ):
                yield self.article.text[entity.start : entity.end]

    def _is_modifier(self, entity: Entity) -> bool:
        """Return whether a name only tells one apart who has none: "the East Ferry athlete"."""
        text = self.article.text
        return MODIFIED.search(text, max(0, entity.start - 5), entity.start) is not None and any(
            phrase is not None
            and phrase.form is Form.DESCRIPTION
            and phrase.owner is None
            and claim.source[0][0] <= entity.start
            and text[entity.end : claim.source[0][1]].strip() == phrase.head
            for claim, phrase in zip(self.article.claims, self.phrases, strict=True)
            if claim.source
        )

    def _restore(self, text: str) -> str:
        """Return `text` with the apostrophes that the article has lost, and without brackets within names."""
        text = self._in_s.marked(without_brackets(text))
        if not self._restored:
            return text
        return re.sub(r"[^\W_]+", lambda word: self._restored.get(word.group(), word.group()), text)

    def _names(self) -> list[Named]:
        """Return the names that the name finder saw, in the form in which the cast knows them.

        A name takes the label that it mostly has. Of names within sources only those of persons are taken, and of
        organisations that have made documents ("a report by Norr Audit") or that somebody is of ("head of Norr
        Audit"): the sources are read as a whole.
        """
        text = self.article.text
        sources = sorted(claim.source[0] for claim in self.article.claims if claim.source)
        starts = [start for start, _ in sources]
        owned = {
            claim.source[0][0]
            for claim, phrase in zip(self.article.claims, self.phrases, strict=True)
            if phrase is not None
            and ((phrase.form is Form.DESCRIPTION and phrase.head in DOCUMENTS) or phrase.label == "PERSON")
        }
        found: list[tuple[Entity, str]] = []
        labels: dict[str, Counter[str]] = {}
        for entity in self.article.entities:
            name = without_article(without_possessive(trimmed(self._restore(text[entity.start : entity.end]))))
            name = re.sub(r"\s(?:of|for|and)$", "", name)
            if re.search(r"[^\W\d_]", name) and any(word[:1].isupper() for word in name.split()):
                found.append((entity, name))
                labels.setdefault(folded(name), Counter())[entity.label] += 1
        named: list[Named] = []
        person = 0  # where the name of the last person ends
        for entity, name in found:
            floor, person = person, entity.end if entity.label == "PERSON" else person
            most = labels[folded(name)].most_common(1)[0][0]
            if "PERSON" in (most, entity.label):
                if most == "PERSON" and not self._is_modifier(entity):
                    clean, title = bare_person(name)
                    before = role_before(text, entity.start, floor, entity.end)
                    honorific = next((word for word in (before or "").split() if folded(word) in HONORIFICS), None)
                    in_front = _role_in_front(clean_role(before), clean_role(title))
                    apposed = not is_subject_behind(self.state, entity.start, entity.end)
                    role = (role_after(text, entity.end, in_front) if apposed else None) or in_front
                    seat = seat_after(text, entity.end, in_front)
                    elder = ELDER.search(text, max(0, entity.start - 20), entity.start)
                    if elder and " " not in clean:
                        clean = f"{elder['elder'].casefold()} {clean}"
                    named.append(Named(entity.start, clean, most, honorific or title, role, seat))
                continue
            source = bisect_right(starts, entity.start) - 1
            belongs = source >= 0 and starts[source] in owned and entity.label == "ORG"
            if source < 0 or sources[source][1] <= entity.start or belongs:
                tail = name_tail(name, self._restore(text[entity.end : entity.end + 80]))
                place = entity.label == "LOC" and IN_PLACE.search(text, max(0, entity.start - 20), entity.start)
                named.append(
                    Named(entity.start, without_possessive(name + tail), entity.label, is_place=bool(place))
                )
        return named


def _role_in_front(before: str | None, title: str | None) -> str | None:
    """Return the role that stands before a name: "Prince" of "her brother, Prince Aurel", not "brother"."""
    tied = before is not None and TIES.issuperset(folded(word) for word in words_of(before))
    return title or before if tied else before or title
