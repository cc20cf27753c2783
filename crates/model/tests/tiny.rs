//! A tiny committed model against the scores that the training side recorded for it, on every kernel.
//!
//! The files are made by `training/tiny.sh`.

use reportedly_model::{Desk, Kernel, Model};

static FLOATS: &[u8] = include_bytes!("tiny/floats.weights");
static BYTES: &[u8] = include_bytes!("tiny/bytes.weights");
static SCORES: &str = include_str!("tiny/scores.jsonl");

#[derive(serde::Deserialize)]
struct Recorded {
    ids: Vec<u32>,
    features: Vec<[u8; 3]>,
    first: Vec<usize>,
    scores: Vec<Vec<f32>>,
}

fn recorded() -> Vec<Recorded> {
    let rows: Vec<Recorded> =
        SCORES.lines().map(|line| serde_json::from_str(line).expect("the recorded scores are JSON lines")).collect();
    assert!(rows.len() >= 3);
    rows
}

fn scores(model: &Model, row: &Recorded) -> Vec<f32> {
    model.window_scores(&row.ids, &row.features, &row.first, &mut Desk::default())
}

#[test]
fn floats_agree_with_the_training_side() {
    let model = Model::parse(FLOATS).unwrap();
    for row in recorded() {
        let mine = scores(&model, &row);
        let theirs: Vec<f32> = row.scores.concat();
        assert_eq!(mine.len(), theirs.len());
        let worst = mine.iter().zip(&theirs).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
        assert!(worst < 1e-3, "off by {worst}");
    }
}

#[test]
fn bytes_stay_near_floats() {
    let (floats, bytes) = (Model::parse(FLOATS).unwrap(), Model::parse(BYTES).unwrap());
    for row in recorded() {
        let (exact, near) = (scores(&floats, &row), scores(&bytes, &row));
        let square = |values: &mut dyn Iterator<Item = f32>| values.map(|v| f64::from(v * v)).sum::<f64>();
        let off = square(&mut exact.iter().zip(&near).map(|(a, b)| a - b)) / square(&mut exact.iter().copied());
        // Measured 2026-11-26: 0.4% for these files, 0.64% for the full model (`cargo xtask parity`).
        assert!(off.sqrt() < 0.015, "off by {} of the mean", off.sqrt());
    }
}

#[test]
fn every_kernel_gives_the_same_bits() {
    for bytes in [FLOATS, BYTES] {
        for row in recorded() {
            let of = |kernel: Kernel| {
                let model = Model::parse(bytes).unwrap().with_kernel(kernel);
                scores(&model, &row).into_iter().map(f32::to_bits).collect::<Vec<_>>()
            };
            let first = of(Kernel::detect());
            for kernel in Kernel::available() {
                assert_eq!(of(kernel), first, "{} differs", kernel.name());
            }
        }
    }
}

#[test]
fn a_damaged_file_is_told() {
    let mut damaged = BYTES.to_vec();
    let last = damaged.len() - 1;
    damaged[last] ^= 1;
    assert_eq!(Model::parse(&damaged).err().unwrap().to_string(), "weights: sha256 does not match");
    assert!(Model::parse(&BYTES[..20]).is_err());
}
