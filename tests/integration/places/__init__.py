"""Tests of `directory.places`."""
