"""Which other sources are resolved before a source: the "her" of "her aides", the parts of "Kovacs and Ray"."""

from collections.abc import Callable, Sequence

from bot.extraction.actors.description_words import OWNERS, maker_of
from bot.extraction.actors.known import Known
from bot.extraction.actors.relative_pronouns import description_before
from bot.extraction.actors.source import Sort, Source, sort_of_description, sort_of_pronoun
from bot.extraction.noun_phrases.phrase import Form, Phrase
from bot.extraction.noun_phrases.reader import read_phrase
from bot.extraction.noun_phrases.spelling import folded, without_article

Dependence = Callable[[Source, Known], Sequence[Source]]


def source_of(phrase: Phrase, position: int, claim: int, known: Known) -> Source:
    """Return `phrase` at `position` as a source of the claim number `claim`, with its sort."""
    return Source(_sort_of(phrase, known), phrase, position, claim)


def _sort_of(phrase: Phrase, known: Known) -> Sort:
    match phrase.form:
        case Form.PRONOUN:
            return sort_of_pronoun(phrase.text)
        case Form.NAME:
            return Sort.SHARED_SURNAME if known.surnames.are_shared(phrase.text) else Sort.NAME
        case Form.JOINT:
            return Sort.JOINT
        case Form.DESCRIPTION:
            return sort_of_description(phrase)
        case _:
            return Sort.NOTHING


def none(source: Source, known: Known) -> Sequence[Source]:  # noqa: ARG001
    """Return no source: this one depends on no other."""
    return ()


def the_parts(source: Source, known: Known) -> Sequence[Source]:
    """Return the parts of "Kovacs and Ray"."""
    return [source_of(part, source.position, source.claim, known) for part in source.phrase.parts]


def they(source: Source, known: Known) -> Sequence[Source]:
    """Return the "they" of "one of them"."""
    return [source_of(Phrase(Form.PRONOUN, "they"), source.position, source.claim, known)]


def the_owner(source: Source, known: Known) -> Sequence[Source]:
    """Return the "her" of "her aides", the "Kovacs" of "Kovacs's aides"."""
    return [_owner(source.phrase.owner, source, known)] if source.phrase.owner is not None else ()


def the_maker(source: Source, known: Known) -> Sequence[Source]:
    """Return the "ministry" of "a statement from the ministry"."""
    words = maker_of(source.phrase)
    if words is None:
        return ()
    maker = read_phrase(words)
    if maker.form is Form.DESCRIPTION and maker.definite:
        return [source_of(maker, source.position, source.claim, known)]
    return [_owner(without_article(words), source, known)]


def the_description_before(source: Source, known: Known) -> Sequence[Source]:
    """Return the "drivers" of "some drivers, who", if "who" does not go back to a name."""
    phrase = description_before(known.state, source.phrase.text, source.position)
    return [source_of(phrase, source.position, source.claim, known)] if phrase is not None else ()


def _owner(words: str, source: Source, known: Known) -> Source:
    if folded(words) in OWNERS:
        return source_of(Phrase(Form.PRONOUN, folded(words)), source.position, source.claim, known)
    return Source(Sort.OWNER, Phrase(Form.NONE, words), source.position, source.claim)
