"""Evaluation on four levels: how training was received, what was learned, what is done differently, and what came of it."""
