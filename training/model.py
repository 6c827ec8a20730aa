"""The network: a BERT-like encoder with a tagger, sentence and name heads, and a linker."""

import math
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

WORDS, POSITIONS, FEATURES = 30522, 512, 24
TAGS, NAME_TAGS, PAUSES, LINK = 7, 9, 3, 128
DISTANCES = 33


@dataclass(frozen=True, slots=True)
class Shape:
    """The size of an encoder: width of its states, layers, attention heads, width within a layer.

    `epsilon` is that of its normalisations. `distances` is the number of steps in which attention knows how far
    apart two pieces are (the relative positions of MPNet), 0 for none.
    """

    hidden: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    epsilon: float = 1e-12
    distances: int = 0


MINILM = Shape()
"""all-MiniLM-L6-v2, which is shipped."""
MPNET = Shape(hidden=768, layers=12, inner=3072, epsilon=1e-5, distances=32)
"""all-mpnet-base-v2, eight times as slow, to teach the model that is shipped."""


def dropped(x: Tensor, rate: float, training: bool) -> Tensor:
    """Dropout. On a CPU, where random numbers are expensive, one mask serves the whole batch."""
    if not training or not rate:
        return x
    if x.device.type != "cpu":
        return functional.dropout(x, rate)
    mask = (torch.rand(1, *x.shape[1:], device=x.device) >= rate).to(x.dtype).mul_(1 / (1 - rate))
    return x * mask


