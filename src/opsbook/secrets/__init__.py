"""Find secrets that somebody wrote into what the site publishes, and apply the exemptions from that."""
