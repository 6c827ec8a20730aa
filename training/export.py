"""From a trained network to the files that Hearsay ships: ONNX, quantised to int8, and the linker's biases."""

import tempfile
import warnings
from pathlib import Path

import numpy as np
import torch

from training.fusion import fuse_attention
from training.model import ClaimsNet

MODEL, HEAD = "claims_int8.onnx", "head.npz"
INPUTS, OUTPUTS = ("ids", "feat", "mask"), ("tag", "sent", "ner", "pair")
OPSET = 17
SMALL_TABLES = ["/n/pos/Gather", "/n/feat/Gather"]
"""Embeddings that take longer to dequantise for each window than the saved bytes are worth."""


class _Traced(torch.nn.Module):
    """The network as a submodule, so that exported tensors have the prefix `n.`."""

    def __init__(self, net: ClaimsNet) -> None:
        super().__init__()
        self.n = net

    def forward(self, ids: torch.Tensor, feat: torch.Tensor, mask: torch.Tensor) -> tuple[torch.Tensor, ...]:
        out: tuple[torch.Tensor, ...] = self.n(ids, feat, mask)
        return out


def export_fp32(net: ClaimsNet, path: Path) -> None:
    """Write the network as ONNX with dynamic batch and time axes."""
    was_training = net.training
    device = next(net.parameters()).device
    traced = _Traced(net.cpu().eval())
    ids = torch.randint(1000, 2000, (2, 64))
    with warnings.catch_warnings():
        # the newer exporter needs one more package and writes attention differently
        warnings.simplefilter("ignore", DeprecationWarning)
        torch.onnx.export(
            traced,
            (ids, torch.ones_like(ids), torch.ones(2, 64)),
            str(path),
            input_names=list(INPUTS),
            output_names=list(OUTPUTS),
            dynamic_axes={name: {0: "batch", 1: "time"} for name in (*INPUTS, *OUTPUTS)},
            opset_version=OPSET,
            dynamo=False,
        )
    net.to(device).train(was_training)


def fp32_bytes(net: ClaimsNet) -> bytes:
    """Return the network as ONNX, to measure it during a run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "claims.onnx"
        export_fp32(net, path)
        return path.read_bytes()


def quantise(source: Path, target: Path, layers: int) -> None:
    """Quantise an ONNX file's weights to int8 per channel, with one bit spared against overflow (AVX2).

    Attention becomes one operation in each of the `layers`, and the input `mask` is removed. Raises ValueError if
    it is not found.
    """
    import onnx  # noqa: PLC0415  (slow to import)
    from onnxruntime.quantization import QuantType, quantize_dynamic  # noqa: PLC0415  (slow to import)
    from onnxruntime.quantization.shape_inference import quant_pre_process  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as folder:
        prepared = Path(folder) / "prepared.onnx"
        quant_pre_process(str(source), str(prepared), skip_symbolic_shape=True)
        quantize_dynamic(
            str(prepared),
            str(target),
            per_channel=True,
            reduce_range=True,
            weight_type=QuantType.QInt8,
            nodes_to_exclude=SMALL_TABLES,
        )
    model = onnx.load(str(target))
    if fuse_attention(model) != layers:
        raise ValueError("the exported graph has no attention of the expected form in each layer")
    onnx.save(model, str(target))


def export(net: ClaimsNet, folder: Path) -> tuple[Path, Path]:
    """Write the int8 model and the linker's biases into `folder`. Return their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        whole = Path(work) / "claims.onnx"
        export_fp32(net, whole)
        quantise(whole, folder / MODEL, net.shape.layers)
    np.savez(folder / HEAD, dist=net.dist.detach().cpu().numpy(), pb=net.pb.detach().cpu().numpy())
    return folder / MODEL, folder / HEAD
