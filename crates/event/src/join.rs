//! Which mentions are of one event. Joined only where the text leaves little doubt: different meetings are never merged.

use reportedly_record::{Id, Reading, Status};

use crate::mention::Mention;
use crate::part::Player;

/// Sentences that a definite noun may lie behind what it takes up.
const NEAR: usize = 8;

/// Mentions that are compared with a new one at the most.
const MOST_COMPARED: usize = 200;

/// Returns the mentions of each event, as indices, in text order.
pub(crate) fn joined(reading: &Reading<'_>, mentions: &[Mention]) -> Vec<Vec<usize>> {
    let mut events: Vec<Vec<usize>> = Vec::new();
    for (i, mention) in mentions.iter().enumerate() {
        let of = events
            .iter()
            .enumerate()
            .rev()
            .take(MOST_COMPARED)
            .filter(|(_, event)| is_same(reading, mentions, event, mention))
            .map(|(at, event)| (closeness(mentions, event, mention), at))
            .max()
            .map(|(_, at)| at);
        match of.or_else(|| occasion(mentions, &events, mention)) {
            Some(at) => events[at].push(i),
            None => events.push(vec![i]),
        }
    }
    events
}

/// Sentences that "the meeting" may lie behind talks that go by another name.
const NEAR_TALKS: usize = 2;

/// "The cabinet discussed the step. The meeting lasted an hour": where no meeting was told before, the occasion of the talks that were told
/// last.
fn occasion(mentions: &[Mention], events: &[Vec<usize>], new: &Mention) -> Option<usize> {
    let talks = |m: &Mention| matches!(m.entry.kind.name, "meet" | "talk");
    let takes_up = new.is_noun
        && new.is_definite
        && !new.is_further
        && !new.is_plural
        && talks(new)
        && new.players.is_empty()
        && !new.has_unnamed
        && new.times.is_empty()
        && new.places.is_empty();
    let last = |event: &[usize]| event.last().map(|m| &mentions[*m]);
    let met_before =
        || events.iter().any(|e| e.first().is_some_and(|m| mentions[*m].entry.kind.name == new.entry.kind.name));
    if !takes_up || met_before() {
        return None;
    }
    let told = |m: &Mention| !matches!(m.sense.status, Status::Generic | Status::DidNotHappen);
    let near = |m: &Mention| m.sentence < new.sentence && new.sentence - m.sentence <= NEAR_TALKS;
    events.iter().rposition(|e| last(e).is_some_and(|m| talks(m) && !m.is_noun && told(m) && near(m)))
}

/// How well an event answers to a mention: shared participants, then nearness.
fn closeness(mentions: &[Mention], event: &[usize], mention: &Mention) -> (usize, usize) {
    let shared = mention.players.iter().filter(|p| event.iter().any(|e| plays(&mentions[*e], p.entity))).count();
    (shared, event.last().copied().unwrap_or_default())
}

fn plays(mention: &Mention, entity: Id) -> bool {
    mention.players.iter().any(|p| p.entity == entity)
}

fn is_same(reading: &Reading<'_>, mentions: &[Mention], event: &[usize], new: &Mention) -> bool {
    let of = |i: &usize| &mentions[*i];
    let (Some(first), Some(last)) = (event.first().map(of), event.last().map(of)) else { return false };
    if first.entry.kind.name != new.entry.kind.name || new.is_further || first.entry.kind.name == "event" {
        return false;
    }
    // Two words of one sentence are two events, but where one takes the other up.
    if event.iter().map(of).any(|m| m.sentence == new.sentence) && !(new.is_definite && new.players.is_empty()) {
        return false;
    }
    if event.iter().map(of).any(|m| is_apart(reading, m, new)) {
        return false;
    }
    let all_players = || event.iter().map(of).flat_map(|m| &m.players);
    let shared = new.players.iter().filter(|p| all_players().any(|q| q.entity == p.entity)).count();
    let same_roles = new.players.iter().all(|p| {
        let mut in_role = all_players().filter(|q| q.role == p.role).peekable();
        in_role.peek().is_none() || in_role.any(|q| q.entity == p.entity)
    });
    let said = |m: &Mention| reading.text().slice(m.trigger).to_lowercase();
    // The very noun that it was called by before may lie further off.
    let again = || event.iter().map(of).any(|m| m.is_noun && said(m) == said(new));
    let near = new.sentence.saturating_sub(last.sentence) <= NEAR || new.is_noun && again();
    // "The law", "the ruling" and "the amendment" are all policy and seldom one.
    let by_its_name = || {
        let base = new.entry.base;
        again() || event.iter().map(of).any(|m| !base.is_empty() && m.entry.base == base)
    };
    let takes_up = new.is_noun && new.is_definite && near && (new.entry.kind.name != "policy" || by_its_name());
    let symmetric = new.players.iter().any(|p| p.role == "party");
    // "Minister to open line" in the headline, and who that is in the lead.
    let lead = first.in_headline && event.len() == 1 && new.sentence.saturating_sub(first.sentence) <= 3;
    if lead && !first.entry.base.is_empty() && first.entry.base == new.entry.base && is_named_later(reading, first, new)
    {
        return true;
    }
    match () {
        () if !same_roles && !symmetric => false,
        // The headline says first what the lead says again.
        () if first.in_headline && event.len() == 1 => {
            let lead = new.sentence.saturating_sub(first.sentence) <= 3;
            lead && (shared > 0 || new.players.is_empty() || first.players.is_empty())
        }
        () if takes_up && new.players.is_empty() => {
            !new.has_unnamed && is_latest(mentions, event, new) && first.is_plural <= new.is_plural
        }
        // "That meeting was attended by her too": it adds to those who are known.
        () if new.is_pointed && new.sentence - last.sentence <= 1 && is_latest(mentions, event, new) => true,
        () if takes_up => shared > 0,
        () if new.is_noun || symmetric => shared >= 2 && shared == new.players.len(),
        () => {
            shared >= 2 || shared == 1 && new.players.len() == 1 && (is_once(new) || near && is_taken_back(last, new))
        }
    }
}

