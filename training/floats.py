"""Writes weights files again with floats for bytes: what the arithmetic of the engine in bytes is measured against.

usage: python floats.py OUT_DIR NEWS.weights [HEADS.weights ...]

Every tensor of bytes becomes the floats that it stands for, so that nothing but the rounding of activations is left between the two. Heads
files follow in the order they are attached in; each names the file it was made for by its new sha256. Then:
`cargo xtask eval --data DIR --model OUT_DIR/news.weights --heads OUT_DIR/scene.weights ... --json floats.json` and
`cargo xtask eval --data DIR --against floats.json --within 0.5`.
"""
import hashlib, os, sys
from export import seal
from rehead import read


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    out, *paths = sys.argv[1:]
    os.makedirs(out, exist_ok=True)
    renamed = {}
    for path in paths:
        digest, config, tensors = read(path)
        if "on" in config:
            config["on"] = renamed[config["on"]]
        floats = {}
        for name, tensor in tensors.items():
            scale = tensors.get(name[: -len("weight")] + "scale") if name.endswith(".weight") else None
            if not name.endswith(".scale"):
                floats[name] = tensor.float() * scale[:, None] if scale is not None else tensor
        sealed = seal({k: v.contiguous() for k, v in floats.items()}, config)
        renamed[digest[:12]] = hashlib.sha256(sealed).hexdigest()[:12]
        with open(os.path.join(out, os.path.basename(path)), "wb") as f:
            f.write(sealed)


if __name__ == "__main__":
    main()
