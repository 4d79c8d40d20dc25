"""A budget of time for one input: what takes longer is told as the fault that it is."""

import signal
from contextlib import contextmanager

#: Seconds, on a busy machine as well.
BUDGET = 30


class TooLong(BaseException):
    """An answer that does not come."""


@contextmanager
def patience(seconds=BUDGET):
    """End what takes longer than a number of seconds."""

    def end(*_):
        raise TooLong

    before = signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
