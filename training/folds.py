"""Time expressions in five folds: the time head trained anew for each, on states of weights that never saw a time.

usage: python folds.py --data DIR --states BEGINNING --on DIGEST --out DIR

`--states` is what `cargo xtask states IN BEGINNING --model WEIGHTS` wrote of times/timebank.jsonl and aquaint.jsonl, one behind
the other (IN), with weights whose training left times out; DIGEST is theirs. Writes OUT/K.weights (heads to attach to those
weights) and OUT/K.jsonl (the documents of fold K, by the hash of their names; fold 0 is dev), for
  cargo xtask predict times OUT/K.jsonl OUT/K.predicted --model WEIGHTS --heads OUT/K.weights
"""
import argparse, hashlib, json, os
import torch
from torch import nn
from events import load, rows
from export import seal
from network import TIME_TAGS, Crf

LONGEST = 80


def fold_of(name):
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16) % 5


def sequences(doc, gold):
    """States and tags of each sentence, cut at LONGEST words."""
    words, state = doc[0]["words"], doc[1]
    tags = torch.zeros(len(words), dtype=torch.long)
    for time in gold["timexes"]:
        inside = [i for i, (a, b) in enumerate(words) if a < time["end"] and b > time["start"]]
        for k, i in enumerate(inside):
            tags[i] = TIME_TAGS.index(("I-" if k else "B-") + time["type"])
    starts = sorted({*doc[0]["sentences"], 0}) + [len(words)]
    for a, b in zip(starts, starts[1:]):
        for i in range(a, b, LONGEST):
            yield state[i:min(b, i + LONGEST)], tags[i:min(b, i + LONGEST)]


def train(items, epochs=6):
    net, crf = nn.Linear(384, len(TIME_TAGS)), Crf(TIME_TAGS)
    opt = torch.optim.AdamW([*net.parameters(), *crf.parameters()], lr=4e-3, weight_decay=0.01)
    steps = epochs * (len(items) // 32 + 1)
    plan = torch.optim.lr_scheduler.LambdaLR(opt, lambda s: max(0.0, 1 - s / steps))
    for epoch in range(epochs):
        total = 0.0
        for part in torch.randperm(len(items)).split(32):
            batch = [items[i] for i in part.tolist()]
            x = nn.utils.rnn.pad_sequence([s for s, _ in batch], batch_first=True)
            y = nn.utils.rnn.pad_sequence([t for _, t in batch], batch_first=True)
            mask = nn.utils.rnn.pad_sequence([torch.ones(len(t)) for _, t in batch], batch_first=True)
            loss = crf.loss(net(torch.dropout(x, 0.1, True)), y, mask, torch.zeros(len(batch), dtype=torch.long)).mean()
            opt.zero_grad(); loss.backward(); opt.step(); plan.step()
            total += loss.item() * len(batch)
        print(f"epoch {epoch} loss {total / len(items):.3f}", flush=True)
    return net, crf


def main():
    p = argparse.ArgumentParser()
    for name in ("data", "states", "on", "out"):
        p.add_argument(f"--{name}", required=True)
    a = p.parse_args()
    torch.manual_seed(1); torch.set_num_threads(1)
    os.makedirs(a.out, exist_ok=True)
    gold = [g for name in ("timebank", "aquaint") for g in rows(f"{a.data}/times/{name}.jsonl")]
    where, name = os.path.split(a.states)
    docs = load(where, name)
    for fold in range(5):
        net, crf = train([s for g in gold if fold_of(g["id"]) != fold for s in sequences(docs[g["id"]], g)])
        step, first = crf.scores()
        tensors = {"heads.weight": net.weight, "heads.bias": net.bias, "time_crf.step": step, "time_crf.first": first}
        config = dict(name="time", on=a.on, heads=[dict(name="time", size=len(TIME_TAGS), labels=TIME_TAGS)],
                      crfs=[dict(name="time_crf", tags=len(TIME_TAGS), layers=1)])
        with open(f"{a.out}/{fold}.weights", "wb") as f:
            f.write(seal({k: v.detach().float().contiguous().clone() for k, v in tensors.items()}, config))
        with open(f"{a.out}/{fold}.jsonl", "w", encoding="utf-8") as f:
            for g in gold:
                if fold_of(g["id"]) == fold:
                    print(json.dumps(g, ensure_ascii=False), file=f)
        print("fold", fold, "written", flush=True)


if __name__ == "__main__":
    main()
