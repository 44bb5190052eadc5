"""Pocket cards: the list of those that are somebody's, each on a page that a device keeps, and on paper."""
