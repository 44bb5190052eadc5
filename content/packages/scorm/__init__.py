"""SCORM 1.2 and 2004: reading a manifest, without a database."""
