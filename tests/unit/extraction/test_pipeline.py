import itertools
import os
import pickle
import re
from pathlib import Path

import numpy as np
import pytest
import spacy
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from bot.errors import ExtractionError, ModelMissing
from bot.extraction.claims.claim_finder import ClaimFinder
from bot.extraction.claims.linker import LinkOptions
from bot.extraction.encoder.doc_state import PIECES, SCORES, pieces_of
from bot.extraction.encoder.onnx_encoder import Encoder
from bot.extraction.pipeline import COMPONENTS, assemble, extract, load, save
from bot.model.claims import Actor, ActorType, Claim, Extraction, Kind, Wording
from config.settings import default_model

HARBOUR = (Path(__file__).parent / "harbour.txt").read_text(encoding="utf-8")
SHARED = Path(os.environ.get("HEARSAY_SHARED") or Path(__file__).parents[4] / "shared")


def said(found: Extraction, text: str) -> list[tuple[str | None, str]]:
    return [(claim.actor, " … ".join(text[a:b] for a, b in claim.content)) for claim in found.claims]


def claim_with(found: Extraction, text: str, words: str) -> Claim:
    (claim,) = [claim for claim in found.claims if any(words in text[a:b] for a, b in claim.content)]
    return claim


def check(found: Extraction, text: str) -> None:
    """What holds of every extraction, whatever the text."""
    names = [actor.name for actor in found.actors]
    assert len(set(names)) == len(names)
    for claim in found.claims:
        assert claim.content
        assert len(claim.cue) == 1
        assert claim.actor is None or claim.actor in names
        assert claim.source or claim.actor is None
        assert 0 <= claim.confidence <= 1
        for role in (claim.source, claim.cue, claim.content):
            assert all(left[1] <= right[0] for left, right in itertools.pairwise(role))
            for start, end in role:
                assert 0 <= start < end <= len(text)
                assert claim.evidence[0] <= start < end <= claim.evidence[1]
    assert all(0 <= actor.salience <= 1 for actor in found.actors)


# A whole article


def test_the_actors_of_an_article_come_with_types_roles_and_other_names(nlp: Language) -> None:
    actors = {actor.name: actor for actor in extract(nlp, HARBOUR).actors}
    kovacs = actors["Anna Kovacs"]
    assert (kovacs.type, kovacs.role, kovacs.aliases) == (ActorType.PERSON, "Transport Minister", ("Kovacs",))
    assert (actors["Jens Holm"].type, actors["Jens Holm"].role) == (ActorType.PERSON, "director")
    assert actors["senior port official"].type is ActorType.UNNAMED
    assert actors["Coast Observatory for Birds"].type is ActorType.ORG
    assert actors["Oldby Harbour Authority"].type is ActorType.ORG


def test_each_claim_of_an_article_finds_its_actor(nlp: Language) -> None:
    found = extract(nlp, HARBOUR)
    check(found, HARBOUR)
    for words, actor in (
        ("will close the harbour", "Anna Kovacs"),
        ("We cannot ask crews", "Anna Kovacs"),
        ("would cost about", "Anna Kovacs"),
        ("the wall was failing", "Oldby Harbour Authority"),
        ("waited too long", "Jens Holm"),
        ("Nobody listened", "Jens Holm"),
        ("Who gains", "Maria Lindqvist"),
        ("loss of trade", "senior port official"),
        ("had halved", "Coast Observatory for Birds"),
    ):
        assert claim_with(found, HARBOUR, words).actor == actor, words


def test_kinds_and_wording_are_told(nlp: Language) -> None:
    found = extract(nlp, HARBOUR)
    quoted, denied = claim_with(found, HARBOUR, "We cannot ask"), claim_with(found, HARBOUR, "waited too long")
    assert quoted.verbatim is Wording.VERBATIM
    assert (denied.kind, denied.verbatim) == (Kind.DENIAL, Wording.PARAPHRASED)
    assert claim_with(found, HARBOUR, "Who gains").kind is Kind.QUESTION
    assert claim_with(found, HARBOUR, "was failing").kind is Kind.STATEMENT


def test_the_evidence_of_a_claim_is_its_sentences(nlp: Language) -> None:
    claim = claim_with(extract(nlp, HARBOUR), HARBOUR, "waited too long")
    assert HARBOUR[slice(*claim.evidence)] == "Holm denied that the authority had waited too long."


def test_those_who_say_most_come_first_and_a_title_counts(nlp: Language) -> None:
    assert {actor.name for actor in extract(nlp, HARBOUR).actors[:2]} == {"Anna Kovacs", "Jens Holm"}
    plain = {actor.name: actor.salience for actor in extract(nlp, HARBOUR).actors}
    titled = {actor.name: actor.salience for actor in extract(nlp, HARBOUR, "Maria Lindqvist under fire").actors}
    assert titled["Maria Lindqvist"] > plain["Maria Lindqvist"]


