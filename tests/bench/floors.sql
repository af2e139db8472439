-- What the bare statements read, laid down by place. {slot}: the live slot of the store's projection.
CREATE TABLE term (key INTEGER PRIMARY KEY, name TEXT);
INSERT INTO term SELECT key, name FROM store.near_term;

CREATE TABLE offer (
    id INTEGER PRIMARY KEY, source INTEGER, service INTEGER, feed INTEGER, twin INTEGER, lat REAL, lon REAL,
    flags INTEGER, assured INTEGER, languages INTEGER, card BLOB, words TEXT
);
INSERT INTO offer (source, service, feed, twin, lat, lon, flags, assured, languages, card, words)
    SELECT key, service, feed, twin, lat, lon, flags, assured, languages, card, words
    FROM store.near_card WHERE lat IS NOT NULL ORDER BY place, key;
CREATE TEMP TABLE renumbered (source INTEGER PRIMARY KEY, id INTEGER);
INSERT INTO renumbered SELECT source, id FROM offer ORDER BY source;

-- A B-tree over term and cell with the key of the answer in it, and one with the whole answer in it.
CREATE TABLE thin (
    term INTEGER, row INTEGER, col INTEGER, offer INTEGER, lat REAL, lon REAL,
    PRIMARY KEY (term, row, col, offer)
) WITHOUT ROWID;
INSERT INTO thin
    SELECT term, "row", "column", id, lat, lon FROM store.near_index_{slot} JOIN renumbered ON source = card
    WHERE term > 0 AND lat IS NOT NULL ORDER BY term, "row", "column", id;
CREATE TABLE covering (
    term INTEGER, row INTEGER, col INTEGER, offer INTEGER, service INTEGER, feed INTEGER, twin INTEGER,
    lat REAL, lon REAL, flags INTEGER, assured INTEGER, languages INTEGER, card BLOB,
    PRIMARY KEY (term, row, col, offer)
) WITHOUT ROWID;
INSERT INTO covering
    SELECT term, row, col, offer, service, feed, twin, thin.lat, thin.lon, flags, assured, languages, card
    FROM thin JOIN offer ON id = offer ORDER BY term, row, col, offer;

-- The same answers in a three-dimensional R*Tree, the term being the first dimension.
CREATE VIRTUAL TABLE tree USING rtree (
    id, term0, term1, south, north, west, east,
    +service, +feed, +twin, +lat, +lon, +flags, +assured, +languages, +card
);
INSERT INTO tree
    (term0, term1, south, north, west, east, service, feed, twin, lat, lon, flags, assured, languages, card)
    SELECT term, term, lat, lat, lon, lon, service, feed, twin, lat, lon, flags, assured, languages, card
    FROM covering ORDER BY term, row, col, offer;

-- Words with the tokens of the cells among them.
CREATE VIRTUAL TABLE text USING fts5 (
    words, content='', columnsize=0, detail=none, tokenize="ascii tokenchars '@'"
);
INSERT INTO text (rowid, words) SELECT id, words FROM offer ORDER BY id;
INSERT INTO text (text) VALUES ('optimize');

-- The naive way.
CREATE VIRTUAL TABLE naive_place USING rtree (id, south, north, west, east);
INSERT INTO naive_place SELECT id, lat, lat, lon, lon FROM offer ORDER BY id;
CREATE VIRTUAL TABLE naive_text USING fts5 (words, content='', tokenize=ascii);
INSERT INTO naive_text (rowid, words) SELECT id, words FROM offer ORDER BY id;

ANALYZE main;
