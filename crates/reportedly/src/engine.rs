//! The engine: one report in, one record out.

use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;
use reportedly_attribution::{
    Heard, Layout, Scene, attributions, chains, no_responses, own_words, quotes, speakers, tallies,
};
use reportedly_event::{Candidate, Sightings, candidates, events, sightings, states};
use reportedly_mention::{
    Asked, Lines, Pairs, Pronouns, Roster, Sighted, Who, apart, asked, goes_by, mentions, sighted, who,
};
use reportedly_model::{Kernel, Model, Scores};
use reportedly_place::{Gazetteer, Home, country_of_host, governments, places};
use reportedly_record::{
    Attribution, Clock, Engine as Maker, EntityKind, FORMAT, Id, Manner, Marked, Mention, MentionForm, Note, Offsets,
    Reading, Record, Report, Span, Stage, Syntax, Voice,
};
use reportedly_relation::{Hints, designations, labels, relations, stances};
use reportedly_syntax::quotations;
use reportedly_when::{Outlet, Outlets, Sought, Spoken, Thread, ahead, clock, printed, times};

use crate::cast::cast;
use crate::error::{Error, Inner};
use crate::section::{Section, sections};

/// The weights that travel with the program.
static WEIGHTS: &[u8] = include_bytes!("../../../models/news.weights");

/// Heads that were trained on the frozen states of those weights, one file with upper layers of its own.
static HEADS: [&[u8]; 4] = [
    include_bytes!("../../../models/scene.weights"),
    include_bytes!("../../../models/event.weights"),
    include_bytes!("../../../models/who.weights"),
    include_bytes!("../../../models/pronoun.weights"),
];

/// Words whose trees are kept for the late stages: 100 times a long report, 12 MB. Of a longer text the rest has no
/// events, relations and chains, and a note says so.
const MOST_KEPT: usize = 200_000;

/// Working storage of one thread.
#[derive(Default)]
pub struct Desk {
    model: reportedly_model::Desk,
}

/// Reads reports. One engine serves any number of threads, each with its own [`Desk`].
pub struct Engine {
    model: Model,
    gazetteer: Gazetteer,
    // None: those built in.
    outlets: Option<Outlets>,
    roster: Roster,
    now: Option<Timestamp>,
}

impl Engine {
    /// Loads the model that travels with the program.
    ///
    /// # Errors
    ///
    /// When the program was built with damaged weights or a damaged gazetteer.
    pub fn load() -> Result<Engine, Error> {
        HEADS.iter().try_fold(Engine::of(WEIGHTS, "built in")?, |engine, heads| engine.with_heads(heads))
    }

    /// Loads a model from a file, without the heads that were trained on the built-in one: stages do without them.
    ///
    /// # Errors
    ///
    /// When the file cannot be read or is not a whole model of this version.
    pub fn load_file(path: &Path) -> Result<Engine, Error> {
        let name = path.display().to_string();
        match std::fs::read(path) {
            Ok(bytes) => Engine::of(&bytes, &name),
            Err(source) => Err(Inner::Unreadable { name, source }.into()),
        }
    }

    fn of(bytes: &[u8], name: &str) -> Result<Engine, Error> {
        let model = Model::parse(bytes).map_err(|source| Inner::Model { name: name.to_owned(), source })?;
        let gazetteer = Gazetteer::built_in().map_err(Inner::Gazetteer)?;
        Ok(Engine { model, gazetteer, outlets: None, roster: Roster::default(), now: None })
    }

    /// Returns the engine with the heads of another file, made for the states of its own weights.
    ///
    /// # Errors
    ///
    /// When the file is damaged or was made for other weights.
    pub fn with_heads(self, bytes: &[u8]) -> Result<Engine, Error> {
        let attach = |model: Model| model.attach(bytes);
        let name = "heads".to_owned();
        Ok(Engine { model: attach(self.model).map_err(|source| Inner::Model { name, source })?, ..self })
    }

    /// Returns the engine with another arithmetic path. All paths give the same record but for the path's name in it.
    #[must_use]
    pub fn with_kernel(self, kernel: Kernel) -> Engine {
        Engine { model: self.model.with_kernel(kernel), ..self }
    }

