"""Engine, sessions and migrations, on SQLite and PostgreSQL alike."""
