"""Write the whole source of the site as plain files, which other site engines can build."""
