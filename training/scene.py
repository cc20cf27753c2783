"""Trains a second top on the lower layers of the news model: its last layers once more, for places, events and relations, with their heads;
who says what can be learned along.

usage: python scene.py --data DIR --base model.safetensors --vocab vocab.txt --warm news.weights --run runs/NAME --from 4 [--steps 2000]
           [--events FILE [--states DIR]] [--inner FILE] [--bonds FILE ...] [--begin model.pt] [--out FILE]

The layers below `--from`, and with them everything that the first top reads, stay as they are in `--warm`. `--events` are annotated
events, `--states` what `cargo xtask states` and `sights` wrote of their texts (`events.py --texts`), for parts in them; `--inner` annotated
attributions inside contents, `--bonds` annotated relations (`eval/relations`). `--begin` goes on from an earlier run; `--out` trains nothing and writes what `--run` holds as a weights file.
"""
import argparse, hashlib, json, os, random, time
import torch
from safetensors.torch import load
from torch import nn
from torch.nn import functional as F
import data as sets
from export import inputs_seen, seal, to_bytes
from network import BUCKETS, EVENT_STATUSES, PLACE_TAGS, Crf, Network, bucket
import train
from train import batch_of, bio_column, epoch_batches, event_losses, label_lists, warm

# Names in a file of what is called otherwise here.
OWN_NAMES = {"scene_event": "event", "scene_type": "event_type", "scene_status": "event_status", "scene_fact": "event_fact",
             "scene_actor": "event_actor", "scene_bond_from": "bond_from", "scene_bond_to": "bond_to", "scene_bond_left": "bond_left", "scene_bond_right": "bond_right", "scene_crf": "event_crf", "scene_inner": "inner", "scene_inner_crf": "inner_crf"}
CUE_TAGS = ["O", "B-cue", "I-cue"]
ACTOR_TAGS = ["O", "B-source", "I-source", "B-target", "I-target"]


class Top(Network):
    """A network whose lower layers are only read, and what its upper ones are taught with besides."""
    def __init__(s, labels, **encoder):
        super().__init__(labels, **encoder)
        h = s.encoder.config["hidden"]
        s.event_part, s.event_noun, s.event_side = nn.Linear(h, 96), nn.Linear(h, 96), nn.Linear(96, 6)
        s.event_distance = nn.Parameter(torch.zeros(BUCKETS, 96))
        s.event_fact, s.event_far = nn.Linear(h, 96), nn.Linear(96, 1)
        s.event_actor, s.event_crf = nn.Linear(h, 5), Crf(ACTOR_TAGS)
        s.bond_from, s.bond_to, s.bond_type = nn.Linear(h, 128), nn.Linear(h, 128), nn.Linear(128, len(sets.BONDS))
        s.bond_distance = nn.Parameter(torch.zeros(BUCKETS, 128))
        s.bond_left, s.bond_right, s.bond_pair = nn.Linear(h, 96), nn.Linear(h, 96), nn.Parameter(torch.randn(96, 96) * 96 ** -0.5)
        with torch.no_grad():
            s.bond_type.bias[0] = 6.0  # hardly any two words are bound

    def fix(s, first):
        """Leaves the layers before `first`, and heads that are taught elsewhere, as they are."""
        s.fixed = first
        for name, p in s.named_parameters():
            mine = any(name.startswith(f"encoder.layers.{k}.") for k in range(first, len(s.encoder.layers)))
            p.requires_grad_(mine or name.split(".")[0].split("_")[0] in ("place", "event", "attribution", "argument", "mix", "inner", "bond"))

    def hidden(s, ids, features, mask, first):
        """As of `Network`; what is below the top is only read."""
        e = s.encoder
        with torch.no_grad():
            x = e.word(ids) + e.position.weight[: ids.shape[1]]
            for k, table in enumerate(e.feature):
                x = x + table(features[..., k])
            x = e.norm(x)
            for l in e.layers[: s.fixed]:
                training, l.training = l.training, False
                x = l(x, mask)
                l.training = training
        for l in e.layers[s.fixed:]:
            x = l(x, mask)
        x = x.gather(1, first[..., None].expand(-1, -1, x.shape[-1]))
        return torch.nn.functional.dropout(x, 0.15, s.training)


