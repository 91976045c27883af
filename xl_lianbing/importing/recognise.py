"""Which columns a foreign table has: its header within the first rows, in one row or two, told by synonyms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from xl_lianbing.errors import LianbingError
from xl_lianbing.glossary import ImportKind
from xl_lianbing.importing.kinds import KINDS, Kind
from xl_lianbing.importing.kinds.kind import says_unit, text_of
from xl_lianbing.importing.sources import Source, SourceSheet
from xl_lianbing.importing.synonyms import OWN_TABLE, Synonyms, column_key
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.records.column import CellType
from xl_lianbing.records.keys import squeeze

#: The units of money that can be asked for.
ASKED_UNITS: Final = ("元", "万元")
#: A header stands within so many rows.
HEADER_ROWS: Final = 50
#: So many columns must be known for a row to tell a kind.
_LEAST: Final = 2
_MOST_HEADERS: Final = 200
#: Both list decisions: without a column that only a portal has, a list is the system's, which is said.
_ALIKE: Final = frozenset({ImportKind.PENALTIES, ImportKind.PUBLISHED})
_MONEY: Final = re.compile(r"(亿元|万元|元|万)")
_YEARS: Final = range(2000, 2100)
_FIGURES: Final = re.compile(r"\d")
_NO_FIGURES: Final = re.compile(r"20\d\d年?|PM_?\d[\d.]*", re.IGNORECASE)
#: A line above a table that says the unit of all its amounts.
_MONEY_OF_ALL: Final = re.compile(r"\(?(?:金额|货币|计量|罚款金额|数据)?单位[:：]?(?:人民币)?(万元|元|亿元)\)?")


class NotRecognised(LianbingError):
    """A table whose needed columns are not all told. `headers`: what it has in its header row."""

    kind: str = ""
    headers: Sequence[str] = ()
    lacking: Sequence[str] = ()


class KindAsked(LianbingError):
    """A table that may be of several kinds."""

    kinds: Sequence[str] = ()


class UnitAsked(LianbingError):
    """A table with amounts whose unit no header tells."""


@dataclass(frozen=True, slots=True)
class Header:
    """A header found: `top` and `bottom` are positions in the sheet's rows; `places`: our column → position of a cell.

    `texts`: position → what stands there, of two rows joined; `known`: how much of it the kind knows.
    """

    top: int
    bottom: int
    places: Mapping[str, int]
    texts: Mapping[int, str]
    known: int

    def text(self, column: str) -> str:
        return self.texts[self.places[column]]

    @property
    def unused(self) -> list[str]:
        taken = set(self.places.values())
        return [text for place, text in self.texts.items() if place not in taken]


@dataclass(frozen=True, slots=True)
class Recognised:
    """A sheet that is a table of a kind. `money`: the unit of its amounts, '' if it has none."""

    sheet: SourceSheet
    header: Header
    money: str = ""


class Recogniser:
    """Tells tables by the synonyms of one campaign."""

    def __init__(self, synonyms: Synonyms, year: int) -> None:
        self._year = year
        self._keys = {name: _keys(kind, synonyms, year) for name, kind in KINDS.items()}
        self._telling = {name: synonyms.telling(name, year) for name in KINDS}

    def known(self, cells: Sequence[Cell]) -> int:
        """How many columns a row names, of the kind that knows most of them."""
        keys = [column_key(cell, self._year) for cell in cells[:_MOST_HEADERS] if isinstance(cell, str) and cell]
        return max(sum(self._column(kind, key)[0] != "" for key in keys) for kind in KINDS.values())

    def kind_of(self, source: Source) -> Kind:
        """The kind whose columns a file has. Raises NotRecognised, KindAsked."""
        found = [(name, header) for name, kind in KINDS.items() for header in self._headers(kind, source)]
        ranks = {name: max(self._rank(name, h) for n, h in found if n == name) for name, _ in found}
        if not ranks:
            raise _no_header(source)
        best = max(ranks.values())
        kinds = [name for name, rank in ranks.items() if rank == best]
        if len(kinds) > 1 and best[0] and set(kinds) != _ALIKE:
            asked = KindAsked(
                f"《{source.name}》是哪一种数据分不清（{'、'.join(kinds)}都可能）。",
                f"请写明种类，例如 --kind {kinds[0]}。",
            )
            asked.kinds = kinds
            raise asked
        return KINDS[min(kinds, key=list(KINDS).index)]

    def may_be(self, source: Source, kind: Kind) -> list[str]:
        """The other kinds that a file may be of just as well."""
        own = max((self._rank(kind.name, h) for h in self._headers(kind, source)), default=(False, 0))
        others = (name for name in KINDS if name != kind.name)
        return [n for n in others if any(self._rank(n, h) == own for h in self._headers(KINDS[n], source))]

    def tables(self, source: Source, kind: Kind, unit: str) -> list[Recognised]:
        """The sheets of a file that are tables of the kind. Raises NotRecognised, UnitAsked."""
        found, lacking = [], None
        for sheet in source.sheets:
            header = self._header(kind, sheet)
            missing = kind.missing(header.places) if header is not None else []
            if header is None or (missing and header.known < _LEAST):
                continue
            if missing:
                lacking = lacking or (header, missing)
            else:
                found.append(Recognised(sheet, header, _money(kind, sheet, header, source, unit)))
        if not found:
            raise _lacking(source, kind, *lacking) if lacking else _no_header(source, kind)
        return found

    def _headers(self, kind: Kind, source: Source) -> Iterator[Header]:
        for sheet in source.sheets:
            if (header := self._header(kind, sheet)) is not None and header.known >= _LEAST:
                yield header

    def _rank(self, name: str, header: Header) -> tuple[bool, int]:
        """Whether a header has all that a kind needs, and how much speaks for the kind."""
        keys = [column_key(text, self._year) for text in header.texts.values()]
        telling = sum(key in self._telling[name] for key in keys)
        return not KINDS[name].missing(header.places), header.known + telling

    def _header(self, kind: Kind, sheet: SourceSheet) -> Header | None:
        """The row, or the two rows, that name most of the kind's columns. Of equals: titles of groups with the columns
        below them, else a single row, the first."""
        rows = [cells for _, cells in sheet.rows[: HEADER_ROWS + 1]]
        found: list[tuple[Header, int]] = []
        single = [self._named(kind, at, at, _single(cells)) for at, cells in enumerate(rows)]
        for top, header in enumerate(single[:HEADER_ROWS]):
            found.append((header, 1))
            if top + 1 < len(rows) and (joined := _joined(rows[top], rows[top + 1])):
                double = self._named(kind, top, top + 1, joined)
                grouped = single[top + 1].known < double.known and not _has_figures(rows[top + 1])
                found.append((double, 2 if grouped else 0))
        best = max(found, key=lambda one: (one[0].known, one[1]), default=None)
        return best[0] if best is not None and best[0].known else None

    def _named(self, kind: Kind, top: int, bottom: int, texts: Mapping[int, Sequence[str]]) -> Header:
        """The columns of a row as a header: of several for one of ours, that which comes first in the synonyms."""
        found: dict[str, tuple[int, int]] = {}
        for place, spellings in texts.items():
            named = (self._column(kind, column_key(text, self._year)) for text in spellings)
            column, rank = next((one for one in named if one[0]), ("", 0))
            if column and (column not in found or rank < found[column][0]):
                found[column] = (rank, place)
        places = {column: place for column, (_, place) in sorted(found.items(), key=lambda one: one[1][1])}
        return Header(top, bottom, places, {place: spelled[0] for place, spelled in texts.items()}, len(places))

    def _column(self, kind: Kind, key: str) -> tuple[str, int]:
        """Our column that a header means, and where it stands among what that column is called; '' if none."""
        told = self._keys[kind.name].get(key)
        return told or (kind.tell(key), 0) if key else ("", 0)


def _keys(kind: Kind, synonyms: Synonyms, year: int) -> dict[str, tuple[str, int]]:
    """Header key → our column and the place of the key among its synonyms: our own names come first."""
    own = {column_key(header, year): header for header in kind.columns}
    aliases = {
        column_key(alias, year): column.header for column in kind.record.columns().values() for alias in column.aliases
    }
    others = {key: (column, rank) for rank, (key, column) in enumerate(synonyms.of(kind.name, year).items(), 1)}
    return {**others, **{key: (column, 0) for key, column in {**aliases, **own}.items()}}


def _single(cells: Sequence[Cell]) -> dict[int, tuple[str, ...]]:
    return {place: (text,) for place, cell in enumerate(cells) if (text := _heading(cell))}


def _has_figures(cells: Sequence[Cell]) -> bool:
    """Whether a row holds data: headers have no figures but those of years and pollutants."""
    texts = (_heading(cell) if isinstance(cell, str) else text_of(cell) for cell in cells)
    return any(_FIGURES.search(_NO_FIGURES.sub("", text)) for text in texts)


def _joined(above: Sequence[Cell], below: Sequence[Cell]) -> dict[int, tuple[str, ...]]:
    """Two rows as one header: a text above reaches over the blanks right of it; {} if they can't be one.

    A column is known by both texts joined, or by the lower alone; by the upper alone where there is no lower.
    """
    if any(cell != "" and not _heading(cell) for cell in (*above, *below)):
        return {}
    group, found = "", dict[int, tuple[str, ...]]()
    for place in range(max(len(above), len(below))):
        upper = _heading(above[place]) if place < len(above) else ""
        lower = _heading(below[place]) if place < len(below) else ""
        group = upper or (group if lower else "")
        if lower:
            found[place] = (f"{group}{lower}", lower) if group else (lower,)
        elif upper:
            found[place] = (upper,)
    return found


def _heading(cell: Cell) -> str:
    """A cell as the text of a header, '' for what can't be one; a year may be a number."""
    if isinstance(cell, float):
        return text_of(cell) if cell in _YEARS else ""
    return "".join(cell.split()) if isinstance(cell, str) else ""


