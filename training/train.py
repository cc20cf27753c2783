"""Trains the encoder and all heads, from data to a checkpoint. Resumes where it stopped; every random choice is seeded.

usage: python train.py --data DIR --base model.safetensors --vocab vocab.txt --run runs/NAME [--epochs 6] [--leave-out SET ...]
"""
import argparse, json, math, os, random, sys, time
import torch, torch.nn.functional as F
import data as sets
from network import EVENT_STATUSES, Network


def label_lists(docs):
    syntax = [d for d in docs if d["set"] == "syntax"]
    of = lambda key: sorted({x for d in syntax for x in d[key]}) or ["_"]  # a set that is left out leaves a head of one label
    events = sorted({e["type"] for d in docs for e in d.get("events", ())}) or ["_"]
    return dict(upos=of("upos"), xpos=of("xpos"), deprel=of("deprel"), name=sets.NAME_TAGS, event=events)


def batch_of(items, docs, edges, hide=None):
    """Pads windows into tensors. items: (doc index, first word, end word); edges: the pieces before and behind a window.
    hide: (random numbers, share, piece): that share of the words is hidden behind the piece, so that context has to do."""
    START, END = edges
    rows = []
    for di, a, b in items:
        d = docs[di]
        ids, feats, first = [START], [[5, 0, 0]], []
        for k in range(a, b):
            first.append(len(ids))
            ids += [hide[2]] * len(d["pieces"][k]) if hide and hide[0].random() < hide[1] else d["pieces"][k]
            feats += [d["features"][k]] * len(d["pieces"][k])
        rows.append((ids + [END], feats + [[5, 0, 0]], first))
    B, T, W = len(items), max(len(r[0]) for r in rows), max(len(r[2]) for r in rows)
    x = dict(ids=torch.zeros(B, T, dtype=torch.long), features=torch.zeros(B, T, 3, dtype=torch.long), first=torch.zeros(B, W, dtype=torch.long),
             words=torch.zeros(B, W), lines=torch.zeros(B, W, dtype=torch.long))
    mask = torch.zeros(B, 1, 1, T, dtype=torch.bool)
    for i, (ids, feats, first) in enumerate(rows):
        x["ids"][i, : len(ids)] = torch.tensor(ids); x["features"][i, : len(ids)] = torch.tensor(feats)
        mask[i, 0, 0, : len(ids)] = True
        x["first"][i, : len(first)] = torch.tensor(first); x["words"][i, : len(first)] = 1
        di, a, b = items[i]
        line = 0
        for k in range(a, b):
            line += k > a and docs[di]["features"][k][2] == 1
            x["lines"][i, k - a] = line
    x["mask"] = None if bool(mask.all()) else mask
    return x


def column(items, docs, key, W, value=lambda x: x, fill=-100):
    y = torch.full((len(items), W), fill)
    for i, (di, a, b) in enumerate(items):
        y[i, : b - a] = torch.tensor([value(v) for v in docs[di][key][a:b]])
    return y


def bio_column(items, docs, key, W):
    """Tags of a head of BIO labels (O, then B and I of each type); a span that began before the window begins with it."""
    y = column(items, docs, key, W, fill=0)
    inside = (y[:, 0] > 0) & (y[:, 0] % 2 == 0)
    y[inside, 0] -= 1
    return y


def cue_rows(items, docs, guesses, W):
    """Gold cues inside each window and the parts of its words, then false cues whose words have no part."""
    rows, cues, tags = [], [], []
    for i, (di, a, b) in enumerate(items):
        starts = set()
        for (cs, ce), source, content in docs[di]["cues"] + docs[di].get("inner_cues", []):
            if a <= cs and ce <= b:
                y = [0] * W
                for base, spans in ((1, source), (3, content)):
                    for s, e in spans:
                        s2, e2 = max(s, a), min(e, b)
                        for k in range(s2, e2):
                            y[k - a] = base + (k > s2)
                starts.add(cs - a)
                rows.append(i); cues.append(cs - a); tags.append(y)
        wrong = [k for k in guesses[i] if k not in starts and k < b - a]
        for k in wrong[:4]:
            rows.append(i); cues.append(k); tags.append([0] * W)
    return torch.tensor(rows, dtype=torch.long), torch.tensor(cues, dtype=torch.long), torch.tensor(tags, dtype=torch.long).view(-1, W)


