"""Searching all alliances of some areas for those that satisfy constraints, the best first."""
