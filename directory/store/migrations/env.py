"""Runs the revisions on the connection that `directory.store.upgrade` gives."""

from __future__ import annotations

from alembic import context

context.configure(
    connection=context.config.attributes["connection"],
    transaction_per_migration=False,
    render_as_batch=True,
)
context.run_migrations()
