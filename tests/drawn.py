"""How many examples a test draws."""

from hypothesis import settings


def examples(count):
    """Settings with as many of so many examples as the profile takes of a hundred, ten at least."""
    return settings(max_examples=min(count, max(10, count * settings().max_examples // 100)))


def examples_on_each(count):
    """The same for a test that draws the same ones on each backend: half of them, four at least."""
    return settings(max_examples=min(count, max(4, count * settings().max_examples // 200)))
