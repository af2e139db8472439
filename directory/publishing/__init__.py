"""Records going out: exports and documents, as data."""
