"""Post-mortems: what happened, how long it took, and what is done about it."""