    /// Returns the engine with other outlets than those built in: whose clocks reports are read by.
    #[must_use]
    pub fn with_outlets(self, outlets: Outlets) -> Engine {
        Engine { outlets: Some(outlets), ..self }
    }

    /// Returns the engine with entities of the user's own, which those of reports are linked to.
    #[must_use]
    pub fn with_entities(self, roster: Roster) -> Engine {
        Engine { roster, ..self }
    }

    /// Returns the engine with an instant of reading: a report that is stamped later is doubted in its notes. Nothing else
    /// depends on it.
    #[must_use]
    pub fn with_now(self, now: Timestamp) -> Engine {
        Engine { now: Some(now), ..self }
    }

    /// The outlets whose clocks reports are read by.
    pub fn outlets(&self) -> &Outlets {
        self.outlets.as_ref().unwrap_or_else(|| Outlets::built_in())
    }

    /// The model, for those who measure it.
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// What the engine signs its records with.
    pub fn maker(&self) -> Maker {
        Maker {
            version: env!("CARGO_PKG_VERSION").to_owned(),
            model: self.model.signature(),
            kernel: self.model.kernel().name().to_owned(),
        }
    }

    /// Reads a report. Any text gives a record; what cannot be read in it is said in the notes.
    pub fn read(&self, report: &Report, desk: &mut Desk) -> Record {
        self.read_with(report, desk, |_, _, _| {})
    }

    /// Reads a report and shows each section's words, scores and syntax before they are dropped.
    pub fn read_with(&self, report: &Report, desk: &mut Desk, look: impl FnMut(&[&str], &Scores, &Syntax)) -> Record {
        self.read_whole(report, desk, look).0
    }

    /// Reads a report and returns the words that the heads of events are asked of. For those who train them.
    pub fn candidates(&self, report: &Report, desk: &mut Desk) -> Vec<Candidate> {
        let (record, gathered) = self.read_whole(report, desk, |_, _, _| {});
        candidates(&Reading::new(&record, &gathered.trees), &gathered.sightings)
    }

    fn read_whole(
        &self,
        report: &Report,
        desk: &mut Desk,
        look: impl FnMut(&[&str], &Scores, &Syntax),
    ) -> (Record, Gathered) {
        let (mut record, mut gathered) = self.gather(report, desk, look);
        if let (Some(published), Some(now)) = (&report.published, self.now) {
            record.notes.extend(ahead(published, &record.times, now));
        }
        let Who { mentions, entities, .. } = gathered.who(&mut record);
        record.mentions = mentions;
        record.entities = entities;
        media(&mut record, self.outlets());
        programmes(&mut record);
        let Record { report: Report { id, text, .. }, entities, mentions, attributions, notes, .. } = &mut record;
        let by = goes_by(text, entities, mentions);
        let scene = Scene { report: *id, text, syntax: &gathered.trees, goes_by: &by };
        speakers(&scene, entities, mentions, attributions);
        self.roster.link(entities, mentions, notes);
        gathered.finish(&mut record, &self.gazetteer, &self.home(report));
        (record, gathered)
    }

    /// Reads a report and returns its mentions that are one and the same, entities or not, each with all its words: what
    /// treebanks count. For those who measure it.
    pub fn chains(&self, report: &Report, desk: &mut Desk) -> Vec<Vec<Span>> {
        let (mut record, mut gathered) = self.gather(report, desk, |_, _, _| {});
        gathered.who(&mut record).chains
    }

    /// Reads a report and returns what the scorer of pairs is asked of each mention. For those who train it.
    pub fn asked(&self, report: &Report, desk: &mut Desk) -> Vec<Asked> {
        let (record, gathered) = self.gather(report, desk, |_, _, _| {});
        asked(gathered.sights, &record.attributions)
    }

