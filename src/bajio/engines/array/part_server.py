"""What another process does of a search: it decides on the parts that it is told by a pipe.

`shared_parts` starts it, and reads what it finds; it ends when its pipe does.
"""

import os
import pickle
import signal
import sys

from bajio.engines.array.sweep import Sweep


def serve() -> None:
    """Decide on parts of a search until there are no more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # who started it is interrupted, and ends it
    told, answers = sys.stdin.buffer, os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what is printed is no part of what is answered
    search = Sweep(pickle.load(told))  # noqa: S301  # of the process that started this one
    answer: object = True  # it is ready
    while True:
        pickle.dump(answer, answers)
        answers.flush()
        try:
            part, bound = pickle.load(told)  # noqa: S301  # the same
        except EOFError:
            return
        answer = search.found_in(part, bound)
