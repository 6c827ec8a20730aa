"""Where the network's first weights come from: the base model, or an exported model to go on from."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file

from training.model import LAYERS, ClaimsNet

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


CHECKPOINT = "checkpoint.pt"


class WrongWeights(Exception):
    """A weights file is not the one that the recipe is for."""


def checked(path: Path) -> Path:
    """`path`, if it is the base model that the recipe is for. Raises WrongWeights."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != BASE_SHA256:
        raise WrongWeights(f"{path} has sha256 {found}, not {BASE_SHA256}")
    return path


def load_base(net: ClaimsNet, path: Path) -> None:
    """Put the base model's encoder (a BERT in safetensors) into `net`; the heads stay as they are."""
    source = load_file(checked(path))

    def of(name: str) -> torch.Tensor:
        return source[name] if name in source else source[f"bert.{name}"]

    state = {
        "word.weight": of("embeddings.word_embeddings.weight"),
        "pos.weight": of("embeddings.position_embeddings.weight"),
        "typ": of("embeddings.token_type_embeddings.weight")[0],
    }
    for part in ("weight", "bias"):
        state[f"ln.{part}"] = of(f"embeddings.LayerNorm.{part}")
        for i in range(LAYERS):
            layer = f"encoder.layer.{i}."
            state[f"layers.{i}.qkv.{part}"] = torch.cat(
                [of(f"{layer}attention.self.{x}.{part}") for x in ("query", "key", "value")]
            )
            for ours, theirs in (
                ("o", "attention.output.dense"),
                ("l1", "attention.output.LayerNorm"),
                ("i", "intermediate.dense"),
                ("f", "output.dense"),
                ("l2", "output.LayerNorm"),
            ):
                state[f"layers.{i}.{ours}.{part}"] = of(f"{layer}{theirs}.{part}")
    missing, unexpected = net.load_state_dict(state, strict=False)
    if unexpected or any(re.match(r"word|pos|typ|ln|layers", name) for name in missing):
        raise WrongWeights(f"{path} lacks {missing} and has {unexpected}")


def exported_tensors(path: Path) -> dict[str, np.ndarray]:
    """The tensors of an exported model by their names in the network, int8 ones dequantised.

    Weights of linear layers have lost their names in the export; they are told by their bias,
    which is added to what their multiplication gives.
    """
    import onnx  # noqa: PLC0415  (wanted for a start from an exported model only)
    from onnx import numpy_helper  # noqa: PLC0415

    graph: Any = onnx.load(str(path)).graph
    raw = {x.name: numpy_helper.to_array(x) for x in graph.initializer}
    values: dict[str, np.ndarray] = {}
    for name, value in raw.items():
        if name.endswith("_quantized"):
            stem = name.removesuffix("_quantized")
            zero, scale = raw[f"{stem}_zero_point"], raw[f"{stem}_scale"]
            values[stem] = (value.astype(np.float32) - zero.astype(np.float32)) * scale
        elif not name.endswith(("_zero_point", "_scale")):
            values[name] = value
    producer = {out: node for node in graph.node for out in node.output}
    found = {n.removeprefix("n."): v for n, v in values.items() if n.startswith("n.")}
    for node in graph.node:
        biases = [x for x in node.input if node.op_type == "Add" and x.startswith("n.") and x.endswith(".bias")]
        if not biases:
            continue
        stem = biases[0].removeprefix("n.").removesuffix(".bias")
        name = next(x for x in node.input if x != biases[0])
        # the first input of every node leads back to the multiplication, in int8 by way of a cast and a scale
        while producer[name].op_type not in {"MatMul", "MatMulInteger"}:
            name = producer[name].input[0]
        found[f"{stem}.weight"] = values[producer[name].input[1].removesuffix("_quantized")].T
    return found


def put(net: ClaimsNet, state: Mapping[str, torch.Tensor]) -> None:
    """Put weights into `net`. Older networks have no head for punctuation, and know fewer types of names.

    What they lack stays as it is in `net`, or is zero for a type of names. Raises RuntimeError where anything else
    is missing.
    """
    state = {name: value for name, value in net.state_dict().items() if name.startswith("marks.")} | dict(state)
    for name in ("ner.weight", "ner.bias"):
        whole = torch.zeros_like(net.state_dict()[name])
        whole[: len(state[name])] = state[name]
        state[name] = whole
    net.load_state_dict(state)


def load_checkpoint(net: ClaimsNet, run: Path) -> None:
    """Put the weights of a run's last checkpoint into `net`."""
    # the file is the run's own, and holds a state of random.Random besides tensors
    put(net, torch.load(run / CHECKPOINT, map_location="cpu", weights_only=False)["net"])


def load_exported(net: ClaimsNet, model: Path, head: Path) -> None:
    """Put an exported model (ONNX, int8 or fp32, and its linker's npz) back into `net` to train on from it."""
    state = {k: torch.from_numpy(np.array(v)) for k, v in exported_tensors(model).items()}
    linker = np.load(head)
    state |= {k: torch.from_numpy(linker[k]) for k in ("dist", "pb")}
    put(net, state)


def load_any(folder: Path) -> ClaimsNet:
    """The network of a run's last checkpoint, or of exported files, whichever the folder holds."""
    net = ClaimsNet()
    if (folder / CHECKPOINT).is_file():
        load_checkpoint(net, folder)
    else:
        load_exported(net, folder / "claims_int8.onnx", folder / "head.npz")
    return net


def average(net: ClaimsNet, others: Sequence[ClaimsNet]) -> None:
    """Make every weight of `net` the mean of itself and of the `others`, all trained on from the same start.

    They lie in one valley, and the middle of it is often better than its edges (Wortsman et al., "Model soups",
    2022).
    """
    states = [net.state_dict(), *(other.state_dict() for other in others)]
    net.load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