def bonds(net, h, a, b):
    """[b - a, b - a, types]: how each word of a sentence is bound to each other one."""
    at, h = torch.arange(b - a), h[a:b]
    x = net.bond_from(h)[:, None] + net.bond_to(h)[None] + net.bond_distance[bucket(at[None] - at[:, None])]
    bound = net.bond_left(h) @ net.bond_pair @ net.bond_right(h).T * 96 ** -0.5
    told = net.bond_type(F.dropout(F.relu(x), 0.1, net.training))
    return torch.cat([told[..., :1], told[..., 1:] + bound[..., None]], 2)


def bond_loss(net, items, docs, h):
    """Of each annotated sentence every pair of words; of several right types each is right."""
    total, words = h.new_zeros(()), 0
    for i, (di, a, b) in enumerate(items):
        d = docs[di]
        for s, e in d.get("bound", ()):
            if a <= s and e <= b and e - s <= 90:
                told = F.log_softmax(bonds(net, h[i], s - a, e - a), 2)
                of = [(x - s, y - s, k) for (x, y), kinds in d["bonds"].items() if s <= x < e and s <= y < e for k in kinds]
                right = torch.zeros_like(told, dtype=torch.bool)
                right[:, :, 0] = True
                for x, y, k in of:
                    right[x, y, 0] = False
                for x, y, k in of:
                    right[x, y, k] = True
                total = total - torch.logsumexp(told.masked_fill(~right, -1e4), 2).sum()
                words += e - s
    return total / words if words else None


def losses(net, items, docs, rng):
    """What a batch of one set loses, by head, and its pieces."""
    if docs[items[0][0]]["set"] == "attribution":
        return train.losses(net, items, docs, rng)
    x = batch_of(items, docs, net.edges, (rng, net.hide, net.mask))
    h = net.hidden(x["ids"], x["features"], x["mask"], x["first"])
    B, W, _ = h.shape
    n, kind, out, layer = x["words"].sum(), docs[items[0][0]]["set"], {}, torch.zeros(B, dtype=torch.long)
    if kind == "places":
        out["places"] = net.place_crf.loss(net.place(h), bio_column(items, docs, "places", W), x["words"], layer).sum() / n
    elif kind == "actors":
        out["actors"] = net.event_crf.loss(net.event_actor(h), bio_column(items, docs, "actors", W), x["words"], layer).sum() / n
    elif kind == "facts":
        found = [(i, k - a, score) for i, (di, a, b) in enumerate(items) for k, score in docs[di]["facts"] if a <= k < b]
        if found:
            row, word = (torch.tensor([f[k] for f in found]) for k in (0, 1))
            told = net.event_far(F.relu(net.event_fact(h[row, word]))).squeeze(1)
            out["facts"] = 0.2 * F.mse_loss(told, torch.tensor([f[2] for f in found]))
    else:
        bound = bond_loss(net, items, docs, h)
        if bound is not None:
            out["bonds"] = bound
    if kind == "events":
        out.update(event_losses(net, items, docs, h))
        found = [(i, t - a, c - a, y) for i, (di, a, b) in enumerate(items) for t, of in docs[di].get("parts", ()) if a <= t < b for c, y in of if a <= c < b]
        if found:
            row, event, noun, y = torch.tensor(found).unbind(1)
            joined = F.relu(net.event_part(h)[row, event] + net.event_noun(h)[row, noun] + net.event_distance[bucket(noun - event)])
            out["parts"] = 0.5 * F.cross_entropy(net.event_side(joined), y)
    return out, int(x["ids"].ne(0).sum())


