#!/usr/bin/env bash
# Makes the tiny model of crates/model/tests/tiny: a random encoder of 2 x 32, trained for 150 steps, with recorded scores
# of the repository's own example reports.
#   training/tiny.sh DATA_DIR VOCABULARY    (a short vocabulary: special pieces, letters, common words)
set -euo pipefail
cd "$(dirname "$0")"
data=$(realpath "$1"); vocab=$(realpath "$2"); out=../crates/model/tests/tiny; python=.venv/bin/python
$python train.py --data "$data" --vocab "$vocab" --run runs/tiny --limit 12 --steps 150 --small --threads 1 --window 120
$python export.py --run runs/tiny --vocab "$vocab" --name tiny --window 120 --out $out/bytes.weights --data "$data"
$python export.py --run runs/tiny --vocab "$vocab" --name tiny --window 120 --out $out/floats.weights --floats \
    --texts ../examples/harbour-talks/03-northwire.jsonl --reference $out/scores.jsonl --words 6
