"""Where the network's first weights come from: a base model, or an exported model to go on from."""

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import torch
from safetensors.torch import load_file

from training.corpus import RecipeError
from training.model import MINILM, MPNET, ClaimsNet

BASE_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
TEACHER_SHA256 = "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658"
CHECKPOINT = "checkpoint.pt"
NAMES_OF_MARKS = {"[CLS]": "<s>", "[SEP]": "</s>", "[PAD]": "<pad>", "[MASK]": "<mask>"}
"""MPNet's names for the special pieces of BERT's vocabulary; all other pieces have the same names in both."""


class WrongWeights(RecipeError):
    """A weights file is not the one that the recipe expects."""


def checked(path: Path, wanted: str = BASE_SHA256) -> Path:
    """Return `path` if it is the base model that the recipe expects. Raises WrongWeights."""
    found = hashlib.sha256(path.read_bytes()).hexdigest()
    if found != wanted:
        raise WrongWeights(f"{path} has sha256 {found}, not {wanted}")
    return path


def _layers(source: Mapping[str, torch.Tensor], count: int, parts: Sequence[str]) -> dict[str, torch.Tensor]:
    """Return the layers of an encoder under our names. `parts`: queries, keys, values, their output and
    normalisation."""
    found = {}
    *projections, output, normalised = parts
    for i in range(count):
        layer = f"encoder.layer.{i}."
        for kind in ("weight", "bias"):
            found[f"layers.{i}.qkv.{kind}"] = torch.cat([source[f"{layer}{x}.{kind}"] for x in projections])
            for ours, theirs in (
                ("o", output),
                ("l1", normalised),
                ("i", "intermediate.dense"),
                ("f", "output.dense"),
                ("l2", "output.LayerNorm"),
            ):
                found[f"layers.{i}.{ours}.{kind}"] = source[f"{layer}{theirs}.{kind}"]
    return found


def _put_encoder(net: ClaimsNet, state: Mapping[str, torch.Tensor], path: Path) -> None:
    missing, unexpected = net.load_state_dict(state, strict=False)
    if unexpected or any(re.match(r"word|pos|typ|ln|apart|layers", name) for name in missing):
        raise WrongWeights(f"{path} lacks {missing} and has {unexpected}")


def load_base(net: ClaimsNet, path: Path) -> None:
    """Load the base model's encoder (a BERT in safetensors) into `net`; the heads do not change."""
    source = {name.removeprefix("bert."): value for name, value in load_file(checked(path)).items()}
    state = {
        "word.weight": source["embeddings.word_embeddings.weight"],
        "pos.weight": source["embeddings.position_embeddings.weight"],
        "typ": source["embeddings.token_type_embeddings.weight"][0],
        "ln.weight": source["embeddings.LayerNorm.weight"],
        "ln.bias": source["embeddings.LayerNorm.bias"],
    }
    parts = ["attention.self.query", "attention.self.key", "attention.self.value"]
    parts += ["attention.output.dense", "attention.output.LayerNorm"]
    _put_encoder(net, state | _layers(source, net.shape.layers, parts), path)


