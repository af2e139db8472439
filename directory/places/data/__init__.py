"""The tables of places, each beside the script that makes it."""
