"""The version of the project, named once."""

__version__ = "0.2.0"
