//! The one error of this crate.

/// What went wrong with an engine. What went wrong with a report is [`IntakeError`](crate::IntakeError).
#[derive(Debug, thiserror::Error)]
#[error(transparent)]
pub struct Error(#[from] Inner);

#[derive(Debug, thiserror::Error)]
pub(crate) enum Inner {
    #[error("model {name}: {source}")]
    Model { name: String, source: reportedly_model::Error },
    #[error("model {name} cannot be read: {source}")]
    Unreadable { name: String, source: std::io::Error },
    #[error("{0}")]
    Gazetteer(reportedly_place::Error),
    #[error("this processor has no kernel {name}, but {available}")]
    NoKernel { name: String, available: String },
}
