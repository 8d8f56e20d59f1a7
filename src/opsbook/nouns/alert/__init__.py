"""Alerting rules, their addresses, and how they stand with the runbooks."""
