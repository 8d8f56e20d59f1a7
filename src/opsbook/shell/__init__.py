"""Read shell and PromQL text: its variables, how their values are quoted, and what parsers find wrong."""
