"""Tools for tests: Hypothesis strategies for worlds of areas, data with holes, and rules.

Needs Hypothesis, which the `test` extra brings.
"""

from bajio.testing.strategies import regions, rules, worlds
from bajio.testing.worlds import World

__all__ = ["World", "regions", "rules", "worlds"]
