"""Who stands next to the verb does not always speak: tags in the middle, reports passed on, asides."""

from bot.extraction.claims.sources_in_between import with_sources_apart
from tests.unit.extraction.spoken import marked


def source_of(text: str) -> tuple[list[str], list[str]]:
    words, claim, sentences = marked(text)
    found = with_sources_apart(claim, [], words, sentences)
    return [words[a:b] for a, b in found.source], [words[a:b] for a, b in found.content]


def test_a_tag_behind_the_subject_names_the_speaker() -> None:
    said = source_of("[The left], {says} <Ines Holm, wants to “outlaw eels”>.")
    assert said == (["Ines Holm"], ["The left", "wants to “outlaw eels”"])


def test_a_speaker_in_front_of_a_verb_stays() -> None:
    assert source_of("[The mayor], {said} <Ines Holm was late>.")[0] == ["The mayor"]
    assert source_of("[Holm], a cook, {said} <Norr, on the river, was wet>.")[0] == ["Holm"]


def test_whoever_passes_a_report_on_adds_nothing_to_it() -> None:
    text = "“It is shut,” Dahl’s spokesman said, according to [the Norr Post], {adding} <that it was false>."
    assert source_of(text)[0] == ["Dahl’s spokesman"]


def test_nobody_is_named_if_the_first_speaker_is_not_found() -> None:
    text = "The square is shut, according to [the Norr Post], {adding} <that it was wet>."
    assert source_of(text)[0] == []


def test_what_stands_between_dashes_does_not_speak_behind_them() -> None:
    text = "Dahl sounded calm — [early polls] showed Holm ahead — {citing} <the support of two unions>."
    assert source_of(text)[0] == []


def test_a_speaker_in_front_of_the_dashes_goes_on_behind_them() -> None:
    text = "[Dahl] sounded calm — polls showed Holm ahead — {citing} <the support of two unions>."
    assert source_of(text)[0] == ["Dahl"]
