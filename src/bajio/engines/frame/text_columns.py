"""Columns of a large delimited text, as text: what they hold is looked at as a whole."""

from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import narwhals as nw
from attrs import field, frozen

_ODD, _FIRST = "_odd", "_first"


@frozen(eq=False)
class TextColumns:
    """Columns of a table, each with a name, and others that are made of them."""

    _frame: "nw.DataFrame[Any]" = field(repr=False)

    @classmethod
    def read(
        cls, content: bytes, delimiter: str, wanted: Mapping[int, str], rows: int
    ) -> "TextColumns":
        """Some columns of a text whose first line has names, by their places.

        Args:
            content: the text.
            delimiter: what its cells are parted by.
            wanted: what the columns are to be called, by their places.
            rows: how many it has, where each line is one.

        Raises:
            ValueError: it cannot be read so, or has rows that are no lines.
        """
        places = sorted(wanted)
        try:
            table = nw.read_csv(
                BytesIO(content),
                backend="polars",
                separator=delimiter,
                has_header=False,
                skip_rows=1,
                infer_schema=False,
                columns=places,
            )
        except Exception as error:  # noqa: BLE001  # of whatever kind the backend has
            raise ValueError(str(error)) from None
        if len(table) != rows or len(table.columns) != len(places):
            raise ValueError("a row is no line")
        names = [wanted[place] for place in places]
        return cls(table.rename(dict(zip(table.columns, names, strict=True))))

    def __len__(self) -> int:
        return len(self._frame)

    def __getitem__(self, rows: slice) -> "TextColumns":
        return TextColumns(self._frame[rows])

    def rows(self, *columns: str) -> Iterator[tuple[Any, ...]]:
        """The rows of some columns."""
        return self._frame.select(*columns).iter_rows()

    def distinct(self, column: str) -> list[Any]:
        """What stands in a column, each once."""
        return self._frame[column].unique().to_list()

    def ends(self, column: str) -> tuple[Any, Any]:
        """The first and the last cell of a column."""
        cells = self._frame[column]
        return cells[0], cells[len(cells) - 1]

    def place(self, column: str, text: str) -> tuple[int, int]:
        """In which row a text stands at first, counted from 0, and in how many."""
        same = self._frame[column] == text
        return int(same.arg_true()[0]), len(same.filter(same))

    def unlike(self, column: str, pattern: str) -> list[str]:
        """The texts of a column that are not as a pattern, each once."""
        cells = self._frame[column]
        return [*cells.filter(~cells.str.contains(pattern)).unique().to_list()]

    def has(self, column: str, pattern: str) -> bool:
        """Whether a text of a column is as a pattern."""
        return bool(self._frame[column].str.contains(pattern).any())

    def with_numbers(
        self, column: str, name: str, others: Mapping[str, str | None]
    ) -> "TextColumns":
        """With a column of numbers, read of texts or of those in the place of others."""
        frame = self._frame
        texts = nw.col(column)
        if others:
            pairs = {column: list(others), _ODD: list(others.values())}
            schema = {column: nw.String(), _ODD: nw.String()}
            table = nw.from_dict(pairs, schema, backend="polars").with_columns(
                nw.lit(1).alias(_FIRST)
            )
            frame = frame.join(table, on=[column], how="left")
            texts = nw.when(nw.col(_FIRST).is_null()).then(texts).otherwise(nw.col(_ODD))
        frame = frame.with_columns(texts.cast(nw.Float64()).alias(name))
        return TextColumns(frame.drop(_ODD, _FIRST) if others else frame)

    def with_rows(self, name: str, start: int) -> "TextColumns":
        """With a column of the numbers of rows."""
        rows = nw.new_series(name, range(start, len(self) + start), nw.Int64(), backend="polars")
        return TextColumns(self._frame.with_columns(rows))

    def with_places(self, column: str, name: str, places: Mapping[str, int]) -> "TextColumns":
        """With numbers in the place of a column's texts, and none where a text has none."""
        pairs = {column: list(places), name: list(places.values())}
        schema = {column: nw.String(), name: nw.Int64()}
        table = nw.from_dict(pairs, schema, backend="polars")
        return TextColumns(self._frame.join(table, on=[column], how="left").drop(column))

    def with_number(self, name: str, number: int) -> "TextColumns":
        """With a column that has the same number in each row."""
        return TextColumns(self._frame.with_columns(nw.lit(number).cast(nw.Int64()).alias(name)))

    def in_order(self, column: str) -> "TextColumns":
        """In the order of a column of numbers."""
        ordered = self._frame[column].is_sorted()
        return self if ordered else TextColumns(self._frame.sort(column))

    def filled(self, *columns: str) -> "TextColumns":
        """The rows that have something in each of some columns."""
        there = [~nw.col(column).is_null() for column in columns]
        return TextColumns(self._frame.filter(*there))

    def only(self, column: str, cells: Sequence[Any]) -> "TextColumns":
        """The rows that have one of some cells in a column."""
        return TextColumns(self._frame.filter(nw.col(column).is_in(list(cells))))

    def without(self, column: str, cells: Sequence[Any]) -> "TextColumns":
        """The rows that have none of them."""
        if not cells:
            return self
        return TextColumns(self._frame.filter(~nw.col(column).is_in(list(cells))))

    def below(self, column: str, least: float, most: int) -> "TextColumns":
        """The rows whose number is below another, as many as are asked for."""
        return TextColumns(self._frame.filter(nw.col(column) < least).head(most))

    def largest(self, column: str) -> float:
        """The size of the largest number of a column; zero where there is none."""
        sizes = self._frame.select(nw.col(column).abs().alias(column))
        [largest] = sizes.select(nw.col(column).max())[column].to_list()
        return float(largest or 0)

    def again(
        self, keys: tuple[str, str], size: int, row: str, most: int
    ) -> tuple["TextColumns", list[int]]:
        """The rows whose two numbers an earlier row has, with the row of that; not all.

        Args:
            keys: the columns of these numbers.
            size: more than any number of the second.
            row: the column of the numbers of rows.
            most: how many are asked for.
        """
        both = (nw.col(keys[0]) * size + nw.col(keys[1])).alias(_ODD)
        if self._frame.select(both)[_ODD].n_unique() == len(self):
            return self[0:0], []
        first = self._frame.group_by(*keys).agg(nw.col(row).min().alias(_FIRST))
        repeated = self._frame.join(first, on=[*keys], how="left").sort(row)
        repeated = repeated.filter(nw.col(row) > nw.col(_FIRST)).head(most)
        return TextColumns(repeated), repeated[_FIRST].to_list()
