"""A digest of the bureau's inputs: the same values give the same digest, however they are formatted."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from xl_lianbing.intake.cells.values import as_typed
from xl_lianbing.intake.door.sheets import Cell

Part = Cell | Decimal | int | None


class Digest:
    """SHA-256 over rows of values, tab by tab."""

    def __init__(self) -> None:
        self._hash = hashlib.sha256()

    def add(self, tab: str, rows: Iterable[Iterable[Part]]) -> None:
        self._hash.update(f"\x1d{tab}\x1d".encode())
        for row in rows:
            self._hash.update(("\x1f".join(map(_text, row)) + "\x1e").encode("utf-8", "surrogatepass"))

    def hexdigest(self) -> str:
        return self._hash.hexdigest()


def _text(value: Part) -> str:
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    return as_typed(value).strip()