def places_f1(net, docs, window):
    """F1 of equal spans of words."""
    hit = found = gold = 0
    with torch.inference_mode():
        for i, d in enumerate(docs):
            tags = []
            for a, b in sets.windows(d, window):
                x = batch_of([(i, a, b)], docs, net.edges)
                h = net.hidden(x["ids"], x["features"], x["mask"], x["first"])
                tags += net.place_crf.decode(net.place(h)[0])
            spans = lambda t: {(k, next((j for j in range(k + 1, len(t)) if t[j] != 2), len(t))) for k in range(len(t)) if t[k] == 1}
            p, g = spans(tags), spans(d["places"])
            hit += len(p & g); found += len(p); gold += len(g)
    return 200 * hit / max(1, found + gold), 100 * hit / max(1, found), 100 * hit / max(1, gold)


def triggers_ap(net, docs, window):
    """Average precision of words that name an event among the annotated ones."""
    told = []
    with torch.inference_mode():
        for i, d in enumerate(docs):
            for a, b in sets.windows(d, window):
                x = batch_of([(i, a, b)], docs, net.edges)
                s = net.event(net.hidden(x["ids"], x["features"], x["mask"], x["first"]))[0, :, 0].tolist()
                told += [(v, y) for v, y in zip(s, d["is_event"][a:b]) if y >= 0]
    told.sort(reverse=True)
    right = total = 0
    for k, (_, y) in enumerate(told):
        if y:
            right += 1; total += right / (k + 1)
    return total / max(1, right)


def bonds_f1(net, docs, window):
    """F1 of bound pairs of words of annotated sentences, the type right."""
    hit = found = gold = 0
    with torch.inference_mode():
        for i, d in enumerate(docs):
            for a, b in sets.windows(d, window) if d.get("bound") else ():
                x = batch_of([(i, a, b)], docs, net.edges)
                h = net.hidden(x["ids"], x["features"], x["mask"], x["first"])[0]
                for s, e in d["bound"]:
                    if a <= s and e <= b:
                        told = bonds(net, h, s - a, e - a).argmax(2)
                        mine = {(x, y): k for (x, y), k in d["bonds"].items() if s <= x < e and s <= y < e}
                        gold += len(mine)
                        for x, y in told.nonzero().tolist():
                            found += 1; hit += int(told[x, y]) in mine.get((x + s, y + s), ())
    return 200 * hit / max(1, found + gold), 100 * hit / max(1, found), 100 * hit / max(1, gold)


def inner_f1(net, docs, window):
    """F1 of cues inside given contents, equal spans of words."""
    hit = found = gold = 0
    spans = lambda t: {(k, next((j for j in range(k + 1, len(t)) if t[j] != 2), len(t))) for k in range(len(t)) if t[k] == 1}
    with torch.inference_mode():
        for i, d in enumerate(docs):
            for a, b in sets.windows(d, window):
                x = batch_of([(i, a, b)], docs, net.edges)
                h = net.inner(net.hidden(x["ids"], x["features"], x["mask"], x["first"]))[0]
                for s, e in d.get("contents", ()):
                    s, e = max(s, a), min(e, b)
                    if s < e:
                        p, g = spans(net.inner_crf.decode(h[s - a : e - a])), spans(d["inner"][s:e])
                        hit += len(p & g); found += len(p); gold += len(g)
    return 200 * hit / max(1, found + gold)


