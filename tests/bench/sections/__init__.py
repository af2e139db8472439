"""The sections of the bench: each measures one thing, beside its floor."""
