"""Literal revisions of the store, each for SQLite and PostgreSQL alike."""
