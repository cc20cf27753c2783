//! The weights file: a digest, a configuration and named tensors.
//!
//! Layout, in order: eight bytes of magic, the format version as a little-endian `u32`, the
//! sha256 of everything that follows, and a `safetensors` file whose metadata holds one entry,
//! `config`, a JSON text.

use std::collections::HashMap;

use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use sha2::{Digest, Sha256};

use crate::Error;

const MAGIC: &[u8; 8] = b"RPTDLY\0\x01";
const VERSION: u32 = 1;
const DIGEST: usize = 32;

/// A weights file that was read and found whole. It borrows the bytes.
#[derive(Debug)]
pub struct Weights<'a> {
    tensors: SafeTensors<'a>,
    config: String,
}

impl<'a> Weights<'a> {
    /// Checks magic, version and digest, and indexes the tensors.
    ///
    /// # Errors
    ///
    /// When the bytes are not a weights file of this version, or are damaged.
    pub fn parse(bytes: &'a [u8]) -> Result<Weights<'a>, Error> {
        let body = unseal(bytes)?;
        let (_, header) = SafeTensors::read_metadata(body)?;
        let config =
            header.metadata().as_ref().and_then(|entries| entries.get("config")).ok_or(Error::NoConfig)?.clone();
        let tensors = SafeTensors::deserialize(body)?;
        Ok(Weights { tensors, config })
    }

    /// Returns the configuration, a JSON text.
    pub fn config_json(&self) -> &str {
        &self.config
    }

    /// Returns whether the file has a tensor of this name.
    pub fn has(&self, name: &str) -> bool {
        self.tensors.tensor(name).is_ok()
    }

    /// Returns whether a tensor holds signed bytes rather than floats.
    ///
    /// # Errors
    ///
    /// When the tensor is missing or holds neither.
    pub fn is_bytes(&self, name: &str) -> Result<bool, Error> {
        match self.view(name)?.dtype() {
            Dtype::I8 => Ok(true),
            Dtype::F32 => Ok(false),
            other => Err(wrong_type(name, other, "F32 or I8")),
        }
    }

    /// Returns the floats of a tensor, row by row. All of them are finite.
    ///
    /// # Errors
    ///
    /// When the tensor is missing, has another type or shape, or holds a value that is not finite.
    pub fn floats(&self, name: &str, shape: &[usize]) -> Result<Vec<f32>, Error> {
        let view = self.shaped(name, shape, Dtype::F32, "F32")?;
        let (quads, _) = view.data().as_chunks::<4>();
        let floats: Vec<f32> = quads.iter().map(|quad| f32::from_le_bytes(*quad)).collect();
        match floats.iter().find(|float| !float.is_finite()) {
            Some(float) => {
                Err(Error::Value { name: name.to_owned(), found: float.to_string(), expected: "finite numbers" })
            }
            None => Ok(floats),
        }
    }

    /// Returns the signed bytes of a tensor, row by row.
    ///
    /// # Errors
    ///
    /// When the tensor is missing or has another type or shape.
    pub fn bytes(&self, name: &str, shape: &[usize]) -> Result<Vec<i8>, Error> {
        let view = self.shaped(name, shape, Dtype::I8, "I8")?;
        Ok(view.data().iter().map(|byte| byte.cast_signed()).collect())
    }

    fn shaped(
        &self,
        name: &str,
        shape: &[usize],
        dtype: Dtype,
        expected: &'static str,
    ) -> Result<TensorView<'a>, Error> {
        let view = self.view(name)?;
        if view.dtype() != dtype {
            return Err(wrong_type(name, view.dtype(), expected));
        }
        if view.shape() != shape {
            return Err(Error::Shape { name: name.to_owned(), found: view.shape().to_vec(), expected: shape.to_vec() });
        }
        Ok(view)
    }

    fn view(&self, name: &str) -> Result<TensorView<'a>, Error> {
        self.tensors.tensor(name).map_err(|_| Error::Missing { name: name.to_owned() })
    }
}

/// A tensor to be written: floats or signed bytes, and their dimensions.
#[derive(Debug, Clone)]
pub enum Tensor {
    /// Floats, row by row.
    Floats(Vec<usize>, Vec<f32>),
    /// Signed bytes, row by row.
    Bytes(Vec<usize>, Vec<i8>),
}

/// Returns the bytes of a weights file that holds these tensors.
///
/// # Errors
///
/// When a tensor has more or fewer values than its dimensions say.
pub fn seal(config_json: &str, tensors: &[(String, Tensor)]) -> Result<Vec<u8>, Error> {
    let raw: Vec<Vec<u8>> = tensors
        .iter()
        .map(|(_, tensor)| match tensor {
            Tensor::Floats(_, floats) => floats.iter().flat_map(|v| v.to_le_bytes()).collect(),
            Tensor::Bytes(_, bytes) => bytes.iter().map(|v| v.cast_unsigned()).collect(),
        })
        .collect();
    let mut views = Vec::with_capacity(tensors.len());
    for ((name, tensor), raw) in tensors.iter().zip(&raw) {
        let (dtype, shape) = match tensor {
            Tensor::Floats(shape, _) => (Dtype::F32, shape),
            Tensor::Bytes(shape, _) => (Dtype::I8, shape),
        };
        views.push((name, TensorView::new(dtype, shape.clone(), raw)?));
    }
    let entries = HashMap::from([("config".to_owned(), config_json.to_owned())]);
    Ok(sealed(&safetensors::serialize(views, Some(entries))?))
}

fn sealed(body: &[u8]) -> Vec<u8> {
    let mut file = Vec::with_capacity(MAGIC.len() + 4 + DIGEST + body.len());
    file.extend_from_slice(MAGIC);
    file.extend_from_slice(&VERSION.to_le_bytes());
    file.extend_from_slice(&Sha256::digest(body));
    file.extend_from_slice(body);
    file
}

fn unseal(bytes: &[u8]) -> Result<&[u8], Error> {
    let (magic, rest) = bytes.split_first_chunk::<8>().ok_or(Error::Truncated)?;
    if magic != MAGIC {
        return Err(Error::Magic);
    }
    let (version, rest) = rest.split_first_chunk::<4>().ok_or(Error::Truncated)?;
    let found = u32::from_le_bytes(*version);
    if found != VERSION {
        return Err(Error::Version { found, expected: VERSION });
    }
    let (digest, body) = rest.split_first_chunk::<DIGEST>().ok_or(Error::Truncated)?;
    if Sha256::digest(body).as_slice() != digest {
        return Err(Error::Digest);
    }
    Ok(body)
}

fn wrong_type(name: &str, found: Dtype, expected: &'static str) -> Error {
    Error::Type { name: name.to_owned(), found: format!("{found:?}"), expected }
}
