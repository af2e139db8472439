"""The statements that write the projection on SQLite; lists are bound as JSON."""

from __future__ import annotations

from directory.search.schema import FACTS

LATE = 1 << 40
"""Added to the card's key for the key of an offer that was not laid down by place."""
AMONG = "IN (SELECT value FROM json_each(?))"
FACT_LIST = ", ".join(FACTS)
NEAR_FACTS = ", ".join(f"n.{fact}" for fact in FACTS)
EXPLODED = "json_each(n.terms) t, json_each(n.cells) c"
CELL = "json_extract(c.value, '$[0]'), json_extract(c.value, '$[1]')"
_MARKS = ", ".join("?" * (len(FACTS) + 7))

STATE = "SELECT live, building, late FROM projection_state"
HELD = f"SELECT key FROM near_card WHERE service {AMONG}"
NEXT_KEY = (
    "SELECT max(coalesce((SELECT max(key) FROM near_card), 0), (SELECT boundary FROM projection_state))"
)
ADD = f"INSERT INTO near_card (key, place, {FACT_LIST}, name, terms, cells, words, card) VALUES ({_MARKS})"
TERMS = f"SELECT name, key FROM near_term WHERE name {AMONG}"
ADD_TERM = "INSERT OR IGNORE INTO near_term (name, label) VALUES (?, ?)"
NEW_GENERATION = "UPDATE projection_state SET generation = generation + 1"
COUNT_LATE = "UPDATE projection_state SET late = late + ?"
COUNT_APART = "UPDATE projection_state SET apart = apart + 1"
WAIT = "INSERT INTO near_pending SELECT value FROM json_each(?)"
REDO_ADDED = "INSERT OR REPLACE INTO near_redo SELECT value, NULL FROM json_each(?)"
REDO_REMOVED = f"INSERT OR REPLACE INTO near_redo SELECT key, words FROM near_card WHERE key {AMONG}"

INDEX = (
    (
        f"INSERT INTO near_offer_{{slot}} (key, card, {FACT_LIST}, name, terms, cells) "
        f"SELECT key + {LATE}, key, {FACT_LIST}, name, terms, cells FROM near_card WHERE key {AMONG}"
    ),
    (
        f'INSERT INTO near_index_{{slot}} (term, "row", "column", card, {FACT_LIST}) '
        f"SELECT t.value, {CELL}, n.key, {NEAR_FACTS} FROM near_card n, {EXPLODED} WHERE n.key {AMONG}"
    ),
    (
        f"INSERT INTO near_text_{{slot}} (rowid, words) "
        f"SELECT key + {LATE}, words FROM near_card WHERE key {AMONG}"
    ),
)
"""Make cards findable in a slot."""
_UNINDEX_FACTS = (
    (
        'DELETE FROM near_index_{slot} WHERE (term, "row", "column", card) IN ('
        f"SELECT t.value, {CELL}, n.card FROM near_offer_{{slot}} n, {EXPLODED} WHERE n.card {AMONG})"
    ),
    f"DELETE FROM near_offer_{{slot}} WHERE card {AMONG}",
)
UNINDEX = (
    (
        "INSERT INTO near_text_{slot} (near_text_{slot}, rowid, words) SELECT 'delete', o.key, n.words "
        f"FROM near_card n JOIN near_offer_{{slot}} o ON o.card = n.key WHERE n.key {AMONG}"
    ),
    *_UNINDEX_FACTS,
)
"""Make cards vanish from a slot; their rows in `near_card` must still be there."""
UNINDEX_REDO = (
    (
        "INSERT INTO near_text_{slot} (near_text_{slot}, rowid, words) SELECT 'delete', o.key, r.words "
        f"FROM near_redo r JOIN near_offer_{{slot}} o ON o.card = r.card "
        f"WHERE r.words IS NOT NULL AND r.card {AMONG}"
    ),
    *_UNINDEX_FACTS,
)
"""The same for cards that are only noted in `near_redo`."""
FORGET = (
    f"DELETE FROM near_pending WHERE card {AMONG}",
    f"DELETE FROM near_card WHERE key {AMONG}",
)
REDONE = f"DELETE FROM near_redo WHERE card {AMONG}"
