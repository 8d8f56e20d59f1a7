"""Post-mortems, with their timelines and actions."""
