"""Trains the heads that events are read with, on the frozen states of the news model, and writes models/event.weights.

usage: python events.py --data DIR --states DIR [--out FILE] [--on DIGEST] [--seed 1]

`--states` holds what `cargo xtask states` wrote of status/uds.*.jsonl and events/cameo.*.jsonl: udstrain, udsdev, cameotrain,
cameodev (.jsonl and .f32). Two heads: how factual a predicate is, -3 to 3 (UDS-IH2), read off its own state and that of the
word it hangs on; who does what to whom in a sentence (source and target spans), BIO tags with a CRF.
"""
import argparse, json, os
import numpy as np
import torch
from torch import nn
from export import seal

TAGS = ["O", "B-SRC", "I-SRC", "B-TAR", "I-TAR"]
SIZE = 128
NEAR = {"aux", "aux:pass", "mark", "advmod", "cop", "det", "cc", "nsubj", "case"}


def rows(path):
    return [json.loads(line) for line in open(path, encoding="utf-8")]


def load(states, name):
    docs = rows(f"{states}/{name}.jsonl")
    values = np.fromfile(f"{states}/{name}.f32", dtype="<f4").reshape(-1, 384)
    at, out = 0, {}
    for d in docs:
        n = len(d["words"])
        out[d["id"]] = (d, torch.from_numpy(values[at:at + n]))
        at += n
    assert at == len(values), "states and words do not fit"
    return out


def predicates(gold, states):
    """State of each annotated word, of the word it hangs on, the sum of those that help it, its score."""
    own, head, near, score = [], [], [], []
    for g in gold:
        d, s = states.get(g["id"], (None, None))
        if d is None:
            continue
        at = {w[0]: i for i, w in enumerate(d["words"])}
        helps = [i for i, rel in enumerate(d["deprel"]) if rel in NEAR and d["head"][i] != i]
        for e in g["events"]:
            i = at.get(e["start"])
            if i is not None:
                own.append(s[i]); head.append(s[d["head"][i]]); score.append(e["score"])
                mine = [s[j] for j in helps if d["head"][j] == i]
                near.append(torch.cat([torch.stack(mine).sum(0), torch.tensor([float(len(mine))])]) if mine else torch.zeros(385))
    return torch.stack(own), torch.stack(head), torch.stack(near), torch.tensor(score)


def pearson(a, b):
    return float(np.corrcoef(a.numpy(), b.numpy())[0, 1])


class Fact(nn.Module):
    def __init__(self):
        super().__init__()
        self.word, self.head, self.near, self.out = nn.Linear(384, SIZE), nn.Linear(384, SIZE), nn.Linear(384, SIZE), nn.Linear(SIZE, 1)

    def forward(self, own, head, near):
        drop = lambda x: torch.dropout(x, 0.2, self.training)
        # Each of the helping words gives its row: the bias counts as often as they are.
        helped = drop(near[:, :384]) @ self.near.weight.T + near[:, 384:] * self.near.bias
        return self.out(torch.dropout(torch.relu(self.word(drop(own)) + self.head(drop(head)) + helped), 0.3, self.training)).squeeze(1)


