"""The facts that pages repeat: versions, regions, names, limits and schedules, each with its source and a date."""
