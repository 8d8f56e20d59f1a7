"""Post-mortems, their timelines and their actions."""
