"""Whom a pronoun means: the one who agrees with it and was last spoken of."""

import re
from bisect import bisect_left, insort

from bot.extraction.actors.agreement import agreement
from bot.extraction.actors.antecedents import (
    OWNS,
    SURE_ODDS,
    Antecedents,
    Candidates,
    Choose,
    Ranking,
    likeliest,
    weight,
)
from bot.extraction.actors.article_state import ArticleState
from bot.extraction.actors.known_actors import Certainty, Member
from bot.extraction.actors.vetoes import Vetoes
from bot.extraction.noun_phrases.spelling import folded
from bot.extraction.wordlists.first_names import gender_of
from bot.extraction.wordlists.lexicon import FEMALE_ROLES, MALE_ROLES, POSSESSIVES, SINGULAR
from bot.model.claims import ActorType

FIRST_PERSON = frozenset(("i", "me", "my", "mine", "myself"))
FIRST_PERSON_PLURAL = frozenset(("we", "us", "our", "ours", "ourselves"))
HEARD, REACH = 4, 200
"""Mentions of a person, and characters after each, that are looked at for pronouns."""
AGAINST = 3
"""What more pronouns must weigh that speak against a common first name: they may mean somebody else."""
OBJECT = re.compile(
    r"[A-Z][a-z]+ing\s(?:(?:to|at|for|on|with|about|against|before)\s)?(him|her)(?=,|\s(?:on|in|at|to|for|after|of|from|over)\b)"
)
"""Whom the subject of a sentence does something to: "Sentencing him on Friday, "."""
SEVERAL = re.compile(
    r"\b(?P<who>(?:Two|Three|Four|Five|Six|Seven|Eight|Nine|Ten|Some|Many|Several|Dozens\sof|Hundreds\sof|\d+)\s"
    r"(?:others|people|men|women|children|workers|passengers|residents))\s(?:are|were|remain(?:ed)?)\s\w+,?\s$"
)
"""Unnamed groups in a report: "Nine others are missing, their families say"."""
HE_OR_SHE = re.compile(r"\b(he|himself|she|herself)\b", re.IGNORECASE)
"""Not "him" and "her": they are mostly another one than the subject before them."""
TOLD = re.compile(r"\b(?:told|tells|asked|asks|informed|reminded|warned)\s")
"""Before a pronoun, words for what is said to somebody about whom the pronoun may be: "told the Post that she"."""
BESIDE = re.compile(
    r"\s+and\s+(?P<with>his|her)\b"
    r"|,\s+(?:who|whose)\s[^.;:!?“”\"\n]{0,60}?\b(?P<who>his|her|he|she)\b"
    r"|,\s+(?:an?|the)\s(?:[\w-]+\s){0,2}(?P<noun>[a-z]+)\b"
)
"""What stands right behind a name and tells its gender: "Lorne and her deputy", "Arden, who sold his farm"."""
INTRODUCED_AS = re.compile(r"\b(?P<whose>[Hh]is|[Hh]er)\s(?:[\w’'-]+\s){0,3}?[a-z-]+,?\s(?:[A-Z][\w-]*\.?\s)?$")
"""What stands before the name of somebody's relative or the like: the next "she" may be that somebody."""
TIE = 60
ECHO = re.compile(r"\b(?:he|him|his|himself|she|her|hers|herself)\b", re.IGNORECASE)
"""Pronouns that are resolved even if they are no source, because later ones depend on them."""

SIGNED = 800
BYLINE = re.compile(r"^By\s+([A-ZÀ-Þ][\w’'-]+(?:\s[A-ZÀ-Þ][\w.’'-]*){1,3})\s*$", re.MULTILINE)
"""A line near the start that says who wrote the article."""
MY_NAME = re.compile(r"\b[Mm]y\sname(?:\sis|['’]s)\s")
READS = re.compile(r"(?:\w+ly\s)?(?:reads?|begins|began|concludes)$")
HEADED = re.compile(
    r"(?:[A-Z]+:\s)?((?!What|Why|How|Opinion)[A-ZÀ-Þ][a-z][\w’'-]*(?:\s[A-ZÀ-Þ][\w.’'-]*){1,2}):\s\S"
)
"""A headline of what somebody wrote: "Anna Kovacs: And Then There Was Ray"."""
BIOGRAPHY = 300
"""Characters at the end of an article in which its author may be introduced."""


