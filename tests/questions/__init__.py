"""The question set: its sources, what makes the files from them, and how to score them."""
