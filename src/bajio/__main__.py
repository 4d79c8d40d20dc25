"""`python -m bajio`, and the script `bajio`: the command line as a process of its own."""

import sys


def run() -> int:
    """Run the command line in a process that answers once and ends.

    Returns:
        The exit status, that of an interruption from the first moment on.
    """
    try:
        import atexit
        import gc

        gc.disable()  # such a process has no garbage worth looking for,
        atexit.register(gc.freeze)  # nor at its end
        from bajio.cli import main

        return main()
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(run())
