"""Records as HSDS 3 (UK profile) has them: tables one to one, and how a document becomes rows."""
