"""Pure: a message and a state in; an answer made of facts and a state out."""
