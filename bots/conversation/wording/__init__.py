"""The only sentences in the program, one catalogue a language."""
