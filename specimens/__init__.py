"""Fictional travel documents as SVG, drawn from a seed, with labelled anomalies; pure functions that know no framework.

The issuers do not exist, SPECIMEN is part of every drawing, and nothing here says how a document is made or altered: only
what can be seen, where, and under which light.
"""
