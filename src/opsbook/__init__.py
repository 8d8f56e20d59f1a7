"""Opsbook turns one DevOps checklist into one playbook site."""

__version__ = "0.1.0"
