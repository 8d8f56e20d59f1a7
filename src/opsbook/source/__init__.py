"""Hostile files in, safe trees that know their positions out."""