def take(net, a, path):
    """Takes the upper layers and heads of a file that `export` wrote."""
    body = open(path, "rb").read()[44:]
    config = json.loads(json.loads(body[8 : 8 + int.from_bytes(body[:8], "little")])["__metadata__"]["config"])
    assert config["from"] == a.first, config["from"]
    w, new, at = load(body), {}, 0
    for j in range(a.first, len(net.encoder.layers)):
        for m in ("qkv", "out", "up", "down", "norm1", "norm2"):
            name = f"layers.{j}.{m}"
            new[f"encoder.{name}.bias"] = w[f"{name}.bias"]
            new[f"encoder.{name}.weight"] = w[f"{name}.weight"].float() * (w[f"{name}.scale"][:, None] if f"{name}.scale" in w else 1)
    for h in config["heads"]:
        own = OWN_NAMES.get(h["name"], h["name"])
        assert own != "event_type" or h["labels"] == net.labels["event"]
        for part in ("weight", "bias"):
            new[f"{own}.{part}"] = w[f"heads.{part}"][at : at + h["size"]]
        at += h["size"]
    for part in ("weight", "bias"):
        new[f"event_far.{part}"] = w[f"scene_far.{part}"]
        new[f"bond_type.{part}"] = w[f"scene_bond.{part}"]
    new["bond_distance"], new["bond_pair"] = w["scene_bond_far.weight"].T, w["scene_bond_pair.weight"].T * len(net.bond_pair) ** 0.5
    for c in config["crfs"]:
        crf = getattr(net, OWN_NAMES.get(c["name"], c["name"]))
        for part, bad in (("step", crf.bad), ("first", crf.bad_first)):
            new[f"{OWN_NAMES.get(c['name'], c['name'])}.{part}"] = w[f"{c['name']}.{part}"] - bad
    left = net.load_state_dict(new, strict=False)
    assert not left.unexpected_keys, left.unexpected_keys


