"""Interfaces of services, described by OpenAPI."""
