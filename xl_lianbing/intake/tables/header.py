"""Finds the header row of a table by its header texts, and the column of each field."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xl_lianbing.addresses import column_letters
from xl_lianbing.intake.cells.aliases import header_key, header_spellings
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.records.column import Record
from xl_lianbing.rules.pack import RulePack

#: A header stands in one of the first rows; only where none does, the whole sheet is searched.
HEADER_ROWS = 40
#: Columns of the blanks that are for the eye only.
_IGNORED = frozenset({"填报检查", "检查"})


@dataclass(frozen=True, slots=True)
class Header:
    """Where a table stands.

    `places` and the others are positions in a row's cells; `first` columns stand left of them.
    """

    row: int
    first: int
    places: Mapping[str, int]
    doubled: Mapping[int, str]
    unknown: Mapping[int, str]
    bare: frozenset[int]

    def letter(self, place: int) -> str:
        return column_letters(self.first + place + 1)

    def cell(self, field: str, row: int) -> str:
        """The address of a field in a row; the row alone where the sheet has no such column."""
        return f"{self.letter(self.places[field])}{row}" if field in self.places else f"{column_letters(1)}{row}"


def find_header(
    rows: Sequence[tuple[int, Sequence[Cell]]], spellings: Mapping[str, str], first: int, least: int = 2
) -> Header | None:
    """The row with the most known headers, the first of equals; None if no row has `least` of them."""
    best: tuple[int, Sequence[Cell]] | None = None
    most = least - 1
    everything = len(set(spellings.values()))
    for number, cells in rows:
        known = len({spellings[key] for key in map(header_key, cells) if key in spellings})
        if known > most:
            best, most = (number, cells), known
            if most == everything:
                break
    return None if best is None else header_of(*best, spellings, first)


def header_of(row: int, cells: Sequence[Cell], spellings: Mapping[str, str], first: int) -> Header:
    """A row as a header: which of its cells are known, doubled, unknown or bare."""
    places: dict[str, int] = {}
    doubled: dict[int, str] = {}
    unknown: dict[int, str] = {}
    bare: set[int] = set()
    for place, cell in enumerate(cells):
        key = header_key(cell)
        field = spellings.get(key)
        if field is None:
            text = str(cell).strip()
            if not text:
                bare.add(place)
            elif key not in _IGNORED:
                unknown[place] = text
        elif field in places:
            doubled[place] = field
        else:
            places[field] = place
    return Header(row, first, places, doubled, unknown, frozenset(bare))


def spellings_of(record: type[Record], pack: RulePack) -> dict[str, str]:
    """Header key → field, for every spelling that is known."""
    found: dict[str, str] = {}
    for field, column in record.columns().items():
        for key in header_spellings(column, pack):
            found.setdefault(key, field)
    return found
