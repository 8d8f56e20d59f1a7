"""The HTTP interfaces of the services, described by OpenAPI."""
