//! A layer of weights: outputs = inputs times weights plus bias.

use crate::attention::grow;
use crate::kernel::product::{MAX_INPUTS, MAX_WEIGHT, Panels, product};
use crate::matmul::{Matrix, Target, pack_matmul};
use crate::{Error, Kernel, Weights, math};

pub use crate::kernel::product::Rows;

/// A layer of weights in floats, or in bytes with a scale for each output.
#[derive(Debug, Clone)]
pub struct Linear {
    inputs: usize,
    outputs: usize,
    form: Form,
}

#[derive(Debug, Clone)]
enum Form {
    Floats { panels: Vec<f32>, bias: Vec<f32> },
    Bytes(Panels),
}

impl Linear {
    /// Loads `NAME.weight` (floats, or bytes with `NAME.scale`) and `NAME.bias`.
    ///
    /// # Errors
    ///
    /// When one of them is missing, has another shape, or holds bytes beyond -127..=127
    /// or more inputs than sums of 32 bits can take.
    pub fn load(weights: &Weights<'_>, name: &str, outputs: usize, inputs: usize) -> Result<Linear, Error> {
        let weight = format!("{name}.weight");
        let bias = weights.floats(&format!("{name}.bias"), &[outputs])?;
        let form = if weights.is_bytes(&weight)? {
            if inputs > MAX_INPUTS {
                return Err(Error::Value { name: weight, found: format!("{inputs} inputs"), expected: "4096 at most" });
            }
            let bytes = weights.bytes(&weight, &[outputs, inputs])?;
            if let Some(found) = bytes.iter().find(|byte| !(-MAX_WEIGHT..=MAX_WEIGHT).contains(byte)) {
                return Err(Error::Value { name: weight, found: found.to_string(), expected: "-127..=127" });
            }
            let scale = weights.floats(&format!("{name}.scale"), &[outputs])?;
            Form::Bytes(Panels::pack(&bytes, inputs, &scale, &bias))
        } else {
            let floats = weights.floats(&weight, &[outputs, inputs])?;
            let columns = Matrix { values: &floats, stride: inputs, rows: outputs, columns: inputs };
            let mut panels = vec![0.0; columns.packed()];
            columns.pack(1.0, &mut panels);
            Form::Floats { panels, bias }
        };
        Ok(Linear { inputs, outputs, form })
    }

    /// Returns how many inputs a row has.
    pub fn inputs(&self) -> usize {
        self.inputs
    }

    /// Returns how many outputs a row has.
    pub fn outputs(&self) -> usize {
        self.outputs
    }

    /// Writes the outputs of each row of `from` to `to`. `rows` is working storage.
    ///
    /// # Panics
    ///
    /// When `from` and `to` do not hold the same number of whole rows.
    pub fn apply(&self, kernel: Kernel, from: &[f32], rows: &mut Rows, to: &mut [f32]) {
        let count = from.len() / self.inputs;
        assert_eq!(from.len(), count * self.inputs, "inputs are whole rows");
        assert_eq!(to.len(), count * self.outputs, "outputs are as many rows as inputs");
        match &self.form {
            Form::Floats { panels, bias } => {
                let inputs = self.inputs;
                let left = Matrix { values: from, stride: inputs, rows: count, columns: inputs };
                grow(&mut rows.floats, left.packed());
                let outputs = self.outputs;
                let mut target = Target { values: &mut *to, stride: outputs, rows: count, columns: outputs };
                pack_matmul(kernel, left, &mut rows.floats, panels, &mut target);
                for row in to.chunks_exact_mut(self.outputs) {
                    row.iter_mut().zip(bias).for_each(|(value, bias)| *value += bias);
                }
            }
            Form::Bytes(panels) => {
                math::quantise(kernel, from, self.inputs, rows);
                product(kernel, rows, panels, to);
            }
        }
    }
}
