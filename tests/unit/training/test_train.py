import json
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="torch is for training only and not installed here")

from training import train  # noqa: E402
from training.corpus import Article, GoldClaim, Name  # noqa: E402
from training.distillation import Hints, judgement  # noqa: E402
from training.lessons import Lessons, epochs  # noqa: E402
from training.losses import Weights  # noqa: E402
from training.model import MINILM, MPNET, ClaimsNet, Shape, relative_step  # noqa: E402
from training.opinions import fold_numbers, split  # noqa: E402
from training.recipe import Recipe, rate_factor  # noqa: E402
from training.weights import load_any, without_layers  # noqa: E402
from training.windows import Batch  # noqa: E402

TOKENIZER = Path(__file__).parents[3] / "models" / "hearsay" / "tokenizer" / "tokenizer.json"
TEXT = "The mayor said the old bridge across the river is safe for all."
PUPIL, TEACHER = replace(MINILM, layers=2), replace(MPNET, layers=1)
SMALL = Recipe(epochs=1, batch=2, window=32, damaged=0.0)

pytestmark = pytest.mark.skipif(
    not TOKENIZER.is_file(), reason="there is no tokenizer at models/hearsay/tokenizer"
)


def claimed(id_: str) -> Article:
    return Article(id_, TEXT, (GoldClaim(((0, 9),), ((10, 14),), ((15, 62),)),), ((0, 63),), ())


def named(id_: str) -> Article:
    return Article(id_, TEXT, None, ((0, 63),), (Name(4, 9, "PER"),))


def batches(lessons: Lessons, count: int = 1, workers: int = 0) -> list[list[Batch]]:
    return list(epochs(lessons, 0, count, workers))


def test_the_rate_goes_up_and_then_down_to_the_lowest() -> None:
    rates = [rate_factor(x / 100, 0.1, 0.02) for x in range(101)]
    assert rates[:11] == sorted(rates[:11])
    assert rates[10:] == sorted(rates[10:], reverse=True)
    assert max(rates) == 1
    assert rates[-1] == 0.02


def test_a_run_that_was_stopped_goes_on_where_it_was(tmp_path: Path) -> None:
    lessons = Lessons([claimed("x")], SMALL, TOKENIZER)

    def run(count: int) -> train.Run:
        return train.Run(tmp_path, replace(SMALL, epochs=count), ClaimsNet(shape=PUPIL), "cpu")

    first = run(1)
    assert not first.resume()
    train.train([first], epochs(lessons, 0, 1), lambda _: {"measured": True})
    second = run(2)
    assert second.resume()
    assert second.epoch == 1
    assert all(torch.equal(a, b) for a, b in zip(first.net.parameters(), second.net.parameters(), strict=True))
    train.train([second], epochs(lessons, 1, 1), lambda _: {})
    record = json.loads((tmp_path / train.RECORD).read_text(encoding="utf-8"))
    assert [x["epoch"] for x in record["epochs"]] == [1, 2]
    assert record["epochs"][0]["measured"]
    assert record["recipe"]["seed"] == 1
    assert load_any(tmp_path).shape == PUPIL


def test_a_run_ends_with_its_time(tmp_path: Path) -> None:
    ticks = iter(range(1000))
    recipe = replace(SMALL, epochs=9, minutes=0.1)
    run = train.Run(tmp_path, recipe, ClaimsNet(shape=PUPIL), "cpu", clock=lambda: next(ticks))
    train.train([run], epochs(Lessons([claimed("x")], recipe, TOKENIZER), 0, 9), lambda _: {})
    assert 0 < run.epoch < 9


def test_every_article_with_claims_has_one_judge_and_workers_make_the_same_lessons() -> None:
    articles = [claimed(str(i)) for i in range(6)] * 2 + [named(f"n{i}") for i in range(6)]
    lessons = Lessons(articles, SMALL, TOKENIZER, 3, fold_numbers(articles[:6], 3))
    assert sorted(lessons.folds.values()) == [0, 0, 1, 1, 2, 2]
    ours, theirs = batches(lessons, 3), batches(lessons, 3, workers=2)
    assert {x.judge for x in ours[0]} == {0, 1, 2}
    for one, other in zip(ours, theirs, strict=True):
        assert [x.judge for x in one] == [x.judge for x in other]
        assert all(torch.equal(x.ids, y.ids) for x, y in zip(one, other, strict=True))


def test_a_pupil_comes_to_think_what_its_teachers_think_but_not_of_the_fold_that_is_kept_from_it(
    tmp_path: Path,
) -> None:
    torch.manual_seed(1)
    recipe = replace(SMALL, epochs=1, weights=Weights(judged=1.0, hint=0.3), rate=1e-3, warm_up=0.0)
    articles = [claimed(str(i)) for i in range(6)]
    lessons = Lessons(articles, recipe, TOKENIZER, 2, fold_numbers(articles, 2))
    teachers = [ClaimsNet(0.0, TEACHER).eval() for _ in range(2)]
    shown = batches(lessons)[0]
    asked = shown[0].to("cpu")
    judged = judgement(teachers[asked.judge], asked)
    assert judged.tag.sum(-1).allclose(torch.ones(()))
    assert judged.links.shape == asked.linked.shape

    def apart(net: ClaimsNet) -> float:
        found = net.eval()(asked.ids, asked.feat, asked.mask)[0].softmax(-1)
        return float((found - judged.tag).abs().mean().detach())

    pupil = ClaimsNet(0.0, PUPIL)
    before = apart(pupil)
    hints = Hints(2, PUPIL.hidden, TEACHER.hidden)
    run = train.Run(tmp_path / "pupil", recipe, pupil, "cpu", hints=hints)
    train.train([run], [shown * 8], lambda _: {}, teachers)
    assert apart(pupil) < 0.7 * before
    assert run.record["epochs"][0]["losses"]["hint"] > 0

    kept = train.Run(tmp_path / "kept", recipe, ClaimsNet(0.0, PUPIL), "cpu", apart=0)
    untouched = {name: value.clone() for name, value in kept.net.state_dict().items()}
    train.train([kept], [[x for x in shown if x.judge == 0]], lambda _: {}, teachers)
    assert all(torch.equal(value, untouched[name]) for name, value in kept.net.state_dict().items())


def test_the_folds_of_judges_are_those_that_opinions_and_the_verifier_go_by() -> None:
    articles = [claimed(str(i)) for i in range(7)]
    for number in range(3):
        _, unseen = split(articles, (number, 3))
        assert {x.id for x in unseen} == {x for x, fold in fold_numbers(articles, 3).items() if fold == number}


def test_a_network_without_a_layer_keeps_the_others() -> None:
    net = ClaimsNet(shape=Shape(layers=3))
    smaller = without_layers(net, [1])
    assert smaller.shape.layers == 2
    assert torch.equal(smaller.layers[1].qkv.weight, net.layers[2].qkv.weight)
    assert torch.equal(smaller.tag.weight, net.tag.weight)


def test_relative_steps_are_those_of_t5() -> None:
    distances = torch.tensor([0, -1, 1, -7, 7, -8, -127, 127, 500])
    assert relative_step(distances, 32).tolist() == [0, 1, 17, 7, 23, 8, 15, 31, 31]
