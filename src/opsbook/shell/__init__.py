"""Shell and PromQL text: variables, quoting, and the parsers."""
