import random

from bot.extraction.claims.verifier_features import NUMBERS, WORDS, Signs
from training.verification import RARE, Rated, fitted


def links(count: int, seed: int) -> list[Rated]:
    """Links that are right where the cue is "said", mostly, and where their first number is high, a little."""
    rng = random.Random(seed)
    found = []
    for _ in range(count):
        cue, number = rng.choice(["said", "offers"]), rng.gauss(0, 1)
        right = rng.random() < (0.85 if cue == "said" else 0.25) + 0.1 * (number > 0)
        numbers = (number, *(rng.gauss(0, 1) for _ in NUMBERS[1:]))
        found.append(Rated(Signs(numbers, (cue, *("x" for _ in WORDS[1:]))), right))
    return found


def test_what_goes_with_right_links_counts_for_a_link() -> None:
    verifier = fitted(links(3_000, 1))
    said, offers = (Signs((0.0,) * len(NUMBERS), (cue, *("x" for _ in WORDS[1:]))) for cue in ("said", "offers"))
    assert verifier.probability(said) > 0.7 > 0.5 > verifier.probability(offers)
    assert verifier.numbers[0] > max(map(abs, verifier.numbers[1:]))


def test_probabilities_are_true_of_links_that_were_not_learnt_from() -> None:
    verifier, unseen = fitted(links(3_000, 1)), links(3_000, 2)
    sure = [x.right for x in unseen if verifier.probability(x.signs) > 0.8]
    assert sum(sure) / len(sure) > 0.8


def test_rare_words_are_not_kept() -> None:
    examples = links(200, 3)
    odd = Rated(Signs((0.0,) * len(NUMBERS), ("mooed", *("x" for _ in WORDS[1:]))), right=True)
    known = fitted([*examples, *[odd] * (RARE - 1)]).lexicon[0]
    assert set(known) == {"said", "offers"}
