"""Engraving: what is drawn, and by which curves."""