def test_an_article_that_lost_its_punctuation_keeps_its_actors(nlp: Language) -> None:
    text = re.sub(r"\.?\n+", "", HARBOUR.replace(". ", ""))
    text = re.sub(r"[^\w\s]", "", text)
    found = extract(nlp, text)
    check(found, text)
    speakers = {actor for actor, _ in said(found, text)}
    assert {"Anna Kovacs", "Jens Holm", "senior port official"} <= speakers
    assert all(claim.verbatim is Wording.PARAPHRASED for claim in found.claims)


def test_the_seed_article_names_its_actors_with_their_claims(nlp: Language) -> None:
    file = SHARED / "examples" / "seed_article.txt"
    if not file.is_file():
        pytest.skip("the folder of shared data is not there (set HEARSAY_SHARED)")
    text = file.read_text(encoding="utf-8")
    found = extract(nlp, text)
    check(found, text)
    for actor, words in (
        ("Ali Abdullah Ayyoub", "The aim is eliminating the terrorist groups"),
        ("Ashton Carter", "the United States was not ready to cooperate with Russia"),
        ("Ahmet Davutoglu", "of Russias airstrikes in Syria so far have targeted the terror group"),
        ("Jens Stoltenberg", "the alliance stood ready to help Turkey"),
        ("Syrian Observatory for Human Rights", "Russian warplanes conducted heavy airstrikes"),
    ):
        assert any(who == actor and words in what for who, what in said(found, text)), actor


# Any text


@given(st.text(st.characters(), max_size=120))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@example("")
@example("word")
@example('"Yes," Anna Kovacs said. 😀\x00\ud800 "No," she said.')
@example("said said said said")
@example("I told him he told me she told them they told us")
def test_any_text_can_be_read(nlp: Language, text: str) -> None:
    check(extract(nlp, text), text)


WORDS = st.sampled_from(
    [
        '"',
        "“",
        "”",
        ",",
        ".",
        "?",
        "\n\n",
        "said",
        "told",
        "he",
        "she",
        "they",
        "who",
        "Anna",
        "Kovacs",
        "the",
        "minister",
        "officials",
        "NATO",
        "denied",
        "that",
        "asked",
        "according",
        "to",
        "his",
        "company",
        "it",
        "will",
        "and",
        "Bo",
        "Ray",
        "I",
        "we",
        "report",
        "statement",
        "from",
        "of",
        "former",
        "Mr.",
        "Russias",
        "aides",
        "'s’",
    ]
)


@given(st.lists(WORDS, max_size=60))
@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_news_like_words_can_be_read(nlp: Language, words: list[str]) -> None:
    text = " ".join(words)
    check(extract(nlp, text), text)


def test_nothing_is_found_in_nothing(nlp: Language) -> None:
    assert extract(nlp, "") == Extraction((), ())
    assert extract(nlp, " \n\t ") == Extraction((), ())


def test_a_long_text_is_read_in_one_go(nlp: Language) -> None:
    text = HARBOUR * 40
    found = extract(nlp, text)
    check(found, text)
    assert len(found.claims) > 400


def test_a_text_beyond_all_measure_is_refused(nlp: Language) -> None:
    with pytest.raises(ExtractionError, match="characters"):
        extract(nlp, "x" * (nlp.max_length + 1))


def test_what_is_read_leaves_nothing_behind_in_the_vocabulary(nlp: Language) -> None:
    before = len(nlp.vocab), len(nlp.vocab.strings)
    extract(nlp, HARBOUR + "\n\nHost Zyxwvu: No.\n\nQ: Why?\n\nHost Zyxwvu: Said Abcdefg Hijklmn.")
    assert (len(nlp.vocab), len(nlp.vocab.strings)) == before


def test_a_text_without_tokens_says_what_one_with_tokens_says(nlp: Language) -> None:
    assert extract(nlp, HARBOUR) == nlp(HARBOUR)._.extraction


def test_a_text_read_in_parts_is_one_text(nlp: Language) -> None:
    text = HARBOUR + "\n" + HARBOUR
    found = extract(nlp, text, longest_part=len(HARBOUR) + 1)
    check(found, text)
    once = extract(nlp, HARBOUR)
    half = len(found.claims) // 2
    assert [claim.content for claim in found.claims[:half]] == [claim.content for claim in once.claims]
    first, second = [said(Extraction((), claims), text) for claims in (found.claims[:half], found.claims[half:])]
    assert [words for _, words in first] == [words for _, words in second]
    assert {actor for actor, _ in second} <= {actor.name for actor in found.actors} | {None}


# The pipeline as spaCy sees it