def inner_stretches(items, docs, h):
    """States and cue tags of the contents of annotated documents, as far as they lie in the windows."""
    found = []
    for i, (di, a, b) in enumerate(items):
        for s, e in docs[di].get("contents", ()):
            s, e = max(s, a), min(e, b)
            if s < e:
                tags = docs[di]["inner"][s:e]
                found.append((h[i, s - a : e - a], [1 if tags[0] == 2 else tags[0]] + tags[1:]))
    if not found:
        return None
    n = max(len(t) for _, t in found)
    y, mask = torch.zeros(len(found), n, dtype=torch.long), torch.zeros(len(found), n)
    for k, (_, t) in enumerate(found):
        y[k, : len(t)], mask[k, : len(t)] = torch.tensor(t), 1
    return torch.nn.utils.rnn.pad_sequence([x for x, _ in found], batch_first=True), y, mask


def event_losses(net, items, docs, h):
    """What names an event, and of what type and status."""
    B, W, _ = h.shape
    y = column(items, docs, "is_event", W)
    asked = y >= 0
    out = {}
    if not asked.any():
        return out
    out["event"] = F.binary_cross_entropy_with_logits(net.event(h).squeeze(2)[asked], y[asked].float())
    found = [(i, e["word"] - a, e) for i, (di, a, b) in enumerate(items) for e in docs[di]["events"] if a <= e["word"] < b]
    if not found:
        return out
    row, word = (torch.tensor([f[k] for f in found]) for k in (0, 1))
    own = h[row, word]
    out["event_type"] = 0.3 * F.cross_entropy(net.event_type(own), torch.tensor([net.labels["event"].index(e["type"]) for *_, e in found]))
    right = torch.zeros(len(found), len(EVENT_STATUSES), dtype=torch.bool)  # each of several right statuses is right
    for k, (*_, e) in enumerate(found):
        right[k, [EVENT_STATUSES.index(s) for s in e["status"]]] = True
    told = F.log_softmax(net.event_status(own), 1).masked_fill(~right, -1e4)
    out["event_status"] = -0.3 * torch.logsumexp(told, 1).mean()
    return out


def same_loss(net, items, docs, h):
    """Each mention's earlier ones of the same window, or none: the likelihood of any right one."""
    total, count = h.new_zeros(()), 0
    for i, (di, a, b) in enumerate(items):
        inside = [(k - a, c) for k, c in docs[di]["mentions"] if a <= k < b]
        if len(inside) < 2:
            continue
        at = torch.tensor([k for k, _ in inside])
        names = {c: n for n, c in enumerate({c: 0 for _, c in inside})}
        of = torch.tensor([names[c] for _, c in inside])
        right = (of[:, None] == of[None]).tril(-1)
        right = torch.cat([right, ~right.any(1, keepdim=True)], 1)
        told = F.log_softmax(net.same(h[i], at), 1)
        total = total - torch.logsumexp(told.masked_fill(~right, -1e4), 1).sum()
        count += len(inside)
    return total / max(1, count)


