"""Whatever a page holds: nothing is raised, spans lie within the text, and the same comes out again."""

import pickle
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language

from bot.extraction.pipeline import extract
from bot.model.claims import Extraction

TEXTS = {
    "one word": "Yes",
    "control characters": "The mayor\x00 said\x07 the bridge \x1bwould open.\x7f\u200b\u2028The end.",
    "mojibake": "The mayor said â€œwe wonâ€™t waitâ€\x9d and left. Ã©tÃ©",
    "emoji": "😀 The mayor said 🎉 “we are open” 👩‍👩‍👧 today. 🇫🇷",
    "a headline in capitals": "MAYOR SAYS BRIDGE WILL OPEN IN JUNE\n\nThe mayor said it would.",
    "a table": "Name\tVotes\tShare\nKovacs\t1,204\t51%\nNovak\t1,156\t49%\n",
    "a list": "- Kovacs said no.\n- Novak said yes.\n* Nobody asked.\n1. Who knows?\n",
    "a live blog": "14:05 GMT\nThe vote has begun, officials say.\n\n14:20 GMT\nThe chair said it is over.\n",
    "an interview": "Q: Will you wait?\nA: No, we will not wait.\nQ: Why not?\nA: The harbour is old.\n",
    "marks alone": "“”‘’«»--- ... ?!\n\n\n",
    "no spaces": "said" * 2_000,
    "a combining mark at each letter": "s\u0301a\u0301i\u0301d\u0301 " * 50,
}


def spans_are_sound(found: Extraction, text: str) -> None:
    names = {actor.name for actor in found.actors}
    for claim in found.claims:
        assert claim.content
        assert claim.actor is None or claim.actor in names
        assert 0 <= claim.confidence <= 1
        every = [*claim.source, *claim.cue, *claim.content, claim.evidence]
        every += [span for span in (claim.addressee, claim.time) if span]
        assert all(0 <= start < end <= len(text) for start, end in every)
        assert list(claim.content) == sorted(claim.content)
        assert claim.evidence[0] <= min(claim.content)[0]
        assert claim.evidence[1] >= max(end for _, end in claim.content)
    assert all(0 <= part.start < part.end <= len(text) for part in found.left_out)


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_texts_of_every_form_can_be_read(nlp: Language, text: str) -> None:
    found = extract(nlp, text)
    spans_are_sound(found, text)
    assert extract(nlp, text) == found
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.fixture(scope="module")
def pickled(nlp: Language) -> list[Any]:
    return [pickle.loads(pickle.dumps(nlp.get_pipe(name))) for name in ("hearsay_encoder", "hearsay_claims")]


PARTS = st.sampled_from(
    ["SMITH:", "Q:", "A:", " he said", " Anna Kovacs", "“we wait”", ".", "\n", "\n\n", " ", "14:05", "\x00", "😀"]
)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(PARTS, st.text(max_size=8)), max_size=30).map("".join))
def test_any_mixture_can_be_read_and_read_again(nlp: Language, text: str) -> None:
    found = extract(nlp, text)
    spans_are_sound(found, text)
    assert extract(nlp, text) == found


@settings(max_examples=10, deadline=None)
@given(st.lists(PARTS, max_size=20).map("".join))
def test_the_parts_that_hold_the_weights_find_the_same_after_pickling(
    nlp: Language, pickled: list[Any], text: str
) -> None:
    encoder, finder = pickled
    doc = finder(nlp.get_pipe("hearsay_sentences")(encoder(nlp.make_doc(text))))
    other = nlp.make_doc(text)
    for name in ("hearsay_encoder", "hearsay_sentences", "hearsay_claims"):
        other = nlp.get_pipe(name)(other)
    assert doc._.claims == other._.claims
