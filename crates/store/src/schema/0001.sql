-- The first form of the store. Kinds, statuses and stances stand in the words of the record's JSON.
-- `code` is an item's id without its letter, as a number: `printf('a%012x', code)` prints an attribution's.
-- `number` is an item's place in its layer of the record. Spans are bytes of the text: "120+45 200+30".
-- Times are seconds since 1970 in UTC.

CREATE TABLE facts (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- What was ever done to the store, in order. Ids only grow, also when rows are gone.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    what TEXT NOT NULL,
    report INTEGER,
    revision INTEGER,
    correction INTEGER
);

CREATE TABLE outlets (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- Something published: an address, or a text that has none.
CREATE TABLE reports (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    identity TEXT NOT NULL UNIQUE,
    url TEXT
);

-- A text of a report. `latest` is the one that stands, or stood last.
CREATE TABLE revisions (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    report INTEGER NOT NULL REFERENCES reports,
    number INTEGER NOT NULL,
    latest INTEGER NOT NULL,
    code INTEGER NOT NULL,
    outlet INTEGER REFERENCES outlets,
    published INTEGER,
    stamp TEXT,
    fetched INTEGER,
    language TEXT NOT NULL,
    headline TEXT,
    maker INTEGER NOT NULL REFERENCES makers,
    hash BLOB NOT NULL,
    UNIQUE (report, number)
);
CREATE INDEX revisions_by_code ON revisions (code);
CREATE INDEX revisions_by_time ON revisions (published);
CREATE INDEX revisions_by_outlet ON revisions (outlet, published);

-- Which program and model made a record.
CREATE TABLE makers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
);

-- Texts and records, deflated. A record is JSON without its text; its spans are {"~": [start, length]} or, with
-- their words beside them, {"@": [start, length]}, in bytes.
CREATE TABLE texts (
    revision INTEGER PRIMARY KEY REFERENCES revisions,
    bytes INTEGER NOT NULL,
    packed BLOB NOT NULL
);
CREATE TABLE records (
    revision INTEGER PRIMARY KEY REFERENCES revisions,
    packed BLOB NOT NULL
);

-- News of every revision, without a copy of the text.
CREATE VIRTUAL TABLE words USING fts5 (text, content = '', tokenize = "unicode61 remove_diacritics 2");
INSERT INTO words (words, rank) VALUES ('secure-delete', 1);

-- Names across reports. Equal keys are a likeness, not a finding. `same_as` is a person's word.
CREATE TABLE names (
    id INTEGER PRIMARY KEY,
    key TEXT NOT NULL UNIQUE,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    same_as INTEGER
);
CREATE INDEX names_same ON names (same_as) WHERE same_as IS NOT NULL;
CREATE TABLE name_words (
    word TEXT NOT NULL,
    name INTEGER NOT NULL REFERENCES names,
    PRIMARY KEY (word, name)
) WITHOUT ROWID;

-- From here on everything is derived from records and corrections, and can be made again.
CREATE TABLE entities (
    revision INTEGER NOT NULL,
    number INTEGER NOT NULL,
    code INTEGER NOT NULL,
    kind TEXT NOT NULL,
    name INTEGER REFERENCES names,
    mentions INTEGER NOT NULL,
    PRIMARY KEY (revision, number)
) WITHOUT ROWID;
CREATE INDEX entities_by_name ON entities (name, revision) WHERE name IS NOT NULL;

CREATE TABLE attributions (
    revision INTEGER NOT NULL,
    number INTEGER NOT NULL,
    code INTEGER NOT NULL,
    speaker INTEGER,
    name INTEGER REFERENCES names,
    source TEXT,
    people INTEGER,
    stance TEXT,
    voice TEXT NOT NULL,
    within INTEGER,
    evidence TEXT NOT NULL,
    said_by TEXT NOT NULL,
    cue TEXT NOT NULL,
    content TEXT NOT NULL,
    PRIMARY KEY (revision, number)
) WITHOUT ROWID;
CREATE INDEX attributions_by_name ON attributions (name, revision) WHERE name IS NOT NULL;
CREATE INDEX attributions_unnamed ON attributions (revision) WHERE source = 'unnamed';

CREATE TABLE silences (
    revision INTEGER NOT NULL,
    number INTEGER NOT NULL,
    code INTEGER NOT NULL,
    form TEXT NOT NULL,
    name INTEGER REFERENCES names,
    evidence TEXT NOT NULL,
    PRIMARY KEY (revision, number)
) WITHOUT ROWID;
CREATE INDEX silences_by_name ON silences (name, revision) WHERE name IS NOT NULL;

