"""Onboarding: a track a role, in stages, whose steps lead to pages that are written."""
