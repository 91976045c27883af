"""One class = one sheet, one annotated field = one column: everything about a column is said in its `Column`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any, ClassVar, Final, Self

from pydantic import BaseModel, ConfigDict

from xl_lianbing.glossary import CORRECTIONS, MajorKind, PenaltyKind, YesNo


class CellType(StrEnum):
    """What a cell of the column holds."""

    TEXT = "文本"
    LONG_TEXT = "长文本"
    NUMBER = "数值"
    INTEGER = "整数"
    MONEY = "金额"
    DATE = "日期"
    CHOICE = "选择"


#: What no honest number of a campaign is above, by type of cell; money in 万元.
MOST: Final = {CellType.MONEY: 10_000_000, CellType.INTEGER: 100_000_000, CellType.NUMBER: 100_000_000}
_MOST_NUMBER: Final = 10**15


class Layout(StrEnum):
    """TABLE: a header row with records beneath. FORM: two columns 项目 / 填写内容, one record."""

    TABLE = "table"
    FORM = "form"


class Scored(StrEnum):
    """When scoring needs the cell: an empty or unreadable one then blocks the row (B2.10)."""

    NEVER = ""
    ALWAYS = "always"
    FINE = "the amount is added up; a 罚款 must have one (B2.5)"
    DAILY_AMOUNT = "the amount of a 按日连续处罚 counts as a fine (L7)"
    CORRECTION = "the reconsideration corrected the penalty (B1.5)"
    ARTICLE = "the row is an article (B10)"
    CHOSEN = "without it the person can't be chosen, though scored (C1, C5)"
    COMPLETE = "the section's data are complete; others are left out and listed (B4.2)"


#: Whose cells must be filled only in some rows: the field that tells which, and its values there.
FILLED_WHEN: Final[Mapping[Scored, tuple[str, frozenset[str]]]] = {
    Scored.FINE: ("penalty", frozenset({PenaltyKind.FINE})),
    Scored.DAILY_AMOUNT: ("kind", frozenset({MajorKind.DAILY_PENALTY})),
    Scored.CORRECTION: ("result", frozenset(CORRECTIONS)),
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a sheet: header, type, unit (万元, 分, 人…), choices, help and the rules it serves."""

    header: str
    type: CellType = CellType.TEXT
    required: bool = False
    choices: tuple[str, ...] = ()
    unit: str = ""
    width: float = 12
    help: str = ""
    aliases: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    scored: Scored = Scored.NEVER
    #: The feature of a pack that asks for the column (`RulePack.columns`): without it neither required nor checked.
    feature: str = ""
    #: More of the help, with values of the pack as `{key}`; said where the pack has the feature and the values.
    duty: str = ""
    #: The key of the pack's value that limits the characters of a text.
    limit: str = ""
    minimum: int | None = None
    maximum: int | None = None
    places: int = 0
    max_chars: int | None = None
    identifier: bool = False
    #: Holds the number of a document (文号): what can't be one is not understood.
    document: bool = False
    #: The window of the pack (`window.<name>`) in which the date must lie (A3).
    window: str = ""
    #: Names files of 佐证/<单位>, and whether they must be PDFs.
    evidence: bool = False
    pdf: bool = False
    #: Names the scan of the case's document: a missing one is a finding of its own (B2.6).
    scan: bool = False
    #: Filled by imports alone: nothing is said where a master made earlier lacks it.
    imported: bool = False

    @property
    def least(self) -> int:
        """The least number that is taken."""
        return -self.most if self.minimum is None else self.minimum

    @property
    def most(self) -> int:
        """The greatest number that is taken; one without a unit counts nothing, it numbers."""
        if self.maximum is not None:
            return self.maximum
        return _MOST_NUMBER if self.type is CellType.INTEGER and not self.unit else MOST.get(self.type, 0)

    @property
    def label(self) -> str:
        """The header as printed on a blank: required columns carry a star."""
        return f"{self.header}*" if self.required else self.header


def choice(header: str, values: type[StrEnum], **more: Any) -> Column:
    """A column whose values are one of an enumeration of the glossary."""
    choices = tuple(str(v) for v in values)
    width = more.pop("width", max(10, 2 * max(map(len, choices)) + 4, 2 * len(header) + 4))
    return Column(header, CellType.CHOICE, choices=choices, width=width, **more)


def yes_no(header: str, **more: Any) -> Column:
    return choice(header, YesNo, **more)


class Record(BaseModel):
    """A row as read. A field is None where the cell was empty or could not be understood."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    sheet: ClassVar[str]
    title: ClassVar[str]
    layout: ClassVar[Layout] = Layout.TABLE
    #: The feature of a rule pack that reads the sheet ('': all do).
    feature: ClassVar[str] = ""
    #: Fields that make a row a duplicate of an earlier one of the same return (B2.10).
    key: ClassVar[tuple[str, ...]] = ()

    @classmethod
    def columns(cls) -> dict[str, Column]:
        """The columns by field name, in the order of the sheet."""
        return _columns(cls)

    @classmethod
    def windowed(cls) -> tuple[str, str] | None:
        """The field whose date must lie in a window of the pack (A3), and the window; None if the sheet has none."""
        return next(((field, column.window) for field, column in cls.columns().items() if column.window), None)

    @classmethod
    def assembled(cls, values: dict[str, Any]) -> Self:
        """A record of these values, taken as they are; fields without one are None. Restored as if from a pickle."""
        made = cls.__new__(cls)
        state = {"__dict__": {**_blank(cls), **values}, "__pydantic_fields_set__": set(values)}
        made.__setstate__({**state, "__pydantic_extra__": None, "__pydantic_private__": None})
        return made


@cache
def _blank(record: type[Record]) -> dict[str, Any]:
    return dict(record().__dict__)


@cache
def _columns(record: type[Record]) -> dict[str, Column]:
    return {name: next(m for m in info.metadata if isinstance(m, Column)) for name, info in record.model_fields.items()}
