"""Which part the nouns of a sentence play in an event: the head that `crates/event/src/role.rs` reads, trained by `events.py`.

Of each annotated event that is found, every head of a noun phrase in the sentence of its trigger is a pair with it: it does it, it
is done to, it is one of several alike, its place, its time, or none of these. Features and what rules make of a pair come from `cargo xtask sights`.
"""
import random
import torch
from torch import nn

SIDES = ["none", "agent", "target", "party", "place", "time"]
DONE_TO = {"target", "victim", "object", "recipient", "addressee"}
HIDDEN = 64


def side(role):
    """As what a rule's role counts; 6: as nothing that is annotated."""
    if role is None:
        return 0
    return {"agent": 1, "party": 3, "where": 4, "when": 5}.get(role, 2 if role in DONE_TO else 6)


KINDS = ((1, "agent"), (2, "target"), (3, "party"), (4, "place"), (5, "time"))
UNSURE = -100


def is_marked(span, word, pronoun, d, at):
    """Whether a word heads the words that annotators mark, or is coordinated with their head."""
    inside = lambda i: span[0] < d["words"][i][1] and d["words"][i][0] < span[1]
    i = at[word[0]]
    if inside(i):
        while d["deprel"][i] == "conj" and inside(d["head"][i]) and d["head"][i] != i:
            i = d["head"][i]
        if d["head"][i] == i or not inside(d["head"][i]):
            return True
    return bool(pronoun) and span[0] <= pronoun[0] and pronoun[1] <= span[1] and span[1] - span[0] <= pronoun[1] - pronoun[0] + 8


def labels(event, found, d, at):
    """The part of each word that is found. Where what is marked stands elsewhere, other mentions of the same one play it; where it
    does not, these are left out."""
    out = [0] * len(found)
    for n, name in KINDS:
        for span in event.get(name) or []:
            direct = [k for k, (word, pronoun, *_) in enumerate(found) if is_marked(span, word, pronoun, d, at)]
            if n > 3 and not direct:
                continue  # what stands elsewhere is told there
            same = [k for k, f in enumerate(found) if any(x < span[1] and span[0] < y and (x == span[0] or y == span[1]) for x, y in f[2])]
            for k in direct:
                out[k] = n
            for k in same:
                if not out[k] and n <= 3:
                    out[k] = UNSURE if direct else n
    return out


def pairs(read, seen, gold):
    """Of each annotated text: rows (event, pair's states of four words, features, rule, label)."""
    out = []
    for g in gold:
        d, s = read[f"{g['set']}|{g['id']}"]
        at = {w[0]: i for i, w in enumerate(d["words"])}
        of = dict((start, found) for start, found in seen[d["id"]]["pairs"])
        rows = []
        for e in g["events"]:
            a, b = e["trigger"]
            start = next((x for x in of if a <= x < b), None)
            if start is None:
                continue
            t = at[start]
            for (word, _, mentions, rule, features), label in zip(of[start], labels(e, of[start], d, at)):
                c = at[word[0]]
                rows.append(dict(event=e, states=(s[t], s[d["head"][t]], s[c], s[d["head"][c]]), features=features, rule=side(rule),
                                 label=label, named=bool(mentions)))
        out.append(rows)
    return out


def inputs(rows, size):
    x = torch.zeros(len(rows), size)
    for i, r in enumerate(rows):
        x[i, r["features"]] = 1
    return [torch.stack([r["states"][k] for r in rows]) for k in range(4)], x


class Roles(nn.Module):
    def __init__(self, size, heads=4):
        super().__init__()
        self.states = nn.ModuleList([nn.Linear(384, HIDDEN) for _ in range(heads)])
        self.features, self.out = nn.Linear(size, HIDDEN), nn.Linear(HIDDEN, len(SIDES))
        nn.init.normal_(self.features.weight, std=0.05)

    def forward(self, states, x):
        drop = lambda x, p: torch.dropout(x, p, self.training)
        joined = self.features(drop(x, 0.1))
        for layer, s in zip(self.states, states):
            joined = joined + layer(drop(s, 0.3))
        return self.out(drop(torch.relu(joined), 0.3))


def train(rows, size, epochs=10, batch=128):
    states, x = inputs(rows, size)
    y = torch.tensor([r["label"] for r in rows])
    net = Roles(size)
    opt = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.05)
    steps = epochs * (len(rows) // batch + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: max(0.0, 1 - s / steps))
    for _ in range(epochs):
        net.train()
        for idx in torch.randperm(len(rows)).split(batch):
            loss = nn.functional.cross_entropy(net([s[idx] for s in states], x[idx]), y[idx], label_smoothing=0.02)
            opt.zero_grad(); loss.backward(); opt.step(); plan.step()
    return net.eval()


def decided(p, rule, keep, add):
    """The part after rules and head: `p` its probabilities, `keep` the least for what rules say, `add` for what they do not."""
    best = int(p.argmax())
    if rule in (1, 2, 3) and p[rule] >= keep:
        return rule
    return best if best and p[best] >= add else 0


def measure(docs, size, folds=4):
    """By held-out texts: precision and recall of each part, by rules and at several bars."""
    order = list(range(len(docs))); random.Random(3).shuffle(order)
    tried = []
    for k in range(folds):
        held = set(order[k::folds])
        net = train([r for i, rows in enumerate(docs) if i not in held for r in rows], size)
        for i in sorted(held):
            if docs[i]:
                with torch.inference_mode():
                    p = torch.softmax(net(*inputs(docs[i], size)), 1)
                tried += list(zip(docs[i], p))
    report(tried)
    return tried


def report(tried):
    beside = [t for t in tried if t[0]["label"] != UNSURE]
    for n in (4, 5):
        gold = sum(r["label"] == n for r, _ in beside)
        for add in (0.4, 0.5, 0.6, 0.7, 0.8):
            said = [r["label"] == n for r, p in beside if p[n] >= add]
            print(f"{SIDES[n]} {add}: {sum(said) / max(1, len(said)):.3f} / {sum(said) / max(1, gold):.3f} ({len(said)})", flush=True)
    # Only what names somebody or something can take part in a record.
    tried = [t for t in tried if t[0]["named"] and t[0]["label"] != UNSURE]

    def line(name, told):
        out = []
        for n in (1, 2, 3):
            said = [t for t in told if t[1] == n]
            hits, gold = sum(r["label"] == n for r, _ in said), sum(r["label"] == n for r, _ in told)
            out.append(f"{SIDES[n]} {hits / max(1, len(said)):.3f} / {hits / max(1, gold):.3f} ({len(said)})")
        print(name, "; ".join(out), flush=True)
    line("rules", [(r, r["rule"]) for r, _ in tried])
    line("head", [(r, int(p.argmax())) for r, p in tried])
    for keep in (0.2, 0.3, 0.4, 0.5):
        for add in (0.6, 0.7, 0.8):
            line(f"keep {keep} add {add}", [(r, decided(p, r["rule"], keep, add)) for r, p in tried])
