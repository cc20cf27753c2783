//! Heads from a file of their own ride on a model's states and leave its other scores as they are.

use reportedly_model::{Desk, Error, Model, Tensor, Token, seal};

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