    /// Reads a report section by section: what is read in each alone, and what late stages need of them all.
    fn gather(
        &self,
        report: &Report,
        desk: &mut Desk,
        mut look: impl FnMut(&[&str], &Scores, &Syntax),
    ) -> (Record, Gathered) {
        let mut record = self.blank(report);
        let mut gathered = Gathered::default();
        if !report.language.analysed {
            return (record, gathered);
        }
        let outlet = self.outlet_of(report);
        let (found, writing) = clock(report, outlet, &mut record.notes);
        record.clock = found;
        record.times = printed(report, &writing);
        let mut thread = Thread::default();
        for section in sections(report) {
            let tokens = section.tokens(report.text.as_str());
            let scores = self.model.scores(&tokens, &mut desk.model);
            let tree = section.syntax(report.text.as_str(), &scores);
            let deep = !gathered.full;
            gathered.see(self.read_section(&mut record, &section, &tree, &scores, deep), &scores);
            let Record { report, attributions, times: found, notes, .. } = &mut record;
            let spoken = spoken(report, attributions);
            let sought =
                Sought { report: report.id, text: &report.text, syntax: &tree, scores: Some(&scores), spoken: &spoken };
            found.extend(times(sought, &writing, &mut thread, notes));
            let words: Vec<&str> = tokens.iter().map(|t| t.text).collect();
            look(&words, &scores, &tree);
            gathered.keep(tree, &scores, &mut record.notes);
        }
        if writing.now.is_none() {
            thread.bound(&mut record.times);
        }
        record.times.sort_by_key(|time| time.evidence.span.bytes().start);
        (record, gathered)
    }

    fn outlet_of(&self, report: &Report) -> Option<&Outlet> {
        let known = |place: &Option<String>| self.outlets().find(place.as_deref()?);
        known(&report.outlet).or_else(|| known(&report.url))
    }

    /// Where a report's outlet is at home.
    pub fn home(&self, report: &Report) -> Home {
        let country = self.outlet_of(report).and_then(|outlet| outlet.country.clone());
        let host = |address: &Option<String>| country_of_host(address.as_deref()?);
        Home { country: country.or_else(|| host(&report.url)).or_else(|| host(&report.outlet)) }
    }

    /// The gazetteer that places are looked up in.
    pub fn gazetteer(&self) -> &Gazetteer {
        &self.gazetteer
    }

    fn read_section(
        &self,
        record: &mut Record,
        section: &Section,
        tree: &Syntax,
        scores: &Scores,
        deep: bool,
    ) -> Sighted {
        let (id, text) = (record.report.id, record.report.text.clone());
        let names = mentions(id, &text, tree, scores);
        let layout = section.layout();
        let own = own_words(&text, tree, &layout);
        let layout = Layout { quoted: &own, ..layout };
        let Heard { attributions, attitudes } = attributions(id, &text, tree, &layout, &names, scores);
        record.attributions.extend(attributions);
        record.attitudes.extend(attitudes);
        let names = apart(id, &text, names);
        let lines = Lines { lines: layout.lines, quoted: layout.quoted };
        let sights = sighted(&text, tree, lines, &names, deep.then_some(scores));
        record.mentions.extend(names);
        sights
    }

    /// Returns a record of a report in which nothing is read. It is signed by no model, so that it is read another time.
    pub fn unread(&self, report: &Report) -> Record {
        let mut record = self.blank(report);
        record.engine.model = "unread".to_owned();
        record
    }

    /// A record of which nothing is read yet.
    fn blank(&self, report: &Report) -> Record {
        let mut notes = report.notes.clone();
        if report.text.as_str().trim().is_empty() {
            notes.push(Note { stage: Stage::Syntax, says: "the report has no text".to_owned(), span: None });
        }
        Record {
            format: FORMAT.to_owned(),
            offsets: Offsets::default(),
            engine: self.maker(),
            report: report.clone(),
            clock: Clock::default(),
            entities: Vec::new(),
            mentions: Vec::new(),
            times: Vec::new(),
            attributions: Vec::new(),
            attitudes: Vec::new(),
            quotes: Vec::new(),
            no_responses: Vec::new(),
            events: Vec::new(),
            states: Vec::new(),
            relations: Vec::new(),
            designations: Vec::new(),
            stances: Vec::new(),
            labels: Vec::new(),
            chains: Vec::new(),
            tallies: Vec::new(),
            notes,
        }
    }
}

