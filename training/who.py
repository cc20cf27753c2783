"""Trains the scorer of pairs (who is who) on the encoder's frozen states, and seals it into models/who.weights.

usage: python who.py --data DIR --work DIR --on DIGEST --out FILE [--steps 9000]

DIR of --data holds coref/gum.train.jsonl, gum.dev.jsonl, gap.train.jsonl, gap.dev.jsonl. DIR of --work holds, for each of them
(NAME is gum.train and so on), what the engine itself makes of it; with `--own` also of the project's own passages, own.train.gold.jsonl, which
`pronouns.py --passages` writes:
  cargo xtask pairs  DATA/coref/NAME.jsonl WORK/NAME.pairs.jsonl
  cargo xtask states DATA/coref/NAME.jsonl WORK/NAME
DIGEST names the model, as `reportedly --version --verbose` prints it.

Each mention chooses among earlier mentions and being new (mention ranking, marginal likelihood over all right ones). Gold of GUM is
found by the head of a mention; of GAP by the names A and B.
"""
import argparse, collections, json, random, sys
import numpy as np
import torch
from torch import nn

ROWS = ["who_later", "who_earlier", "who_asks", "who_answers"]


def rows(path):
    with open(path, encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def states_of(work, name, mentions):
    """For each document the states of its mentions' heads."""
    docs = rows(f"{work}/{name}.jsonl")
    flat = np.memmap(f"{work}/{name}.f32", dtype="<f4", mode="r").reshape(-1, 384)
    out, at = {}, 0
    for doc in docs:
        where = {s: at + i for i, (s, _) in enumerate(doc["words"])}
        out[doc["id"]] = np.array(flat[[where[m["head"][0]] for m in mentions[doc["id"]]]], dtype=np.float32)
        at += len(doc["words"])
    return out


def gum_clusters(gold, mentions):
    """The gold cluster of each mention, by its head; None for a mention that the gold does not have."""
    by_span = {(m["start"], m["end"]): m["head"] for m in gold["mentions"]}
    tokens = gold["tokens"]
    heads = {}
    for m in gold["onto_mentions"]:
        span = (m["start"], m["end"])
        head = by_span.get(span)
        if head is None:
            inside = [i for i, t in enumerate(tokens) if t[0] >= span[0] and t[1] <= span[1]]
            top = [i for i in inside if tokens[i][4] not in inside]
            if not top:
                continue
            head = tokens[top[0]][:2]
        heads.setdefault((head[0], m["cluster"]), span)
    by_start = collections.defaultdict(list)
    for (start, cluster), span in heads.items():
        by_start[start].append((cluster, span))
    out = []
    for m in mentions:
        found = by_start.get(m["head"][0], [])
        # One head may have a mention and, joined with others, a second one: the span tells.
        found = sorted(found, key=lambda f: abs(f[1][0] - m["whole"][0]) + abs(f[1][1] - m["whole"][1]))
        out.append(found[0][0] if found and (len(found) == 1 or found[0][1] == tuple(m["whole"])) else None)
    seen = collections.defaultdict(list)
    for i, cluster in enumerate(out):
        if cluster is not None:
            seen[(mentions[i]["head"][0], cluster)].append(i)
    for same in seen.values():  # a joined phrase and its first part
        for i in same[1:]:
            out[i] = None
    return out


def own_clusters(gold, mentions):
    """The same of a passage of the project's own, whose entities are spans; whole descriptions stand there without what a comma sets off."""
    spans = [(start, end, n) for n, entity in enumerate(gold["entities"]) for start, end in entity["mentions"]]

    def of(m):
        head, whole = m["head"], m["whole"]
        fit = [s for s in spans if s[0] <= head[0] and head[1] <= s[1] and s[0] >= whole[0] - 4 and s[1] <= whole[1] + 1]
        return max(fit, key=lambda s: s[1] - s[0])[2] if fit else None
    return [of(m) for m in mentions]


def examples(data, work, name):
    """Documents: states, and for each mention that has candidates (mention, earlier ones, features, right ones, wrong ones)."""
    gold = {d["id"]: d for d in rows(f"{work}/{name}.gold.jsonl" if name.startswith("own") else f"{data}/coref/{name}.jsonl")}
    asked = {d["id"]: d["mentions"] for d in rows(f"{work}/{name}.pairs.jsonl")}
    states = states_of(work, name, asked)
    docs = []
    for key, mentions in asked.items():
        items = []
        if name.startswith("own"):
            # What is in no annotated entity is not known: it is not asked, and as an answer wrong only if it has a name.
            clusters = own_clusters(gold[key], mentions)
            for i, m in enumerate(mentions):
                if not m["pairs"] or clusters[i] is None:
                    continue
                right = [clusters[j] == clusters[i] for j, _ in m["pairs"]]
                wrong = [not r and (clusters[j] is not None or mentions[j]["name"] is not None) for r, (j, _) in zip(right, m["pairs"])]
                items.append((i, [j for j, _ in m["pairs"]], [m["new"]] + [f for _, f in m["pairs"]], [not any(right)] + right, [any(right)] + wrong))
        elif name.startswith("gum"):
            clusters = gum_clusters(gold[key], mentions)
            for i, m in enumerate(mentions):
                if not m["pairs"]:
                    continue
                right = [clusters[i] is not None and clusters[j] == clusters[i] for j, _ in m["pairs"]]
                items.append((i, [j for j, _ in m["pairs"]], [m["new"]] + [f for _, f in m["pairs"]], [not any(right)] + right, None))
        else:
            d = gold[key]
            name_of = lambda j: d["text"][mentions[j]["whole"][0]:mentions[j]["whole"][1]]
            inside = lambda j, s: mentions[j]["head"][0] >= s["start"] and mentions[j]["head"][1] <= s["end"]
            for i, m in enumerate(mentions):
                if m["head"][0] != d["pronoun"]["start"] or not m["pairs"]:
                    continue
                words = {k: d["text"][d[k]["start"]:d[k]["end"]] for k in "AB"}
                same = lambda j, k: inside(j, d[k]) or name_of(j) == words[k] or (len(words[k]) > 3 and name_of(j).split("'s")[0] == words[k])
                right = [any(d[k]["coref"] and same(j, k) for k in "AB") for j, _ in m["pairs"]]
                wrong = [any(not d[k]["coref"] and same(j, k) for k in "AB") for j, _ in m["pairs"]]
                # What else is right is not annotated: such mentions neither help nor hurt, and the pronoun is not new.
                if any(right):
                    items.append((i, [j for j, _ in m["pairs"]], [m["new"]] + [f for _, f in m["pairs"]], [False] + right, [True] + wrong))
                elif any(wrong):
                    rest = [not w for w in wrong]
                    items.append((i, [j for j, _ in m["pairs"]], [m["new"]] + [f for _, f in m["pairs"]], [True] + rest, [False] + wrong))
        docs.append((key, torch.from_numpy(states[key]), items))
    return docs


class Scorer(nn.Module):
    def __init__(self, features, hidden=96, direct=32):
        super().__init__()
        self.later, self.earlier = nn.Linear(384, hidden), nn.Linear(384, hidden)
        self.asks, self.answers = nn.Linear(384, direct), nn.Linear(384, direct)
        self.pair = nn.Linear(features, hidden)
        self.score = nn.Linear(hidden, 1)
        self.hide, self.scale = nn.Dropout(0.25), direct ** -0.5
        nn.init.normal_(self.asks.weight, std=0.02)
        nn.init.normal_(self.answers.weight, std=0.02)

    def forward(self, x, i, j, features):
        """Scores rows of (mention, earlier one or -1, features as 0 and 1)."""
        x = self.hide(x)
        has = (j >= 0).float()[:, None]
        back = j.clamp_min(0)
        joined = self.later(x)[i] + has * self.earlier(x)[back] + self.pair(features)
        direct = (self.asks(x)[i] * self.answers(x)[back]).sum(1, keepdim=True) * has * self.scale
        return (self.score(self.hide(torch.relu(joined))) + direct).squeeze(1)


def packed(doc):
    """A document's rows of pairs as tensors, made once: mention, earlier one, features, right, wrong, number of the mention."""
    if len(doc) == 4:
        return doc[3]
    i, j, f, right, wrong, group = [], [], [], [], [], []
    for n, (m, earlier, feats, ok, bad) in enumerate(doc[2]):
        i += [m] * len(feats)
        j += [-1] + earlier
        f += feats
        right += ok
        wrong += bad if bad is not None else [not o for o in ok]
        group += [n] * len(feats)
    rows_ = np.repeat(np.arange(len(f)), [len(row) for row in f])
    flat = np.concatenate([np.array(row, dtype=np.int64) for row in f]) if f else np.zeros(0, dtype=np.int64)
    return tuple(torch.as_tensor(np.array(v)) for v in (i, j, rows_, flat, right, wrong, group)) + (len(f), len(doc[2]))


def batch(docs, features):
    """Several documents as one: states and rows of pairs, with the rows of each mention."""
    parts, base, n, rows_ = [], 0, 0, 0
    for doc in docs:
        i, j, r, f, right, wrong, group, count, mentions = packed(doc)
        parts.append((i + base, torch.where(j >= 0, j + base, j), r + rows_, f, right, wrong, group + n))
        base += len(doc[1]); n += mentions; rows_ += count
    i, j, r, f, right, wrong, group = (torch.cat(p) for p in zip(*parts))
    dense = torch.zeros(rows_, features)
    dense[r, f] = 1.0
    return torch.cat([d[1] for d in docs]), i, j, dense, right, wrong, group, n


def log_sum(values, keep, group, n):
    values = torch.where(keep, values, torch.full_like(values, -1e4))
    top = torch.full((n,), -1e4).scatter_reduce(0, group, values, "amax").detach()
    return top + torch.zeros(n).scatter_add(0, group, (values - top[group]).exp() * keep).clamp_min(1e-20).log()


def loss_of(scores, right, wrong, group, n, cost):
    # A false join costs more than a missed one: wrong ones are raised while training.
    scores = scores + cost * wrong.float()
    return (log_sum(scores, right | wrong, group, n) - log_sum(scores, right, group, n)).mean()


@torch.no_grad()
def dev(net, docs, features):
    net.eval()
    ok = tp = fp = fn = all_ = 0
    for k in range(0, len(docs), 10):
        x, i, j, f, right, wrong, group, n = batch(docs[k:k + 10], features)
        s = net(x, i, j, f)
        top = torch.full((n,), -1e9).scatter_reduce(0, group, s, "amax")
        best = torch.full((n,), len(s)).scatter_reduce(0, group, torch.where(s >= top[group], torch.arange(len(s)), len(s)), "amin")
        first = torch.full((n,), len(s)).scatter_reduce(0, group, torch.arange(len(s)), "amin")
        linked, good, should = j[best] >= 0, right[best], ~right[first]
        tp += int((linked & good).sum()); fp += int((linked & ~good).sum()); fn += int((should & ~(linked & good)).sum())
        all_ += n; ok += int(good.sum())
    p, r = tp / max(tp + fp, 1), tp / max(tp + fn, 1)
    return "best right %.3f, links P %.3f R %.3f F1 %.3f" % (ok / max(all_, 1), p, r, 2 * p * r / max(p + r, 1e-9))


def seal_scorer(net, features, on, out):
    from export import seal
    hidden, direct = net.later.out_features, net.asks.out_features
    scale = net.scale ** 0.5
    heads = [net.later, net.earlier, net.asks, net.answers]
    weight = torch.cat([m.weight * (scale if k > 1 else 1) for k, m in enumerate(heads)])
    bias = torch.cat([m.bias * (scale if k > 1 else 1) for k, m in enumerate(heads)])
    tensors = {"heads.weight": weight, "heads.bias": bias, "who_pair.weight": net.pair.weight, "who_pair.bias": net.pair.bias,
               "who_score.weight": net.score.weight, "who_score.bias": net.score.bias}
    config = {"name": "who", "on": on, "crfs": [],
              "heads": [{"name": n, "size": m.out_features, "labels": []} for n, m in zip(ROWS, heads)],
              "layers": [{"name": "who_pair", "inputs": features, "outputs": hidden}, {"name": "who_score", "inputs": hidden, "outputs": 1}]}
    tensors = {k: v.detach().float().contiguous() for k, v in tensors.items()}
    with open(out, "wb") as file:
        file.write(seal(tensors, config))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", required=True); a.add_argument("--work", required=True); a.add_argument("--on", required=True)
    a.add_argument("--out", required=True); a.add_argument("--epochs", type=int, default=10); a.add_argument("--cost", type=float, default=0.3)
    a.add_argument("--features", type=int, required=True, help="as `pair::FEATURES`"); a.add_argument("--gap", type=float, default=1.0)
    a.add_argument("--threads", type=int, default=1); a.add_argument("--own", action="store_true", help="with the project's own passages")
    args = a.parse_args()
    torch.manual_seed(7); random.seed(7); torch.set_num_threads(args.threads)
    sets = {name: examples(args.data, args.work, name) for name in ["gum.train", "gap.train", "gum.dev", "gap.dev"] + ["own.train"] * args.own}
    for name, docs in sets.items():
        print(name, len(docs), "documents,", sum(len(d[2]) for d in docs), "mentions", flush=True)
    sets = {name: [d + (packed(d),) for d in docs if d[2]] for name, docs in sets.items()}
    net = Scorer(args.features)
    gum, gap, own = sets["gum.train"], sets["gap.train"], sets.get("own.train", [])
    size, few = 20, 8
    steps = args.epochs * (len(gum) // 2 + len(gap) // size + len(own) // few)
    opt = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.02)
    plan = torch.optim.lr_scheduler.OneCycleLR(opt, 2e-3, total_steps=steps + 1, pct_start=0.1)
    mean = None
    for epoch in range(args.epochs):
        net.train()
        random.shuffle(gum); random.shuffle(gap); random.shuffle(own)
        batches = [(gum[k:k + 2], 1.0, args.cost) for k in range(0, len(gum) - 1, 2)] + [(gap[k:k + size], args.gap, 0.0) for k in range(0, len(gap) - size + 1, size)]
        batches += [(own[k:k + few], 1.0, args.cost) for k in range(0, len(own) - few + 1, few)]
        random.shuffle(batches)
        total = 0.0
        for docs, weight, cost in batches:
            x, i, j, f, right, wrong, group, n = batch(docs, args.features)
            loss = weight * loss_of(net(x, i, j, f), right, wrong, group, n, cost)
            opt.zero_grad(); loss.backward(); nn.utils.clip_grad_norm_(net.parameters(), 1.0); opt.step(); plan.step()
            total += loss.item()
        print(epoch, "loss %.4f" % (total / len(batches)), "gum:", dev(net, sets["gum.dev"], args.features), "gap:", dev(net, sets["gap.dev"], args.features), flush=True)
    seal_scorer(net, args.features, args.on, args.out)


if __name__ == "__main__":
    main()