def losses(net, items, docs, rng):
    x = batch_of(items, docs, net.edges, (rng, net.hide, net.mask))
    h = net.hidden(x["ids"], x["features"], x["mask"], x["first"])
    B, W, _ = h.shape
    n, kind, out = x["words"].sum(), docs[items[0][0]]["set"], {}
    if kind == "names":
        y = bio_column(items, docs, "names", W)
        out["names"] = net.name_crf.loss(net.name(h), y, x["words"], torch.zeros(B, dtype=torch.long)).sum() / n
    elif kind == "times":
        y = bio_column(items, docs, "times", W)
        out["times"] = net.time_crf.loss(net.time(h), y, x["words"], torch.zeros(B, dtype=torch.long)).sum() / n
    elif kind == "places":
        y = bio_column(items, docs, "places", W)
        out["places"] = net.place_crf.loss(net.place(h), y, x["words"], torch.zeros(B, dtype=torch.long)).sum() / n
    elif kind == "events":
        out.update(event_losses(net, items, docs, h))
    elif kind == "attribution":
        e = net.attribution(h).view(B, W, 3, 3)
        y = torch.stack([role_column(items, docs, r, W) for r in ("source", "cue", "content")])
        flat = e.permute(2, 0, 1, 3).reshape(3 * B, W, 3)
        layer = torch.arange(3).repeat_interleave(B)
        out["spans"] = net.attribution_crf.loss(flat, y.view(3 * B, W), x["words"].repeat(3, 1), layer).sum() / n
        with torch.no_grad():
            hot = (e[:, :, 1, 1] - e[:, :, 1, 0] > -1.5) & (x["words"] > 0)
            guesses = [torch.nonzero(r).flatten().tolist() for r in hot]
            for g in guesses:
                rng.shuffle(g)
        rows, cues, tags = cue_rows(items, docs, guesses, W)
        if len(rows):
            s = net.arguments(h, rows, cues, x["lines"])
            out["arguments"] = net.argument_crf.loss(s, tags, x["words"][rows], torch.zeros(len(rows), dtype=torch.long)).sum() / n
        inner = inner_stretches(items, docs, h)
        if inner:
            states, y, mask = inner
            out["inner"] = net.inner_crf.loss(net.inner(states), y, mask, torch.zeros(len(y), dtype=torch.long)).sum() / mask.sum()
    else:
        starts = torch.zeros(B, W, dtype=torch.long)
        same = torch.full((B, W), -1)
        heads = column(items, docs, "heads", W)
        for i, (di, a, b) in enumerate(items):
            st = docs[di]["starts"] + [len(docs[di]["words"])]
            for k, (s, e) in enumerate(zip(st, st[1:])):
                if a <= s < b:
                    starts[i, s - a] = 1
                if a <= s and e <= b:
                    same[i, s - a : e - a] = k
            heads[i] = torch.where(same[i] >= 0, heads[i] - a, -100)
        live = x["words"] > 0
        out["sentence"] = F.cross_entropy(net.sentence(h)[live], starts[live])
        for key in ("upos", "xpos"):
            of = {v: k for k, v in enumerate(net.labels[key])}
            out[key] = F.cross_entropy(getattr(net, key)(h)[live], column(items, docs, key, W, of.get)[live])
        arcs = net.arcs(h).masked_fill(same[:, :, None] != same[:, None, :], -1e4)
        ok = same >= 0
        if ok.any():
            out["arcs"] = F.cross_entropy(arcs[ok], heads[ok])
            of = {v: k for k, v in enumerate(net.labels["deprel"])}
            rel = column(items, docs, "deprel", W, lambda v: of.get(v, 0))
            b_idx, w_idx = torch.nonzero(ok, as_tuple=True)
            out["relations"] = F.cross_entropy(net.relations(h[b_idx, w_idx], h[b_idx, heads[ok]]), rel[ok])
        out["same"] = 0.3 * same_loss(net, items, docs, h)
    return out, int(x["ids"].ne(0).sum())


def role_column(items, docs, role, W):
    y = torch.zeros(len(items), W, dtype=torch.long)
    for i, (di, a, b) in enumerate(items):
        t = docs[di]["attribution"][role][a:b]
        if t and t[0] == 2:  # a span that began before the window
            t = [1] + t[1:]
        y[i, : b - a] = torch.tensor(t)
    return y


