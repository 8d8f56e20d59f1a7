"""The things that a handbook is made of, each in a room of its own."""
