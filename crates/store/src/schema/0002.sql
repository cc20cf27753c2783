-- The words around each attribution and event, by which an item is found in its own sentence.
-- Row 12 * 1048576 + 7 is sentence 7 of revision 12. Rows are made again by `store rebuild --tables`.

CREATE VIRTUAL TABLE sentences USING fts5 (text, content = '', tokenize = "unicode61 remove_diacritics 2");
INSERT INTO sentences (sentences, rank) VALUES ('secure-delete', 1);

-- Where the sentences of a revision lie in its text: what was put into the index, and is wanted to take it out.
CREATE TABLE stretches (
    revision INTEGER PRIMARY KEY REFERENCES revisions,
    spans TEXT NOT NULL
);

ALTER TABLE attributions ADD COLUMN sentence INTEGER;
ALTER TABLE events ADD COLUMN sentence INTEGER;
CREATE INDEX attributions_by_sentence ON attributions (revision, sentence, source);
CREATE INDEX events_by_sentence ON events (revision, sentence, status);
