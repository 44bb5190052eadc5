"""H5P: reading, resolving, cleaning and regrading, without a database."""
