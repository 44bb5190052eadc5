"""Packages made elsewhere (H5P, SCORM): hostile until read, stored by content hash, played where they can do no harm."""