def infer_genders(state: ArticleState) -> None:
    """Set the gender of the persons of an article by the pronouns that follow where each is mentioned first."""
    people = [member for member in state.cast.members if member.type is ActorType.PERSON]
    places = sorted(position for member in people for position in member.mentions)
    for member in people:
        if member.gender is not None and member.certainty is Certainty.SURE:
            continue
        votes = {"m": 0, "f": 0}
        for position in member.mentions[:HEARD]:
            index = bisect_left(places, position + len(member.name.split()[0]))
            end = min(position + REACH, places[index] if index < len(places) else position + REACH)
            of = INTRODUCED_AS.search(state.article.text, max(0, position - TIE), position)
            told = _beside(state, member, position, end)
            if told is not None:
                votes[told] += 2
                continue
            for found in HE_OR_SHE.finditer(state.article.text, position, end):
                if not state.quoted_at(found.start()):
                    gender = SINGULAR[found.group().casefold()]
                    if _is_of_another_before(state, position, gender):
                        break  # "Sentencing him, Judge Moss said he": somebody else is "he"
                    if of is not None and SINGULAR[folded(of["whose"])] == gender:
                        break  # "Her translator, Georg Lang, says she left"
                    near = state.sentence(found.start()) == state.sentence(position)
                    of_another = TOLD.search(state.article.text, position, found.start()) is not None
                    of_another = of_another and _of_another(state, member, gender, position)
                    votes[gender] += 2 if near and not of_another else 1
                    break
        more, less = ("m", "f") if votes["m"] >= votes["f"] else ("f", "m")
        common = gender_of(member.name.split(maxsplit=1)[0]) is not None
        known = common and member.certainty is Certainty.LIKELY and member.gender not in (None, more)
        if votes[more] >= 2 + 2 * votes[less] + AGAINST * known:
            member.gender, member.certainty = more, Certainty.LIKELY


def _is_of_another_before(state: ArticleState, position: int, gender: str) -> bool:
    """Return whether the sentence of a name has "him" or "her" before it: that is not who is named."""
    start = state.sentence_starts[state.sentence(position)]
    before = state.article.text[start:position]
    found = OBJECT.match(before)
    return (
        found is not None and SINGULAR[folded(found[1])] == gender and not state.quoted_at(start + found.start())
    )


def _of_another(state: ArticleState, member: Member, gender: str, position: int) -> bool:
    """Return whether somebody else of `gender` was spoken of right before: then "she" may be about that person."""
    here = state.sentence(position)
    return any(
        other is not member and other.gender == gender and here - state.sentence(other.last_met(position)) <= 2
        for other in state.cast.recent(position, HEARD)
    )


def _beside(state: ArticleState, member: Member, position: int, end: int) -> str | None:
    """Return the gender that the words right behind a mention of `member` tell, if they end before `end`."""
    found = BESIDE.match(state.article.text, state.name_end(position, member.name))
    if found is None or found.end() > end or state.quoted_at(position):
        return None
    noun = found["noun"]
    if noun is not None:
        return "m" if noun in MALE_ROLES else "f" if noun in FEMALE_ROLES else None
    return SINGULAR[found["with"] or found["who"]]


