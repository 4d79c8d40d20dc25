"""Count what one command passes: the distinct functions of bajio, their modules, and the depth.

    python scripts/count_calls.py                     # the profile of the Bajío by one indicator
    python scripts/count_calls.py --list -- audit ... # another command, with the functions named

Only named functions count that are entered after `main()` begins: comprehensions, lambdas and the
bodies of modules and classes, which run when these are imported, are left aside.
"""

import argparse
import sys
from collections.abc import Callable
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import bajio
from bajio.cli import main

_ROOT = str(Path(bajio.__file__).parent)
_USUAL = ["profile", "bajio", "--year", "2018", "--indicators", "gdp-per-capita"]


class Counter:
    """Counts functions of the package as they are entered, and how deep they stand."""

    def __init__(self) -> None:
        self.codes: dict[CodeType, int] = {}
        self.deepest: tuple[str, ...] = ()

    def __call__(self, frame: FrameType, event: str, _argument: Any) -> None:
        """Note a call, as `sys.setprofile` tells it."""
        code = frame.f_code
        if event != "call" or code.co_name.startswith("<") or not _is_function(code):
            return
        self.codes[code] = self.codes.get(code, 0) + 1
        stack = []
        above: FrameType | None = frame
        while above is not None:
            if _is_function(above.f_code) and not above.f_code.co_name.startswith("<"):
                stack.append(_name(above.f_code))
            above = above.f_back
        if len(stack) > len(self.deepest):
            self.deepest = tuple(reversed(stack))


def _is_function(code: CodeType) -> bool:
    """Whether code is that of a function of the package: it has locals of its own."""
    return code.co_filename.startswith(_ROOT) and bool(code.co_flags & 0x02)


def _name(code: CodeType) -> str:
    module = Path(code.co_filename).relative_to(_ROOT).with_suffix("")
    return f"{'.'.join(module.parts)}:{code.co_qualname}"


def counted(run: Callable[[], Any]) -> Counter:
    """What is passed while something runs."""
    counter = Counter()
    sys.setprofile(counter)
    try:
        with redirect_stdout(StringIO()):
            run()
    except SystemExit:
        pass
    finally:
        sys.setprofile(None)
    return counter


def tell() -> None:
    """Count, and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--list", action="store_true", help="name the functions")
    parser.add_argument("command", nargs="*", default=_USUAL)
    asked = parser.parse_args()
    counter = counted(lambda: main(asked.command))
    modules = {code.co_filename for code in counter.codes}
    if asked.list:
        for code, times in sorted(counter.codes.items(), key=lambda pair: _name(pair[0])):
            print(f"{times:6} {_name(code)}")
        print("deepest:", *counter.deepest, sep="\n  ")
    print(
        f"{len(counter.codes)} functions in {len(modules)} modules, {len(counter.deepest)} deep",
    )


if __name__ == "__main__":
    tell()