class Layer(nn.Module):
    """One BERT layer: attention and a feed-forward network, each with a residual connection and normalisation."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        hidden = shape.hidden
        self.heads = shape.heads
        self.qkv = nn.Linear(hidden, 3 * hidden)
        self.o = nn.Linear(hidden, hidden)
        self.l1 = nn.LayerNorm(hidden, shape.epsilon)
        self.i = nn.Linear(hidden, shape.inner)
        self.f = nn.Linear(shape.inner, hidden)
        self.l2 = nn.LayerNorm(hidden, shape.epsilon)

    def forward(self, x: Tensor, mask: Tensor | None, rate: float) -> Tensor:
        """Return the states after this layer; `mask` is added to the attention scores."""
        batch, time, hidden = x.shape
        size = hidden // self.heads
        q, k, v = self.qkv(x).view(batch, time, 3, self.heads, size).permute(2, 0, 3, 1, 4).unbind(0)
        if x.device.type == "cpu":  # written out it is faster there, and the export looks for it
            scores = torch.matmul(q, k.transpose(-1, -2)) * size**-0.5
            if mask is not None:
                scores = scores + mask
            mixed = torch.matmul(torch.softmax(scores, -1), v)
        else:
            mixed = functional.scaled_dot_product_attention(q, k, v, attn_mask=mask)
        mixed = mixed.permute(0, 2, 1, 3).reshape(batch, time, hidden)
        x = self.l1(x + dropped(self.o(mixed), rate, self.training))
        return self.l2(x + dropped(self.f(functional.gelu(self.i(x))), rate, self.training))


class ClaimsNet(nn.Module):
    """Encoder and heads. In: ids, feat, mask (batch, time). Out: tag, sent, ner, pair.

    `pair` holds, for each piece, the linker's query and key for sources and for contents, `LINK` wide each.
    """

    def __init__(self, dropout: float = 0.1, shape: Shape = MINILM) -> None:
        super().__init__()
        self.dropout = dropout
        self.shape = shape
        hidden = shape.hidden
        self.word = nn.Embedding(WORDS, hidden)
        self.pos = nn.Embedding(POSITIONS, hidden)
        self.typ = nn.Parameter(torch.zeros(hidden))
        self.feat = nn.Embedding(FEATURES, hidden)
        nn.init.normal_(self.feat.weight, std=0.002)
        self.ln = nn.LayerNorm(hidden, shape.epsilon)
        self.apart = nn.Embedding(shape.distances, shape.heads) if shape.distances else None
        self.layers = nn.ModuleList(Layer(shape) for _ in range(shape.layers))
        self.tag = nn.Linear(hidden, TAGS)
        self.sent = nn.Linear(hidden, 1)
        self.ner = nn.Linear(hidden, NAME_TAGS)
        self.pair = nn.Linear(hidden, 4 * LINK)
        self.marks = nn.Linear(hidden, 1 + PAUSES)
        self.dist = nn.Parameter(torch.zeros(2, DISTANCES))
        self.pb = nn.Parameter(torch.tensor([-3.0, -2.0]))

    def encode(self, ids: Tensor, feat: Tensor, mask: Tensor | None) -> Tensor:
        """Return the last hidden state of every piece; `mask` is 0 for padding, None if there is none."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.ln(self.word(ids) + self.pos(places)[None] + self.typ + self.feat(feat))
        x = dropped(x, self.dropout, self.training)
        bias = None if mask is None else (1 - mask[:, None, None, :]) * -1e4
        if self.apart is not None:
            steps = self.apart(relative_step(places[None] - places[:, None], self.shape.distances))
            steps = steps.permute(2, 0, 1)[None]
            bias = steps if bias is None else steps + bias
        if bias is not None and torch.is_autocast_enabled(ids.device.type):
            bias = bias.to(torch.bfloat16)
        if bias is not None and ids.device.type != "cpu":
            bias = bias.expand(len(ids), self.shape.heads, ids.shape[1], ids.shape[1])
        for layer in self.layers:
            x = layer(x, bias, self.dropout)
        return x

    def forward(self, ids: Tensor, feat: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return the scores of tags, sentence starts and names for each piece, and its part in links."""
        return self.read(self.states(ids, feat, mask))

    def states(self, ids: Tensor, feat: Tensor, mask: Tensor | None) -> Tensor:
        """Return the input of the heads: one vector for each piece."""
        return dropped(self.encode(ids, feat, mask), self.dropout, self.training)

    def read(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Return the output of the heads for the states; that for punctuation, `marks`, is for training only."""
        return self.tag(states), self.sent(states)[..., 0], self.ner(states), self.pair(states)


def relative_step(distance: Tensor, steps: int) -> Tensor:
    """Return signed distances between pieces as rows of MPNet's bias: exact if small, then logarithmic up to 128.

    As in T5 (Raffel et al., 2020), whose code calls this `_relative_position_bucket`.
    """
    half = steps // 2
    exact = half // 2
    size = distance.abs()
    far = exact + (torch.log(size.clamp(min=1).float() / exact) / math.log(128 / exact) * (half - exact)).long()
    step = torch.where(size < exact, size, far.clamp(max=half - 1))
    return torch.where(distance > 0, step + half, step)


def distance_bucket(distance: Tensor) -> Tensor:
    """Return signed distances in pieces as rows 0 to 32 of the linker's bias: exact below 8, then logarithmic."""
    size = distance.abs()
    far = (8 + torch.log2(size.clamp(min=1).float() / 8) * 2).long().clamp(max=16)
    bucket = torch.where(size < 8, size, far)
    return torch.where(distance < 0, 16 - bucket, 16 + bucket).clamp(0, DISTANCES - 1)


def link_scores(net: ClaimsNet, pair: Tensor, rows: Tensor, cues: Tensor, starts: Tensor) -> Tensor:
    """Return how much each piece belongs to each cue: (cues, 2 roles: source and content, time).

    `rows` is the window of each cue, `cues` (cues, time) the share of each piece in it, `starts` its first piece.
    """
    places = torch.arange(pair.shape[1], device=pair.device)
    buckets = functional.one_hot(distance_bucket(places[None] - starts[:, None]), DISTANCES).to(pair.dtype)
    parts = pair.split(LINK, -1)
    out = []
    for role in (0, 1):
        # products and index_select: their gradients need no sorting on a GPU
        query = torch.einsum("nt,ntd->nd", cues, parts[2 * role].index_select(0, rows))
        key = parts[2 * role + 1].index_select(0, rows)
        out.append(
            torch.einsum("nd,ntd->nt", query, key) / math.sqrt(LINK)
            + buckets @ net.dist[role].to(pair.dtype)
            + net.pb[role]
        )
    return torch.stack(out, 1)