/// What early stages leave for late ones.
#[derive(Default)]
struct Gathered {
    // Invariant: one entry a section each.
    trees: Vec<Syntax>,
    sightings: Vec<Sightings>,
    hints: Vec<Hints>,
    sights: Vec<Sighted>,
    pairs: Option<Pairs>,
    pronouns: Option<Pronouns>,
    words: usize,
    full: bool,
}

impl Gathered {
    fn see(&mut self, sights: Sighted, scores: &Scores) {
        self.sights.push(sights);
        if self.pairs.is_none() {
            self.pairs = Pairs::of(scores);
            self.pronouns = Pronouns::of(scores);
        }
    }

    fn who(&mut self, record: &mut Record) -> Who {
        let Record { report: Report { id, text, .. }, mentions, attributions, notes, .. } = record;
        let scorers = (self.pairs.as_ref(), self.pronouns.as_ref());
        who(*id, text, std::mem::take(&mut self.sights), mentions, attributions, scorers, notes)
    }

    fn keep(&mut self, tree: Syntax, scores: &Scores, notes: &mut Vec<Note>) {
        if self.words + tree.words.len() > MOST_KEPT {
            if !std::mem::replace(&mut self.full, true) {
                let says = format!(
                    "descriptions, events, relations and chains are read in the first {} words only",
                    self.words
                );
                notes.push(Note { stage: Stage::Event, says, span: tree.words.first().map(|word| word.span) });
            }
            return;
        }
        self.words += tree.words.len();
        self.sightings.push(sightings(&tree, scores));
        self.hints.push(Hints::of(&tree, scores));
        self.trees.push(tree);
    }

    /// Makes the late layers, each from those before it.
    fn finish(&self, record: &mut Record, gazetteer: &Gazetteer, home: &Home) {
        let mut notes = std::mem::take(&mut record.notes);
        for (id, place) in places(gazetteer, &Reading::new(record, &self.trees), home, &mut notes) {
            if let Some(entity) = record.entities.iter_mut().find(|entity| entity.id == id) {
                entity.place = Some(place);
            }
        }
        let acting = governments(gazetteer, &Reading::new(record, &self.trees));
        govern(record, &acting);
        record.no_responses = no_responses(&Reading::new(record, &self.trees));
        record.relations = relations(&Reading::new(record, &self.trees), &self.hints);
        record.designations = designations(&Reading::new(record, &self.trees));
        record.events = events(&Reading::new(record, &self.trees), &self.sightings, &mut notes);
        record.states = states(&Reading::new(record, &self.trees), &mut notes);
        record.stances = stances(&Reading::new(record, &self.trees));
        record.labels = labels(&Reading::new(record, &self.trees));
        record.quotes = quotes(&Reading::new(record, &self.trees), &marked(&record.report));
        without_days(record);
        record.chains = chains(&Reading::new(record, &self.trees));
        record.tallies = tallies(&Reading::new(record, &self.trees));
        record.notes = notes;
        cast(record, &self.trees);
    }
}

/// Makes media of bodies that are called like an outlet, and of places that are not one word: "LORNE TODAY".
fn media(record: &mut Record, outlets: &Outlets) {
    for entity in &mut record.entities {
        let one_word = |name: &str| !name.contains(' ');
        let fits = |name: &str| match entity.kind {
            EntityKind::Organisation | EntityKind::Other | EntityKind::Product | EntityKind::Programme => true,
            // Of one word only what is no word: "LNN".
            EntityKind::Place => !one_word(name) || name.len() > 2 && name.chars().all(char::is_uppercase),
            _ => false,
        };
        let known = entity.name.as_deref().is_some_and(|name| fits(name) && outlets.by_name(name).is_some());
        if !known {
            continue;
        }
        entity.kind = EntityKind::Media;
        // The key says what somebody is as well: a body.
        entity.key = entity.key.take().map(|key| match key.split_once(':') {
            Some((_, name)) => format!("organisation:{name}"),
            None => key,
        });
        for mention in record.mentions.iter_mut().filter(|m| entity.mentions.contains(&m.id)) {
            mention.kind = EntityKind::Media;
        }
    }
}

