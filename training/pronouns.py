"""Trains the scorer of pronouns on the encoder's frozen states, and seals it into models/pronoun.weights.

usage: python pronouns.py --data DIR --work DIR --on DIGEST --features N --out FILE

DIR of --work holds what `who.py` says: pairs and states of coref/gum.train, gum.dev, gap.train, gap.dev, made by the engine itself; with
`--train gum.train gap.train own.train` also of own.train.gold.jsonl, which `--passages eval/entities/coref.train.jsonl
eval/entities/references.train.jsonl` writes there.

"He", "she", "it" and "they" each choose among earlier mentions, names further on in the sentence, and none of them. Gold of GUM is found
by heads. GAP says which of two names is right: of whoever else is named nobody is, and an earlier pronoun is as right as what it was
resolved to by the scorer of the epoch before.
"""
import argparse, collections, json, random
import numpy as np
import torch
from torch import nn
from export import seal
from who import gum_clusters, log_sum, own_clusters, rows, states_of

PERSON = {10, 11}  # the features that say of a mention alone that it is "he" or "she"
TITLES = {"mr", "mrs", "ms", "miss", "dr", "sir", "lady", "lord", "president", "captain", "king", "queen", "saint", "st", "the"}


class Document:
    def __init__(self, gold, mentions, states, over):
        self.gold, self.mentions = gold, mentions
        self.states, self.over = torch.from_numpy(states), torch.from_numpy(over)
        self.items = []  # pronoun, choices (-1: none), features, right, wrong
        self.gap = "pronoun" in gold

    def words(self, start, end):
        words = self.gold["text"][start:end].replace("'s", "").lower().replace(".", " ").split()
        return tuple(w for w in words if w not in TITLES) or tuple(words)


def one_name(a, b):
    if not a or not b:
        return False
    short, long = (a, b) if len(a) <= len(b) else (b, a)
    return short[0] in (long[0], long[-1]) if len(short) == 1 else all(w in long for w in short)


def items_of_gum(doc):
    clusters = gum_clusters(doc.gold, doc.mentions)
    for i, m in enumerate(doc.mentions):
        if m["pronoun"]:
            right = [clusters[i] is not None and clusters[j] == clusters[i] for j, _ in m["pronoun"]]
            yield i, [not any(right)] + right, [any(right)] + [not r for r in right]


def items_of_gap(doc):
    d = doc.gold
    names = {k: (d[k]["start"], d[k]["end"]) for k in "AB"}
    sure = [k for k in "AB" if d[k]["coref"]]
    said = {k: doc.words(*names[k]) for k in "AB"}
    for i, m in enumerate(doc.mentions):
        if m["head"][0] != d["pronoun"]["start"] or not m["pronoun"]:
            continue
        def hit(j, k):
            head, inside = doc.mentions[j]["head"], names[k]
            named = doc.mentions[j]["name"] is not None
            return head[0] >= inside[0] and head[1] <= inside[1] or named and one_name(doc.words(*doc.mentions[j]["whole"]), said[k])
        right = [any(hit(j, k) for k in sure) for j, _ in m["pronoun"]]
        if sure:
            wrong = [not r and doc.mentions[j]["name"] is not None for r, (j, _) in zip(right, m["pronoun"])]
            yield i, [False] + right, [True] + wrong
        else:
            wrong = [any(hit(j, k) for k in "AB") for j, _ in m["pronoun"]]
            yield i, [True] + [not w for w in wrong], [False] + wrong


def items_of_own(doc):
    """Passages of the project's own: every mention of what is spoken of twice or more, as spans; whole descriptions without what a comma
    sets off. Where "open" lists what stands for nothing in them, a pronoun that is neither is not asked."""
    clusters = own_clusters(doc.gold, doc.mentions)
    for i, m in enumerate(doc.mentions):
        left = "open" in doc.gold and list(m["head"]) not in doc.gold["open"]
        if m["pronoun"] and not (clusters[i] is None and (left or m["none"][0] in PERSON)):
            right = [clusters[i] is not None and clusters[j] == clusters[i] for j, _ in m["pronoun"]]
            yield i, [not any(right)] + right, [any(right)] + [not r for r in right]


