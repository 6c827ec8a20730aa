"""Kinds of claims as news words them: one sentence each, invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extraction.claims.claim_kind import kind_of
from bot.model.claims import Kind

CLAIMS = {
    Kind.STATEMENT: [
        ("has pleaded", "guilty"),
        ("did not deny", "that he had known"),
        ("did not rule out", "sending troops"),
        ("said", "it would cut 400 jobs"),
        ("said", "the bridge will be closed until Friday"),
        ("warned", "the quay wall was failing"),
        ("is believed", "to have fled"),
        ("liked to say", "“I was paid with a bicycle”"),
        ("agreed", "to cap the price of fuel"),
        ("found", "night workers were more likely to fall ill"),
    ],
    Kind.DENIAL: [
        ("has pleaded not guilty", "to all charges"),
        ("never said", "that taxes would fall"),
        ("did not say", "the plant would close"),
        ("declined", "the invitation"),
        ("called", "the claims baseless"),
        ("maintain", "their innocence"),
        ("told", "he had never been asked to carry cash"),
        ("said", "there was no evidence that data had been misused"),
        ("said", "“We did not take the money”"),
    ],
    Kind.QUESTION: [
        ("asked about", "the delay"),
        ("wanted to know", "when the road would open"),
        ("asked", "why the alarm had failed"),
        ("demanded to know", "why the sirens were silent"),
        ("questioned", "whether the sums added up"),
    ],
    Kind.DEMAND: [
        ("wants", "the minister to resign"),
        ("asked for", "a narrower law"),
        ("asked", "the county for loans"),
        ("calls", "for a ceasefire"),
        ("calls", "to quit"),
        ("forbade", "her to sing"),
        ("has told", "both sides to finish by June"),
        ("insisted", "the lights be left on"),
        ("seeks", "damages"),
        ("said", "please leave the lights on"),
    ],
    Kind.OPINION: [
        ("questioned", "the results"),
        ("apologised for", "the delay"),
        ("argued", "the measure was needed by nobody"),
        ("saw", "the choice as premature"),
        ("thanked", "the crew"),
        ("said", "he doubted that the law would pass"),
        ("said", "she was disappointed with the vote"),
        ("said", "“A promise is a promise”"),
        ("expressed alarm over", "how fast the river rose"),
    ],
    Kind.PROMISE: [
        ("promised", "volunteers would be paid from November"),
        ("has pledged", "not to raise the fare before 2028"),
        ("said", "“We promise that nobody will be sent home,”"),
    ],
    Kind.PREDICTION: [
        ("warned of", "floods"),
        ("thinks", "prices will ease before the new year"),
        ("fears", "users could be outed"),
        ("said", "the withdrawal would embolden the rebels"),
        ("told", "the case would be hard to prove"),
        ("cautioned", "frost could ruin the harvest"),
    ],
}


@pytest.mark.parametrize(
    ("kind", "cue", "content"), [(kind, *words) for kind, found in CLAIMS.items() for words in found]
)
def test_the_kind_is_told_as_a_reader_would(kind: Kind, cue: str, content: str) -> None:
    assert kind_of(cue, content) is kind


@given(st.text(max_size=100), st.text(max_size=300))
def test_any_words_have_a_kind(cue: str, content: str) -> None:
    assert kind_of(cue, content) in Kind
