from training.corpus import Article, GoldClaim
from training.scoring import Figures, figures_of

TEXT = "Ada said that the old bridge is safe. Bo denied it."
ADA = GoldClaim(((0, 3),), ((4, 8),), ((14, 36),))
BO = GoldClaim(((38, 40),), ((41, 47),), ((48, 50),))
ARTICLE = Article("x", TEXT, (ADA, BO), (), None)


def test_claims_as_in_gold_are_all_right() -> None:
    assert figures_of(ARTICLE, [ADA, BO]) == Figures(gold=2, predicted=2, content=2, claim=2)


def test_a_wrong_source_leaves_the_content_right() -> None:
    wrong = GoldClaim(BO.source, ADA.cue, ADA.content)
    assert figures_of(ARTICLE, [wrong]) == Figures(gold=2, predicted=1, content=1, claim=0)


def test_a_content_counts_from_half_of_its_joint_letters_on_and_only_once() -> None:
    half = GoldClaim(ADA.source, ADA.cue, ((14, 26),))
    assert figures_of(ARTICLE, [half, half]) == Figures(gold=2, predicted=2, content=1, claim=1)
    less = GoldClaim(ADA.source, ADA.cue, ((14, 21),))
    assert figures_of(ARTICLE, [less]) == Figures(gold=2, predicted=1)


def test_nothing_found_is_no_division_by_nothing() -> None:
    assert Figures().table()["claim"] == {"p": 0.0, "r": 0.0, "f1": 0.0}
    assert (Figures(2, 1, 1, 1) + Figures(2, 1, 1, 0)).table() == {
        "claim": {"p": 50.0, "r": 25.0, "f1": 33.3},
        "content": {"p": 100.0, "r": 50.0, "f1": 66.7},
        "counts": {"gold": 4, "predicted": 2},
    }