def write_passages(own, data, work):
    """Writes the passages with their texts: what `cargo xtask pairs` and `states` read."""
    texts = {(name, d["id"]): d["text"] for name in {p["set"] for p in own} for d in rows(f"{data}/{name}.jsonl")}
    with open(f"{work}/own.train.gold.jsonl", "w", encoding="utf-8") as file:
        for p in own:
            start = p.get("from", 0)
            here = lambda spans: [[a - start, b - start] for a, b in spans]
            gold = {"id": f"{p['set']}:{p['id']}", "text": texts[p["set"], p["id"]][start:p["until"]],
                    "entities": [{"mentions": here(e["mentions"])} for e in p["entities"]]}
            if "open" in p:
                gold["open"] = here(p["open"])
            print(json.dumps(gold), file=file)


def load(data, work, name):
    gold = {d["id"]: d for d in rows(f"{work}/{name}.gold.jsonl" if name.startswith("own") else f"{data}/coref/{name}.jsonl")}
    asked = {d["id"]: d["mentions"] for d in rows(f"{work}/{name}.pairs.jsonl")}
    own = states_of(work, name, asked)
    over = states_of(work, name, {k: [{"head": m["over"]} for m in ms] for k, ms in asked.items()})
    docs = []
    for key, mentions in asked.items():
        doc = Document(gold[key], mentions, own[key], over[key])
        labels = {i: (right, wrong) for i, right, wrong in (items_of_own if "entities" in doc.gold else items_of_gap if doc.gap else items_of_gum)(doc)}
        for i, m in enumerate(mentions):
            if not m["pronoun"]:
                continue
            choices = [-1] + [j for j, _ in m["pronoun"]]
            sparse = [m["none"]] + [f for _, f in m["pronoun"]]
            where = (np.repeat(np.arange(len(sparse)), [len(f) for f in sparse]), np.concatenate([np.array(f) for f in sparse]))
            doc.items.append([i, choices, where, *labels.get(i, (None, None))])
        used = sorted({k for item in doc.items for k in [item[0]] + item[1] if k >= 0})
        doc.row = {k: n for n, k in enumerate(used)}
        doc.states, doc.over = doc.states[used], doc.over[used]
        docs.append(doc)
    return docs


class Scorer(nn.Module):
    def __init__(self, features, hidden=64, direct=32, hide=0.3):
        super().__init__()
        self.later, self.earlier = nn.Linear(384, hidden), nn.Linear(384, hidden)
        self.later_over, self.earlier_over = nn.Linear(384, hidden, bias=False), nn.Linear(384, hidden, bias=False)
        self.asks, self.answers = nn.Linear(384, direct), nn.Linear(384, direct)
        self.pair, self.score, self.straight = nn.Linear(features, hidden), nn.Linear(hidden, 1), nn.Linear(features, 1)
        self.hide, self.scale = nn.Dropout(hide), direct ** -0.5
        nn.init.normal_(self.asks.weight, std=0.02)
        nn.init.normal_(self.answers.weight, std=0.02)
        nn.init.zeros_(self.straight.weight)

    def forward(self, x, over, i, j, features):
        x, over = self.hide(x), self.hide(over)
        has, back = (j >= 0).float()[:, None], j.clamp_min(0)
        joined = self.pair(features) + (self.later(x) + self.later_over(over))[i] + has * (self.earlier(x) + self.earlier_over(over))[back]
        direct = (self.asks(x)[i] * self.answers(x)[back]).sum(1, keepdim=True) * has * self.scale
        return (self.score(self.hide(torch.relu(joined))) + self.straight(features) + direct).squeeze(1)


def batch(chosen, features):
    """Rows of (document, item) as tensors."""
    base, docs, i, j, at, flat, right, wrong, group = 0, {}, [], [], [], [], [], [], []
    for n, (doc, (m, choices, where, ok, bad)) in enumerate(chosen):
        if id(doc) not in docs:
            docs[id(doc)] = (base, doc)
            base += len(doc.states)
        start = docs[id(doc)][0]
        at.append(where[0] + len(i)); flat.append(where[1])
        i += [start + doc.row[m]] * len(choices)
        j += [start + doc.row[k] if k >= 0 else -1 for k in choices]
        right += ok or [False] * len(choices); wrong += bad or [False] * len(choices)
        group += [n] * len(choices)
    dense = torch.zeros(len(i), features)
    dense[torch.from_numpy(np.concatenate(at)), torch.from_numpy(np.concatenate(flat))] = 1.0
    own, over = (torch.cat([getattr(d, k) for _, d in docs.values()]) for k in ("states", "over"))
    return own, over, *(torch.tensor(v) for v in (i, j)), dense, *(torch.tensor(v) for v in (right, wrong, group)), len(chosen)


