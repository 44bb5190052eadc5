"""People, units and groups that come in as files and go out as files."""
