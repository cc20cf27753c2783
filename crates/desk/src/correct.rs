//! Corrections as a person gives them: by the ids that commands print, or by names.

use reportedly_record::{Id, Kind, Record, Status};
use reportedly_store::{Error, Evidence, Fix, Store, Writer, days, fits};

/// Says that two names, or two entities of a report, are one. Returns the correction's number.
///
/// # Errors
///
/// When either is not there, or it is not clear who is meant.
pub fn fix_merge(writer: &mut Writer, from: &str, into: &str) -> Result<i64, Error> {
    if let (Ok(goes), Ok(stays)) = (from.parse::<Id>(), into.parse::<Id>()) {
        let (identity, record) = holder(writer, stays)?;
        let fix = Fix::SameEntity { at: evidence(&record, stays)?, other: evidence(&record, goes)? };
        return made(writer, &identity, &fix, stays);
    }
    let (from, into) = (key(writer, from)?, key(writer, into)?);
    if from == into {
        return Err(Error::Unknown(format!("{from} is one name already")));
    }
    writer.correct(None, &Fix::SameName { from, into })
}

/// Says that an entity is another than its name tells, or that a mention is of one of its own.
///
/// # Errors
///
/// When there is no such item.
pub fn fix_split(writer: &mut Writer, id: Id, known_as: Option<&str>) -> Result<i64, Error> {
    let (identity, record) = holder(writer, id)?;
    let at = evidence(&record, id)?;
    let fix = match id.kind() {
        Kind::Mention => Fix::OwnEntity { at },
        _ => Fix::OtherName { at, known_as: known_as.map_or_else(|| id.to_string(), str::to_owned) },
    };
    made(writer, &identity, &fix, id)
}

/// Says who says it.
///
/// # Errors
///
/// When there is no such attribution.
pub fn fix_speaker(writer: &mut Writer, id: Id, name: &str) -> Result<i64, Error> {
    on(writer, id, |at| Fix::Speaker { at, name: name.to_owned() })
}

/// Says when it is: a day, or first and last with a slash between them.
///
/// # Errors
///
/// When there is no such event or time, or the value is no day.
pub fn fix_date(writer: &mut Writer, id: Id, value: &str) -> Result<i64, Error> {
    if days(value).is_none() {
        return Err(Error::Unknown(format!("{value} is no day such as 2026-11-16, nor two with a slash between them")));
    }
    on(writer, id, |at| Fix::Date { at, value: value.to_owned() })
}

/// Says which status an event has.
///
/// # Errors
///
/// When there is no such event.
pub fn fix_status(writer: &mut Writer, id: Id, status: Status) -> Result<i64, Error> {
    on(writer, id, |at| Fix::Status { at, status })
}

/// Takes an item out.
///
/// # Errors
///
/// When there is no such item.
pub fn fix_reject(writer: &mut Writer, id: Id) -> Result<i64, Error> {
    on(writer, id, |at| Fix::Reject { at })
}

/// Adds a remark on an item, or on a report by its id or address.
///
/// # Errors
///
/// When there is no such item or report.
pub fn fix_note(writer: &mut Writer, about: &str, says: &str) -> Result<i64, Error> {
    let says = says.to_owned();
    match about.parse::<Id>().ok().filter(|id| id.kind() != Kind::Report) {
        Some(id) => on(writer, id, |at| Fix::Note { at: Some(at), says }),
        None => {
            let revisions = writer.revisions(about)?;
            let revision = revisions.last().ok_or_else(|| Error::Unknown(format!("no report {about} in the store")))?;
            let identity = revision.identity.clone();
            writer.correct(Some(&identity), &Fix::Note { at: None, says })
        }
    }
}

fn on(writer: &mut Writer, id: Id, fix: impl FnOnce(Evidence) -> Fix) -> Result<i64, Error> {
    let (identity, record) = holder(writer, id)?;
    let fix = fix(evidence(&record, id)?);
    made(writer, &identity, &fix, id)
}

fn made(writer: &mut Writer, identity: &str, fix: &Fix, id: Id) -> Result<i64, Error> {
    if !fits(fix, id) {
        return Err(Error::Unknown(format!("{id} is nothing that can be corrected so")));
    }
    writer.correct(Some(identity), fix)
}

/// The report that holds an item, and its record with the corrections that stand.
fn holder(store: &Store, id: Id) -> Result<(String, Record), Error> {
    let found = store.holder_of(id)?.ok_or_else(|| Error::Unknown(format!("nothing in the store has the id {id}")))?;
    let corrected = store.record(found.row)?;
    // What was rejected can only be found as it was read.
    let record = if corrected.item(id).is_some() { corrected } else { store.record_as_read(found.row)? };
    Ok((found.identity, record))
}

fn evidence(record: &Record, id: Id) -> Result<Evidence, Error> {
    let none = || Error::Unknown(format!("{id} stands on no words of the report, and a correction follows words"));
    let evidence = Evidence::of(record, id).ok_or_else(none)?;
    match evidence.find(record) {
        Ok(found) if found == id => Ok(evidence),
        Ok(other) => Err(Error::Unknown(format!("{id} stands on the same words as {other}, which is meant instead"))),
        Err(lost) => Err(Error::Unknown(format!("{id} cannot be told apart: {}", lost.says()))),
    }
}

/// The key of the one name that a person can mean.
fn key(store: &Store, name: &str) -> Result<String, Error> {
    let named = store.who(name, usize::MAX)?;
    let same =
        |key: &str| key.split_once(':').is_some_and(|(_, words)| words == reportedly_store::name_words(name).join(" "));
    let exact: Vec<&str> = named.iter().map(|one| one.key.as_str()).filter(|key| *key == name || same(key)).collect();
    let all: Vec<&str> = named.iter().map(|one| one.key.as_str()).collect();
    match (exact.as_slice(), all.as_slice()) {
        ([one], _) | ([], [one]) => Ok((*one).to_owned()),
        _ => Err(Error::Unknown(format!("{name} can be any of: {}; give the one that is meant", all.join(", ")))),
    }
}
