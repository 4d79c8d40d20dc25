"""What is wrong with claims, as one error."""

from collections.abc import Sequence

from bajio.errors import InvalidClaim

#: As many faults as one error tells of.
MOST_TOLD = 10


def joined(faults: Sequence[InvalidClaim]) -> InvalidClaim:
    """All faults as one error, which names the file once and as many as are read.

    Examples:
        >>> print(joined([InvalidClaim("no", claim="a", key="k"), InvalidClaim("no", claim="b")]))
        2 faults: claim 'a', key 'k': no; claim 'b': no
    """
    if len(faults) == 1:
        return faults[0]
    short = [
        InvalidClaim(fault.problem, claim=fault.claim, key=fault.key, line=fault.line)
        for fault in faults[:MOST_TOLD]
    ]
    left_out = len(faults) - len(short)
    texts = [*map(str, short), *([f"and {left_out} more"] if left_out else [])]
    error = InvalidClaim(f"{len(faults)} faults: {'; '.join(texts)}", file=faults[0].file)
    error.faults = tuple(faults)
    return error
