"""`nearby evaluate` over a store, and the question files it is run on."""
