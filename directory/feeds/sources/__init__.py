"""Reads feeds as they really are: APIs, files and tabular packages, one item after another."""
