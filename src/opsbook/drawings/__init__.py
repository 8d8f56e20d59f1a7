"""Architecture drawings: `diagrams` scripts in, self-contained SVG, PNG and DOT out."""
