"""Replaces the attention of an exported model with one operation of onnxruntime.

The export writes attention out: products, a scale, a mask, a softmax, each over all pairs of pieces, and the
transpositions between them. `MultiHeadAttention` does it block by block within the cache. The mask is removed,
too: texts are read one window at a time, without padding.
"""

from typing import Any

import onnx
from onnx import helper

from training.model import MINILM

DOMAIN = "com.microsoft"
PARTS = "attention_parts"


def fuse_attention(model: Any) -> int:
    """Replace each attention of an onnx model with one operation. Return how many were found.

    The input `mask` is removed if nothing else uses it.
    """
    graph = model.graph
    maker = {out: node for node in graph.node for out in node.output}
    readers: dict[str, list[Any]] = {}
    for node in graph.node:
        for name in node.input:
            readers.setdefault(name, []).append(node)

    fused = 0
    for softmax in [node for node in graph.node if node.op_type == "Softmax"]:
        before = softmax
        while before.op_type != "Reshape":  # the first input of every node leads back to the projection
            before = maker[before.input[0]]
        after = softmax
        while after.op_type != "Reshape":
            (after,) = readers[after.output[0]]
        _replace(graph, before.input[0], after, fused)
        fused += 1
    if fused:
        graph.initializer.append(helper.make_tensor(PARTS, onnx.TensorProto.INT64, [3], [MINILM.hidden] * 3))
        if all(opset.domain != DOMAIN for opset in model.opset_import):
            model.opset_import.append(helper.make_opsetid(DOMAIN, 1))
        _drop_unread(graph)
    return fused


def _replace(graph: Any, projection: str, after: Any, number: int) -> None:
    """Replace the output of `after` with attention over queries, keys and values, adjacent in `projection`."""
    parts = [f"attention_{number}_{part}" for part in ("query", "key", "value")]
    result = after.output[0]
    after.output[0] = f"{result}_spelt_out"
    place = list(graph.node).index(after)
    nodes = [
        helper.make_node("Split", [projection, PARTS], parts, name=f"attention_{number}_split", axis=-1),
        helper.make_node(
            "MultiHeadAttention",
            parts,
            [result],
            name=f"attention_{number}",
            domain=DOMAIN,
            num_heads=MINILM.heads,
        ),
    ]
    for offset, node in enumerate(nodes):
        graph.node.insert(place + offset, node)


def _drop_unread(graph: Any) -> None:
    """Remove nodes, constants and inputs that nothing uses any more."""
    while True:
        read = {name for node in graph.node for name in node.input} | {out.name for out in graph.output}
        unread = [node for node in graph.node if not read.intersection(node.output)]
        for node in unread:
            graph.node.remove(node)
        if not unread:
            break
    for kept in (graph.initializer, graph.input):
        for value in [value for value in kept if value.name not in read]:
            kept.remove(value)
