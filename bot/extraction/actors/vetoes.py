"""Who cannot be meant by a pronoun, whatever else speaks for them, and when nobody can be sure who is.

Some rules bar a person for certain (barred.py). Others only prefer somebody else: the dead speak less than the
living (the_dead.py), and whoever was just asked is likelier to answer than whoever asked (answers.py). If two of
them are left and nothing decides, nobody is meant.
"""

import re

from bot.extraction.actors.answers import QUOTES, Answers
from bot.extraction.actors.antecedents import Candidates, weight
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.barred import PLURAL, REACH, Barred
from bot.extraction.actors.known_actors import Member
from bot.extraction.actors.the_dead import alive
from bot.extraction.actors.they import They
from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.lexicon import KIN, POSSESSIVES, SINGULAR

TO_ANOTHER = re.compile(r"\W*(?P<whose>His|Her)\s(?:[\w’'-]+\s){0,3}[a-z-]+,\s(?:[A-Z][\w-]*\.?\s)??(?=[A-ZÀ-Þ])")
"""What stands before the name that opens a sentence: "Her daughter, "."""
HERSELF = re.compile(r"\w+\s(?:himself|herself)\b", re.IGNORECASE)
OPENS = re.compile(r"\w")
"""A word before a pronoun that opens its sentence."""
PAIR = 100
PAIRED = re.compile(r"\s(?:and|or)\s(?:(?:the|his|her)\s)?(?:[\w-]+\s){0,3}")
"""What stands between two people named in one breath, within as many characters."""
ASIDE = re.compile(r",\s(?:who|whom)\s(?:[“\"][^“”\"\n]*[”\"]|[^,.\n“”\"]){1,200},\s(?=[a-z])")
"""A relative clause behind the name that opens a sentence, and that the sentence goes on."""
ACTS = re.compile(r"\s[a-z]+(?:\s[a-z]+){0,3}\.\s*")
"""What somebody does, in a few words that name nobody else."""
NEAR = 3
"""Sentences back from a pronoun within which somebody else must have been met to be preferred."""


