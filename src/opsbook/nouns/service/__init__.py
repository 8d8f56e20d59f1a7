"""The services of the platform, their objectives, and who is called for them."""
