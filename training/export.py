"""Turns a run's checkpoint into a weights file that the crate `model` reads, and records scores to check it by.

usage: python export.py --run runs/NAME --vocab vocab.txt --out FILE (--floats | --data DIR) [--reference FILE (--data DIR | --texts FILE) --reports 200]

Layers of weights are stored as bytes -127..127 with a scale for each output (the step that loses least of the row's square
is taken), word vectors likewise; what rounding one weight costs is made up for by the others of its output, as windows of
the train sets of `--data` show them together (GPTQ, Frantar et al. 2023). `--floats` keeps everything in f32. Products of two learned matrices are folded
into one. `--reference` writes windows of real reports with the scores of PyTorch, for `cargo xtask parity`.
"""
import argparse, hashlib, json, struct
import torch
from safetensors.torch import save
import data as sets
from network import ARGUMENT_TAGS, PLACE_TAGS, TIME_TAGS, Network
from train import batch_of

MAGIC, VERSION = b"RPTDLY\0\x01", 1


def to_bytes(w, seen=None, most=127):
    """[out, in] f32 -> i8 and a scale for each output; of several clippings the one with the least squared error.
    seen: [in, in], how inputs go together, to round with them in view."""
    best, scale = None, None
    for part in [1.0, 0.97, 0.94, 0.91, 0.88, 0.85, 0.8]:
        s = (w.abs().amax(1, keepdim=True) * part / most).clamp_min(1e-12)
        q = (w / s).round().clamp(-most, most)
        err = ((q * s - w) ** 2).sum(1, keepdim=True)
        if best is None:
            best, scale, kept = err, s, q
        else:
            win = err < best
            best, scale, kept = torch.where(win, err, best), torch.where(win, s, scale), torch.where(win, q, kept)
    if seen is not None:
        kept = rounded_in_view(w, scale.squeeze(1), seen, most)
    return kept.to(torch.int8), scale.squeeze(1)


def rounded_in_view(w, scale, seen, most):
    """Rounds input by input; the weights still to come take over what an output loses by it."""
    w, seen = w.double().clone(), seen.double()
    seen = seen + 0.01 * seen.diagonal().mean() * torch.eye(len(seen), dtype=torch.double)
    after = torch.linalg.cholesky(torch.linalg.inv(seen), upper=True)
    out = torch.empty_like(w)
    for i in range(w.shape[1]):
        out[:, i] = (w[:, i] / scale).round().clamp(-most, most)
        lost = (w[:, i] - out[:, i] * scale) / after[i, i]
        w[:, i + 1:] -= lost[:, None] * after[i, i + 1:]
    return out


