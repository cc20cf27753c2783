"""Fits the head for speech inside speech on a trained run: its encoder stays as it is.

usage: python inner.py --data DIR --vocab vocab.txt --run runs/NAME [--gold ../eval/attribution/nested.a.jsonl]

The corpus marks only the outermost attributions, and the encoder learns to pass over cues inside contents. What it knows of
them still stands in its states: a CRF over those, fitted on the project's own annotation of cues inside contents, finds them.
How many rounds, and how much the first word of a cue is favoured, is chosen by four-fold cross-validation over the texts.
"""
import argparse, json, random
import torch, torch.nn as nn, torch.nn.functional as F
import data as sets
from export import load_run
from network import Crf
from train import batch_of

ROUNDS, BIASES = (60, 120, 180), (0.0, 0.5, 1.0, 1.5, 2.0)


def states(net, doc, most=382):
    """Last state of the first piece of every word, f32 [words, hidden]."""
    out = []
    with torch.inference_mode():
        for a, e in sets.windows(doc, most):
            x = batch_of([(0, a, e)], [doc], net.edges)
            out.append(net.encoder(x["ids"], x["features"], x["mask"])[0][x["first"][0]])
    return torch.cat(out)


def examples(net, docs, gold):
    """For each annotated document the stretches inside outermost contents: states, cue tags."""
    out = []
    for d in docs:
        if d["id"] not in gold:
            continue
        cues = sorted({sets.covered(d["words"], *p["cue"][0]) for p in gold[d["id"]] if p["cue"]})
        tags = sets.bio(len(d["words"]), [c for c in cues if c[1] > c[0]])
        h = states(net, d)
        inside = sorted({tuple(r) for _, _, content in d["cues"] for r in content})
        out.append([(h[a:b].clone(), torch.tensor([1 if k == 0 and t == 2 else t for k, t in enumerate(tags[a:b])])) for a, b in inside])
    return out


def fit(stretches, rounds, hidden):
    """Yields the head and its CRF after each of the given numbers of rounds."""
    torch.manual_seed(1)
    head, crf = nn.Linear(hidden, 3), Crf(["O", "B-x", "I-x"])
    opt = torch.optim.AdamW(list(head.parameters()) + list(crf.parameters()), lr=3e-3, weight_decay=0.02)
    stretches = sorted(stretches, key=lambda z: -len(z[0]))
    blocks = [stretches[k : k + 32] for k in range(0, len(stretches), 32)]
    batches = []
    for b in blocks:
        n = len(b[0][0])
        x, y, m = torch.zeros(len(b), n, hidden), torch.zeros(len(b), n, dtype=torch.long), torch.zeros(len(b), n)
        for i, (h, t) in enumerate(b):
            x[i, : len(h)], y[i, : len(h)], m[i, : len(h)] = h, t, 1
        batches.append((x, y, m))
    for r in range(1, max(rounds) + 1):
        random.Random(r).shuffle(batches)
        for x, y, m in batches:
            loss = crf.loss(head(F.dropout(x, 0.2)), y, m, torch.zeros(len(x), dtype=torch.long)).sum() / m.sum()
            opt.zero_grad(); loss.backward(); opt.step()
        if r in rounds:
            yield r, head, crf


def spans(tags):
    out = []
    for i, t in enumerate(tags):
        if t == 1 or t == 2 and not (out and out[-1][1] == i):
            out.append([i, i + 1])
        elif t == 2:
            out[-1][1] = i + 1
    return out


def hits(head, crf, stretches, bias):
    """Cues touched, predicted, annotated."""
    tp = p = g = 0
    with torch.no_grad():
        for h, t in stretches:
            x = head(h); x[:, 1] += bias
            found, gold = spans(crf.decode(x)), spans(t.tolist())
            p += len(found); g += len(gold)
            for a, b in gold:
                k = next((k for k, (c, e) in enumerate(found) if a < e and c < b), None)
                if k is not None:
                    found.pop(k); tp += 1
    return tp, p, g


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True); p.add_argument("--vocab", required=True); p.add_argument("--run", required=True)
    p.add_argument("--gold", default="../eval/attribution/nested.a.jsonl"); p.add_argument("--threads", type=int, default=2)
    a = p.parse_args()
    torch.set_num_threads(a.threads)
    net, z = load_run(a.run, a.vocab)
    gold = {g["id"]: g["pairs"] for g in sets.read_jsonl(a.gold)}
    docs = sets.load(a.data, "dev", ["attribution"], a.vocab, f"{a.run}/../cache")
    texts = examples(net, docs, gold)
    hidden, counts = net.encoder.config["hidden"], {}
    for fold in range(4):
        train = [s for i, t in enumerate(texts) if i % 4 != fold for s in t]
        held = [s for i, t in enumerate(texts) if i % 4 == fold for s in t]
        for r, head, crf in fit(train, ROUNDS, hidden):
            for bias in BIASES:
                c = counts.setdefault((r, bias), [0, 0, 0])
                for k, v in enumerate(hits(head, crf, held, bias)):
                    c[k] += v
    f1 = {k: 2 * tp / max(1, n + g) for k, (tp, n, g) in counts.items()}
    best = max(f1, key=f1.get)
    print("cross-validated F1 of inner cues:", {k: round(v, 3) for k, v in f1.items()}, "->", best, flush=True)
    for _, head, crf in fit([s for t in texts for s in t], best[:1], hidden):
        head.bias.data[1] += best[1]
        net.inner.load_state_dict(head.state_dict()); net.inner_crf.load_state_dict(crf.state_dict())
    z["net"] = net.state_dict()
    torch.save(z, f"{a.run}/model.pt")


if __name__ == "__main__":
    main()
