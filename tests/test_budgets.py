"""What is vast ends in an answer or in one refusal, in bounded time and memory."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from vast_inputs import CASES

#: Seconds on a busy machine.
SECONDS = 100


@pytest.mark.skipif(sys.platform != "linux", reason="memory is bounded as on Linux")
@pytest.mark.parametrize("case", CASES)
def test_what_is_vast_ends_in_bounds(tmp_path, case):
    source = os.pathsep.join(
        filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")])
    )
    ran = subprocess.run(
        [sys.executable, "-c", f"import vast_inputs; vast_inputs.run({case!r})"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": source, "OPENBLAS_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=SECONDS,
    )

    assert ran.returncode == 0, ran.stderr[-2000:]
    assert ran.stdout.startswith(CASES[case][1] or ("answered", "refused")), ran.stdout