class Pronouns:
    """Resolves the pronouns of one article."""

    def __init__(self, state: ArticleState, choose: Choose = likeliest) -> None:
        self._state = state
        self._choose = choose
        self._antecedents = Antecedents(state)
        self.rankings: dict[int, Ranking] = {}
        """Whom the pronoun in a claim's source could mean."""
        self._vetoes = Vetoes(state)

    def echo(self, word: str, position: int, subject: Member | None = None) -> None:
        """Record the meaning of the pronoun `word` at `position`, which is not a source; `subject`, if told."""
        member = subject or self.chosen(word, position, None)
        if member is not None:
            insort(member.echoes, position)

    def chosen(self, word: str, position: int, index: int | None) -> Member | None:
        """Return whom `word` at `position` means, None for nobody; it is a source of the claim `index`, if any."""
        agreeing = self._antecedents.candidates(word, position, index)
        found = self._vetoes.remaining(word, position, index, agreeing)
        if word == "it" and index is not None and self._is_read(index):
            found = [pair for pair in found if pair[0].type is ActorType.DOCUMENT] or found
        if index is not None:
            answers, alone = index in self._vetoes.answers, index in self._vetoes.alone
            # Who is spoken to, or was "she" so far, is ruled out for certain: that is no cause for doubt.
            agreeing = [
                row
                for row in agreeing
                if not self._vetoes.is_spoken_to(row[0], index)
                and not self._vetoes.is_called_otherwise(row[0], word)
            ]
            self.rankings[index] = Ranking(agreeing, found, answers, alone)
        member = self._own_name(word, index) or self._choose(word, position, index, found)
        if member is not None:
            self._state.sureness[position] = self._sureness(member, found, position)
            self._antecedents.take(word, position, member)
            self._vetoes.take(word, member)
        return member

    def _sureness(self, member: Member, left: Candidates, position: int) -> float:
        """Return how far `member` is ahead of all others `left`, or was where it was met last, if that is less.

        A pronoun that goes back to another pronoun is no surer than that one.
        """
        own = next((weight(signs) for other, signs in left if other is member), 0.0)
        lead = own - max((weight(signs) for other, signs in left if other is not member), default=own - SURE_ODDS)
        return min(lead, SURE_ODDS, self._state.sureness.get(member.last_met(position), SURE_ODDS))

    def _own_name(self, word: str, index: int | None) -> Member | None:
        """Return who gives their own name in the claim `index`: "“My name is Ivan Petrakis,” he said"."""
        if index is None or word not in SINGULAR:
            return None
        text = self._state.article.text
        for start, end in self._state.article.claims[index].content:
            told = MY_NAME.search(text, start, end)
            for member in self._state.cast.members if told else ():
                met = member.type is ActorType.PERSON and told is not None and told.end() in member.mentions
                if met and member.gender in (None, SINGULAR[word]):
                    return member
        return None

    def subject_of_report(self, word: str, index: int) -> Member | None:
        """Return whom the report of the claim `index` is about, if the pronoun behind it can mean nobody else.

        "Mayor Ada Quist will not run again, she said" opens an article: nobody was met before. With others, "she"
        may be one of them.
        """
        ranking = self.rankings.get(index)
        claim, state = self._state.article.claims[index], self._state
        if ranking is None or ranking.agreeing or ranking.left or not claim.content:
            return None
        (start, end), source = claim.content[0], claim.source[0]
        alone = state.article.text[slice(*source)].casefold() == word  # not "her aides"
        if not alone or end > source[0] or state.quoted_at(start + 1):
            return None
        sentence = state.sentence(source[0])
        if state.sentence_starts[sentence] != start:
            return None
        for member in state.cast.recent(source[0], HEARD):
            met = member.first_met_in(start, end)
            if met is not None and state.opens(met) and agreement(member, word) is not None:
                return member
        return None

    def owner_in_report(self, word: str, index: int) -> Member | None:
        """Return whom the pronoun `word` means that opens the source of the claim `index`, as an owner.

        That is the subject of the sentence that is reported, or of what was said to it: "Ida Roth was told by her
        agent". Not in quotation marks, which are the speaker's own words.
        """
        state = self._state
        claim, text = state.article.claims[index], state.article.text
        if word not in POSSESSIVES or not claim.content or not claim.cue:
            return None
        source, (start, end) = claim.source[0], claim.content[0]
        if word == "their" and (several := SEVERAL.search(text, max(0, source[0] - REACH // 2), source[0])):
            name = several["who"].lower()
            return state.cast.named(name) or state.cast.add(name, ActorType.GROUP, plural=True, head="people")
        sentence = state.sentence(source[0])
        low = state.sentence_starts[sentence]
        alone = text[slice(*source)].casefold() == word
        if alone or end > source[0] or start < low or state.quoted_at(start + 1):
            return None
        for member in reversed(state.cast.recent(source[0], HEARD * 2)):
            met = member.first_met_in(low, end)
            if met is None or member.type is not ActorType.PERSON or not state.opens(met):
                continue
            opening = text[low:met].split()
            titled = all(part[:1].isupper() for part in opening) or text[met - 2 : met] == ", "
            if (
                titled
                and member.gender in (None, SINGULAR.get(word))
                and not OWNS.match(text, state.name_end(met, member.name))
            ):
                return member
        return None

    def _is_read(self, index: int) -> bool:
        """Return whether the claim `index` is of something to be read: "it reads"."""
        claim = self._state.article.claims[index]
        return bool(claim.cue) and READS.match(self._state.article.text[slice(*claim.cue[0])]) is not None

    def quoted_speaker(self, position: int) -> Member | None:
        """Return the speaker of the claim whose content holds `position`."""
        holder = self._state.holder(position)
        if holder is not None:
            return self._state.speakers[holder]
        return None

    def author(self, position: int) -> Member | None:
        """Return who signs the article, if it speaks of itself as "I"."""
        text = self._state.article.text
        byline, headed = BYLINE.search(text, 0, SIGNED), HEADED.match(text)
        signed = byline or headed
        if signed is None or self._state.quoted_at(position) or signed.start() > position:
            return None
        author = self._state.cast.person(signed[1], position)
        if author is None or byline:
            return author
        # an article about somebody names them again: then "I" is its author
        about = any(signed.end() < place < len(text) - BIOGRAPHY for place in author.mentions)
        return None if about else author