/// "Now" in a quotation is the time of speaking, which is told of no quotation here: it keeps its value and loses its day.
fn without_days(record: &mut Record) {
    let quotes = &record.quotes;
    for time in record.times.iter_mut().filter(|time| time.value == "PRESENT_REF") {
        if quotes.iter().any(|q| q.manner != Manner::Title && q.evidence.span.covers(time.evidence.span)) {
            (time.earliest, time.latest, time.anchor) = (None, None, None);
        }
    }
}

/// "Radio Arn's “Morning Tide”": what a paper or broadcaster owns, and of which nothing else is known, is a programme of it.
fn programmes(record: &mut Record) {
    let end = |m: &Mention| m.evidence.span.bytes().end;
    let ends: BTreeSet<usize> = record.mentions.iter().filter(|m| m.kind == EntityKind::Media).map(end).collect();
    let text = record.report.text.as_str();
    let is_owned = |m: &Mention| {
        let all = text[..m.evidence.span.bytes().start].trim_end();
        let before = all.trim_end_matches(['“', '"', '‘']).trim_end();
        let owner = before.strip_suffix("’s").or_else(|| before.strip_suffix("'s"));
        m.form == MentionForm::Name
            && (m.kind == EntityKind::Other || before.len() < all.len())
            && owner.is_some_and(|owner| ends.contains(&owner.len()) || ends.contains(&before.len()))
    };
    let owned: BTreeSet<Id> = record.mentions.iter().filter(|m| is_owned(m)).map(|m| m.id).collect();
    let may_be = |kind: EntityKind| matches!(kind, EntityKind::Other | EntityKind::Organisation);
    for entity in record.entities.iter_mut().filter(|e| may_be(e.kind)) {
        if entity.mentions.iter().any(|m| owned.contains(m)) {
            entity.kind = EntityKind::Programme;
        }
    }
}

/// Makes governments of places that act: each mention by itself, and an entity that does nothing else.
fn govern(record: &mut Record, acting: &BTreeSet<Id>) {
    let mut literal = BTreeSet::new();
    for mention in &mut record.mentions {
        if acting.contains(&mention.id) {
            mention.kind = EntityKind::Government;
        } else if mention.form == MentionForm::Name {
            literal.insert(mention.id);
        }
    }
    for entity in record.entities.iter_mut().filter(|entity| entity.kind == EntityKind::Place) {
        let has = |ids: &BTreeSet<Id>| entity.mentions.iter().any(|id| ids.contains(id));
        if has(acting) && !has(&literal) {
            entity.kind = EntityKind::Government;
        }
    }
}

/// What stands between quotation marks in a report's news.
fn marked(report: &Report) -> Vec<Marked> {
    let text = &report.text;
    let news = |at: usize| report.passages.iter().any(|p| p.kind.is_news() && p.span.bytes().contains(&at));
    quotations(text.as_str())
        .into_iter()
        .filter(|q| news(q.inner.start))
        .map(|q| Marked { inner: text.span(q.inner), single: q.single, closed: q.closed })
        .collect()
}

/// The quotations that the text gives a medium for: where it is dated, so are they.
fn spoken(report: &Report, attributions: &[Attribution]) -> Vec<Spoken> {
    let dated = attributions.iter().filter_map(|attribution| Some((attribution.medium.as_ref()?, attribution)));
    let mut marks = None;
    let mut spoken = Vec::new();
    for (medium, attribution) in dated.filter(|(_, attribution)| attribution.voice != Voice::Indirect) {
        let occasion = medium.span.bytes();
        for content in &attribution.content {
            let whole = content.span.bytes();
            if attribution.voice == Voice::Direct {
                spoken.push(Spoken { words: whole, occasion: occasion.clone() });
                continue;
            }
            // "In a letter of 19 May she wrote that she would “decide next week”": the quoted words only.
            let inner = marks.get_or_insert_with(|| quotations(report.text.as_str())).iter().map(|q| q.inner.clone());
            let inside = inner.filter(|inner| whole.start <= inner.start && inner.end <= whole.end);
            spoken.extend(inside.map(|words| Spoken { words, occasion: occasion.clone() }));
        }
    }
    spoken
}