@torch.no_grad()
def resolved(nets, doc, features):
    """What every pronoun of a document stands for: the first mention by that name, or another mention, or nothing."""
    if not doc.items:
        return {}
    x, over, i, j, dense, _, _, _, _ = batch([(doc, item) for item in doc.items], features)
    scores = sum(net(x, over, i, j, dense) for net in nets).numpy()
    found, at = {}, 0
    for m, choices, *_ in doc.items:
        best = {}
        for k, score in zip(choices, scores[at:at + len(choices)]):
            name = None if k < 0 else doc.mentions[k]["name"]
            of = None if k < 0 else name if name is not None else found.get(k, k)
            best[of] = max(best.get(of, -1e9), score)
        at += len(choices)
        if doc.mentions[m]["none"][0] in PERSON:
            best.pop(None, None)
        if best:
            found[m] = max(best, key=best.get)
    return found


def relabel(nets, docs, features):
    """Gives earlier pronouns of GAP the label of what they were resolved to."""
    for doc in docs:
        found = resolved(nets, doc, features)
        for item in doc.items:
            m, choices, _, right, wrong = item
            if right is None or not any(doc.gold[k]["coref"] for k in "AB"):
                continue
            of = lambda k: doc.mentions[k]["name"]
            good = {of(k) for k, r in zip(choices, right) if r and of(k) is not None}
            bad = {of(k) for k, w in zip(choices, wrong) if k >= 0 and w and of(k) is not None} - good
            for n, k in enumerate(choices):
                if k in found and of(k) is None:
                    right[n], wrong[n] = found[k] in good, found[k] in bad


def figures(nets, gum, gap, features):
    for net in nets:
        net.eval()
    hit = said = real = 0
    for doc in gap:
        found = resolved(nets, doc, features)
        m = next((i for i, m in enumerate(doc.mentions) if m["head"][0] == doc.gold["pronoun"]["start"]), None)
        for k in "AB":
            start, end = doc.gold[k]["start"], doc.gold[k]["end"]
            inside = [m for m in doc.mentions if m["head"][0] >= start and m["head"][1] <= end and m["name"] is not None]
            answer = found.get(m) is not None and any(i["name"] == found[m] for i in inside)
            hit += answer and doc.gold[k]["coref"]; said += answer; real += doc.gold[k]["coref"]
    best = collections.defaultdict(lambda: [0, 0])
    for doc in gum:
        if doc.items:
            with torch.no_grad():
                x, over, i, j, dense, right, _, group, n = batch([(doc, item) for item in doc.items], features)
                scores = sum(net(x, over, i, j, dense) for net in nets)
            for g, item in enumerate(doc.items):
                own = (group == g).nonzero().squeeze(1)
                kind = "he she" if doc.mentions[item[0]]["none"][0] in PERSON else "it they"
                best[kind][0] += bool(right[own[scores[own].argmax()]]); best[kind][1] += 1
    return "GAP F1 %.1f" % (200 * hit / (said + real)) + "".join(f", {kind} {100 * a / n:.1f}" for kind, (a, n) in sorted(best.items()))


def labelled(docs):
    return [(doc, item) for doc in docs for item in doc.items if item[3] and any(item[3]) and any(item[4])]


