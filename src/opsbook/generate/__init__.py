"""The way out of the engine: the whole source of the site as plain files that other site engines build."""
