from pathlib import Path

import pytest

from bot.extraction.claims.linker import LinkOptions
from training.corpus import Article, GoldClaim
from training.evaluation import link_weights, measured, read_all
from training.features import reader_of
from training.verification import rated

MODEL = Path(__file__).parents[3] / "models" / "hearsay"
WEIGHTS, HEAD = MODEL / "hearsay_encoder" / "claims_int8.onnx", MODEL / "hearsay_claims" / "head.npz"
TEXT = "Mayor Ada Lowe said the old bridge is safe for buses. The river rose again on Monday."


@pytest.fixture(scope="module")
def article() -> Article:
    if not (WEIGHTS.is_file() and HEAD.is_file()):
        pytest.skip("the shipped model is not at models/hearsay")
    claim = GoldClaim(((0, 14),), ((15, 19),), ((20, 52),))
    return Article("made up", TEXT, (claim,), ((0, 53), (54, len(TEXT))), None)


def test_a_plain_claim_is_measured_as_found_clean_and_scraped_badly(article: Article) -> None:
    reader = reader_of(MODEL / "tokenizer" / "tokenizer.json")
    table = measured(WEIGHTS.read_bytes(), link_weights(HEAD), {"made up": [article]}, reader)
    assert set(table) == {"made up", "made up, degraded"}
    assert table["made up"]["claim"] == {"p": 100.0, "r": 100.0, "f1": 100.0}
    assert table["made up, degraded"]["counts"]["gold"] == 1


def test_each_link_is_rated_right_or_wrong_for_the_verifier(article: Article) -> None:
    reader = reader_of(MODEL / "tokenizer" / "tokenizer.json")
    wrong = Article(article.id, TEXT, (), article.sentences, None)
    read = read_all(WEIGHTS.read_bytes(), [article, wrong], reader)
    assert [x.right for x in rated(read, link_weights(HEAD), LinkOptions())] == [True, False]
