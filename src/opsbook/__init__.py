"""Opsbook: one DevOps checklist in, one playbook site out."""

__version__ = "0.1.0"
