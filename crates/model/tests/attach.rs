//! Heads from a file of their own ride on a model's states and leave its other scores as they are.

use reportedly_model::{Desk, EncoderConfig, Error, Model, Tensor, Token, Weights, seal};
use sha2::{Digest, Sha256};

static FLOATS: &[u8] = include_bytes!("tiny/floats.weights");

/// A file of one head of two columns, a CRF-less layer of two inputs among its tensors.
fn heads(on: &str, hidden: usize) -> Vec<u8> {
    let config = format!(
        r#"{{"name": "extra", "on": "{on}", "heads": [{{"name": "pair", "size": 2, "labels": ["no", "yes"]}}],
            "layers": [{{"name": "joined", "inputs": 2, "outputs": 1}}]}}"#
    );
    let weight = (0..2 * hidden).map(|i| if i == 0 || i == hidden + 1 { 1.0 } else { 0.0 }).collect();
    let tensors = [
        ("heads.weight", Tensor::Floats(vec![2, hidden], weight)),
        ("heads.bias", Tensor::Floats(vec![2], vec![0.0, 100.0])),
        ("joined.weight", Tensor::Floats(vec![1, 2], vec![2.0, 3.0])),
        ("joined.bias", Tensor::Floats(vec![1], vec![0.5])),
    ];
    seal(&config, &tensors.map(|(name, tensor)| (name.to_owned(), tensor))).expect("shapes fit")
}

#[test]
fn attached_heads_read_the_same_states() {
    let plain = Model::parse(FLOATS).unwrap();
    let hidden = plain.encoder().config().hidden;
    let more = Model::parse(FLOATS).unwrap().attach(&heads(plain.digest(), hidden)).unwrap();
    let words: Vec<Token<'_>> =
        ["The", "port", "reopened", "."].map(|text| Token { text, features: [0, 0, 0], may_begin: false }).to_vec();
    let (without, with) = (plain.scores(&words, &mut Desk::default()), more.scores(&words, &mut Desk::default()));
    let head = with.head("pair").expect("it is attached");
    assert_eq!(head.labels, ["no", "yes"]);
    assert_eq!((0..words.len()).map(|word| head.best(word)).collect::<Vec<_>>(), ["yes"; 4]);
    assert!(without.head("pair").is_none());
    let own = |scores: &reportedly_model::Scores| {
        (0..words.len()).map(|word| scores.head("upos").unwrap().row(word).to_vec()).collect::<Vec<_>>()
    };
    assert_eq!(own(&without), own(&with));
    let layer = with.layer("joined").expect("it is attached");
    assert_eq!((layer.apply(&[1.0, 2.0]), layer.apply_ones(&[1])), (vec![8.5], vec![3.5]));
    assert!(more.signature().contains(" + extra "), "{}", more.signature());
}

#[test]
fn heads_of_another_model_are_refused() {
    let model = Model::parse(FLOATS).unwrap();
    let hidden = model.encoder().config().hidden;
    let Err(error) = model.attach(&heads("0123456789ab", hidden)) else { panic!("they were taken") };
    assert!(matches!(error, Error::Other { .. }));
    assert!(error.to_string().contains("were made for model 0123456789ab"), "{error}");
}

