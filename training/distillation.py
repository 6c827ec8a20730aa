"""Trains a small network on the output of larger ones, and not only on what one annotator marked.

A teacher is used only for articles that it was not trained on (each has left out one fold), so its output is what
can be expected of the text (Hinton et al., "Distilling the Knowledge in a Neural Network", 2015). It reads each
batch as the student does, damaged or with other names (Beyer et al., "Knowledge distillation: A good teacher is
patient and consistent", 2022).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.losses import Judgement, mean_where
from training.model import ClaimsNet, link_scores
from training.windows import EDGE_FEATURE, Batch


def judgement(teacher: ClaimsNet, batch: Batch) -> Judgement:
    """Return the output of `teacher` for the batch, as probabilities, and its states."""
    with torch.no_grad():
        with torch.autocast(batch.ids.device.type, torch.bfloat16):
            states = batch.read_by(teacher.encode)
            tag, _, ner, pair = teacher.read(states)
        cues = batch.cues / batch.cues.sum(1, keepdim=True).clamp(min=1)
        links = link_scores(teacher, pair.float(), batch.rows, cues, batch.starts)
        return Judgement(tag.float().softmax(-1), ner.float().softmax(-1), links.sigmoid(), states)


class Hints(nn.Module):
    """Maps the states of a student to those of its teachers, one map for each. Trained along and then discarded.

    As in Romero et al., "FitNets: Hints for Thin Deep Nets" (2015).
    """

    def __init__(self, teachers: int, pupil: int, teacher: int) -> None:
        super().__init__()
        self.ways = nn.ModuleList(nn.Linear(pupil, teacher) for _ in range(teachers))

    def loss(self, states: Tensor, wanted: Tensor, batch: Batch) -> Tensor:
        """Return the distance of the student's states (windows × time × width) from the teacher's."""
        wanted = functional.layer_norm(wanted.float(), wanted.shape[-1:])
        apart = (self.ways[batch.judge](states) - wanted).square().mean(-1)
        return mean_where(apart, (batch.mask > 0) & (batch.feat != EDGE_FEATURE))
