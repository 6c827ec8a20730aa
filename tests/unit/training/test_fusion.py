from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="torch is for training only and not installed here")
onnx = pytest.importorskip("onnx", reason="onnx is for training only and not installed here")

from training.export import export_fp32  # noqa: E402
from training.fusion import fuse_attention  # noqa: E402
from training.model import ClaimsNet  # noqa: E402


def test_a_fused_model_gives_what_the_network_gives_and_wants_no_mask(tmp_path: Path) -> None:
    import onnxruntime as ort

    net = ClaimsNet().eval()
    export_fp32(net, tmp_path / "whole.onnx")
    model = onnx.load(str(tmp_path / "whole.onnx"))
    assert fuse_attention(model) == 6
    session = ort.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    assert [value.name for value in session.get_inputs()] == ["ids", "feat"]
    ids = np.random.default_rng(0).integers(1000, 2000, (1, 30))
    found = session.run(None, {"ids": ids, "feat": np.ones_like(ids)})
    with torch.no_grad():
        expected = net(torch.from_numpy(ids), torch.ones(1, 30, dtype=torch.int64), torch.ones(1, 30))
    for ours, theirs in zip(found, expected, strict=True):
        assert np.allclose(ours, theirs.numpy(), atol=1e-4)