def export(net, a, docs, path):
    """Writes the upper layers in bytes, rounded with windows of the train sets in view, and the heads of places and events,
    for the weights `--warm`. Parts of events and attributions are only taught with."""
    seen = inputs_seen(net, docs, a.window)
    out = {}
    for j in range(a.first, len(net.encoder.layers)):
        layer = net.encoder.layers[j]
        for name in ("qkv", "out", "up", "down"):
            of = f"layers.{j}.{name}"
            out[of + ".weight"], out[of + ".scale"] = to_bytes(getattr(layer, name).weight, seen[of])
            out[of + ".bias"] = getattr(layer, name).bias
        for name in ("norm1", "norm2"):
            out[f"layers.{j}.{name}.weight"], out[f"layers.{j}.{name}.bias"] = getattr(layer, name).weight, getattr(layer, name).bias
    heads = [("place", net.place, PLACE_TAGS), ("scene_event", net.event, ["event"]), ("scene_type", net.event_type, net.labels["event"]),
             ("scene_status", net.event_status, EVENT_STATUSES),
             ("scene_fact", net.event_fact, []), ("scene_actor", net.event_actor, ACTOR_TAGS), ("scene_inner", net.inner, CUE_TAGS),
             *((f"scene_bond_{n}", getattr(net, f"bond_{n}"), []) for n in ("from", "to", "left", "right"))]
    for name in ("weight", "bias"):
        out[f"heads.{name}"] = torch.cat([getattr(layer, name) for _, layer, _ in heads])
        out[f"scene_far.{name}"] = getattr(net.event_far, name)
        out[f"scene_bond.{name}"] = getattr(net.bond_type, name)
    crfs = [("place_crf", net.place_crf, PLACE_TAGS), ("scene_crf", net.event_crf, ACTOR_TAGS), ("scene_inner_crf", net.inner_crf, CUE_TAGS)]
    for name, crf, _ in crfs:
        out[f"{name}.step"], out[f"{name}.first"] = crf.scores()
    out["scene_bond_far.weight"], out["scene_bond_far.bias"] = net.bond_distance.T, torch.zeros(net.bond_distance.shape[1])
    out["scene_bond_pair.weight"], out["scene_bond_pair.bias"] = net.bond_pair.T * len(net.bond_pair) ** -0.5, torch.zeros(len(net.bond_pair))
    layers = [("scene_far", net.event_far.in_features, 1), ("scene_bond", net.bond_type.in_features, len(sets.BONDS)), ("scene_bond_far", *net.bond_distance.shape), ("scene_bond_pair", *net.bond_pair.shape)]
    on = hashlib.sha256(open(a.warm, "rb").read()).hexdigest()[:12]
    config = {"name": "scene", "on": on, "from": a.first, "heads": [dict(name=n, size=l.out_features, labels=tags) for n, l, tags in heads],
              "crfs": [dict(name=n, tags=len(tags), layers=1) for n, _, tags in crfs],
              "layers": [dict(name=n, inputs=a, outputs=b) for n, a, b in layers]}
    with open(path, "wb") as f:
        f.write(seal({k: v.detach().contiguous().clone() for k, v in out.items()}, config))


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--data", required=True); p.add_argument("--base", required=True); p.add_argument("--vocab", required=True)
    p.add_argument("--warm", required=True); p.add_argument("--run", required=True); p.add_argument("--events"); p.add_argument("--inner")
    p.add_argument("--bonds", nargs="*", default=[], help="annotated relations")
    p.add_argument("--inner-dev", help="the same of dev texts, to measure by")
    p.add_argument("--states", help="with what `cargo xtask states` and `sights` wrote of the annotated texts, for parts")
    p.add_argument("--from", dest="first", type=int, default=4); p.add_argument("--steps", type=int, default=2000)
    p.add_argument("--lr", type=float, default=2e-4); p.add_argument("--head-lr", type=float, default=1e-3)
    p.add_argument("--window", type=int, default=254); p.add_argument("--batch", type=int, default=16); p.add_argument("--seed", type=int, default=1)
    p.add_argument("--hide", type=float, default=0.04); p.add_argument("--threads", type=int, default=1); p.add_argument("--minutes", type=float, default=140)
    p.add_argument("--repeat", nargs="*", default=[]); p.add_argument("--begin", help="a model.pt, or a weights file of a top, to go on from"); p.add_argument("--out", help="only write what was trained to this weights file")
    a = p.parse_args()
    os.makedirs(a.run, exist_ok=True)
    log = open(os.path.join(a.run, "log.txt"), "a")

    def say(*words):
        line = " ".join(str(w) for w in words)
        print(line, flush=True); print(line, file=log, flush=True)

    torch.set_num_threads(a.threads); torch.manual_seed(a.seed)
    cache = os.path.join(a.run, "..", "cache")
    docs = sets.load(a.data, "train", ["places", "attribution"], a.vocab, cache, a.inner)
    dev = sets.load(a.data, "dev", ["places"], a.vocab, cache)
    nested = [d for d in sets.load(a.data, "dev", ["attribution"], a.vocab, cache, a.inner_dev) if "inner" in d] if a.inner_dev else []
    held = []
    bound = sets.read_bonds(a.bonds)
    if a.events:
        docs += sets.load_events(a.data, a.events, a.vocab, cache, bonds=bound)
        docs += sets.load_facts(f"{a.data}/status/uds.train.jsonl", a.vocab, cache) + sets.load_actors(f"{a.data}/events/cameo.train.jsonl", a.vocab, cache)
        if a.states:
            sets.label_parts([d for d in docs if d["set"] == "events"], a.states, "status.train")
        held = sets.load_events(a.data, a.events, a.vocab, cache, held=True, bonds=bound)
    docs += sets.load_bonds(a.data, bound, a.vocab, cache)
    held_bonds = [d for d in held if "bound" in d] + sets.load_bonds(a.data, bound, a.vocab, cache, held=True)
    body = open(a.warm, "rb").read()[44:]
    config = json.loads(json.loads(body[8 : 8 + int.from_bytes(body[:8], "little")])["__metadata__"]["config"])
    of = {h["name"]: h["labels"] for h in config["heads"]}
    labels = dict(upos=of["upos"], xpos=of["xpos"], deprel=config["relations"], name=of["name"], event=label_lists(docs)["event"])
    pieces = open(a.vocab, encoding="utf-8").read().split("\n")
    net = Top(labels, vocab=len(pieces) - (pieces[-1] == ""))
    net.edges, net.mask, net.hide = (pieces.index("[CLS]"), pieces.index("[SEP]")), pieces.index("[MASK]"), a.hide
    net.encoder.load_base(a.base)
    say("new:", *warm(net, a.warm))
    net.fix(a.first)
    if a.begin and a.begin.endswith(".weights"):
        with torch.no_grad():
            take(net, a, a.begin)
    elif a.begin:
        say("to begin:", *net.load_state_dict(torch.load(a.begin, weights_only=False)["net"], strict=False).missing_keys)
    if a.out:
        net.load_state_dict(torch.load(os.path.join(a.run, "model.pt"), weights_only=False)["net"])
        with torch.no_grad():
            return export(net.eval(), a, docs, a.out)
    mine = [(n, p) for n, p in net.named_parameters() if p.requires_grad]
    opt = torch.optim.AdamW([dict(params=[p for n, p in mine if n.startswith("encoder.")], lr=a.lr, weight_decay=0.01),
                             dict(params=[p for n, p in mine if not n.startswith("encoder.")], lr=a.head_lr, weight_decay=0.0)], betas=(0.9, 0.98), fused=True)
    rate = lambda s: min(1, (s + 1) / (0.06 * a.steps + 1)) * max(0.0, 1 - s / a.steps)
    sched = torch.optim.lr_scheduler.LambdaLR(opt, rate)
    mean = {n: p.detach().clone() for n, p in mine}
    repeat = {k: float(v) for k, v in (r.split("=") for r in a.repeat)}
    say("args", vars(a), "parameters", sum(p.numel() for _, p in mine))

    def measure():
        live = {n: p.detach().clone() for n, p in mine}
        with torch.no_grad():
            for n, p in mine:
                p.copy_(mean[n])
        net.eval()
        told = ("places F1 %.2f P %.2f R %.2f" % places_f1(net, dev, a.window)) + (" triggers AP %.4f" % triggers_ap(net, held, a.window) if held else "") + (" inner cues F1 %.2f" % inner_f1(net, nested, a.window) if nested else "") + (" bonds F1 %.2f P %.2f R %.2f" % bonds_f1(net, held_bonds, a.window) if held_bonds else "")
        torch.save(dict(net=net.state_dict(), labels=labels, first=a.first, window=a.window), os.path.join(a.run, "model.pt"))
        with torch.no_grad():
            for n, p in mine:
                p.copy_(live[n])
        net.train()
        return told

    net.train(); start, seen, sums, queue, epoch = time.time(), 0, {}, [], 0
    for step in range(1, a.steps + 1):
        if not queue:
            queue = epoch_batches(docs, a.window, a.batch, repeat, random.Random(a.seed * 1000 + epoch)); epoch += 1
        parts, n = losses(net, queue.pop(), docs, random.Random(a.seed * 7919 + step))
        if not parts:
            continue
        loss = sum(parts.values())
        opt.zero_grad(); loss.backward()
        torch.nn.utils.clip_grad_norm_([p for _, p in mine], 1.0)
        opt.step(); sched.step(); seen += n
        keep = min(0.998, (step + 1) / (step + 10))
        with torch.no_grad():
            torch._foreach_lerp_([mean[n] for n, _ in mine], [p.data for _, p in mine], 1 - keep)
        for k, v in parts.items():
            s = sums.setdefault(k, [0.0, 0]); s[0] += float(v.detach()); s[1] += 1
        if step % 50 == 0:
            say(f"step {step} epoch {epoch} {time.time() - start:.0f}s {seen / (time.time() - start):.0f} pieces/s", " ".join(f"{k} {v[0] / v[1]:.4f}" for k, v in sorted(sums.items())))
            sums = {}
        if step % 300 == 0 or step == a.steps:
            say(measure())
        if time.time() - start > 60 * a.minutes:
            say("time is up"); break
    say(measure())


if __name__ == "__main__":
    main()
