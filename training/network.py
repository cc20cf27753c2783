"""The encoder and its heads in PyTorch, as the crate `model` runs them. Names of tensors are those of the weights file."""
import math, torch, torch.nn as nn, torch.nn.functional as F

FEATURES = (8, 5, 4)  # sizes of the feature tables, as in crate `syntax`
TIME_TAGS = ["O"] + [f"{p}-{t}" for t in ("DATE", "TIME", "DURATION", "SET") for p in "BI"]
PLACE_TAGS = ["O", "B-Place", "I-Place"]
BUCKETS, LINES = 19, 5  # word distance and line distance between a word and a cue
EVENT_STATUSES = ["planned", "happened", "ongoing", "denied", "did_not_happen", "cancelled", "possible", "hypothetical", "generic"]
ARGUMENT_TAGS = ["O", "B-source", "I-source", "B-content", "I-content"]


class Layer(nn.Module):
    def __init__(s, hidden, heads, ff, drop):
        super().__init__()
        s.heads, s.drop = heads, drop
        s.qkv, s.out = nn.Linear(hidden, 3 * hidden), nn.Linear(hidden, hidden)
        s.up, s.down = nn.Linear(hidden, ff), nn.Linear(ff, hidden)
        s.norm1, s.norm2 = nn.LayerNorm(hidden, eps=1e-12), nn.LayerNorm(hidden, eps=1e-12)

    def forward(s, x, mask):
        b, t, h = x.shape
        q, k, v = s.qkv(x).view(b, t, 3, s.heads, h // s.heads).permute(2, 0, 3, 1, 4).unbind(0)
        c = F.scaled_dot_product_attention(q, k, v, attn_mask=mask).transpose(1, 2).reshape(b, t, h)
        x = s.norm1(x + F.dropout(s.out(c), s.drop, s.training))
        return s.norm2(x + F.dropout(s.down(F.gelu(s.up(x))), s.drop, s.training))


class Encoder(nn.Module):
    def __init__(s, vocab=30522, hidden=384, layers=6, heads=12, ff=1536, positions=512, drop=0.1):
        super().__init__()
        s.drop = drop
        s.config = dict(vocab=vocab, hidden=hidden, layers=layers, heads=heads, ff=ff, max_positions=positions, features=list(FEATURES))
        s.word, s.position = nn.Embedding(vocab, hidden), nn.Embedding(positions, hidden)
        s.feature = nn.ModuleList(nn.Embedding(n, hidden) for n in FEATURES)
        for f in s.feature:
            nn.init.zeros_(f.weight)
        s.norm = nn.LayerNorm(hidden, eps=1e-12)
        s.layers = nn.ModuleList(Layer(hidden, heads, ff, drop) for _ in range(layers))

    def load_base(s, path):
        """Takes the weights of MiniLM-L6; the one token type is folded into the positions."""
        from safetensors.torch import load_file
        w = load_file(path)
        g = lambda k: w[k].float()
        s.word.weight.data.copy_(g("embeddings.word_embeddings.weight"))
        s.position.weight.data.copy_(g("embeddings.position_embeddings.weight") + g("embeddings.token_type_embeddings.weight")[0])
        s.norm.weight.data.copy_(g("embeddings.LayerNorm.weight")); s.norm.bias.data.copy_(g("embeddings.LayerNorm.bias"))
        for j, l in enumerate(s.layers):
            p = f"encoder.layer.{j}."
            for part in ("weight", "bias"):
                getattr(l.qkv, part).data.copy_(torch.cat([g(p + f"attention.self.{n}.{part}") for n in ("query", "key", "value")]))
                for mine, theirs in ((l.out, "attention.output.dense"), (l.norm1, "attention.output.LayerNorm"), (l.up, "intermediate.dense"),
                                     (l.down, "output.dense"), (l.norm2, "output.LayerNorm")):
                    getattr(mine, part).data.copy_(g(f"{p}{theirs}.{part}"))

    def forward(s, ids, features, mask):
        x = s.word(ids) + s.position.weight[: ids.shape[1]]
        for k, table in enumerate(s.feature):
            x = x + table(features[..., k])
        x = F.dropout(s.norm(x), s.drop, s.training)
        for l in s.layers:
            x = l(x, mask)
        return x


class Crf(nn.Module):
    """Linear-chain CRF over BIO tags; forbidden steps keep a large negative score. Several layers run as one batch."""
    def __init__(s, tags, layers=1):
        super().__init__()
        k = len(tags)
        s.step = nn.Parameter(torch.zeros(layers, k, k))
        s.first = nn.Parameter(torch.zeros(layers, k))
        bad = torch.zeros(k, k); start = torch.zeros(k)
        for j, to in enumerate(tags):
            if to[0] == "I":
                start[j] = -1e4
                for i, fr in enumerate(tags):
                    if fr == "O" or fr[2:] != to[2:]:
                        bad[i, j] = -1e4
        s.register_buffer("bad", bad); s.register_buffer("bad_first", start)

    def scores(s):
        return s.step + s.bad, s.first + s.bad_first

    def loss(s, x, y, mask, layer):
        """x [n, t, k], y [n, t], mask [n, t], layer [n] -> negative log-likelihood of each sequence [n]."""
        step, first = (z[layer] for z in s.scores())
        n, t, k = x.shape
        rows = torch.arange(n)
        gold = first.gather(1, y[:, :1]).squeeze(1) + (x.gather(2, y[..., None]).squeeze(2) * mask).sum(1)
        if t > 1:
            gold = gold + (step[rows[:, None], y[:, :-1], y[:, 1:]] * mask[:, 1:]).sum(1)
        alpha = first + x[:, 0]
        xs, ms = x.unbind(1), mask.bool().unbind(1)
        for i in range(1, t):
            new = torch.logsumexp(alpha[:, :, None] + step, 1) + xs[i]
            alpha = torch.where(ms[i][:, None], new, alpha)
        return torch.logsumexp(alpha, 1) - gold

    def decode(s, x, layer=0):
        """x [t, k] -> best tags of one sequence."""
        step, first = (z[layer].detach() for z in s.scores())
        best, back = first + x[0], []
        for row in x[1:]:
            m, arg = (best[:, None] + step).max(0)
            back.append(arg); best = m + row
        path = [int(best.argmax())]
        for arg in reversed(back):
            path.append(int(arg[path[-1]]))
        return path[::-1]


def bucket(d):
    """Signed log bucket of a word distance, 0..18: exact to 4, then to 8, 16, 32, 64 and beyond."""
    a = d.abs()
    b = torch.where(a <= 4, a, torch.where(a <= 8, 5, torch.where(a <= 16, 6, torch.where(a <= 32, 7, torch.where(a <= 64, 8, 9)))))
    return torch.where(d < 0, 9 - b, 9 + b)


class Network(nn.Module):
    """Encoder and heads. `labels` holds the label lists of the tagging heads."""
    def __init__(s, labels, arc=192, relation=128, argument=128, mix=96, same=96, **encoder):
        super().__init__()
        s.encoder = Encoder(**encoder)
        h = s.encoder.config["hidden"]
        s.labels, s.dims = labels, dict(arc=arc, relation=relation, argument=argument, mix=mix)
        s.sentence = nn.Linear(h, 2)
        s.upos, s.xpos = nn.Linear(h, len(labels["upos"])), nn.Linear(h, len(labels["xpos"]))
        s.arc_child, s.arc_head = nn.Linear(h, arc), nn.Linear(h, arc)
        s.arc_pair = nn.Parameter(torch.randn(arc, arc) * arc ** -0.5)
        s.arc_prior = nn.Parameter(torch.zeros(arc))
        s.relation_child, s.relation_head = nn.Linear(h, relation), nn.Linear(h, relation)
        s.relation = nn.Linear(relation, len(labels["deprel"]))
        s.name = nn.Linear(h, len(labels["name"]))
        s.name_crf = Crf(labels["name"])
        s.attribution = nn.Linear(h, 9)
        s.attribution_crf = Crf(["O", "B-x", "I-x"], layers=3)
        s.argument_word, s.argument_cue, s.argument = nn.Linear(h, argument), nn.Linear(h, argument), nn.Linear(h, 5)
        s.argument_pair = nn.Parameter(torch.randn(5, argument, argument) * 0.02)
        s.argument_distance, s.argument_line = nn.Parameter(torch.zeros(BUCKETS, 5)), nn.Parameter(torch.zeros(LINES, 5))
        s.argument_crf = Crf(ARGUMENT_TAGS)
        s.mix_word, s.mix_cue, s.mix_distance = nn.Linear(h, mix), nn.Linear(h, mix), nn.Parameter(torch.zeros(BUCKETS, mix))
        s.mix = nn.Parameter(torch.zeros(5, mix))
        s.inner = nn.Linear(h, 3)  # cues inside contents
        nn.init.zeros_(s.inner.weight); s.inner.bias.data = torch.tensor([4.0, 0.0, 0.0])
        s.inner_crf = Crf(["O", "B-x", "I-x"])
        s.time = nn.Linear(h, len(TIME_TAGS))
        s.time_crf = Crf(TIME_TAGS)
        s.place = nn.Linear(h, len(PLACE_TAGS))
        s.place_crf = Crf(PLACE_TAGS)
        # What the encoder is taught with, and no weights file holds: events, their types and statuses; who is who.
        s.event, s.event_type, s.event_status = nn.Linear(h, 1), nn.Linear(h, len(labels["event"])), nn.Linear(h, len(EVENT_STATUSES))
        s.same_later, s.same_earlier, s.same_new = nn.Linear(h, same), nn.Linear(h, same), nn.Linear(h, 1)
        s.same_distance = nn.Parameter(torch.zeros(BUCKETS))

    def hidden(s, ids, features, mask, first):
        """Last hidden state of the first piece of every word, f32 [b, words, hidden]."""
        # Products in bf16 pay where the processor has tiles for them; with AVX-512 alone they take 1.7 times as long as in
        # f32 (81 to 145 GFLOP/s, 2026-11-25), emulated fifteen times as long.
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=s.training and torch.cpu._is_amx_tile_supported()):
            x = s.encoder(ids, features, mask)
        x = x.float().gather(1, first[..., None].expand(-1, -1, x.shape[-1]))
        return F.dropout(x, 0.15, s.training)

    def arcs(s, h):
        """[b, words, words]: score of word j as head of word i; the diagonal is the root."""
        heads = s.arc_head(h)
        return torch.einsum("bid,de,bje->bij", s.arc_child(h), s.arc_pair, heads) * s.dims["arc"] ** -0.5 + (heads @ s.arc_prior)[:, None, :]

    def relations(s, child, head):
        return s.relation(F.relu(s.relation_child(child) + s.relation_head(head)))

    def arguments(s, h, row, cue, lines):
        """For cues (row of the batch, word index of their first word): [n, words, 5] scores of every word's part."""
        c = s.argument_cue(h)[row, cue]
        w = torch.einsum("nd,lde->nle", c, s.argument_pair) * s.dims["argument"] ** -0.5
        x = torch.einsum("nle,nte->ntl", w, s.argument_word(h)[row]) + s.argument(h)[row]
        d = torch.arange(h.shape[1])[None] - cue[:, None]
        gap = (lines[row] - lines[row, cue][:, None]).clamp(-2, 2) + 2
        mixed = F.relu(s.mix_word(h)[row] + s.mix_cue(h)[row, cue][:, None] + s.mix_distance[bucket(d)])
        return x + mixed @ s.mix.T + s.argument_distance[bucket(d)] + s.argument_line[gap]

    def same(s, h, at):
        """For the heads of mentions of one text (word indices, ascending): [n, n + 1] scores of each earlier one and, last, of none."""
        d = at[None] - at[:, None]
        x = s.same_later(h)[at] @ s.same_earlier(h)[at].T * s.same_later.out_features ** -0.5 + s.same_distance[bucket(d)]
        x = x.masked_fill(torch.ones_like(x).triu().bool(), -1e4)
        return torch.cat([x, s.same_new(h)[at]], 1)
