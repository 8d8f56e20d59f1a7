"""Runbooks: what an on-call engineer follows from an alert, checked before it is needed."""
