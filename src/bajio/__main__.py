"""`python -m bajio`: the command line."""

import sys

from bajio.cli import main

if __name__ == "__main__":
    sys.exit(main())
