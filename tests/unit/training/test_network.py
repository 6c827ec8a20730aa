import random
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is for training only and not installed here")

from bot.extraction.claims import linker  # noqa: E402
from training import windows  # noqa: E402
from training.corpus import Article, Name  # noqa: E402
from training.features import NO_LABEL, NONE_OF_THREE, ClaimLink, Example, reader_of  # noqa: E402
from training.losses import Weights, losses_of, name_loss  # noqa: E402
from training.model import ClaimsNet, distance_bucket  # noqa: E402
from training.name_head import refit, states_and_labels  # noqa: E402
from training.weights import put  # noqa: E402

TOKENIZER = Path(__file__).parents[3] / "models" / "hearsay" / "tokenizer" / "tokenizer.json"


def long_example(count: int) -> Example:
    ids = np.arange(1000, 1000 + count)
    zeros = np.zeros(count, dtype=np.int64)
    claim = ClaimLink(cue=((20, 22),), source=((18, 20),), content=((22, 60),))
    return Example(ids, zeros, zeros, zeros, zeros, (claim,), quoted=zeros, pause=zeros)


def test_training_and_extraction_count_distances_alike() -> None:
    distances = np.arange(-600, 601)
    ours = distance_bucket(torch.from_numpy(distances)).numpy()
    assert ours.tolist() == linker.distance_bucket(distances).tolist()


@pytest.mark.parametrize("seed", range(5))
def test_windows_hold_every_piece_but_scraps_once_and_cut_claims_to_size(seed: int) -> None:
    found = windows.windows_of(long_example(100), 42, random.Random(seed))
    pieces = np.concatenate([w.ids for w in found])
    assert len(set(pieces.tolist())) == len(pieces) > 100 - 2 * windows.SHORTEST
    for window in found:
        assert len(window.ids) <= 40
        for claim in window.claims:
            assert claim.cue
            assert all(0 <= a < b <= len(window.ids) for runs in (claim.cue, claim.content) for a, b in runs)


def test_a_batch_marks_padding_and_points_at_the_pieces_of_its_claims() -> None:
    short, long = (windows.windows_of(long_example(n), 128, random.Random(0))[0] for n in (30, 70))
    batch = windows.batch_of([short, long]).to("cpu")
    assert batch.ids.shape == (2, 72)
    assert batch.padded
    assert not windows.batch_of([long]).padded
    assert batch.mask.sum(1).tolist() == [32, 72]
    assert (batch.tag[0, 31:] == NO_LABEL).all()
    assert batch.rows.tolist() == [0, 1]
    assert batch.starts.tolist() == [21, 21]
    assert batch.cues[1].nonzero().flatten().tolist() == [21, 22]
    assert batch.linked[1][1].sum() == 38


def test_every_loss_can_be_learnt_from() -> None:
    net = ClaimsNet()
    batch = windows.batch_of(windows.windows_of(long_example(70), 128, random.Random(0))).to("cpu")
    states = batch.read_by(net.states)
    losses = losses_of(net, net.read(states), batch, Weights(), net.marks(states))
    losses.total.backward()
    assert set(losses.parts) == {"tag", "pair", "content", "source", "sentence", "name", "quoted", "pause"}
    assert all(p.grad is not None and p.grad.isfinite().all() for p in net.parameters())


def test_outside_the_types_that_were_marked_a_name_of_the_fourth_is_no_mistake() -> None:
    outside, person, other = (torch.eye(9)[[i]] * 20 for i in (0, 1, 7))
    none_of_three = torch.tensor([NONE_OF_THREE])
    assert name_loss(outside, none_of_three) < 1e-3
    assert name_loss(other, none_of_three) < 1e-3
    assert name_loss(person, none_of_three) > 10
    assert name_loss(person, torch.tensor([5])) > 10
    assert name_loss(torch.cat([person, outside]), torch.tensor([1, NO_LABEL])) < 1e-3


def test_weights_of_a_network_that_knew_fewer_types_of_names_still_fit() -> None:
    net = ClaimsNet()
    older = {name: value for name, value in net.state_dict().items() if not name.startswith("marks.")}
    older["ner.weight"], older["ner.bias"] = torch.ones(7, 384), torch.ones(7)
    put(net, older)
    assert net.ner.bias.tolist() == [1.0] * 7 + [0.0] * 2
    del older["tag.weight"]
    with pytest.raises(RuntimeError, match=r"tag\.weight"):
        put(net, older)


def test_the_head_for_names_is_fitted_anew_and_nothing_else_moves() -> None:
    if not TOKENIZER.is_file():
        pytest.skip("the shipped model has no tokenizer at models/hearsay/tokenizer")
    text = "Ada Lowe left the old bridge to Ada Lowe."
    article = Article("x", text, None, ((0, 41),), (Name(0, 8, "PER"), Name(32, 40, "PER")))
    torch.manual_seed(1)
    net = ClaimsNet().eval()
    before = {name: value.clone() for name, value in net.state_dict().items()}
    states, labels = states_and_labels(net, [article] * 200, reader_of(TOKENIZER))
    assert states.shape == (len(labels), 384)
    refit(net.ner, states, labels)
    changed = {name for name, value in net.state_dict().items() if not torch.equal(value, before[name])}
    assert changed == {"ner.weight", "ner.bias"}
    assert (net.ner(states.float()).argmax(-1) == labels).float().mean() > 0.9
