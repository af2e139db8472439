"""Postcodes, outcodes, place names and local authorities, with no network."""
