"""Says of a file of heads that it is for another file of the same weights, such as one rounded in another way.

usage: python rehead.py HEADS WEIGHTS OUT

A heads file names the weights whose states its heads were trained on, by the first digits of their sha256, and the engine refuses it
with others. Only for weights that differ by rounding: heads of another training belong to another encoder.
"""
import hashlib, json, sys
from safetensors.torch import load
from export import MAGIC, seal


def main():
    if len(sys.argv) != 4:
        sys.exit(__doc__)
    heads, weights, out = sys.argv[1:]
    body = open(heads, "rb").read()[len(MAGIC) + 36:]
    size = int.from_bytes(body[:8], "little")
    config = json.loads(json.loads(body[8:8 + size])["__metadata__"]["config"])
    config["on"] = hashlib.sha256(open(weights, "rb").read()).hexdigest()[:len(config["on"])]
    with open(out, "wb") as f:
        f.write(seal(load(body), config))


if __name__ == "__main__":
    main()