def vocabulary(tokenizer: Path) -> dict[str, int]:
    """Return the pieces of a tokenizer.json and their ids."""
    return dict(json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"])


def load_teacher(net: ClaimsNet, folder: Path, tokenizer: Path) -> None:
    """Load MPNet's encoder, in `folder`, into `net` of shape MPNET, with pieces in the order of our
    `tokenizer`."""
    path = folder / "model.safetensors"
    source = load_file(checked(path, TEACHER_SHA256))
    theirs, ours = vocabulary(folder / "tokenizer.json"), vocabulary(tokenizer)
    order = [theirs[NAMES_OF_MARKS.get(x, x)] for x in sorted(ours, key=ours.__getitem__)]
    put_teacher(
        net, {**source, "embeddings.word_embeddings.weight": source["embeddings.word_embeddings.weight"][order]}
    )


def put_teacher(net: ClaimsNet, source: Mapping[str, torch.Tensor]) -> None:
    """Load MPNet's tensors, under their own names, into `net`; rows of pieces are already in our order."""
    state = {
        "word.weight": source["embeddings.word_embeddings.weight"],
        # the first two rows are for padding; positions count from the third
        "pos.weight": source["embeddings.position_embeddings.weight"][2:],
        "typ": torch.zeros(MPNET.hidden),
        "ln.weight": source["embeddings.LayerNorm.weight"],
        "ln.bias": source["embeddings.LayerNorm.bias"],
        "apart.weight": source["encoder.relative_attention_bias.weight"],
    }
    parts = ["attention.attn.q", "attention.attn.k", "attention.attn.v", "attention.attn.o", "attention.LayerNorm"]
    _put_encoder(net, state | _layers(source, net.shape.layers, parts), Path("MPNet"))


def exported_tensors(path: Path) -> dict[str, np.ndarray]:
    """Return the tensors of an exported model by their names in the network, int8 ones dequantised.

    Weights of linear layers have lost their names in the export. They are found by their bias, which is added to
    the result of their multiplication.
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
        # the first input of every node leads back to the multiplication, in int8 through a cast and a scale
        while producer[name].op_type not in {"MatMul", "MatMulInteger"}:
            name = producer[name].input[0]
        found[f"{stem}.weight"] = values[producer[name].input[1].removesuffix("_quantized")].T
    return found


def put(net: ClaimsNet, state: Mapping[str, torch.Tensor]) -> None:
    """Load weights into `net`. Older networks have no head for punctuation, and know fewer types of names.

    A missing head does not change in `net`; a missing type of names is zero. Raises RuntimeError if anything else
    is missing.
    """
    state = {name: value for name, value in net.state_dict().items() if name.startswith("marks.")} | dict(state)
    for name in ("ner.weight", "ner.bias"):
        whole = torch.zeros_like(net.state_dict()[name])
        whole[: len(state[name])] = state[name]
        state[name] = whole
    net.load_state_dict(state)


def layers_in(state: Mapping[str, Any]) -> int:
    """Return how many layers the weights of an encoder have."""
    return len({name.split(".")[1] for name in state if name.startswith("layers.")})


def load_any(folder: Path, dropout: float = 0.1) -> ClaimsNet:
    """Return the network of a run's last checkpoint, or of exported files (ONNX, int8 or fp32, and the linker's
    npz).

    It is whichever the folder holds, with its number of layers.
    """
    if (folder / CHECKPOINT).is_file():
        # the file is the run's own, and holds the state of a random.Random besides tensors
        state = torch.load(folder / CHECKPOINT, map_location="cpu", weights_only=False)["net"]
    else:
        found = exported_tensors(folder / "claims_int8.onnx") | dict(np.load(folder / "head.npz"))
        state = {name: torch.from_numpy(np.array(value)) for name, value in found.items()}
    shape = MPNET if "apart.weight" in state else MINILM
    net = ClaimsNet(dropout, replace(shape, layers=layers_in(state)))
    put(net, state)
    return net


def without_layers(net: ClaimsNet, gone: Sequence[int]) -> ClaimsNet:
    """Return a copy of `net` without the layers `gone` (counted from 0), to be trained again."""
    kept = [i for i in range(net.shape.layers) if i not in gone]
    smaller = ClaimsNet(net.dropout, replace(net.shape, layers=len(kept)))
    state = {name: value.clone() for name, value in net.state_dict().items() if not name.startswith("layers.")}
    for new, old in enumerate(kept):
        state |= {f"layers.{new}.{name}": value.clone() for name, value in net.layers[old].state_dict().items()}
    smaller.load_state_dict(state)
    return smaller


def average(net: ClaimsNet, others: Sequence[ClaimsNet]) -> None:
    """Average the weights of `net` and of the `others`, which were all trained from the same start.

    They lie in one valley of the loss, and its middle is often better than its edges (Wortsman et al., "Model
    soups", 2022).
    """
    states = [net.state_dict(), *(other.state_dict() for other in others)]
    net.load_state_dict({name: sum(state[name] for state in states) / len(states) for name in states[0]})