/// "She has not been arrested, police said. A paper reported that she had been taken into custody": one says what the other
/// says is not so, of the same one it is done to.
fn is_taken_back(last: &Mention, new: &Mention) -> bool {
    let told = |m: &Mention, of: &[Status]| !m.sense.is_open && of.contains(&m.sense.status);
    let (not, done) = ([Status::DidNotHappen, Status::Denied], [Status::Happened]);
    let done_to = new.players.iter().any(|p| matches!(p.role, "victim" | "target"));
    let against = told(last, &not) && told(new, &done) || told(last, &done) && told(new, &not);
    done_to && against && last.voice != new.voice && new.sentence - last.sentence <= 2
}

/// Whether two mentions differ in nothing but that the first leaves some of those without a name who have one in the second.
fn is_named_later(reading: &Reading<'_>, first: &Mention, new: &Mention) -> bool {
    let is_named = |id: Id| reading.record.entities.iter().any(|e| e.id == id && e.name.is_some());
    let other = |role: &'static str| new.players.iter().filter(move |p| p.role == role);
    let fits = |p: &Player| {
        let mut of_role = other(p.role).peekable();
        of_role.peek().is_none() || of_role.any(|q| q.entity == p.entity || !is_named(p.entity) && is_named(q.entity))
    };
    first.players.iter().all(fits) && first.players.iter().any(|p| other(p.role).next().is_some())
}

/// What happens to somebody once, or once in a report: so one shared participant tells that it is the same.
fn is_once(new: &Mention) -> bool {
    let done_to = new.players.iter().any(|p| matches!(p.role, "victim" | "target" | "object"));
    matches!(new.entry.kind.name, "die" | "birth" | "injure") && done_to
        || matches!(new.entry.kind.name, "arrest" | "charge" | "appoint" | "free") && done_to && !new.times.is_empty()
}

/// Whether no other event of the type was spoken of since the event was: the definite noun means the last.
fn is_latest(mentions: &[Mention], event: &[usize], new: &Mention) -> bool {
    let last = event.last().copied().unwrap_or_default();
    !mentions[last + 1..]
        .iter()
        .take_while(|m| m.trigger < new.trigger)
        .any(|m| m.entry.kind.name == new.entry.kind.name && m.entry.base == new.entry.base)
}

/// Whether two mentions cannot be of one event: other days, other places, one done and one to come.
fn is_apart(reading: &Reading<'_>, a: &Mention, b: &Mention) -> bool {
    let apart = |x: &[Id], y: &[Id]| !x.is_empty() && !y.is_empty() && !x.iter().any(|id| y.contains(id));
    let value = |ids: &[Id]| -> Vec<&str> {
        // Most mentions have none.
        let all = if ids.is_empty() { &[][..] } else { &reading.record.times };
        let times = all.iter().filter(|t| ids.contains(&t.id));
        times.map(|t| t.value.as_str()).collect()
    };
    let (of_a, of_b) = (value(&a.times), value(&b.times));
    let days = !of_a.is_empty()
        && !of_b.is_empty()
        && !of_a.iter().any(|x| of_b.iter().any(|y| x.starts_with(y) || y.starts_with(x)));
    let past = |m: &Mention| !m.sense.is_open && matches!(m.sense.status, Status::Happened | Status::Ongoing);
    let ahead = |m: &Mention| {
        !m.sense.is_open
            && matches!(m.sense.status, Status::Planned | Status::Hypothetical | Status::Possible | Status::Cancelled)
    };
    days || apart(&a.places, &b.places) || past(a) && ahead(b) || ahead(a) && past(b)
}
