"""Says of a file of heads that it is for the same weights rounded in another way.

usage: python rehead.py HEADS WEIGHTS ROUNDED OUT

A heads file names the weights whose states its heads were trained on, by the first digits of their sha256, and the engine refuses it
with others. WEIGHTS are those, ROUNDED the others: they must have one configuration and the same tensors, and near values.
"""
import hashlib, json, sys
from safetensors.torch import load
from export import MAGIC, seal


def read(path):
    whole = open(path, "rb").read()
    assert whole.startswith(MAGIC), f"{path} is no weights file"
    body = whole[len(MAGIC) + 36:]
    config = json.loads(json.loads(body[8:8 + int.from_bytes(body[:8], "little")])["__metadata__"]["config"])
    return hashlib.sha256(whole).hexdigest(), config, load(body)


def main():
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    heads, weights, rounded, out = sys.argv[1:]
    (_, config, tensors), (own, plain, a), (other, again, b) = read(heads), read(weights), read(rounded)
    assert own.startswith(config["on"]), f"{heads} is for {config['on']}, not for {weights}"
    assert plain == again and a.keys() == b.keys(), f"{weights} and {rounded} differ in more than rounding"
    for name in a:
        if name.endswith(".weight") and name[:-7] + ".scale" in a:
            x, y = (t[name].float() * t[name[:-7] + ".scale"][:, None] for t in (a, b))
            assert (x - y).norm() < 0.05 * x.norm(), f"{name} differs in more than rounding"
    config["on"] = other[:len(config["on"])]
    with open(out, "wb") as f:
        f.write(seal(tensors, config))


if __name__ == "__main__":
    main()
