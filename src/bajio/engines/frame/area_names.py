"""Names of areas in a column: each of them once, and the column with codes in their place."""

from collections.abc import Mapping

import narwhals as nw

from bajio.engines.frame.backend import Frame, small
from bajio.engines.frame.whole_frames import columns_of

_NAME, _CODE = "_name", "_code"


def texts_of(frame: Frame, column: nw.Expr) -> list[str]:
    """The distinct texts of a column; of a lazy table that column alone is read."""
    rows = frame.select(column.alias(_NAME)).filter(~nw.col(_NAME).is_null()).unique()
    _, [texts] = columns_of(rows.to_native(), "the table")
    return sorted(map(str, texts))


def with_codes(frame: Frame, column: str, codes: Mapping[str, str]) -> Frame:
    """A frame with codes in place of names in a column of text, other texts as they are."""
    changed = {text: code for text, code in codes.items() if text != code}
    if not changed:
        return frame
    names = small({_NAME: list(changed), _CODE: list(changed.values())}, (str, str), frame)
    written, code = nw.col(column), nw.col(_CODE)
    joined = frame.join(names, left_on=[column], right_on=[_NAME], how="left")
    text = nw.when(code.is_null()).then(written).otherwise(code)
    dropped = [_CODE, *([_NAME] if _NAME in joined.collect_schema() else [])]
    return joined.with_columns(text.alias(column)).drop(*dropped)
