"""Declarations of the bundled dataset: measures, sources, names and places."""
