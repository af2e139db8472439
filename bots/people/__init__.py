"""Who talks with us, as far as they let us know: where they can be reached, and what they chose."""