CREATE TABLE events (
    revision INTEGER NOT NULL,
    number INTEGER NOT NULL,
    code INTEGER NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    contested INTEGER NOT NULL,
    earliest INTEGER,
    latest INTEGER,
    time TEXT,
    evidence TEXT NOT NULL,
    triggers TEXT NOT NULL,
    PRIMARY KEY (revision, number)
) WITHOUT ROWID;
CREATE INDEX events_by_status ON events (status, revision);
CREATE INDEX events_by_time ON events (earliest) WHERE earliest IS NOT NULL;

CREATE TABLE participants (
    revision INTEGER NOT NULL,
    event INTEGER NOT NULL,
    number INTEGER NOT NULL,
    role TEXT NOT NULL,
    entity INTEGER NOT NULL,
    name INTEGER REFERENCES names,
    PRIMARY KEY (revision, event, number)
) WITHOUT ROWID;
CREATE INDEX participants_by_name ON participants (name, revision, event) WHERE name IS NOT NULL;

-- The status of an event in each voice; the outlet's own has no attribution.
CREATE TABLE voices (
    revision INTEGER NOT NULL,
    event INTEGER NOT NULL,
    number INTEGER NOT NULL,
    attribution INTEGER,
    status TEXT NOT NULL,
    certainty TEXT NOT NULL,
    PRIMARY KEY (revision, event, number)
) WITHOUT ROWID;

CREATE TABLE times (
    revision INTEGER NOT NULL,
    number INTEGER NOT NULL,
    code INTEGER NOT NULL,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    earliest INTEGER,
    latest INTEGER,
    evidence TEXT NOT NULL,
    PRIMARY KEY (revision, number)
) WITHOUT ROWID;

CREATE TABLE relations (
    revision INTEGER NOT NULL,
    number INTEGER NOT NULL,
    code INTEGER NOT NULL,
    kind TEXT NOT NULL,
    from_name INTEGER REFERENCES names,
    to_name INTEGER REFERENCES names,
    title TEXT,
    ended INTEGER NOT NULL,
    voice INTEGER,
    evidence TEXT NOT NULL,
    PRIMARY KEY (revision, number)
) WITHOUT ROWID;
CREATE INDEX relations_by_name ON relations (from_name, revision) WHERE from_name IS NOT NULL;

-- A person's own words on what was read. Rows are never changed: an undo is a row of its own.
CREATE TABLE corrections (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL,
    report TEXT,
    fix TEXT NOT NULL,
    undoes INTEGER
);
CREATE INDEX corrections_by_report ON corrections (report);
-- Where each correction that stands is applied; `code` is none and `lost` says why where its evidence is gone.
CREATE TABLE placements (
    correction INTEGER NOT NULL REFERENCES corrections,
    revision INTEGER NOT NULL,
    item TEXT,
    lost TEXT,
    PRIMARY KEY (correction, revision)
) WITHOUT ROWID;
CREATE INDEX placements_by_revision ON placements (revision);

-- Whatever following needs to go on after a stop: a feed's validators, a host's pauses.
CREATE TABLE follow (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
) WITHOUT ROWID;

-- SHA-256 of the identities of reports that were taken down and are not to come back.
CREATE TABLE forgotten (
    hash BLOB PRIMARY KEY
) WITHOUT ROWID;

-- The place of what is found across reports. Each row says which version of the finding it is from.
CREATE TABLE stories (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    version TEXT NOT NULL,
    title TEXT
);
CREATE TABLE story_revisions (
    story INTEGER NOT NULL REFERENCES stories,
    revision INTEGER NOT NULL REFERENCES revisions,
    PRIMARY KEY (story, revision)
) WITHOUT ROWID;
CREATE INDEX stories_by_revision ON story_revisions (revision);
CREATE TABLE claims (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    story INTEGER NOT NULL REFERENCES stories,
    version TEXT NOT NULL,
    says TEXT NOT NULL
);
CREATE TABLE origins (
    claim INTEGER NOT NULL REFERENCES claims,
    revision INTEGER NOT NULL REFERENCES revisions,
    version TEXT NOT NULL,
    basis TEXT NOT NULL,
    origin TEXT,
    evidence TEXT,
    PRIMARY KEY (claim, revision)
) WITHOUT ROWID;
