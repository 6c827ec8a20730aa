"""What stands on both sides of a tag in the middle of its sentence was said."""

from dataclasses import replace

import pytest

from bot.extraction.claims.medial_tags import with_whole_sentences
from tests.unit.extraction.spoken import marked


def whole(text: str) -> list[str]:
    words, claim, sentences = marked(text)
    (found,) = with_whole_sentences([claim], words, sentences)
    return [words[start:end] for start, end in found.content]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "<Both dogs>, [she] {added} with a grin, had eaten the prize.",
            ["Both dogs", "had eaten the prize"],
        ),
        (
            "<They had been warned>, [Holm] {said}, and had paid no heed to it.",
            ["They had been warned", "and had paid no heed to it"],
        ),
        (
            "He had asked for a boat and expected <to get one>, [he] {said}, <“because the mayor owes me”>.",
            ["He had asked for a boat and expected to get one", "“because the mayor owes me”"],
        ),
        ("The pool was <full by noon>, [Holm] {said}.", ["The pool was full by noon"]),
        ("<The lock>, [a keeper] {explained} on Monday, would open at nine.", ["The lock", "would open at nine"]),
    ],
)
def test_a_sentence_with_its_tag_in_the_middle_is_whole(text: str, content: list[str]) -> None:
    assert whole(text) == content


@pytest.mark.parametrize(
    "text",
    [
        "<The pool is full>, [Holm] {said}, as the band began to play.",
        "<The pool is full>, [Holm] {said}, before the band began to play.",
        "“<The pool is full>,” [Holm] {said}, and had a swim herself.",
        "[Holm] {said} <the pool was full>, and had a swim herself.",
        "The gate was shut; <the pool was full>, [Holm] {said}.",
        "The town was angry, but <the pool was full>, [Holm] {said}.",
        "<The pool is full>, [Holm] {said}, adding that it would close.",
        "Rather than wait for <spring>, [Holm] {prefers} <to swim now>.",
        "After a look at <the pool>, [Holm] {added}: <“It is full.”>",
        "Her words were meant for <bathers, including>, [she] {said}, <“those who dive in”>.",
        "The park lies by the pool, <which>, [Holm] {said}, <is full>.",
        "TOLMER ― <The pool is full>, [Holm] {said}.",
        "Then Dahl, [who] {calls} <the pool a pond>, sat down.",
        "<The pool is full>, [Holm], who had a cold and was in a hurry, {said}.",
    ],
)
def test_what_is_told_around_it_stays_out(text: str) -> None:
    words, claim, sentences = marked(text)
    assert with_whole_sentences([claim], words, sentences) == [claim]


def test_another_speaker_in_the_sentence_keeps_what_he_said() -> None:
    words, claim, sentences = marked("Dahl warned of frost and that <ice was near>, [Holm] {said}.")
    other = replace(claim, source=((0, 4),), cue=((5, 11),), content=((12, 20),))
    assert with_whole_sentences([other, claim], words, sentences) == [other, claim]


def test_a_refusal_that_has_the_tag_s_speaker_does_not_end_the_content() -> None:
    words, claim, sentences = marked("<Both dogs>, [she] {added}, had refused to eat the prize.")
    low = words.index("had refused")
    other = replace(claim, cue=((low, low + len("had refused")),), content=((low + 12, len(words) - 1),))
    (found, _) = with_whole_sentences([claim, other], words, sentences)
    assert [words[start:end] for start, end in found.content] == ["Both dogs", "had refused to eat the prize"]


def test_a_doubtful_claim_within_what_was_said_gives_way() -> None:
    words, claim, sentences = marked("He had asked for a boat and expected <to get one>, [he] {said}.")
    doubtful = replace(claim, source=((0, 2),), cue=((3, 16),), content=((17, 23),), confidence=0.3)
    (found,) = with_whole_sentences([doubtful, claim], words, sentences)
    assert found.cue == claim.cue
