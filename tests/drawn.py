"""How many examples a test draws."""

from hypothesis import settings


def examples(count):
    """Settings with as many of so many examples as the profile takes of a hundred, ten at least."""
    return settings(max_examples=min(count, max(10, count * settings().max_examples // 100)))
