"""Alerting rules: their permanent addresses, and whether a runbook answers each of them."""
