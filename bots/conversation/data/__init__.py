"""The words that the conversation knows, in files that anybody can read."""
