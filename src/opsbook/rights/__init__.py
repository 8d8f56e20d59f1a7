"""Find the rights that commands need in a cluster and in a cloud, and the rights that a role has."""
