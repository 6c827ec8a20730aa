"""The network: a six-layer MiniLM encoder with a tagger, sentence and name heads, and a linker."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

HIDDEN, LAYERS, HEADS, INNER = 384, 6, 12, 1536
WORDS, POSITIONS, FEATURES = 30522, 512, 24
TAGS, NAME_TAGS, PAUSES, LINK = 7, 9, 3, 128
DISTANCES = 33


def dropped(x: Tensor, rate: float, training: bool) -> Tensor:
    """Dropout with one mask for the whole batch: random numbers are dear on a CPU."""
    if not training or not rate:
        return x
    mask = (torch.rand(1, *x.shape[1:], device=x.device) >= rate).to(x.dtype).mul_(1 / (1 - rate))
    return x * mask


class Layer(nn.Module):
    """One BERT layer: attention and a feed-forward network, each added and then normalised."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.o = nn.Linear(HIDDEN, HIDDEN)
        self.l1 = nn.LayerNorm(HIDDEN, 1e-12)
        self.i = nn.Linear(HIDDEN, INNER)
        self.f = nn.Linear(INNER, HIDDEN)
        self.l2 = nn.LayerNorm(HIDDEN, 1e-12)

    def forward(self, x: Tensor, mask: Tensor | None, rate: float) -> Tensor:
        """The states after this layer; `mask` is added to the scores of attention."""
        batch, time, _ = x.shape
        size = HIDDEN // HEADS
        q, k, v = self.qkv(x).view(batch, time, 3, HEADS, size).permute(2, 0, 3, 1, 4).unbind(0)
        scores = torch.matmul(q, k.transpose(-1, -2)) * size**-0.5
        if mask is not None:
            scores = scores + mask
        mixed = torch.matmul(torch.softmax(scores, -1), v).permute(0, 2, 1, 3).reshape(batch, time, HIDDEN)
        x = self.l1(x + dropped(self.o(mixed), rate, self.training))
        return self.l2(x + dropped(self.f(functional.gelu(self.i(x))), rate, self.training))


class ClaimsNet(nn.Module):
    """Encoder and heads. In: ids, feat, mask (batch, time). Out: tag, sent, ner, pair.

    `pair` holds, for each piece, the linker's query and key for sources and for contents, `LINK` wide each.
    """

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = dropout
        self.word = nn.Embedding(WORDS, HIDDEN)
        self.pos = nn.Embedding(POSITIONS, HIDDEN)
        self.typ = nn.Parameter(torch.zeros(HIDDEN))
        self.feat = nn.Embedding(FEATURES, HIDDEN)
        nn.init.normal_(self.feat.weight, std=0.002)
        self.ln = nn.LayerNorm(HIDDEN, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(LAYERS))
        self.tag = nn.Linear(HIDDEN, TAGS)
        self.sent = nn.Linear(HIDDEN, 1)
        self.ner = nn.Linear(HIDDEN, NAME_TAGS)
        self.pair = nn.Linear(HIDDEN, 4 * LINK)
        self.marks = nn.Linear(HIDDEN, 1 + PAUSES)
        self.dist = nn.Parameter(torch.zeros(2, DISTANCES))
        self.pb = nn.Parameter(torch.tensor([-3.0, -2.0]))

    def encode(self, ids: Tensor, feat: Tensor, mask: Tensor) -> Tensor:
        """The last hidden state of every piece."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.ln(self.word(ids) + self.pos(places)[None] + self.typ + self.feat(feat))
        x = dropped(x, self.dropout, self.training)
        bias: Tensor | None = None
        if not (self.training and bool((mask > 0).all())):
            bias = (1 - mask[:, None, None, :]) * -1e4
            if torch.is_autocast_enabled(ids.device.type):
                bias = bias.to(torch.bfloat16)
        for layer in self.layers:
            x = layer(x, bias, self.dropout)
        return x

    def forward(self, ids: Tensor, feat: Tensor, mask: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Scores of tags, sentence starts and names for each piece, and its part in links."""
        return self.read(self.states(ids, feat, mask))

    def states(self, ids: Tensor, feat: Tensor, mask: Tensor) -> Tensor:
        """What the heads look at: one vector for each piece."""
        return dropped(self.encode(ids, feat, mask), self.dropout, self.training)

    def read(self, states: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """What the heads make of the states; that of punctuation, `marks`, is for training only."""
        return self.tag(states), self.sent(states)[..., 0], self.ner(states), self.pair(states)


def distance_bucket(distance: Tensor) -> Tensor:
    """Signed distances in pieces as rows 0 to 32 of the linker's bias: exact below 8, then logarithmic."""
    size = distance.abs()
    far = (8 + torch.log2(size.clamp(min=1).float() / 8) * 2).long().clamp(max=16)
    bucket = torch.where(size < 8, size, far)
    return torch.where(distance < 0, 16 - bucket, 16 + bucket).clamp(0, DISTANCES - 1)


def link_scores(net: ClaimsNet, pair: Tensor, rows: Tensor, cues: Tensor, starts: Tensor) -> Tensor:
    """How much each piece belongs to each cue: (cues, 2 roles: source and content, time).

    `rows` is the window of each cue, `cues` (cues, time) the share of each piece in it, `starts` its first piece.
    """
    places = torch.arange(pair.shape[1], device=pair.device)
    bucket = distance_bucket(places[None] - starts[:, None])
    parts = pair.split(LINK, -1)
    out = []
    for role in (0, 1):
        query = torch.einsum("nt,ntd->nd", cues, parts[2 * role][rows])
        key = parts[2 * role + 1][rows]
        out.append(
            torch.einsum("nd,ntd->nt", query, key) / math.sqrt(LINK) + net.dist[role][bucket] + net.pb[role]
        )
    return torch.stack(out, 1)
