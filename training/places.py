#!/usr/bin/env python3
"""Finds the weights by which the places stage ranks candidates: a conditional logit, one choice a name of a place in a document.
  cargo xtask place-candidates ../shared/data/places/train.jsonl candidates.jsonl
  training/.venv/bin/python training/places.py candidates.jsonl crates/place/data/ranker.txt
Features come from the engine itself and depend on the weights through the report's other places, so run both lines twice.
places/dev is never read. No seed: the loss is convex and starts at nought."""
import json, sys, zlib
import numpy as np

PENALTY = 0.3  # of squared weights, over all names; swept .05-3 on held-out fifths, flat from .1 to 1
FOLDS = 5


def read(path):
    """One choice a name, document and gold id: the same name said ten times counts as two."""
    seen, rows = {}, []
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        if not row["touches"]:
            continue
        key = (row["document"], row["gold"], json.dumps(row["candidates"]))
        if key in seen:
            rows[seen[key]][3] += 1
            continue
        seen[key] = len(rows)
        ids = [str(id) for id, _ in row["candidates"]]
        table = [features for _, features in row["candidates"]]
        nil = [0.0] * (len(row["features"]) - 1) + [1.0]
        right = ids.index(row["gold"]) if row["gold"] in ids else len(ids)
        rows.append([zlib.crc32(row["document"].encode()) % FOLDS, np.array(table + [nil]), right, 1, bool(row["gold"])])
        names = row["features"]
    return names, rows


def fit(rows, size):
    """Newton's method."""
    weights = np.zeros(size)
    for _ in range(25):
        slope, bend = PENALTY * weights, PENALTY * np.eye(size)
        for _, table, right, times, _ in rows:
            many = 1 + np.log(times)
            scores = table @ weights
            share = np.exp(scores - scores.max())
            share /= share.sum()
            mean = share @ table
            slope += many * (mean - table[right])
            bend += many * ((table * share[:, None]).T @ table - np.outer(mean, mean))
        step = np.linalg.solve(bend, slope)
        weights -= step
        if np.abs(step).max() < 1e-4:
            break
    return weights


def measure(rows, weights, threshold=0.4):
    """Same id on names whose gold has one, when a choice below the threshold is left open."""
    total = same = said = 0
    for _, table, right, times, has_id in rows:
        if not has_id:
            continue
        scores = table @ weights
        share = np.exp(scores - scores.max())
        share /= share.sum()
        best = int(np.argmax(share[:-1])) if len(share) > 1 else -1
        total += times
        if best >= 0 and share[best] >= threshold:
            said += times
            same += times * (best == right)
    return same / total, same / max(1, said)


if __name__ == "__main__":
    names, rows = read(sys.argv[1])
    out = []
    for fold in range(FOLDS):
        weights = fit([row for row in rows if row[0] != fold], len(names))
        out.append([measure([row for row in rows if row[0] == fold], weights, t) for t in (0.0, 0.4)])
    for i, threshold in enumerate((0.0, 0.4)):
        got, right = np.mean([fold[i] for fold in out], axis=0)
        print(f"held-out fifths, from a share of {threshold}: same id {got:.3f} of names with an id, {right:.3f} of those placed")
    weights = fit(rows, len(names))
    with open(sys.argv[2], "w") as file:
        file.write("# Weights of the features of `src/rank.rs`. Written by training/places.py.\n")
        for name, weight in zip(names, weights):
            file.write(f"{name} {weight:.3f}\n")
