"""Answers as documents: JSON, CSV, and tables for the terminal and Markdown."""
