"""What a sheet holds beside its values: what calamine does not tell."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

#: Row from 1, column from 1.
Place = tuple[int, int]

#: The day that the number 0 is in a workbook, and in one that counts from 1904.
DAY_0: Final = date(1899, 12, 30)
DAY_0_OF_1904: Final = date(1904, 1, 1)

#: In a formula: another workbook ([1]表!A1, 'C:\\[a.xlsx]表'!A1) or another program (cmd|'/c x'!A0).
LINK: Final = re.compile(rb"""\[\d+\]|\[[^\]<"]+\.xl|\w\|(?:'|&apos;|\w+!|"[^"<]*"!|&quot;[^<]*?&quot;!)""")

#: The function by which WPS shows a picture in its cell; the text of the formula is the value too.
PICTURE_FUNCTION: Final = "DISPIMG("

#: What stands in place of the value of a formula that no program has calculated.
NOT_CALCULATED: Final = "（公式没有计算结果）"


@dataclass(slots=True)
class SheetFacts:
    """Facts about one sheet. `rows`: true numbers of the rows that were moved together, None where all kept theirs."""

    formulas: list[Place] = field(default_factory=list)
    #: Those of them that take their value from another workbook or program.
    linked: set[Place] = field(default_factory=set)
    #: Error cells and their text (#N/A …), formulas that were never calculated among them.
    errors: dict[Place, str] = field(default_factory=dict)
    #: Cells that hold a picture in place of a value.
    pictures: set[Place] = field(default_factory=set)
    hidden_rows: list[int] = field(default_factory=list)
    #: First and last column of each hidden stretch.
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    #: First row, first column, last row, last column.
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    #: Cells beyond the last column that is read, and what they hold.
    far: list[tuple[Place, str]] = field(default_factory=list)
    #: Cells that stand in the part twice; of an ordinary part known once the rows were read.
    doubled: list[Place] = field(default_factory=list)
    #: Values in an ordinary part; more of them than cells with content: one of them stands there twice.
    values: int | None = None
    #: Texts with characters that nobody sees, spelled out; known once the rows were read.
    odd_texts: dict[Place, str] = field(default_factory=dict)
    rows: Sequence[int] | None = None
