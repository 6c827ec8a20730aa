import random

from bot.extraction.actors.known_actors import Member
from bot.model.claims import ActorType
from training.antecedents import Example, Guide, chained, fitted, module_of, truth_of_chains

SENTENCES = """# newdoc id = GUM_news_harbour
# newpar
1\tBo\tBo\tPROPN\tNNP\t_\t0\troot\t_\tEntity=(1-person-new-cf1
2\tRay\tRay\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
3-4\tcannot\t_\t_\t_\t_\t_\t_\t_\t_
3\tcan\tcan\tAUX\tMD\t_\t1\tdep\t_\t_
4\tnot\tnot\tPART\tRB\t_\t1\tdep\t_\t_
5\tsing\tsing\tVERB\tVB\t_\t1\tdep\t_\tSpaceAfter=No
6\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_

# newpar
1\tHe\the\tPRON\tPRP\t_\t0\troot\t_\tEntity=(1-person-giv:act-cf1)
2\tleft\tleave\tVERB\tVBD\t_\t1\tdep\t_\tSpaceAfter=No
3\t.\t.\tPUNCT\t.\t_\t1\tpunct\t_\t_
"""


def test_a_text_is_put_together_with_its_mentions_and_the_chains_of_its_pronouns() -> None:
    (document,) = chained(SENTENCES.splitlines())
    assert document.text.rstrip() == "Bo Ray cannot sing.\n\nHe left."
    assert {document.text[a:b]: chain for a, b, chain in document.mentions} == {"Bo Ray": "1", "He": "1"}
    assert document.pronouns == {document.text.index("He"): "1"}


def test_a_pronoun_means_whoever_is_met_in_its_chain() -> None:
    (document,) = chained(SENTENCES.splitlines())
    ray = Member("Bo Ray", ActorType.PERSON, mentions=[0])
    holm = Member("Jens Holm", ActorType.PERSON, mentions=[14])
    truth = truth_of_chains(document)
    assert truth("he", document.text.index("He"), None, [holm, ray]) == [ray]
    assert truth("he", 3, None, [holm, ray]) is None


def test_what_the_right_ones_have_and_others_lack_gets_weight() -> None:
    rng = random.Random(1)
    examples = [
        Example([{"near": 1.0, "loud": rng.random()}, {"far": 1.0, "loud": rng.random()}], [right, not right], 1.0)
        for right in [True] * 40 + [False] * 10
    ]
    weights = fitted(examples)
    assert weights["near"] > 0.3 > -0.3 > weights["far"]
    assert abs(weights["loud"]) < weights["near"]
    assert '"near": ' in module_of(weights)


def test_reading_goes_on_with_the_truth_where_it_is_known() -> None:
    ray, holm = (Member(name, ActorType.PERSON) for name in ("Bo Ray", "Jens Holm"))
    guide = Guide({"near": 1.0}, lambda word, *_: [ray] if word == "he" else None, 1.0, 1.0)
    candidates = [(holm, {"near": 1.0}), (ray, {"far": 1.0})]
    assert guide("he", 0, None, candidates) is ray
    assert guide("she", 0, None, candidates) is holm
    assert [example.right for example in guide.examples] == [[False, True]]