def inputs_seen(net, docs, window, most=160):
    """How the inputs of each layer, and the states that heads read, go together in windows of these documents: name -> [in, in]."""
    seen = {}

    def watch(name):
        def hook(layer, given, _):
            x = given[0].reshape(-1, given[0].shape[-1])
            seen[name] = seen.get(name, 0) + x.T @ x
        return hook
    hooks = [getattr(l, n).register_forward_hook(watch(f"layers.{j}.{n}")) for j, l in enumerate(net.encoder.layers) for n in ("qkv", "out", "up", "down")]
    with torch.no_grad():
        for i in range(0, len(docs), max(1, len(docs) // most)):  # twice as many where it does not divide
            x = batch_of([(i, *sets.windows(docs[i], window)[0])], docs, net.edges)
            state = net.encoder(x["ids"], x["features"], x["mask"])[0][x["first"][0]]
            seen["heads"] = seen.get("heads", 0) + state.T @ state
    for hook in hooks:
        hook.remove()
    return seen


def heads_of(net):
    """The columns read off the last state, in order: (name, weight, bias, labels); none of a set that was left out."""
    L, d = net.labels, net.dims
    fold = d["arc"] ** -0.5
    arc_w = fold * net.arc_pair.T @ net.arc_child.weight
    arc_b = fold * net.arc_pair.T @ net.arc_child.bias + net.arc_prior
    plain = lambda name, m, labels=(): (name, m.weight, m.bias, list(labels))
    return [plain("sentence", net.sentence, ["inside", "begins"]), plain("upos", net.upos, L["upos"]), plain("xpos", net.xpos, L["xpos"]),
            ("arc_child", arc_w, arc_b, []), plain("arc_head", net.arc_head),
            plain("relation_child", net.relation_child), plain("relation_head", net.relation_head),
            plain("name", net.name, L["name"]), plain("attribution", net.attribution),
            plain("argument_word", net.argument_word), plain("argument_cue", net.argument_cue), plain("argument", net.argument, ARGUMENT_TAGS),
            plain("mix_word", net.mix_word), plain("mix_cue", net.mix_cue), plain("inner", net.inner)] + (
                [] if "times" in net.without else [plain("time", net.time, TIME_TAGS)]) + (
                [] if "places" in net.without else [plain("place", net.place, PLACE_TAGS)])


def crfs_of(net):
    """The CRFs of the heads: name, number of tags, layers."""
    crfs = [("name_crf", len(net.labels["name"]), 1), ("attribution_crf", 3, 3), ("argument_crf", 5, 1), ("inner_crf", 3, 1)]
    crfs += [] if "times" in net.without else [("time_crf", len(TIME_TAGS), 1)]
    crfs += [] if "places" in net.without else [("place_crf", len(PLACE_TAGS), 1)]
    return [dict(name=n, tags=t, layers=l) for n, t, l in crfs]


def tensors_of(net, floats, seen=None):
    out = {}

    def linear(name, w, b):
        if floats:
            out[name + ".weight"] = w
        else:
            out[name + ".weight"], out[name + ".scale"] = to_bytes(w, seen[name])
        out[name + ".bias"] = b

    e = net.encoder
    if floats:
        out["embed.word.weight"] = e.word.weight
    else:
        out["embed.word.weight"], out["embed.word.scale"] = to_bytes(e.word.weight)
    out["embed.position.weight"] = e.position.weight
    for k, f in enumerate(e.feature):
        out[f"embed.feature.{k}.weight"] = f.weight
    out["embed.norm.weight"], out["embed.norm.bias"] = e.norm.weight, e.norm.bias
    for j, l in enumerate(e.layers):
        for name in ("qkv", "out", "up", "down"):
            linear(f"layers.{j}.{name}", getattr(l, name).weight, getattr(l, name).bias)
        for name in ("norm1", "norm2"):
            out[f"layers.{j}.{name}.weight"], out[f"layers.{j}.{name}.bias"] = getattr(l, name).weight, getattr(l, name).bias
    heads = heads_of(net)
    linear("heads", torch.cat([w for _, w, _, _ in heads]), torch.cat([b for _, _, b, _ in heads]))
    for crf in crfs_of(net):
        step, first = getattr(net, crf["name"]).scores()
        out[crf["name"] + ".step"], out[crf["name"] + ".first"] = step, first
    out["relation.weight"], out["relation.bias"] = net.relation.weight, net.relation.bias
    out["argument_pair"] = net.argument_pair * net.dims["argument"] ** -0.5
    out["argument_distance"], out["argument_line"] = net.argument_distance, net.argument_line
    out["mix"], out["mix_distance"] = net.mix, net.mix_distance
    return {k: v.detach().contiguous().clone() for k, v in out.items()}


def seal(tensors, config):
    """Magic, version, sha256 of the rest, safetensors with the configuration in its metadata."""
    body = save(tensors, {"config": json.dumps(config, ensure_ascii=False)})
    return MAGIC + struct.pack("<I", VERSION) + hashlib.sha256(body).digest() + body


def config_of(net, name, window, vocab):
    heads = [dict(name=n, size=w.shape[0], labels=l) for n, w, _, l in heads_of(net)]
    return dict(name=name, window=window, encoder=net.encoder.config, heads=heads, crfs=crfs_of(net), relations=net.labels["deprel"],
                vocabulary=open(vocab, encoding="utf-8").read())


def load_run(run, vocab):
    z = torch.load(f"{run}/model.pt", weights_only=False)
    net = Network({"event": [], **z["labels"]}, **z["small"])
    # Older runs know nothing of places, and nothing of what the encoder is only taught with.
    missing, unknown = net.load_state_dict(z["net"], strict=False)
    assert not unknown and all(key.startswith(("place", "event", "same_")) for key in missing), (missing, unknown)
    net.without = z["args"]["leave_out"] + ["places"] * ("place.weight" in missing)
    net.eval()
    pieces = open(vocab, encoding="utf-8").read().split("\n")
    net.edges = (pieces.index("[CLS]"), pieces.index("[SEP]"))
    return net, z


def write_reference(net, docs, window, path, words=48):
    """One window a report: its pieces and features, the place of each word's first piece, and the heads' scores."""
    w = torch.cat([w for _, w, _, _ in heads_of(net)]); b = torch.cat([b for _, _, b, _ in heads_of(net)])
    with open(path, "w") as f, torch.inference_mode():
        for i, d in enumerate(docs):
            a, e = sets.windows(d, window)[0]
            x = batch_of([(i, a, e)], docs, net.edges)
            state = net.encoder(x["ids"], x["features"], x["mask"])[0]
            first = x["first"][0][:words]
            scores = state[first] @ w.T + b
            row = dict(ids=x["ids"][0].tolist(), features=x["features"][0].tolist(), first=first.tolist(),
                       scores=[[round(v, 5) for v in r] for r in scores.tolist()])
            print(json.dumps(row), file=f)


def main():
    p = argparse.ArgumentParser()
    p.add_argument("--run", required=True); p.add_argument("--vocab", required=True); p.add_argument("--out", required=True)
    p.add_argument("--name", default="news"); p.add_argument("--window", type=int, help="pieces of a window, if not those of the run"); p.add_argument("--floats", action="store_true")
    p.add_argument("--reference"); p.add_argument("--data"); p.add_argument("--texts", help="JSONL {id, text} to record scores of, instead of the dev sets"); p.add_argument("--reports", type=int, default=200); p.add_argument("--words", type=int, default=48)
    a = p.parse_args()
    if not a.floats and not a.data:
        p.error("bytes want --data, whose train sets show which inputs go together")
    net, z = load_run(a.run, a.vocab)
    a.window = a.window or z["args"]["window"]
    seen = None if a.floats else inputs_seen(net, sets.load(a.data, "train", list(sets.SETS), a.vocab, f"{a.run}/../cache"), a.window)
    with open(a.out, "wb") as f, torch.no_grad():
        f.write(seal(tensors_of(net, a.floats, seen), config_of(net, a.name, a.window, a.vocab)))
    print("step", z["step"], "of", z["total"], "->", a.out)
    if a.reference:
        docs = sets.load_texts(a.texts, a.vocab, f"{a.run}/../cache") if a.texts else sets.load(a.data, "dev", list(sets.SETS), a.vocab, f"{a.run}/../cache")
        write_reference(net, docs[: a.reports], a.window, a.reference, a.words)


if __name__ == "__main__":
    main()
