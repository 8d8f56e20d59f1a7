"""Hold the nouns of a handbook, such as runbook and service, each in a folder of its own."""
