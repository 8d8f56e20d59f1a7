"""The HTTP interfaces of services, described by OpenAPI."""
