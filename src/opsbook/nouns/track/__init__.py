"""Onboarding tracks, one for each role: steps in stages that lead to written pages."""
