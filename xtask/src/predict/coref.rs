//! Which mentions are one and the same: whole texts, and single pronouns between two names (GAP).

use anyhow::{Context, Result};
use reportedly::record::{MentionForm, Record, Span};
use reportedly::{Engine, Given};

use crate::forms::{self, ClusterMention, Clusters, GapAnswer, GapGiven};
use crate::threads::in_order;

/// Predicts the clusters of texts.
pub(crate) fn clusters(engine: &Engine, rows: &[forms::Given], threads: usize) -> Result<Vec<Clusters>> {
    in_order("coref", rows, threads, |row, desk| {
        let report = reportedly::report_from_text(&row.text, &Given::default())
            .with_context(|| format!("document {}", row.id))?;
        let shift = row.text.chars().count() - report.text.as_str().chars().count();
        let chains = engine.chains(&report, desk);
        let mention = |cluster: usize, span: &Span| ClusterMention {
            start: span.chars().start + shift,
            end: span.chars().end + shift,
            cluster: cluster.to_string(),
        };
        let mentions = chains.iter().enumerate().flat_map(|(i, chain)| chain.iter().map(move |span| mention(i, span)));
        Ok(Clusters { id: row.id.clone(), mentions: mentions.collect() })
    })
}

/// Answers for each of two names whether a pronoun stands for it, from the record of the whole text.
pub(crate) fn gap(engine: &Engine, rows: &[GapGiven], threads: usize) -> Result<Vec<GapAnswer>> {
    in_order("gap", rows, threads, |row, desk| {
        let report = reportedly::report_from_text(&row.text, &Given::default())
            .with_context(|| format!("document {}", row.id))?;
        let shift = row.text.chars().count() - report.text.as_str().chars().count();
        let record = engine.read(&report, desk);
        let span = |s: forms::Spot| {
            record.report.text.span_of_chars(s.start.saturating_sub(shift)..s.end.saturating_sub(shift))
        };
        let pronoun = span(row.pronoun);
        let answer = |name: forms::Spot| is_one(&record, pronoun, span(name));
        Ok(GapAnswer { id: row.id.clone(), a: answer(row.a), b: answer(row.b) })
    })
}

/// Whether an entity has both a pronoun and a mention by that name there.
fn is_one(record: &Record, pronoun: Span, name: Span) -> bool {
    let at = |fits: &dyn Fn(&reportedly::record::Mention) -> bool| {
        record.mentions.iter().filter(|m| fits(m)).map(|m| m.id).collect::<Vec<_>>()
    };
    let pronouns = at(&|m| m.form == MentionForm::Pronoun && m.evidence.span == pronoun);
    let named = |m: &reportedly::record::Mention| {
        m.form != MentionForm::Pronoun
            && (m.evidence.span.covers(name) && m.form == MentionForm::Name || name.covers(m.evidence.span))
    };
    let names = at(&named);
    record.entities.iter().any(|entity| {
        pronouns.iter().any(|id| entity.mentions.contains(id)) && names.iter().any(|id| entity.mentions.contains(id))
    })
}
