"""Refits the head for names of a finished network to marked names.

During training most name labels are automatic, and the network learns to mark too many. With the encoder frozen, a
minute of training on marked names corrects the head.
"""

import random
from collections.abc import Iterable

import torch
from torch import Tensor, nn

from bot.extraction.encoder.word_pieces import PieceReader
from training.corpus import Article
from training.features import example_of
from training.losses import name_loss
from training.model import ClaimsNet
from training.windows import batch_of, windows_of

WINDOW = 256
EPOCHS, RATE, DECAY, BATCH = 6, 1e-3, 0.01, 1024
LOWEST = 0.02


def states_and_labels(net: ClaimsNet, articles: Iterable[Article], reader: PieceReader) -> tuple[Tensor, Tensor]:
    """What the encoder says about each piece (pieces × hidden, half precision), and the label of its name."""
    states, labels = [], []
    with torch.no_grad():
        for article in articles:
            for window in windows_of(example_of(article, reader), WINDOW, random.Random(0)):
                batch = batch_of([window]).to("cpu")
                with torch.autocast("cpu", torch.bfloat16):
                    found = batch.read_by(net.encode)
                inside = slice(1, 1 + len(window.ids))
                states.append(found[0, inside].half())
                labels.append(batch.ner[0, inside])
    return torch.cat(states), torch.cat(labels)


def refit(head: nn.Linear, states: Tensor, labels: Tensor, seed: int = 1) -> float:
    """Continue fitting `head` to the labels of the states; return the mean loss of the last pass."""
    torch.manual_seed(seed)
    optimiser = torch.optim.AdamW(head.parameters(), lr=RATE, weight_decay=DECAY)
    steps, done, total = EPOCHS * -(-len(states) // BATCH), 0, 0.0
    for _ in range(EPOCHS):
        total = 0.0
        for chosen in torch.randperm(len(states)).split(BATCH):
            for group in optimiser.param_groups:
                group["lr"] = RATE * max(LOWEST, 1 - done / steps)
            loss = name_loss(head(states[chosen].float()), labels[chosen])
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            done += 1
            total += float(loss.detach()) * len(chosen)
    return total / max(len(states), 1)
