"""The texts that people start from."""
