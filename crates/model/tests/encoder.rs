//! The encoder against the book in double precision, and every kernel against every other.

#![expect(clippy::unwrap_used, reason = "made-up weights are whole; a test that fails says where")]

use proptest::collection::vec;
use proptest::prelude::*;
use reportedly_model::bench::{Precision, encoder_ops, made_up_weights, peak_two_step};
use reportedly_model::{Encoder, EncoderConfig, FEATURES, Kernel, Part, Scratch, Watch, Weights, Window};

const TINY: EncoderConfig =
    EncoderConfig { hidden: 32, layers: 3, heads: 4, ff: 80, max_positions: 150, vocab: 50, features: [8, 5, 3] };

/// A matrix of weights in double precision: floats as they are, bytes times their scales.
fn matrix(weights: &Weights<'_>, name: &str, rows: usize, columns: usize) -> Vec<f64> {
    let weight = format!("{name}.weight");
    if !weights.is_bytes(&weight).unwrap() {
        return wide(&weights.floats(&weight, &[rows, columns]).unwrap());
    }
    let scale = weights.floats(&format!("{name}.scale"), &[rows]).unwrap();
    let bytes = weights.bytes(&weight, &[rows, columns]).unwrap();
    bytes.iter().enumerate().map(|(i, b)| f64::from(*b) * f64::from(scale[i / columns])).collect()
}

fn wide(floats: &[f32]) -> Vec<f64> {
    floats.iter().map(|float| f64::from(*float)).collect()
}

fn linear(weights: &Weights<'_>, name: &str, from: &[f64], inputs: usize, outputs: usize) -> Vec<f64> {
    let matrix = matrix(weights, name, outputs, inputs);
    let bias = wide(&weights.floats(&format!("{name}.bias"), &[outputs]).unwrap());
    let dot = |row: &[f64], weights: &[f64]| row.iter().zip(weights).map(|(a, b)| a * b).sum::<f64>();
    from.chunks(inputs)
        .flat_map(|row| matrix.chunks(inputs).zip(&bias).map(move |(weights, bias)| dot(row, weights) + bias))
        .collect()
}

fn norm(weights: &Weights<'_>, name: &str, values: &mut [f64], hidden: usize) {
    let gain = wide(&weights.floats(&format!("{name}.weight"), &[hidden]).unwrap());
    let bias = wide(&weights.floats(&format!("{name}.bias"), &[hidden]).unwrap());
    for row in values.chunks_mut(hidden) {
        let mean = row.iter().sum::<f64>() / hidden as f64;
        let variance = row.iter().map(|v| (v - mean).powi(2)).sum::<f64>() / hidden as f64;
        for (value, (gain, bias)) in row.iter_mut().zip(gain.iter().zip(&bias)) {
            *value = (*value - mean) / (variance + 1e-12).sqrt() * gain + bias;
        }
    }
}

fn add(to: &mut [f64], other: &[f64]) {
    to.iter_mut().zip(other).for_each(|(a, b)| *a += b);
}

/// The integral of the normal density from 0 to x, by Simpson's rule.
fn above_half(x: f64) -> f64 {
    const STEPS: u32 = 200;
    let density = |t: f64| (-t * t / 2.0).exp() / (2.0 * std::f64::consts::PI).sqrt();
    let step = x / f64::from(STEPS);
    let inner: f64 = (1..STEPS).map(|i| density(f64::from(i) * step) * if i % 2 == 1 { 4.0 } else { 2.0 }).sum();
    (density(0.0) + inner + density(x)) * step / 3.0
}

fn attention(config: EncoderConfig, qkv: &[f64]) -> Vec<f64> {
    let EncoderConfig { hidden, heads, .. } = config;
    let (head, pieces) = (hidden / heads, qkv.len() / hidden / 3);
    let mut context = vec![0.0; pieces * hidden];
    for i in 0..pieces {
        for h in 0..heads {
            let part = |piece: usize, part: usize| &qkv[(piece * 3 + part) * hidden + h * head..][..head];
            let score = |j: usize| {
                let sum: f64 = part(i, 0).iter().zip(part(j, 1)).map(|(q, k)| q * k).sum();
                (sum / (head as f64).sqrt()).exp()
            };
            let scores: Vec<f64> = (0..pieces).map(score).collect();
            let total: f64 = scores.iter().sum();
            for (j, score) in scores.iter().enumerate() {
                let value: Vec<f64> = part(j, 2).iter().map(|v| v * score / total).collect();
                add(&mut context[i * hidden + h * head..][..head], &value);
            }
        }
    }
    context
}

/// The last hidden states as the book has them.
fn reference(weights: &Weights<'_>, config: EncoderConfig, window: &Window<'_>) -> Vec<f64> {
    let EncoderConfig { hidden, layers, ff, max_positions, vocab, features, .. } = config;
    let words = matrix(weights, "embed.word", vocab, hidden);
    let positions = matrix(weights, "embed.position", max_positions, hidden);
    let tables: Vec<Vec<f64>> =
        (0..FEATURES).map(|k| matrix(weights, &format!("embed.feature.{k}"), features[k], hidden)).collect();
    let mut x = Vec::new();
    for (place, (id, values)) in window.ids.iter().zip(window.features).enumerate() {
        let mut row = words[*id as usize * hidden..][..hidden].to_vec();
        add(&mut row, &positions[place * hidden..][..hidden]);
        for (table, value) in tables.iter().zip(values) {
            add(&mut row, &table[usize::from(*value) * hidden..][..hidden]);
        }
        x.extend(row);
    }
    norm(weights, "embed.norm", &mut x, hidden);
    for layer in 0..layers {
        let name = |part: &str| format!("layers.{layer}.{part}");
        let qkv = linear(weights, &name("qkv"), &x, hidden, 3 * hidden);
        add(&mut x, &linear(weights, &name("out"), &attention(config, &qkv), hidden, hidden));
        norm(weights, &name("norm1"), &mut x, hidden);
        let mut up = linear(weights, &name("up"), &x, hidden, ff);
        up.iter_mut().for_each(|value| *value *= 0.5 + above_half(*value));
        add(&mut x, &linear(weights, &name("down"), &up, ff, hidden));
        norm(weights, &name("norm2"), &mut x, hidden);
    }
    x
}

