"""Where people talk: one folder for each channel."""