def _money(kind: Kind, sheet: SourceSheet, header: Header, source: Source, unit: str) -> str:
    """The unit of the amounts: by the words of the header, else of a line above it, else as asked for; '' if there are
    none. Raises UnitAsked."""
    columns = [c.header for c in kind.record.columns().values() if c.type is CellType.MONEY]
    column = next((c for c in columns if c in header.places), None)
    if column is None:
        return ""
    told: list[str] = _MONEY.findall(unicodedata.normalize("NFKC", header.text(column)))
    if told:
        return {"万": "万元"}.get(told[-1], told[-1])
    for _, cells in sheet.rows[: header.top]:
        for cell in cells:
            if found := _MONEY_OF_ALL.search(squeeze(text_of(cell))):
                return str(found[1])
    place = header.places[column]
    amounts = (cells[place] for _, cells in sheet.rows[header.bottom + 1 :] if place < len(cells))
    if unit or all(says_unit(cell) for cell in amounts):
        return unit
    raise UnitAsked(
        f"《{source.name}》的“{header.text(column)}”列没有写明是元还是万元。",
        "请看一下系统里的数，写明单位：--unit 元 或 --unit 万元。",
    )


def _lacking(source: Source, kind: Kind, header: Header, missing: Sequence[str]) -> NotRecognised:
    texts = list(header.texts.values())
    found = "、".join(f"{header.text(column)}→{column}" for column in header.places)
    error = NotRecognised(
        f"《{source.name}》按“{kind.name}”读，缺少列：{'、'.join(missing)}。表头有：{'、'.join(texts)}；认出的：{found}。",
        f"如果其中一列就是，请在活动文件夹的“{OWN_TABLE}”里加一行（种类,本表列名,对方列名），"
        f"例如：{kind.name},{missing[0]},对方的列名；不是这种数据的，用 --kind 写明种类。",
    )
    error.kind, error.headers, error.lacking = kind.name, header.unused, missing
    return error


def _no_header(source: Source, kind: Kind | None = None) -> NotRecognised:
    rows = (cells for sheet in source.sheets for _, cells in sheet.rows[:HEADER_ROWS])
    best = max(rows, key=lambda cells: sum(isinstance(c, str) and c.strip() != "" for c in cells), default=())
    texts = [text for cell in best if (text := text_of(cell))][:30]
    wanted = f"按“{kind.name}”要有：{'、'.join(kind.missing(()))}。" if kind else ""
    error = NotRecognised(
        f"《{source.name}》前{HEADER_ROWS}行里找不到认识的表头。列最多的一行是：{'、'.join(texts)}。{wanted}",
        f"请写明种类（--kind {'、'.join(KINDS)}之一），列名不同的在活动文件夹的“{OWN_TABLE}”里加行"
        "（种类,本表列名,对方列名）。",
    )
    error.kind, error.headers = kind.name if kind else "", texts
    error.lacking = kind.missing(()) if kind else ()
    return error
