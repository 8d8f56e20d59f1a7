"""What hand-written pages may call."""
