"""The claim sets that come with the project, as a plugin like any other."""

from functools import cache
from typing import TYPE_CHECKING, Any

from bajio.files import packaged
from bajio.hookspecs import Manifest, hookimpl

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bajio.claims.claim_set import ClaimSet


@cache
def _read(code: str) -> "ClaimSet":
    import json

    from bajio.claims.claim_data import from_data

    content: Any = json.loads(packaged("bajio.catalog", f"claim_sets/{code}.json"))
    return from_data(content)


def __getattr__(name: str) -> "Iterable[ClaimSet]":
    if name == "SAN_MIGUEL":
        return (_read("san-miguel"),)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@hookimpl
def bajio_claims() -> Manifest:
    """What was printed about the Bajío Alliance."""
    return {"san-miguel": f"{__name__}:SAN_MIGUEL"}
