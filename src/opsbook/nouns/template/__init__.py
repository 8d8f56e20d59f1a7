"""Templates: texts that people start from."""
