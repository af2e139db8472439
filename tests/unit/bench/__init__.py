"""What the bench stands on."""