class Vetoes:
    """Who is left of those whom a pronoun of one article may mean."""

    def __init__(self, state: ArticleState) -> None:
        self._state = state
        self._answers = Answers(state)
        self._barred = Barred(state, self._answers)
        self._they = They(state, self._barred)
        self.answers = self._answers.found
        """Claims whose pronoun was taken to mean the person who had just been asked."""
        self.alone: set[int] = set()
        """Claims whose "they" can only mean the body that the sentence before is about, or that spoke last."""

    def is_spoken_to(self, member: Member, index: int) -> bool:
        """Return whether the claim `index` is said to `member`."""
        return self._answers.is_spoken_to(member, index)

    def is_called_otherwise(self, member: Member, word: str) -> bool:
        """Return whether the pronouns used so far tell that `member` is of another gender than `word`."""
        return self._barred.is_called_otherwise(member, word)

    def take(self, word: str, member: Member) -> None:
        """Record that the pronoun `word` was taken to mean `member`."""
        self._barred.take(word, member)

    def remaining(self, word: str, position: int, index: int | None, candidates: Candidates) -> Candidates:
        """Return those of `candidates` whom the pronoun `word` at `position` may still mean; none for nobody.

        `index` is the claim whose source the pronoun is, None outside sources.
        """
        if index is not None and not self._is_whole_source(word, index):
            index = None  # "his aides"
        found: Candidates = [
            row for row in candidates if not self._barred.is_barred(row[0], word, position, index)
        ]
        if index is None:
            return self._same_owner(found, word, position)
        found = found or self._telling_of_itself(word, position, index, candidates)
        if not candidates and word in PLURAL:
            return self._they.one(position, index)
        if not self._is_plausible(candidates, found, position):
            return ()
        if word in PLURAL:
            found = self._they.left(found, position, index)
            if self._they.is_alone(found, position):
                self.alone.add(index)
            return found
        if word not in SINGULAR:
            return found
        found = alive(self._state, found, word, position, index)
        found = self._answers.left(found, word, position, index)
        found = self._without_pairs(found, word, position, self._told_of(candidates, index))
        found = self._beside_topic(found, word, position, index)
        found = self._just_acted(found, word, index)
        found = self._without_aside(found, position, index)
        return self._nearest_subject(found, position, index, SINGULAR[word])

    def _is_whole_source(self, word: str, index: int) -> bool:
        """Return whether the pronoun is all of the claim's source, and not the owner of somebody ("his aides")."""
        article = self._state.article
        first = re.match(r"\w+(?:['’]\w+)?\W*(\w+)?", article.text[slice(*article.claims[index].source[0])])
        return first is not None and (first[1] is None or word not in POSSESSIVES)

    def _same_owner(self, rows: Candidates, word: str, position: int) -> Candidates:
        """Leave out who was just introduced as somebody's relative or the like by the same pronoun.

        "Her mother, Leticia Garza, said so. Her father": he is not the mother's. "Her translator, Georg Lang, says
        she left. She smiles": if nothing tells that Georg is a woman, neither is Georg.
        """
        state = self._state
        text, here = state.article.text, state.sentence(position)
        start = state.sentence_starts[here]
        owns = word in POSSESSIVES and not OPENS.search(text, start, position)
        for low in (start, state.sentence_starts[max(here - 1, 0)]) if word in SINGULAR else ():
            opening = TO_ANOTHER.match(text, low, position)
            if opening is not None and SINGULAR[folded(opening["whose"])] == SINGULAR[word]:
                name = opening.end()
                rows = [row for row in rows if name not in row[0].mentions or not (owns or row[0].gender is None)]
        return rows

    def _is_plausible(self, candidates: Candidates, left: Candidates, position: int) -> bool:
        """Return whether somebody is left who was met lately, if the likeliest of all cannot be meant."""
        best = max(candidates, key=lambda row: weight(row[1]), default=None)
        if best is None or not left or any(row[0] is best[0] for row in left):
            return True
        second = max(left, key=lambda row: weight(row[1]))
        state = self._state
        return state.sentence(position) - state.sentence(second[0].last_met(position)) <= NEAR

    def _telling_of_itself(self, word: str, position: int, index: int, rows: Candidates) -> Candidates:
        """Return the only one of `rows` who may tell of itself by name, where nobody else can be meant."""
        found = [row for row in rows if self._barred.tells_of_itself(row[0], word, position, index)]
        return found if len(found) == 1 else ()

    # -- rather somebody else -------------------------------------------------------------------------------

    def _told_of(self, rows: Candidates, index: int) -> Candidates:
        """Return the first person in the claim `index`, outside quotation marks and before its source."""
        state = self._state
        claim = state.article.claims[index]
        start, end = claim.content[0] if claim.content else (0, 0)
        if not start < end <= claim.source[0][0] or state.quoted_at(start + 1):
            return ()
        return [row for row in rows if (met := row[0].first_met_in(start, end)) is not None and state.opens(met)]

    def _without_pairs(self, rows: Candidates, word: str, position: int, told: Candidates) -> Candidates:
        """Leave nobody if the likeliest was met last beside another of the same gender: "Kovacs and Voigt".

        Or beside whoever the claim has `told` of: "Kovacs and Voigt met. Ms Kovacs was shocked, she said".
        """
        state = self._state
        best = max(rows, key=lambda row: weight(row[1]), default=None)
        if best is None or best[0] in (state.speakers[index] for index in state.done[-1:]):
            return rows
        met = best[0].last_met(position)
        places = [(other, other.last_met(position)) for other, _ in rows]
        for other, place in (*places, *((other, other.last_met(met)) for other, _ in told)):
            if other is best[0] or other.gender not in (None, SINGULAR[word]) or abs(place - met) > PAIR:
                continue
            (first, start), (_, end) = sorted([(best[0], met), (other, place)], key=lambda pair: pair[1])
            if PAIRED.fullmatch(state.article.text, state.name_end(start, first.name), end):
                return ()
        return rows

    def _beside_topic(self, rows: Candidates, word: str, position: int, index: int) -> Candidates:
        """Keep only the person who opens the sentence before, if it says what they are to somebody else.

        "Her daughter, Pilar, has been at her bedside. She told reporters": the daughter did.
        """
        state = self._state
        claim = state.article.claims[index]
        sentence = state.sentence(min((position, *(start for start, _ in (*claim.content, *claim.cue)))))
        if sentence == 0:
            return rows
        start, end = state.sentence_starts[sentence - 1 : sentence + 1]
        opening = TO_ANOTHER.match(state.article.text, start, end)
        if opening is None or "\n" in state.article.text[start:end].rstrip():
            return rows
        named = [row for row in rows if opening.end() in row[0].mentions]
        left = [row for row in named if row[0].gender in (None, SINGULAR[word])]
        if HERSELF.match(state.article.text, position):
            return [row for row in rows if row not in named]
        if left and left[0][0].gender is None and SINGULAR[folded(opening["whose"])] == SINGULAR[word]:
            return ()  # "Her barrister, Gideon Frost, said she would. She": nobody knows
        return left or rows

    def _just_acted(self, rows: Candidates, word: str, index: int) -> Candidates:
        """Keep only the person who acts in a few words before a quotation: "Aalto laughed. “No,” he said"."""
        state = self._state
        text, content = state.article.text, state.article.claims[index].content
        first = content[0][0] if content else 0
        sentence = state.sentence(first)
        if not sentence or not text.startswith(QUOTES, first) or state.sentence_starts[sentence] < first - 1:
            return rows
        start, end = state.sentence_starts[sentence - 1 : sentence + 1]
        if "\n" in text[start:end].rstrip() or state.quoted_at(start + 1):
            return rows
        acted = [row for row in rows if row[0].first_met_in(start, end) == start]
        if len(acted) != 1 or acted[0][0].gender not in (None, SINGULAR[word]):
            return rows
        return acted if ACTS.fullmatch(text, state.name_end(start, acted[0][0].name), end) else rows

    def _without_aside(self, rows: Candidates, position: int, index: int) -> Candidates:
        """Leave out who only speaks about the subject of the last sentence, in a relative clause behind its name.

        "Kang, who union leader Oh said had lied, bowed. “I am sorry,” he said": Kang did.
        """
        state = self._state
        text, claim = state.article.text, state.article.claims[index]
        sentence = state.sentence(min((position, *(start for start, _ in (*claim.content, *claim.cue)))))
        if sentence == 0:
            return rows
        start, end = state.sentence_starts[sentence - 1 : sentence + 1]
        subject = next((row[0] for row in rows if row[0].first_met_in(start, end) == start), None)
        aside = ASIDE.match(text, state.name_end(start, subject.name), end) if subject else None
        if aside is None:
            return rows
        return [row for row in rows if row[0] is subject or not aside.start() < row[0].last_met(end) < aside.end()]

    def _nearest_subject(self, rows: Candidates, position: int, index: int, gender: str) -> Candidates:
        """Prefer somebody without a name who is the subject of the sentence before, if nobody else is met there.

        "The harbour master closed the port. He said" means him; for "a harbour master" nobody can be sure.
        """
        state = self._state
        claim = state.article.claims[index]
        first = min((position, *(start for start, _ in (*claim.content, *claim.cue))))
        sentence = state.sentence(first)
        start = state.sentence_starts[sentence]
        if sentence == 0 or not rows:
            return rows
        before = max(state.sentence_starts[sentence - 1], start - REACH)
        if "\n" in state.article.text[before:start].rstrip() or state.quoted_at(before):
            return rows
        there = [row for row in rows if row[0].last_met(first) >= before]
        kin = [row for row in there if row[0].head in KIN and row[0].last_met(first) in state.subjects]
        if (
            len(kin) == 1
            and kin[0][0].gender == gender
            and state.article.text.find(kin[0][0].name, before) == before
        ):
            return kin  # "Yilmaz's wife does not. “He is late,” she says"
        paragraph = state.article.text.rfind("\n", 0, before)
        if any(row not in there and row[0].gender and row[0].last_met(first) > paragraph for row in rows):
            return rows
        if len(there) != 1 or not there[0][0].head or there[0][0].last_met(first) not in state.subjects:
            return rows
        words = state.article.text[before:start].casefold()
        definite = re.search(
            rf"(?:\b(?:the|his|her|its|their)|['’]s)\s(?:[\w’'-]+\s){{0,4}}?{re.escape(there[0][0].head)}\b", words
        )
        return there if definite else ()