def train_fact(train, dev, epochs=14):
    net = Fact()
    opt = torch.optim.AdamW(net.parameters(), lr=1e-3, weight_decay=0.02)
    steps = epochs * (len(train[3]) // 128 + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: max(0.0, 1 - s / steps))
    for epoch in range(epochs):
        net.train()
        for idx in torch.randperm(len(train[3])).split(128):
            loss = nn.functional.mse_loss(net(*(t[idx] for t in train[:3])), train[3][idx])
            opt.zero_grad(); loss.backward(); opt.step(); plan.step()
        net.eval()
        with torch.inference_mode():
            r = pearson(net(*dev[:3]), dev[3])
        print(f"fact epoch {epoch} loss {loss.item():.3f} dev r {r:.4f}", flush=True)
    return net


def sentences(gold, states):
    """States and tags of each sentence."""
    out = []
    for g in gold:
        d, s = states.get(g["id"], (None, None))
        if d is None or not len(d["words"]):
            continue
        tags = [0] * len(d["words"])
        for span in g["spans"]:
            base = {"SRC": 1, "TAR": 3}.get(span["label"])
            if base is None:
                continue
            inside = [i for i, (a, b) in enumerate(d["words"]) if a >= span["start"] and b <= span["end"]]
            for k, i in enumerate(inside):
                tags[i] = base + (k > 0)
        out.append((s, torch.tensor(tags), d, g))
    return out


class Crf(nn.Module):
    def __init__(self, tags):
        super().__init__()
        self.step, self.first = nn.Parameter(torch.zeros(tags, tags)), nn.Parameter(torch.zeros(tags))
        ban = torch.zeros(tags, tags)
        for i in (2, 4):
            for j in range(tags):
                if j not in (i - 1, i):
                    ban[j, i] = -1e4
        self.register_buffer("ban", ban)
        self.register_buffer("ban_first", torch.tensor([0.0, 0, -1e4, 0, -1e4]))

    def scores(self):
        return self.step + self.ban, self.first + self.ban_first

    def loss(self, x, tags):
        step, first = self.scores()
        gold = first[tags[0]] + x[torch.arange(len(tags)), tags].sum() + step[tags[:-1], tags[1:]].sum()
        a = first + x[0]
        for t in range(1, len(x)):
            a = torch.logsumexp(a[:, None] + step, 0) + x[t]
        return torch.logsumexp(a, 0) - gold

    def best(self, x):
        step, first = self.scores()
        a, back = first + x[0], []
        for t in range(1, len(x)):
            m, arg = (a[:, None] + step).max(0)
            a, back = m + x[t], back + [arg]
        path = [int(a.argmax())]
        for arg in reversed(back):
            path.append(int(arg[path[-1]]))
        return path[::-1]


def spans(tags, words):
    out = {1: set(), 3: set()}
    i = 0
    while i < len(tags):
        if tags[i] in (1, 3):
            j = i + 1
            while j < len(tags) and tags[j] == tags[i] + 1:
                j += 1
            out[tags[i]].add((words[i][0], words[j - 1][1]))
            i = j
        else:
            i += 1
    return out


def actors_f1(net, crf, data):
    f = {}
    for base, name in ((1, "SRC"), (3, "TAR")):
        hit = pred = gold = 0
        for s, _, d, g in data:
            p = spans(crf.best(net(s)), d["words"])[base]
            q = {(x["start"], x["end"]) for x in g["spans"] if x["label"] == name}
            hit += len(p & q); pred += len(p); gold += len(q)
        f[name] = 2 * hit / max(1, pred + gold)
    return f


def train_actors(train, dev, epochs=10):
    net, crf = nn.Linear(384, len(TAGS)), Crf(len(TAGS))
    opt = torch.optim.AdamW([*net.parameters(), *crf.parameters()], lr=3e-3, weight_decay=0.01)
    steps = epochs * (len(train) // 16 + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: max(0.0, 1 - s / steps))
    for epoch in range(epochs):
        order = torch.randperm(len(train)).tolist()
        for k in range(0, len(order), 16):
            loss = sum(crf.loss(net(torch.dropout(train[i][0], 0.1, True)), train[i][1]) for i in order[k:k + 16]) / 16
            opt.zero_grad(); loss.backward(); opt.step(); plan.step()
        with torch.inference_mode():
            print(f"actors epoch {epoch} loss {loss.item():.3f} dev {actors_f1(net, crf, dev)}", flush=True)
    return net, crf


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True); p.add_argument("--states", required=True)
    p.add_argument("--out"); p.add_argument("--on"); p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed); torch.set_num_threads(1)
    sets = {n: load(a.states, n) for n in ("udstrain", "udsdev", "cameotrain", "cameodev")}
    gold = {n: rows(f"{a.data}/{p}.jsonl") for n, p in (("udstrain", "status/uds.train"), ("udsdev", "status/uds.dev"),
                                                          ("cameotrain", "events/cameo.train"), ("cameodev", "events/cameo.dev"))}
    fact = train_fact(predicates(gold["udstrain"], sets["udstrain"]), predicates(gold["udsdev"], sets["udsdev"]))
    actors, crf = train_actors(sentences(gold["cameotrain"], sets["cameotrain"]), sentences(gold["cameodev"], sets["cameodev"]))
    if not a.out:
        return
    step, first = crf.scores()
    tensors = {"heads.weight": torch.cat([fact.word.weight, fact.head.weight, fact.near.weight, actors.weight]),
               "heads.bias": torch.cat([fact.word.bias, fact.head.bias, fact.near.bias, actors.bias]),
               "actor_crf.step": step[None], "actor_crf.first": first[None], "fact.weight": fact.out.weight, "fact.bias": fact.out.bias}
    tensors = {k: v.detach().float().contiguous().clone() for k, v in tensors.items()}
    config = dict(name="event", on=a.on,
                  heads=[dict(name="fact_word", size=SIZE, labels=[]), dict(name="fact_head", size=SIZE, labels=[]), dict(name="fact_near", size=SIZE, labels=[]),
                         dict(name="actor", size=len(TAGS), labels=TAGS)],
                  crfs=[dict(name="actor_crf", tags=len(TAGS), layers=1)], layers=[dict(name="fact", inputs=SIZE, outputs=1)])
    with open(a.out, "wb") as f:
        f.write(seal(tensors, config))


if __name__ == "__main__":
    main()