/// A head that shows the states it reads.
fn mirror(name: &str, on: &str, hidden: usize) -> Vec<u8> {
    let config = format!(r#"{{"name": "{name}", "on": "{on}", "heads": [{{"name": "{name}", "size": {hidden}}}]}}"#);
    seal(&config, &shown(hidden)).expect("shapes fit")
}

fn shown(hidden: usize) -> [(String, Tensor); 2] {
    let unit = (0..hidden * hidden).map(|i| if i / hidden == i % hidden { 1.0 } else { 0.0 }).collect();
    [
        ("heads.weight".to_owned(), Tensor::Floats(vec![hidden, hidden], unit)),
        ("heads.bias".to_owned(), Tensor::Floats(vec![hidden], vec![0.0; hidden])),
    ]
}

/// A top from a layer on: the model's own layers, but for `more` on every state, and a head that shows the states.
fn top(on: &str, from: usize, more: f32) -> Vec<u8> {
    let hidden = Model::parse(FLOATS).expect("the tiny model is whole").encoder().config().hidden;
    let head = format!(r#"{{"name": "top", "size": {hidden}}}"#);
    let config = format!(r#"{{"name": "top", "on": "{on}", "from": {from}, "heads": [{head}]}}"#);
    seal(&config, &[&shown(hidden)[..], &layers(from, more)].concat()).expect("shapes fit")
}

/// The model's own layers from one on, but for `more` on every state.
fn layers(from: usize, more: f32) -> Vec<(String, Tensor)> {
    let weights = Weights::parse(FLOATS).expect("the tiny model is whole");
    let EncoderConfig { hidden, ff, layers, .. } =
        EncoderConfig::from_json(weights.config_json()).expect("the tiny model is whole");
    let mut tensors = Vec::new();
    for layer in from..layers {
        let parts: [(&str, &[usize]); 12] = [
            ("qkv.weight", &[3 * hidden, hidden]),
            ("qkv.bias", &[3 * hidden]),
            ("out.weight", &[hidden, hidden]),
            ("out.bias", &[hidden]),
            ("up.weight", &[ff, hidden]),
            ("up.bias", &[ff]),
            ("down.weight", &[hidden, ff]),
            ("down.bias", &[hidden]),
            ("norm1.weight", &[hidden]),
            ("norm1.bias", &[hidden]),
            ("norm2.weight", &[hidden]),
            ("norm2.bias", &[hidden]),
        ];
        for (part, shape) in parts {
            let name = format!("layers.{layer}.{part}");
            let mut values = weights.floats(&name, shape).expect("the tiny model is whole");
            if layer + 1 == layers && part == "norm2.bias" {
                values.iter_mut().for_each(|value| *value += more);
            }
            tensors.push((name, Tensor::Floats(shape.to_vec(), values)));
        }
    }
    tensors
}

#[test]
fn a_top_goes_on_from_a_lower_layer_and_leaves_the_model_as_it_is() {
    let plain = Model::parse(FLOATS).unwrap();
    let (hidden, layers) = (plain.encoder().config().hidden, plain.encoder().config().layers);
    let words: Vec<Token<'_>> =
        ["The", "port", "reopened", "."].map(|text| Token { text, features: [0, 0, 0], may_begin: false }).to_vec();
    for from in 0..layers {
        let top = top(plain.digest(), from, 1.0);
        let digest: String = Sha256::digest(&top).iter().take(6).map(|byte| format!("{byte:02x}")).collect();
        let model = Model::parse(FLOATS).unwrap().attach(&mirror("own", plain.digest(), hidden)).unwrap();
        let model = model.attach(&top).unwrap().attach(&mirror("rider", &digest, hidden)).unwrap();
        let scores = model.scores(&words, &mut Desk::default());
        let row = |head: &str, word| scores.head(head).unwrap().row(word).to_vec();
        for word in 0..words.len() {
            let own: Vec<f32> = row("own", word).iter().map(|value| value + 1.0).collect();
            let far = row("top", word).iter().zip(&own).map(|(a, b)| (a - b).abs()).fold(0.0, f32::max);
            assert!(far < 1e-5, "from {from}, word {word}: {far}");
            assert_eq!(row("top", word), row("rider", word));
        }
        let before = plain.scores(&words, &mut Desk::default());
        assert_eq!(before.head("upos").unwrap().row(1), scores.head("upos").unwrap().row(1));
    }
    let Err(error) = Model::parse(FLOATS).unwrap().attach(&top(plain.digest(), layers, 1.0)) else {
        panic!("a top without layers was taken")
    };
    assert!(error.to_string().contains("from"), "{error}");
}
