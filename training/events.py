"""Trains the heads that events are read with, on the frozen states of the news model, and writes models/event.weights.

usage: python events.py --data DIR --states DIR [--keep FILE] [--folds] [--out FILE] [--on DIGEST] [--seed 1]

`--states` holds what `cargo xtask states` wrote of status/uds.*.jsonl and events/cameo.*.jsonl: udstrain, udsdev, cameotrain,
cameodev (.jsonl and .f32), and of the texts of eval/events (`--texts` writes them out): status.train; of these also
what `cargo xtask sights` wrote (.sights.jsonl). Heads: how factual a predicate is, -3 to 3 (UDS-IH2), read off its own state and
that of the word it hangs on; who does what to whom in a sentence (source and target spans), BIO tags with a CRF off states and places in the tree; whether a word
names an event, of what type and status, read off the same states and the evidence of rules; which part a noun plays (`roles.py`).
`--keep` takes the first two as they are in a file made before; `--folds` only measures the others, by held-out texts.
"""
import argparse, json, os, random
import numpy as np
import torch
from torch import nn
import roles
from export import MAGIC, seal
from safetensors.torch import load as unpack

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


# As in `crates/event/src/evidence.rs`.
RELATIONS = ("acl acl:relcl advcl advcl:relcl amod appos ccomp compound conj csubj dep det fixed flat iobj nmod nmod:desc nmod:poss "
             "nmod:unmarked nsubj nsubj:pass obj obl obl:agent obl:unmarked parataxis root xcomp").split()
PARTS = "VERB NOUN ADJ PROPN PRON AUX ADV".split()
PLACES = 2 * len(RELATIONS) + 2 * len(PARTS) + 8
ACTOR = 64


def placed(d):
    """How each word stands in its tree: relation and part of speech of its own and of the word it hangs on, how deep."""
    out = torch.zeros(len(d["words"]), PLACES)
    for i, head in enumerate(d["head"]):
        ones, at = [], 0
        for names, value in ((RELATIONS, d["deprel"][i]), (RELATIONS, d["deprel"][head]), (PARTS, d["upos"][i]), (PARTS, d["upos"][head])):
            if value in names:
                ones.append(at + names.index(value))
            at += len(names)
        deep, above = 0, i
        while d["head"][above] != above and deep < 7:
            above, deep = d["head"][above], deep + 1
        out[i, ones + [at + deep]] = 1
    return out


def sentences(gold, states):
    """States, tags and places in the tree of each sentence."""
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
        head = torch.tensor(d["head"])
        out.append(((s, placed(d), head), torch.tensor(tags), d, g))
    return out


class Actors(nn.Module):
    """Scores of tags off the states of a word, of the two above it and of its neighbours, and its place in the tree."""
    def __init__(self):
        super().__init__()
        self.word, self.head, self.above, self.left, self.right = (nn.Linear(384, ACTOR) for _ in range(5))
        self.place, self.out, self.straight = nn.Linear(PLACES, ACTOR), nn.Linear(ACTOR, len(TAGS)), nn.Linear(384, len(TAGS))

    def forward(self, x, place, head):
        drop = lambda x, p: torch.dropout(x, p, self.training)
        beside = lambda layer, rows, before: torch.cat([torch.zeros(1, ACTOR), layer(rows[:-1])]) if before else torch.cat([layer(rows[1:]), torch.zeros(1, ACTOR)])
        joined = self.word(drop(x, 0.2)) + self.head(drop(x[head], 0.2)) + self.above(drop(x[head[head]], 0.2)) + self.place(drop(place, 0.1))
        joined = joined + beside(self.left, drop(x, 0.2), True) + beside(self.right, drop(x, 0.2), False)
        return self.out(drop(torch.relu(joined), 0.3)) + self.straight(drop(x, 0.1))


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
        for x, _, d, g in data:
            p = spans(crf.best(net(*x)), d["words"])[base]
            q = {(x["start"], x["end"]) for x in g["spans"] if x["label"] == name}
            hit += len(p & q); pred += len(p); gold += len(q)
        f[name] = 2 * hit / max(1, pred + gold)
    return f