fn window_of(pieces: usize) -> (Vec<u32>, Vec<[u8; FEATURES]>) {
    let ids = (0..pieces as u32).map(|i| i * 17 % 50).collect();
    let features = (0..pieces).map(|i| [(i % 8) as u8, (i % 5) as u8, (i % 3) as u8]).collect();
    (ids, features)
}

#[test]
fn floats_agree_with_the_book() {
    let file = made_up_weights(TINY, Precision::Floats, 1).unwrap();
    let weights = Weights::parse(&file).unwrap();
    let encoder = Encoder::load(&weights).unwrap();
    let mut scratch = Scratch::default();
    for pieces in [1, 2, 15, 16, 17, 33, 70, 130] {
        let (ids, features) = window_of(pieces);
        let window = Window { ids: &ids, features: &features };
        let exact = reference(&weights, TINY, &window);
        for kernel in Kernel::available() {
            let found = encoder.run(kernel, &window, &mut scratch);
            assert_eq!(found.len(), exact.len());
            let worst = found.iter().zip(&exact).map(|(a, b)| (f64::from(*a) - b).abs()).fold(0.0, f64::max);
            assert!(worst < 1e-4, "{kernel}, {pieces} pieces: off by {worst:e}");
        }
    }
}

#[test]
fn bytes_are_near_the_book() {
    let file = made_up_weights(TINY, Precision::Bytes, 2).unwrap();
    let weights = Weights::parse(&file).unwrap();
    let encoder = Encoder::load(&weights).unwrap();
    let (ids, features) = window_of(70);
    let window = Window { ids: &ids, features: &features };
    let exact = reference(&weights, TINY, &window);
    let mut scratch = Scratch::default();
    let found = encoder.run(Kernel::detect(), &window, &mut scratch);
    let square: f64 = found.iter().zip(&exact).map(|(a, b)| (f64::from(*a) - b).powi(2)).sum();
    let error = (square / exact.iter().map(|v| v * v).sum::<f64>()).sqrt();
    // Only the activations lose anything: twelve bits through three layers (0.0004 measured).
    assert!(error < 0.001, "relative error {error}");
}

#[test]
fn an_empty_window_has_no_states() {
    let file = made_up_weights(TINY, Precision::Bytes, 2).unwrap();
    let encoder = Encoder::load(&Weights::parse(&file).unwrap()).unwrap();
    let window = Window { ids: &[], features: &[] };
    for kernel in Kernel::available() {
        assert!(encoder.run(kernel, &window, &mut Scratch::default()).is_empty());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn bits_depend_on_nothing_but_the_window(
        pieces in vec((0u32..50, [0u8..8, 0u8..5, 0u8..3]), 1..100),
        seed in any::<u64>(),
        precision in prop_oneof![Just(Precision::Floats), Just(Precision::Bytes)],
    ) {
        let file = made_up_weights(TINY, precision, seed).unwrap();
        let encoder = Encoder::load(&Weights::parse(&file).unwrap()).unwrap();
        let (ids, features): (Vec<u32>, Vec<[u8; FEATURES]>) = pieces.into_iter().unzip();
        let window = Window { ids: &ids, features: &features };
        let bits = |states: &[f32]| states.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        let expected = bits(encoder.run(Kernel::PORTABLE, &window, &mut Scratch::default()));
        let (long_ids, long_features) = window_of(140);
        let long = Window { ids: &long_ids, features: &long_features };
        for kernel in Kernel::available() {
            let mut scratch = Scratch::default();
            encoder.run(kernel, &long, &mut scratch);
            prop_assert_eq!(&bits(encoder.run(kernel, &window, &mut scratch)), &expected, "{}", kernel);
        }
    }
}

#[test]
fn every_part_is_watched() {
    struct Seen(Vec<Part>);
    impl Watch for Seen {
        fn ended(&mut self, part: Part) {
            self.0.push(part);
        }
    }
    let file = made_up_weights(TINY, Precision::Bytes, 2).unwrap();
    let encoder = Encoder::load(&Weights::parse(&file).unwrap()).unwrap();
    let (ids, features) = window_of(4);
    let window = Window { ids: &ids, features: &features };
    let mut seen = Seen(Vec::new());
    encoder.run_watched(Kernel::detect(), &window, &mut Scratch::default(), &mut seen);
    use Part::*;
    assert_eq!(seen.0[..9], [Norm, Linear, Attention, Linear, Norm, Linear, Gelu, Linear, Norm]);
    assert_eq!(seen.0.len(), 1 + 8 * TINY.layers);
}

#[test]
fn work_is_counted() {
    // One layer of one piece: 4 h^2 + 2 h f weights and one score and one share of h each.
    let one = EncoderConfig { layers: 1, ..TINY };
    assert_eq!(encoder_ops(one, 1), 2.0 * (4.0 * 1024.0 + 2.0 * 2560.0 + 2.0 * 32.0));
    assert_eq!(encoder_ops(TINY, 1), 3.0 * encoder_ops(one, 1));
    assert!(peak_two_step(0.01) > 1e8);
}
