"""What runs when. Nothing yet: it comes with the first jobs."""
