"""Laws tried by a few examples, where their own tests take as many as the laws say."""

from attrs import evolve


def in_few(trial):
    """A trial by a few examples."""
    return evolve(trial, law=evolve(trial.law, examples=3))
