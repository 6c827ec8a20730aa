"""A small network taught by larger ones: it learns what they hold likely, not only what one annotator marked.

A teacher is asked only about articles that it has not learnt from (each has left out one fold), so what it says
is what could be expected of the text (Hinton et al., "Distilling the Knowledge in a Neural Network", 2015). It
reads each batch as the pupil does, damaged or with other names (Beyer et al., "Knowledge distillation: A good
teacher is patient and consistent", 2022).
"""

import torch
from torch import Tensor, nn
from torch.nn import functional

from training.losses import Judgement, mean_where
from training.model import ClaimsNet, link_scores
from training.windows import EDGE_FEATURE, Batch


def judgement(teacher: ClaimsNet, batch: Batch) -> Judgement:
    """What `teacher` makes of the batch, as probabilities, and what it thinks meanwhile."""
    with torch.no_grad():
        with torch.autocast(batch.ids.device.type, torch.bfloat16):
            states = batch.read_by(teacher.encode)
            tag, _, ner, pair = teacher.read(states)
        cues = batch.cues / batch.cues.sum(1, keepdim=True).clamp(min=1)
        links = link_scores(teacher, pair.float(), batch.rows, cues, batch.starts)
        return Judgement(tag.float().softmax(-1), ner.float().softmax(-1), links.sigmoid(), states)


class Hints(nn.Module):
    """From the states of a pupil to those of its teachers, one way for each: learnt along, and left behind after.

    As in Romero et al., "FitNets: Hints for Thin Deep Nets" (2015).
    """

    def __init__(self, teachers: int, pupil: int, teacher: int) -> None:
        super().__init__()
        self.ways = nn.ModuleList(nn.Linear(pupil, teacher) for _ in range(teachers))

    def loss(self, states: Tensor, wanted: Tensor, batch: Batch) -> Tensor:
        """How far the pupil's states (windows × time × width) are from the judge's, in its standard deviations."""
        wanted = functional.layer_norm(wanted.float(), wanted.shape[-1:])
        apart = (self.ways[batch.judge](states) - wanted).square().mean(-1)
        return mean_where(apart, (batch.mask > 0) & (batch.feat != EDGE_FEATURE))
