"""What typing does in LibreOffice, and how it spells formulas."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from tests.libreoffice.uno_runtime import load_uno

_TEXT_OR_SIGN = re.compile(r""""(?:[^"]|"")*"|'(?:[^']|'')*'|[,!]""")


def formula_of_office(formula: str) -> str:
    """`=IF(A1,'x'!B2)` → `=IF(A1;'x'.B2)`; texts stay as they are."""
    return _TEXT_OR_SIGN.sub(lambda found: {",": ";", "!": "."}.get(found[0], found[0]), formula)


class Typist:
    """Turns what is handed to a cell into what the cell then holds."""

    def __init__(self, context: Any, document: Any) -> None:
        self._formatter = context.ServiceManager.createInstanceWithContext("com.sun.star.util.NumberFormatter", context)
        self._formatter.attachNumberFormatsSupplier(document)
        locale = load_uno().createUnoStruct("com.sun.star.lang.Locale")
        locale.Language, locale.Country = "zh", "CN"
        self._standard = document.NumberFormats.getStandardIndex(locale)
        self._known: dict[str, float | str] = {}

    def data(self, cell: object) -> float | str:
        """For `setDataArray`; formulas are left blank."""
        if isinstance(cell, bool | int | float):
            return float(cell)
        if not isinstance(cell, str):
            raise TypeError(f"handed to a cell: {cell!r}")
        if cell.startswith("="):
            return ""
        if cell.startswith("'"):
            return cell[1:]
        if cell not in self._known:
            self._known[cell] = self._typed(cell)
        return self._known[cell]

    def _typed(self, text: str) -> float | str:
        if not text:
            return ""
        if text.upper() in ("TRUE", "FALSE"):
            return float(text.upper() == "TRUE")
        try:
            return float(self._formatter.convertStringToNumber(self._standard, text))
        except Exception as error:
            if "NotNumericException" not in type(error).__name__:
                raise
            return text

    @staticmethod
    def formula_runs(column: Sequence[object]) -> Iterator[tuple[int, list[str]]]:
        """The formulas of a column that stand below one another, with the place of the first."""
        numbered = enumerate(column)
        for is_formula, run in groupby(numbered, key=lambda item: isinstance(item[1], str) and item[1].startswith("=")):
            cells = list(run)
            if is_formula:
                yield cells[0][0], [str(text) for _, text in cells]