def test_each_component_does_its_job_on_the_doc(nlp: Language) -> None:
    doc = nlp(HARBOUR)
    assert tuple(nlp.pipe_names) == COMPONENTS
    assert doc.text == HARBOUR
    assert len(list(doc.sents)) >= 12
    assert ("Jens Holm", "PERSON") in {(entity.text, entity.label_) for entity in doc.ents}
    assert doc._.extraction == Extraction(doc._.actors, doc._.claims)
    assert isinstance(doc._.actors[0], Actor)


def test_the_arrays_of_the_encoder_are_dropped_at_the_end(nlp: Language) -> None:
    assert not {PIECES, SCORES} & set(nlp("He said no.").user_data)


def test_results_travel_with_a_serialised_doc(nlp: Language) -> None:
    doc = nlp(HARBOUR)
    copy = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert copy._.extraction == doc._.extraction


def test_a_pipeline_written_and_loaded_again_finds_the_same(nlp: Language, tmp_path: Path) -> None:
    nlp.to_disk(tmp_path / "model", exclude=["vocab"])
    assert extract(load(tmp_path / "model"), HARBOUR) == extract(nlp, HARBOUR)


def test_new_weights_are_put_into_a_pipeline(nlp: Language, tmp_path: Path) -> None:
    parts = (
        ("tokenizer", "tokenizer.json"),
        ("hearsay_encoder", "claims_int8.onnx"),
        ("hearsay_claims", "head.npz"),
        ("hearsay_claims", "verifier.json"),
        ("hearsay_actors", "actor_confidence.json"),
        ("hearsay_kinds", "kinds.json"),
    )
    for folder, file in parts:
        (tmp_path / file).symlink_to(default_model() / folder / file)
    made = assemble(tmp_path, {"name": "made"})
    assert made.meta["name"] == "made"
    save(made, tmp_path / "made")
    assert extract(load(tmp_path / "made"), HARBOUR) == extract(nlp, HARBOUR)


def test_texts_can_be_read_in_other_processes_by_spacy_itself(nlp: Language) -> None:
    texts = [HARBOUR[:300], "“No,” she said."]
    docs = list(nlp.pipe(texts, n_process=2, batch_size=1))
    assert [doc._.extraction for doc in docs] == [nlp(text)._.extraction for text in texts]


def test_a_pipeline_goes_through_bytes(nlp: Language) -> None:
    copy = spacy.blank("en", config={"nlp": {"tokenizer": {"@tokenizers": "hearsay.tokenizer"}}})
    for name in COMPONENTS:
        copy.add_pipe(name)
    copy.from_bytes(nlp.to_bytes())
    text = HARBOUR[:400]
    assert copy(text)._.extraction == nlp(text)._.extraction


def test_a_component_without_weights_says_so(nlp: Language) -> None:
    doc = nlp.make_doc("He said no.")
    with pytest.raises(ValueError, match="from_disk"):
        Encoder()(doc)
    with pytest.raises(ValueError, match="from_disk"):
        ClaimFinder(LinkOptions(), 0.5).links(doc)


def encoder_of(nlp: Language) -> Encoder:
    encoder = nlp.get_pipe("hearsay_encoder")
    assert isinstance(encoder, Encoder)
    return encoder


def test_the_encoder_survives_pickling(nlp: Language) -> None:
    encoder = encoder_of(nlp)
    doc = nlp.make_doc("He said no.")
    for copy in (
        pickle.loads(pickle.dumps(encoder)),
        pickle.loads(pickle.dumps(Encoder().from_bytes(encoder.to_bytes()))),
    ):
        assert (copy.score(pieces_of(doc)).tag == encoder.score(pieces_of(doc)).tag).all()


def test_words_that_share_a_window_border_are_scored_as_one(nlp: Language) -> None:
    narrow = Encoder(window=34, overlap=16).from_bytes(encoder_of(nlp).to_bytes())
    pieces = pieces_of(nlp.make_doc(HARBOUR))
    scores = narrow.score(pieces)
    assert len(scores.tag) == len(pieces)
    assert list(scores.pairs.words) == sorted(set(scores.pairs.words))
    assert all(np.isfinite(row).all() for row in scores.pairs.rows)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelMissing, match="no model in 'nowhere'"):
        load(tmp_path / "nowhere")


def test_a_damaged_model_is_named(tmp_path: Path) -> None:
    (tmp_path / "config.cfg").write_text("[nlp", encoding="utf-8")
    with pytest.raises(ModelMissing, match="cannot be loaded"):
        load(tmp_path)


def test_the_model_card_is_there_and_says_what_the_weights_are() -> None:
    card = (default_model() / "MODEL_CARD.md").read_text(encoding="utf-8")
    assert "PolNeAR" in card
    assert "no licence" in card