def trained(sets, args, seed):
    torch.manual_seed(seed)
    shuffle = random.Random(seed)
    net, size = Scorer(args.features, args.hidden, hide=args.hide), 64
    steps = args.epochs * sum(len(labelled(sets[name])) for name in args.train) // size
    opt = torch.optim.AdamW(net.parameters(), lr=args.lr, weight_decay=0.02)
    plan = torch.optim.lr_scheduler.OneCycleLR(opt, args.lr, total_steps=steps + args.epochs, pct_start=0.1)
    for epoch in range(args.epochs):
        if epoch >= 2:
            net.eval()
            relabel([net], sets.get("gap.train", []), args.features)
        net.train()
        items = [item for name in args.train for item in labelled(sets[name])]
        shuffle.shuffle(items)
        total = 0.0
        for k in range(0, len(items) - size + 1, size):
            x, over, i, j, dense, right, wrong, group, n = batch(items[k:k + size], args.features)
            scores = net(x, over, i, j, dense)
            loss = (log_sum(scores, right | wrong, group, n) - log_sum(scores, right, group, n)).mean()
            opt.zero_grad(); loss.backward(); nn.utils.clip_grad_norm_(net.parameters(), 1.0); opt.step(); plan.step()
            total += loss.item() * size
        print(seed, epoch, "loss %.4f" % (total / len(items)), figures([net], sets["gum.dev"], sets["gap.dev"], args.features) if epoch % 3 == 2 or epoch >= args.epochs - 2 else "", flush=True)
    return net


def seal_scorer(nets, features, on, out):
    """Several scorers side by side are one that is as wide as all of them; its score is their mean."""
    cat = lambda layer, part: torch.cat([getattr(getattr(net, layer), part) for net in nets])
    share, direct = 1 / len(nets), (nets[0].scale / len(nets)) ** 0.5
    heads = [("it_later", "later", 1), ("it_earlier", "earlier", 1), ("it_later_over", "later_over", 1),
             ("it_earlier_over", "earlier_over", 1), ("it_asks", "asks", direct), ("it_answers", "answers", direct)]
    weights = [cat(layer, "weight") * by for _, layer, by in heads]
    biases = [torch.zeros(len(w)) if nets[0].__getattr__(layer).bias is None else cat(layer, "bias") * by for w, (_, layer, by) in zip(weights, heads)]
    mean = lambda layer, part: sum(getattr(getattr(net, layer), part) for net in nets) * share
    tensors = {"heads.weight": torch.cat(weights), "heads.bias": torch.cat(biases), "it_pair.weight": cat("pair", "weight"), "it_pair.bias": cat("pair", "bias"),
               "it_score.weight": torch.cat([net.score.weight for net in nets], 1) * share, "it_score.bias": mean("score", "bias"),
               "it_straight.weight": mean("straight", "weight"), "it_straight.bias": mean("straight", "bias")}
    layers = [("it_pair", features, len(tensors["it_pair.bias"])), ("it_score", len(tensors["it_pair.bias"]), 1), ("it_straight", features, 1)]
    config = {"name": "pronoun", "on": on, "crfs": [], "heads": [{"name": n, "size": len(w), "labels": []} for (n, _, _), w in zip(heads, weights)],
              "layers": [{"name": n, "inputs": i, "outputs": o} for n, i, o in layers]}
    with open(out, "wb") as file:
        file.write(seal({k: v.detach().float().contiguous() for k, v in tensors.items()}, config))


def main():
    a = argparse.ArgumentParser()
    a.add_argument("--data", required=True); a.add_argument("--work", required=True); a.add_argument("--on", required=True)
    a.add_argument("--out", required=True); a.add_argument("--features", type=int, required=True, help="as `PRONOUN_FEATURES`")
    a.add_argument("--epochs", type=int, default=8); a.add_argument("--hidden", type=int, default=64); a.add_argument("--hide", type=float, default=0.3)
    a.add_argument("--lr", type=float, default=2e-3); a.add_argument("--seeds", type=int, nargs="+", default=[1, 2]); a.add_argument("--threads", type=int, default=1)
    a.add_argument("--train", nargs="+", default=["gum.train", "gap.train"], help="own.train, too, once its pairs and states are there")
    a.add_argument("--passages", nargs="+", help="write the project's own passages with their texts, and no more")
    args = a.parse_args()
    if args.passages:
        return write_passages([p for path in args.passages for p in rows(path)], args.data, args.work)
    torch.set_num_threads(args.threads)
    nets = []
    for seed in args.seeds:
        sets = {name: load(args.data, args.work, name) for name in [*args.train, "gum.dev", "gap.dev"]}
        if not nets:
            print({name: len(labelled(docs)) for name, docs in sets.items()}, flush=True)
        nets.append(trained(sets, args, seed))
        seal_scorer(nets, args.features, args.on, args.out)
    print("mean of", len(nets), figures(nets, sets["gum.dev"], sets["gap.dev"], args.features), flush=True)


if __name__ == "__main__":
    main()
