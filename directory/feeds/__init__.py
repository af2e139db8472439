"""Feeds as they really are: reading, reconciling with what is held, quarantine."""
