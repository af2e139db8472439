"""Near me: query, candidates, opening hours, ranking."""
