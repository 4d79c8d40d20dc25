"""Evaluating rules over data: one protocol, one module an engine."""
