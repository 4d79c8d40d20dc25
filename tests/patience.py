"""A budget of processor time for one input: what takes longer is told as the fault that it is.

However busy the machine is otherwise, an input has as much of it.
"""

import signal
from contextlib import contextmanager

#: Seconds of the processor.
BUDGET = 30


class TooLong(BaseException):
    """An answer that does not come."""


@contextmanager
def patience(seconds=BUDGET):
    """End what keeps the processor longer than a number of seconds."""

    def end(*_):
        raise TooLong

    before = signal.signal(signal.SIGPROF, end)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
