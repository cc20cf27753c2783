//! A weights file is read whole or refused with the reason.

use reportedly_model::bench::{Precision, made_up_weights};
use reportedly_model::{Encoder, EncoderConfig, Error, Kernel, Linear, Rows, Tensor, Weights, seal};

const TINY: EncoderConfig =
    EncoderConfig { hidden: 32, layers: 2, heads: 4, ff: 64, max_positions: 40, vocab: 50, features: [8, 5, 3] };

fn tensors() -> Vec<(String, Tensor)> {
    vec![
        ("a.weight".to_owned(), Tensor::Floats(vec![2, 3], vec![1.0, 2.0, 3.0, 4.0, 5.0, 6.0])),
        ("a.bias".to_owned(), Tensor::Floats(vec![2], vec![0.5, -0.5])),
        ("b.weight".to_owned(), Tensor::Bytes(vec![2, 3], vec![1, -2, 3, -127, 127, 0])),
        ("b.scale".to_owned(), Tensor::Floats(vec![2], vec![0.5, 0.25])),
        ("b.bias".to_owned(), Tensor::Floats(vec![2], vec![0.0, 1.0])),
        ("wide.weight".to_owned(), Tensor::Bytes(vec![1, 3], vec![1, -128, 3])),
        ("wide.bias".to_owned(), Tensor::Floats(vec![1], vec![0.0])),
        ("broken.weight".to_owned(), Tensor::Floats(vec![2], vec![1.0, f32::NAN])),
    ]
}

fn file() -> Vec<u8> {
    seal(r#"{"encoder":{}}"#, &tensors()).expect("tensors have the sizes they state")
}

/// Returns the message of what must fail.
fn message<T>(result: Result<T, Error>) -> String {
    result.err().map_or_else(|| "no error".to_owned(), |error| error.to_string())
}

#[test]
fn tensors_come_back() {
    let file = file();
    let weights = Weights::parse(&file).unwrap();
    assert_eq!(weights.config_json(), r#"{"encoder":{}}"#);
    assert_eq!(weights.floats("a.weight", &[2, 3]).unwrap(), [1.0, 2.0, 3.0, 4.0, 5.0, 6.0]);
    assert_eq!(weights.bytes("b.weight", &[2, 3]).unwrap(), [1, -2, 3, -127, 127, 0]);
    assert!(weights.has("b.scale") && !weights.has("c.scale"));
    assert!(weights.is_bytes("b.weight").unwrap() && !weights.is_bytes("a.weight").unwrap());
}

#[test]
fn wrong_tensors_are_named() {
    let file = file();
    let weights = Weights::parse(&file).unwrap();
    let cases = [
        (message(weights.floats("c", &[1])), "weights: tensor c is missing"),
        (message(weights.floats("a.weight", &[3, 2])), "weights: tensor a.weight has shape [2, 3], expected [3, 2]"),
        (message(weights.floats("b.weight", &[2, 3])), "weights: tensor b.weight has type I8, expected F32"),
        (message(weights.bytes("a.bias", &[2])), "weights: tensor a.bias has type F32, expected I8"),
        (
            message(weights.floats("broken.weight", &[2])),
            "weights: tensor broken.weight holds NaN, expected finite numbers",
        ),
        (message(Linear::load(&weights, "wide", 1, 3)), "weights: tensor wide.weight holds -128, expected -127..=127"),
        (message(Linear::load(&weights, "a", 2, 4)), "weights: tensor a.weight has shape [2, 3], expected [2, 4]"),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
}

#[test]
fn damage_is_found() {
    let whole = file();
    let with = |at: usize, byte: u8| {
        let mut file = whole.clone();
        file[at] = byte;
        message(Weights::parse(&file))
    };
    assert_eq!(with(0, b'X'), "weights: not a weights file (wrong magic)");
    assert_eq!(with(8, 2), "weights: format version 2, expected 1");
    for at in [12, 44, 60, whole.len() - 1] {
        assert_eq!(with(at, !whole[at]), "weights: sha256 does not match");
    }
    for length in [0, 7, 8, 11, 12, 43] {
        assert_eq!(message(Weights::parse(&whole[..length])), "weights: file ends inside its header");
    }
    for length in [44, 45, whole.len() - 1] {
        assert_eq!(message(Weights::parse(&whole[..length])), "weights: sha256 does not match");
    }
}

#[test]
fn wrong_configurations_are_named() {
    let load = |json: &str| {
        let file = seal(json, &tensors()).unwrap();
        message(Encoder::load(&Weights::parse(&file).unwrap()))
    };
    let config = |hidden: usize, heads: usize| {
        load(&format!(
            r#"{{"encoder":{{"hidden":{hidden},"layers":1,"heads":{heads},"ff":64,"max_positions":8,"vocab":9,"features":[8,5,3]}}}}"#
        ))
    };
    assert!(load("{}").starts_with("weights: config: missing field `encoder`"));
    assert_eq!(config(40, 4), "weights: config: encoder.hidden is 40, expected a multiple of 16");
    assert_eq!(config(32, 5), "weights: config: encoder.heads is 5, expected a divisor of hidden");
    assert_eq!(config(32, 4), "weights: tensor embed.word.weight is missing");
}

#[test]
fn made_up_weights_are_the_same_each_time() {
    let file = || made_up_weights(TINY, Precision::Bytes, 3).unwrap();
    let read = |file: &[u8]| Weights::parse(file).unwrap().bytes("layers.1.up.weight", &[64, 32]).unwrap();
    assert_eq!(read(&file()), read(&file()));
}

#[test]
fn both_kinds_of_layer_multiply() {
    let file = file();
    let weights = Weights::parse(&file).unwrap();
    let floats = Linear::load(&weights, "a", 2, 3).unwrap();
    let bytes = Linear::load(&weights, "b", 2, 3).unwrap();
    for kernel in Kernel::available() {
        let (mut rows, mut to) = (Rows::default(), [0.0; 4]);
        floats.apply(kernel, &[1.0, 0.0, -1.0, 2.0, 2.0, 2.0], &mut rows, &mut to);
        assert_eq!(to, [-1.5, -2.5, 12.5, 29.5], "{kernel}");
        // Values on the steps of an activation, so that nothing is lost.
        bytes.apply(kernel, &[0.0, 4095.0, 64.0, 0.0, 0.0, 4095.0], &mut rows, &mut to);
        assert_eq!(to, [-3999.0, 130_017.25, 6142.5, 1.0], "{kernel}");
    }
}