def train_actors(train, dev, epochs=10, mean_from=4):
    """The mean of the weights after each step from an epoch on: single epochs differ by five points on dev."""
    both = nn.ModuleList([Actors(), Crf(len(TAGS))])
    net, crf = both
    mean = torch.optim.swa_utils.AveragedModel(both)
    opt = torch.optim.AdamW(both.parameters(), lr=1.5e-3, weight_decay=0.05)
    steps = epochs * (len(train) // 16 + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: max(0.0, 1 - s / steps))
    for epoch in range(epochs):
        net.train()
        order = torch.randperm(len(train)).tolist()
        for k in range(0, len(order), 16):
            loss = sum(crf.loss(net(*train[i][0]), train[i][1]) for i in order[k:k + 16]) / 16
            opt.zero_grad(); loss.backward(); opt.step(); plan.step()
            if epoch >= mean_from:
                mean.update_parameters(both)
        net.eval()
        print(f"actors epoch {epoch} loss {loss.item():.3f}", flush=True)
    net, crf = mean.module.eval()
    with torch.inference_mode():
        print(f"actors dev {actors_f1(net, crf, dev)}", flush=True)
    return net, crf


STATUSES = ["planned", "happened", "ongoing", "denied", "did_not_happen", "cancelled", "possible", "hypothetical", "generic"]
HERE = os.path.dirname(os.path.abspath(__file__))
HIDDEN = 96
# What the types and the statuses of events weigh beside whether a word names one.
OF_KIND, OF_STATUS = 0.6, 0.5


def kinds():
    """Types of the codebook in its order, and for each coarse type the number of the one that stands for it."""
    book = open(f"{HERE}/../crates/event/data/codebook.txt", encoding="utf-8").read().split("\n")
    types = [line.split()[1:3] for line in book if line.startswith("type ")]
    first = {}
    for i, (_, coarse) in enumerate(types):
        first.setdefault(coarse, i)
    first["OTHER"] = [name for name, _ in types].index("event")
    first.setdefault("PLAN", first["OTHER"]); first.setdefault("STATE_TOPIC", first["OTHER"])
    return len(types), first


def gold_events(part):
    """The annotated stretches of a part, without those that are only measured on (as in `xtask/src/eval/events.rs`)."""
    return [g for g in rows(f"{HERE}/../eval/events/{part}.jsonl") if part != "status.train" or sum(g["id"].encode()) % 8]


def write_texts(data, states):
    """Writes the annotated texts, cut at a line behind what is annotated."""
    for part in ("status.train",):
        until = {}
        for g in gold_events(part):
            key = (g["set"], g["id"])
            until[key] = max(until.get(key, 0), g.get("until", 10**9))
        with open(f"{states}/{part}.texts.jsonl", "w", encoding="utf-8") as out:
            for name in sorted({key[0] for key in until}):
                for d in rows(f"{data}/{name}.jsonl"):
                    end = until.get((name, d["id"]))
                    if end:
                        line = d["text"].find("\n", end + 200)
                        text = d["text"][:min(line, end + 900)] if line > 0 else d["text"]
                        out.write(json.dumps({"id": f"{name}|{d['id']}", "text": text}) + "\n")


def asked(states, part):
    """Words that the heads are asked of, by annotated stretch: states, evidence, the event that each names."""
    read = load(states, part)
    seen = {d["id"]: d for d in rows(f"{states}/{part}.sights.jsonl")}
    size = max(d["features"] for d in seen.values())
    out = []
    for g in gold_events(part):
        d, s = read[f"{g['set']}|{g['id']}"]
        at = {w[0]: i for i, w in enumerate(d["words"])}
        near = torch.zeros(len(s), 385)
        for i, rel in enumerate(d["deprel"]):
            if rel in NEAR and d["head"][i] != i:
                near[d["head"][i], :384] += s[i]; near[d["head"][i], 384] += 1
        spans = [(a, b, e) for e in g["events"] for a, b in [e["trigger"], *e.get("also", [])]]
        words = []
        for start, end, kind, status, is_open, evidence in seen[d["id"]]["words"]:
            if g.get("from", 0) <= start < g.get("until", 10**9):
                i = at[start]
                event = next((e for a, b, e in spans if a < end and start < b), None)
                words.append(dict(own=s[i], head=s[d["head"][i]], near=near[i], evidence=evidence, event=event, rule=kind,
                                  status=status, open=is_open))
        out.append((g, words))
    return out, size


def inputs(words, size):
    evidence = torch.zeros(len(words), size)
    for i, w in enumerate(words):
        evidence[i, w["evidence"]] = 1
    return (*(torch.stack([w[k] for w in words]) for k in ("own", "head", "near")), evidence)


class Judge(nn.Module):
    """Whether a word names an event, of what type and status, off its state, those of the word it hangs on and of those that help it,
    and the evidence of rules; the last two off the evidence alone as well."""
    def __init__(self, size, types):
        super().__init__()
        self.word, self.head, self.near = nn.Linear(384, HIDDEN), nn.Linear(384, HIDDEN), nn.Linear(384, HIDDEN)
        self.evidence, self.trigger, self.kind = nn.Linear(size, HIDDEN), nn.Linear(HIDDEN, 1), nn.Linear(HIDDEN, types)
        self.told, self.straight_kind, self.status = nn.Linear(HIDDEN, 9), nn.Linear(size, types), nn.Linear(size, 9)
        nn.init.normal_(self.evidence.weight, std=0.03)
        for layer in (self.straight_kind, self.status):
            nn.init.zeros_(layer.weight)

    def forward(self, own, head, near, evidence):
        drop = lambda x, p: torch.dropout(x, p, self.training)
        helped = drop(near[:, :384], 0.3) @ self.near.weight.T + near[:, 384:] * self.near.bias
        joined = self.word(drop(own, 0.3)) + self.head(drop(head, 0.3)) + helped + self.evidence(drop(evidence, 0.1))
        joined, beside = drop(torch.relu(joined), 0.3), drop(evidence, 0.2)
        return self.trigger(joined).squeeze(1), self.kind(joined) + self.straight_kind(beside), self.told(joined) + self.status(beside)


def train_judge(words, size, epochs=8, balance=0.3, mean_from=5):
    """Each of several right statuses is right. `balance`: rare ones count more. The mean of the weights after each step from an epoch on."""
    types, first = kinds()
    x = inputs(words, size)
    is_event = torch.tensor([float(w["event"] is not None) for w in words])
    kind = torch.tensor([first[w["event"]["type"]] if w["event"] else -100 for w in words])
    right = torch.zeros(len(words), 9)
    for i, w in enumerate(words):
        for status in w["event"]["status"] if w["event"] else ():
            right[i, STATUSES.index(status)] = 1
    share = torch.bincount(torch.tensor([STATUSES.index(w["event"]["status"][0]) for w in words if w["event"]]), minlength=9).float() + 5
    tilt = balance * (share / share.sum()).log()
    net = Judge(size, types)
    mean = torch.optim.swa_utils.AveragedModel(net)
    opt = torch.optim.AdamW(net.parameters(), lr=2e-3, weight_decay=0.05)
    steps = epochs * (len(words) // 64 + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: max(0.0, 1 - s / steps))
    for epoch in range(epochs):
        net.train()
        for idx in torch.randperm(len(words)).split(64):
            odds, kinds_, told = net(*(t[idx] for t in x))
            loss = nn.functional.binary_cross_entropy_with_logits(odds, is_event[idx])
            named = kind[idx] >= 0
            if named.any():
                loss = loss + OF_KIND * nn.functional.cross_entropy(kinds_[named], kind[idx][named])
                scores = torch.log_softmax(told[named] + tilt, 1).masked_fill(right[idx][named] == 0, -1e9)
                loss = loss - OF_STATUS * torch.logsumexp(scores, 1).mean()
            opt.zero_grad(); loss.backward(); opt.step(); plan.step()
            if epoch >= mean_from:
                mean.update_parameters(net)
    return mean.module.eval()


def decided(w, told):
    """As `advised` in `crates/event/src/mention.rs`."""
    rule, told = w["status"], told.log_softmax(0).clone()
    if rule in ("denied", "cancelled", "did_not_happen") and not w["open"]:
        return rule
    for status in ("denied", "cancelled"):
        if status != rule:
            told[STATUSES.index(status)] = -99
    best = int(told.argmax())
    return rule if not w["open"] and told[best] - told[STATUSES.index(rule)] < 1 else STATUSES[best]


def measure(docs, size):
    """Trains on three quarters of the texts and measures on the fourth, four times: triggers, types, statuses of triggers."""
    order = list(range(len(docs))); random.Random(3).shuffle(order)
    tried = []
    for k in range(4):
        held = {order[i] for i in range(k, len(order), 4)}
        net = train_judge([w for i, (_, words) in enumerate(docs) if i not in held for w in words], size)
        for i in sorted(held):
            g, words = docs[i]
            if words:
                with torch.inference_mode():
                    odds, kind, told = net(*inputs(words, size))
                tried += [(i, w, float(o), int(t), s) for w, o, t, s in zip(words, odds, kind.argmax(1), told)]
    events = sum(len(g["events"]) for g, _ in docs)
    for least in (-1.2, -1, -0.8, -0.6, -0.4, -0.2, 0, 0.3, 0.6, 1):
        taken = [t for t in tried if t[2] > least]
        hits = {(i, id(w["event"])) for i, w, *_ in taken if w["event"]}
        print(f"odds {least:+.1f}: precision {sum(w['event'] is not None for _, w, *_ in taken) / len(taken):.3f}, events found {len(hits) / events:.3f}")
    named = [t for t in tried if t[1]["event"]]
    _, first = kinds()
    print(f"types right {sum(first[w['event']['type']] == t for _, w, _, t, _ in named) / len(named):.3f}")
    for name, of in (("rules", lambda w, s: w["status"]), ("head", lambda w, s: STATUSES[int(s.argmax())]), ("both", decided)):
        count = {s: [0, 0, 0] for s in STATUSES}
        for _, w, _, _, s in named:
            told, right = of(w, s), w["event"]["status"]
            count[told][1] += 1
            wanted = told if told in right else right[0]
            count[wanted][2] += 1
            count[wanted][0] += told in right
        f1 = {s: 2 * h / max(1, p + g) for s, (h, p, g) in count.items()}
        print(name, f"right {sum(c[0] for c in count.values()) / len(named):.3f}", {s: round(f, 2) for s, f in f1.items()},
              "macro of six", round(sum(f1[s] for s in ("planned", "happened", "denied", "cancelled", "possible", "hypothetical")) / 6, 3))


def kept(path):
    """How factual and who does what to whom, as they are in a file."""
    tensors = unpack(open(path, "rb").read()[len(MAGIC) + 36:])
    rows_ = 3 * SIZE + len(TAGS) + 5 * ACTOR
    named = {k: v for k, v in tensors.items() if k.startswith(("fact.", "actor_"))}
    return {"heads.weight": tensors["heads.weight"][:rows_], "heads.bias": tensors["heads.bias"][:rows_], **named}


def sentenced(a):
    """The same, trained."""
    sets, gold = corpus(a, {"udstrain": "status/uds.train", "udsdev": "status/uds.dev", "cameotrain": "events/cameo.train", "cameodev": "events/cameo.dev"})
    fact = train_fact(predicates(gold["udstrain"], sets["udstrain"]), predicates(gold["udsdev"], sets["udsdev"]))
    actors, crf = train_actors(sentences(gold["cameotrain"], sets["cameotrain"]), sentences(gold["cameodev"], sets["cameodev"]))
    step, first = crf.scores()
    tensors = {"actor_crf.step": step[None], "actor_crf.first": first[None]}
    layers = (fact.word, fact.head, fact.near, actors.straight, actors.word, actors.head, actors.above, actors.left, actors.right)
    for name in ("weight", "bias"):
        tensors[f"heads.{name}"] = torch.cat([getattr(layer, name) for layer in layers])
        for layer, of in (("fact", fact.out), ("actor_place", actors.place), ("actor_out", actors.out)):
            tensors[f"{layer}.{name}"] = getattr(of, name)
    return tensors


def corpus(a, names):
    return {n: load(a.states, n) for n in names}, {n: rows(f"{a.data}/{p}.jsonl") for n, p in names.items()}


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True); p.add_argument("--states", required=True)
    p.add_argument("--texts", action="store_true"); p.add_argument("--folds", action="store_true"); p.add_argument("--keep")
    p.add_argument("--out"); p.add_argument("--on"); p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    torch.manual_seed(a.seed); torch.set_num_threads(1)
    if a.texts:
        return write_texts(a.data, a.states)
    docs, size = asked(a.states, "status.train")
    read, seen = load(a.states, "status.train"), {d["id"]: d for d in rows(f"{a.states}/status.train.sights.jsonl")}
    of_pairs = max(d["of_pairs"] for d in seen.values())
    paired = roles.pairs(read, seen, gold_events("status.train"))
    if a.folds:
        measure(docs, size)
        return roles.measure(paired, of_pairs)
    judge = train_judge([w for _, words in docs for w in words], size)
    role = roles.train([r for rows_ in paired for r in rows_], of_pairs)
    tensors = kept(a.keep) if a.keep else sentenced(a)
    if not a.out:
        return
    for name in ("weight", "bias"):
        layers = [getattr(layer, name) for layer in (judge.word, judge.head, judge.near, *role.states)]
        tensors[f"heads.{name}"] = torch.cat([tensors[f"heads.{name}"], *layers])
        for layer in ("evidence", "trigger", "kind", "told", "straight_kind", "status"):
            tensors[f"event_{layer}.{name}"] = getattr(getattr(judge, layer), name)
        tensors[f"role_features.{name}"], tensors[f"role_out.{name}"] = getattr(role.features, name), getattr(role.out, name)
    tensors = {k: v.detach().float().contiguous().clone() for k, v in tensors.items()}
    types, _ = kinds()
    config = dict(name="event", on=a.on,
                  heads=[*(dict(name=f"fact_{n}", size=SIZE, labels=[]) for n in ("word", "head", "near")), dict(name="actor", size=len(TAGS), labels=TAGS),
                         *(dict(name=f"actor_{n}", size=ACTOR, labels=[]) for n in ("word", "head", "above", "left", "right")),
                         *(dict(name=f"event_{n}", size=HIDDEN, labels=[]) for n in ("word", "head", "near")),
                         *(dict(name=f"role_{n}", size=roles.HIDDEN, labels=[]) for n in ("event", "above", "noun", "over"))],
                  crfs=[dict(name="actor_crf", tags=len(TAGS), layers=1)],
                  layers=[dict(name="fact", inputs=SIZE, outputs=1), dict(name="actor_place", inputs=PLACES, outputs=ACTOR),
                          dict(name="actor_out", inputs=ACTOR, outputs=len(TAGS)), dict(name="event_evidence", inputs=size, outputs=HIDDEN),
                          dict(name="event_trigger", inputs=HIDDEN, outputs=1), dict(name="event_kind", inputs=HIDDEN, outputs=types),
                          dict(name="event_told", inputs=HIDDEN, outputs=len(STATUSES)), dict(name="event_straight_kind", inputs=size, outputs=types),
                          dict(name="event_status", inputs=size, outputs=len(STATUSES)),
                          dict(name="role_features", inputs=of_pairs, outputs=roles.HIDDEN), dict(name="role_out", inputs=roles.HIDDEN, outputs=len(roles.SIDES))])
    with open(a.out, "wb") as f:
        f.write(seal(tensors, config))


if __name__ == "__main__":
    main()