def epoch_batches(docs, most, size, repeat, rng):
    """All windows of an epoch in batches of one set each, of about equal length, in random order."""
    by_set = {}
    for i, d in enumerate(docs):
        times = repeat.get(d["set"], 1) * d.get("share", 1) + ("inner" in d)  # what few texts teach is shown twice
        for _ in range(int(times) + (rng.random() < times % 1)):
            for a, b in sets.windows(d, most, rng.randrange(most // 4, most + 1)):
                if "is_event" in d and max(d["is_event"][a:b]) < 0:
                    continue  # stands around what is annotated
                by_set.setdefault(d["set"], []).append((i, a, b))
    batches = []
    for name in sorted(by_set):
        items = by_set[name]
        rng.shuffle(items)
        for k in range(0, len(items), size * 24):
            block = sorted(items[k : k + size * 24], key=lambda w: w[2] - w[1])
            batches += [block[j : j + size] for j in range(0, len(block), size)]
    rng.shuffle(batches)
    return batches


def warm(net, path):
    """Takes what a weights file holds, word vectors excepted; returns the names of the tensors it does not hold."""
    from safetensors.torch import load
    body = open(path, "rb").read()[44:]
    config = json.loads(json.loads(body[8 : 8 + int.from_bytes(body[:8], "little")])["__metadata__"]["config"])
    w = load(body)

    def linear(name):
        x = w[name + ".weight"].float()
        return x * w[name + ".scale"][:, None] if name + ".scale" in w else x

    new, e, at = {}, net.encoder, 0
    new["encoder.position.weight"] = w["embed.position.weight"]
    for k in range(len(e.feature)):
        new[f"encoder.feature.{k}.weight"] = w[f"embed.feature.{k}.weight"]
    for part in ("weight", "bias"):
        new[f"encoder.norm.{part}"] = w[f"embed.norm.{part}"]
        for j in range(len(e.layers)):
            for m in ("qkv", "out", "up", "down", "norm1", "norm2"):
                name = f"layers.{j}.{m}"
                new[f"encoder.{name}.{part}"] = linear(name) if part == "weight" and "norm" not in m else w[f"{name}.{part}"]
    heads = linear("heads")
    for h in config["heads"]:
        new[h["name"] + ".weight"], new[h["name"] + ".bias"] = heads[at : at + h["size"]], w["heads.bias"][at : at + h["size"]]
        at += h["size"]
    new["arc_pair"], new["arc_prior"] = torch.eye(net.dims["arc"]) * net.dims["arc"] ** 0.5, torch.zeros(net.dims["arc"])
    for c in config["crfs"]:
        crf = getattr(net, c["name"])
        new[c["name"] + ".step"], new[c["name"] + ".first"] = w[c["name"] + ".step"] - crf.bad, w[c["name"] + ".first"] - crf.bad_first
    for name in ("relation.weight", "relation.bias", "argument_distance", "argument_line", "mix", "mix_distance"):
        if name in w:
            new[name] = w[name]
    new["argument_pair"] = w["argument_pair"] * net.dims["argument"] ** 0.5
    left = net.load_state_dict(new, strict=False)
    assert not left.unexpected_keys, left.unexpected_keys
    return [n for n in left.missing_keys if "bad" not in n]


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True); p.add_argument("--base"); p.add_argument("--vocab", required=True); p.add_argument("--run", required=True)
    p.add_argument("--epochs", type=int, default=6); p.add_argument("--lr", type=float, default=2.5e-4); p.add_argument("--head-lr", type=float, default=1e-3)
    p.add_argument("--window", type=int, default=254); p.add_argument("--batch", type=int, default=16); p.add_argument("--seed", type=int, default=1)
    p.add_argument("--leave-out", nargs="*", default=[], choices=list(sets.SETS)); p.add_argument("--limit", type=int, default=0)
    p.add_argument("--small", action="store_true", help="a tiny random encoder, for the committed test checkpoint")
    p.add_argument("--minutes", type=float, default=140); p.add_argument("--threads", type=int, default=2); p.add_argument("--steps", type=int, default=0)
    p.add_argument("--repeat", nargs="*", default=["syntax=2"], help="SET=TIMES: how often an epoch shows a set, such as names=0.5")
    p.add_argument("--warm", help="a weights file to begin from, instead of the base's encoder and new heads")
    p.add_argument("--inner", help="annotated attributions inside contents: {id, pairs} lines")
    p.add_argument("--events", help="annotated events of real texts, lines as in eval/events")
    p.add_argument("--hide", type=float, default=0.0, help="share of words hidden in training")
    a = p.parse_args()
    os.makedirs(a.run, exist_ok=True)
    log = open(os.path.join(a.run, "log.txt"), "a")

    def say(*words):
        line = " ".join(str(w) for w in words)
        print(line, flush=True); print(line, file=log, flush=True)

    torch.set_num_threads(a.threads)
    torch.manual_seed(a.seed)
    use = [s for s in sets.SETS if s not in a.leave_out]
    docs = sets.load(a.data, "train", use, a.vocab, os.path.join(a.run, "..", "cache"), a.inner)
    if a.events:
        docs += sets.load_events(a.data, a.events, a.vocab, os.path.join(a.run, "..", "cache"))
    if a.limit:
        docs = [d for s in [*use, "events"] for d in [x for x in docs if x["set"] == s][: a.limit]]
    labels = label_lists(docs)
    pieces = open(a.vocab, encoding="utf-8").read().split("\n")
    small = dict(hidden=32, layers=2, heads=4, ff=64, positions=128, arc=16, relation=16, argument=16, mix=16) if a.small else {}
    small["vocab"] = len(pieces) - (pieces[-1] == "")
    net = Network(labels, **small)
    net.edges, net.mask, net.hide = (pieces.index("[CLS]"), pieces.index("[SEP]")), pieces.index("[MASK]"), a.hide
    if a.base and not a.small:
        net.encoder.load_base(a.base)
    if a.warm:
        say("begun from", a.warm, "new:", *warm(net, a.warm))
    net.encoder.word.weight.requires_grad_(False)  # frozen: saves the update of 30k rows, costs nothing measurable
    groups = [dict(params=[p for n, p in net.named_parameters() if n.startswith("encoder.") and p.requires_grad], lr=a.lr, weight_decay=0.01),
              dict(params=[p for n, p in net.named_parameters() if not n.startswith("encoder.")], lr=a.head_lr, weight_decay=0.0)]
    opt = torch.optim.AdamW(groups, betas=(0.9, 0.98), fused=True)
    repeat = {k: float(v) for k, v in (r.split("=") for r in a.repeat)}
    total = a.steps or a.epochs * len(epoch_batches(docs, a.window, a.batch, repeat, random.Random(0)))
    rate = lambda s: min(1, (s + 1) / (0.06 * total + 1)) * max(0.0, 1 - s / total) if s < total else 0.0
    sched = torch.optim.lr_scheduler.LambdaLR(opt, rate)
    mean = {n: p.detach().clone() for n, p in net.named_parameters() if p.requires_grad}
    step, epoch, queue = 0, 0, []
    state = os.path.join(a.run, "state.pt")
    if os.path.exists(state):
        z = torch.load(state, weights_only=False)
        net.load_state_dict(z["net"]); opt.load_state_dict(z["opt"]); sched.load_state_dict(z["sched"]); mean = z["mean"]
        step, epoch, queue = z["step"], z["epoch"], z["queue"]
        torch.set_rng_state(z["rng"])
        say("resumed at step", step)

    def save():
        torch.save(dict(net=net.state_dict(), opt=opt.state_dict(), sched=sched.state_dict(), mean=mean, step=step, epoch=epoch, queue=queue, rng=torch.get_rng_state()), state + ".new")
        os.replace(state + ".new", state)
        full = {**net.state_dict(), **mean}
        torch.save(dict(net=full, labels=labels, small=small, args=vars(a), step=step, total=total), os.path.join(a.run, "model.pt"))

    say("args", vars(a)); say("documents", len(docs), "words", sum(len(d["words"]) for d in docs), "steps", total)
    net.train(); start = time.time(); seen = 0; sums = {}; begun = step
    while step < total:
        if not queue:
            queue = epoch_batches(docs, a.window, a.batch, repeat, random.Random(a.seed * 1000 + epoch)); epoch += 1
        items = queue.pop()
        parts, pieces = losses(net, items, docs, random.Random(a.seed * 7919 + step))
        if not parts:
            continue
        loss = sum(parts.values())
        opt.zero_grad(); loss.backward()
        torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
        opt.step(); sched.step(); step += 1; seen += pieces
        keep = min(0.998, (step + 1) / (step + 10))  # running mean of the weights: what is exported
        with torch.no_grad():
            names = list(mean); live = dict(net.named_parameters())
            torch._foreach_lerp_([mean[n] for n in names], [live[n].data for n in names], 1 - keep)
        for k, v in parts.items():
            s = sums.setdefault(k, [0.0, 0]); s[0] += float(v.detach()); s[1] += 1
        if step % 100 == 0:
            say(f"step {step}/{total} epoch {epoch} {time.time() - start:.0f}s {seen / (time.time() - start):.0f} pieces/s",
                " ".join(f"{k} {v[0] / v[1]:.4f}" for k, v in sorted(sums.items())))
            sums = {}
        if step % 500 == 0:
            save()
        if time.time() - start > 60 * a.minutes:
            say("time is up at step", step); break
    save()
    say("done", step, f"{time.time() - start:.0f}s")


if __name__ == "__main__":
    main()
