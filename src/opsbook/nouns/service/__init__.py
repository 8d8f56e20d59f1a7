"""The services of the platform, their objectives, and whom to call about them."""
