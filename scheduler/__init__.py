"""What runs when, and what one process alone may do."""
