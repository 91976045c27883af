"""A rule pack: one year's rules as data, every value with the paragraph it comes from or marked as assumed."""

from __future__ import annotations

import re
import tomllib
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from xl_lianbing.errors import PackInvalid
from xl_lianbing.glossary import Tier, ValueState
from xl_lianbing.records.column import MOST, CellType, Column, Record, Scored
from xl_lianbing.rules.pack.contract import BLANK_VALUE_KEYS, breaches
from xl_lianbing.rules.pack.messages import sentences
from xl_lianbing.rules.pack.sources import named
from xl_lianbing.rules.shipped import PACK_FOLDER, SHIPPED

#: Units of what is counted: there is no half of it.
_COUNTED = frozenset("件家个人份字天篇期")
#: A value of the pack in a text: `{deeds.max_chars}`.
_KEY = re.compile(r"\{([a-z0-9_.]+)\}")

SourceId = Annotated[str, Field(pattern=r"^[A-Z]\d+-¶\d+$")]


def _number(value: object) -> object:
    """TOML's integers and decimals as Decimal; nothing else is taken for a number, least of all quoted text."""
    if isinstance(value, int) and not isinstance(value, bool):
        return Decimal(value)
    if isinstance(value, Decimal) and value.is_finite():
        return value
    raise ValueError("应为数字，不加引号")


def _number_or_date(value: object) -> object:
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    try:
        return _number(value)
    except ValueError:
        raise ValueError("应为数字或日期（如 2017-10-31），不加引号") from None


Number = Annotated[Decimal, BeforeValidator(_number)]
Value = Annotated[Decimal | date | None, BeforeValidator(_number_or_date)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Citation(_Part):
    """A paragraph (`N16-¶030`) and the words of it that say the thing."""

    source: SourceId
    quote: str = Field(min_length=2)


class Cited(_Part):
    """Something that rests on the sources, or says why it is assumed (待确认); both if taken over from another year."""

    rule: str = Field(pattern=r"^[A-DR]\d+(\.\d+)?$")
    cites: tuple[Citation, ...] = ()
    assumed: str = ""

    @model_validator(mode="after")
    def _grounded(self) -> Self:
        if not self.cites and not self.assumed:
            raise ValueError("既没有 cites（依据）也没有 assumed（待确认的理由）")
        return self

    @property
    def state(self) -> ValueState:
        return ValueState.ASSUMED if self.assumed else ValueState.SOURCED

    @property
    def basis(self) -> str:
        """依据 as shown in 规则: paragraphs and quotes, or the reason for the assumption."""
        quoted = "；".join(f"{named(c.source)}“{c.quote}”" for c in self.cites)
        return "；".join(part for part in (quoted, self.assumed) if part)


class PackValue(Cited):
    """One row of 规则. `value` is absent for what the bureau must type (provincial totals)."""

    key: str = Field(pattern=r"^[a-z0-9_.]+$")
    code: str
    indicator: str
    item: str
    unit: str = ""
    value: Value = None
    province: Number | None = None
    minimum: Number | None = None
    maximum: Number | None = None

    @property
    def type(self) -> CellType:
        """What its cell holds: a date, or a number, whole where it is one of things."""
        if isinstance(self.value, date):
            return CellType.DATE
        return CellType.INTEGER if self.unit.partition("/")[0] in _COUNTED else CellType.NUMBER

    @property
    def limits(self) -> tuple[Decimal, Decimal]:
        """The least and the greatest number that is taken; also where the pack sets none, absurd ones are not."""
        far = Decimal(MOST[CellType.MONEY if self.unit == "万元" else CellType.NUMBER])
        low, high = self.minimum, self.maximum
        return (-far if low is None else low), (far if high is None else high)

    @property
    def name(self) -> str:
        """The defined name of its cell in the master."""
        return self.item.replace("(", "_").replace(")", "").replace("·", "_").replace("～", "_")


class Switch(Cited):
    """A spot of the text with several readings; the first is the default."""

    code: str = Field(pattern=r"^L\d+$")
    indicator: str
    item: str
    readings: tuple[str, ...] = Field(min_length=2)
    effects: tuple[str, ...] = Field(min_length=2)
    applies: bool = True

    @property
    def name(self) -> str:
        return f"口径_{self.code}"


class Feature(Cited):
    """A rule that a year has or has not."""

    key: str
    title: str
    on: bool


class Indicator(Cited):
    """An indicator with the keys of its full marks and the switch that decides how it is scored."""

    key: str
    title: str
    full_marks: tuple[str, ...] = ()
    switch: str = ""


class Deadline(Cited):
    """By when something is to be handed in (D1), and which tiers owe it."""

    key: str
    title: str
    due: date
    tiers: tuple[Tier, ...] = Field(min_length=1)


class Task(Cited):
    """A row of the task table (D4)."""

    code: str
    period: str
    due: date | None = None
    text: str
    departments: str


class ReviewItem(Cited):
    """An item that reviewers of a file give points for, and the most points (R3)."""

    item: str = Field(min_length=1)
    full: Number


class Document(_Part):
    id: str
    title: str
    file: str


class RulePack(_Part):
    """One year's rules. Loaded by `load_pack`; never built by hand."""

    id: str
    version: str
    year: int
    title: str
    issuer: str
    headers: dict[str, str] = {}
    documents: tuple[Document, ...]
    indicators: tuple[Indicator, ...]
    features: tuple[Feature, ...]
    values: tuple[PackValue, ...]
    switches: tuple[Switch, ...]
    deadlines: tuple[Deadline, ...]
    tasks: tuple[Task, ...] = ()
    review_items: tuple[ReviewItem, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for what, keys in (
            ("values.key", [v.key for v in self.values]),
            ("values.item", [v.item for v in self.values]),
            ("values.code / switches.code", [v.code for v in self.values] + [s.code for s in self.switches]),
            ("features.key", [f.key for f in self.features]),
            ("indicators.key", [i.key for i in self.indicators]),
            ("deadlines.key", [d.key for d in self.deadlines]),
            ("tasks.code", [t.code for t in self.tasks]),
            ("review_items.item", [r.item for r in self.review_items]),
        ):
            doubled = sorted({k for k in keys if keys.count(k) > 1})
            if doubled:
                raise ValueError(f"{what} 重复：{'、'.join(doubled)}")
        known = {v.key for v in self.values}
        codes = {s.code for s in self.switches}
        for indicator in self.indicators:
            missing = [k for k in indicator.full_marks if k not in known]
            if missing or (indicator.switch and indicator.switch not in codes):
                raise ValueError(f"indicators.{indicator.key} 指向不存在的 {missing or indicator.switch}")
        for switch in self.switches:
            if len(switch.readings) != len(switch.effects):
                raise ValueError(f"switches.{switch.code} 的 readings 与 effects 个数不同")
        return self

    @model_validator(mode="after")
    def _complete(self) -> Self:
        found = breaches(
            [v.key for v in self.values],
            {f.key: f.on for f in self.features},
            [i.key for i in self.indicators],
            {s.code: s.readings for s in self.switches},
        )
        found += [
            f"values.{v.key} 没有 value" for v in self.values if v.value is None and v.key not in BLANK_VALUE_KEYS
        ]
        if found:
            raise ValueError("；".join(found[:5]))
        return self

    @cached_property
    def by_key(self) -> dict[str, PackValue]:
        return {v.key: v for v in self.values}

    @cached_property
    def _on(self) -> frozenset[str]:
        return frozenset(f.key for f in self.features if f.on)

    @cached_property
    def _columns(self) -> dict[type[Record], dict[str, Column]]:
        return {}

    def has(self, feature: str) -> bool:
        """Whether the year has a rule; '' is what no year can be without."""
        return not feature or feature in self._on

    def columns(self, record: type[Record]) -> dict[str, Column]:
        """The columns of a sheet as the year asks for them: one without its feature is neither required nor scored."""
        if record not in self._columns:
            self._columns[record] = {name: self._asked(column) for name, column in record.columns().items()}
        return self._columns[record]

    def _asked(self, column: Column) -> Column:
        if not self.has(column.feature):
            return replace(column, required=False, scored=Scored.NEVER, duty="", limit="")
        told = all(key in self.by_key for key in _KEY.findall(column.duty))
        duty = _KEY.sub(lambda found: f"{self.by_key[found[1]].value}", column.duty) if told else ""
        limit = self.by_key[column.limit].value if column.limit else None
        max_chars = int(limit) if isinstance(limit, Decimal) else column.max_chars
        return replace(column, help=column.help + duty, max_chars=max_chars)

    def header(self, header: str) -> str:
        """The header of a column as this year writes it (重点监控企业数 / 重点排污单位数)."""
        return self.headers.get(header, header)

    def indicator(self, key: str) -> Indicator:
        return next(i for i in self.indicators if i.key == key)

    def switch(self, code: str) -> Switch:
        return self._switches[code]

    @cached_property
    def _switches(self) -> dict[str, Switch]:
        return {s.code: s for s in self.switches}

    @cached_property
    def months(self) -> tuple[tuple[int, int], ...]:
        """Year and month of each month of the activity (A3)."""
        first, last = (self.by_key[f"window.activity.{edge}"].value for edge in ("start", "end"))
        assert isinstance(first, date) and isinstance(last, date)
        count = (last.year - first.year) * 12 + last.month - first.month + 1
        steps = ((first.year * 12 + first.month - 1 + step) for step in range(count))
        return tuple((step // 12, step % 12 + 1) for step in steps)

    @cached_property
    def reporting_departments(self) -> tuple[str, ...]:
        """The city's departments that owe publicity (D1.3): those of the tasks in the paragraph that says so."""
        value = self.by_key.get("duty.department_bulletins")
        sources = {c.source for c in value.cites} if value else set()
        tasks = (t for t in self.tasks if sources & {c.source for c in t.cites})
        return tuple(dict.fromkeys(name for t in tasks for name in t.departments.split("、")))

    def deadline(self, key: str) -> Deadline | None:
        return next((d for d in self.deadlines if d.key == key), None)


def parse_pack(text: str, file: str) -> RulePack:
    """A rule pack from TOML text; decimals stay exact. Raises PackInvalid with the file and the key."""
    try:
        data: dict[str, Any] = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as e:
        raise PackInvalid(
            f"规则包 {file} 不是有效的 TOML：{e}", "按提示的行号改正规则包文件，或换回随软件发布的规则包。"
        ) from e
    try:
        return RulePack.model_validate(data)
    except ValidationError as e:
        problem = f"规则包 {file} 有误：{sentences(e.errors(), data)}"
        raise PackInvalid(problem, "按提示的键改正规则包文件，或换回随软件发布的规则包。") from e


@cache
def load_pack(pack_id: str) -> RulePack:
    """The shipped rule pack of that id. Raises PackInvalid if there is none."""
    file: Traversable = PACK_FOLDER / f"{pack_id}.toml"
    if pack_id not in SHIPPED or not file.is_file():
        raise PackInvalid(f"没有名为“{pack_id}”的规则包", f"可用的规则包：{'、'.join(SHIPPED)}。")
    return parse_pack(file.read_text("utf-8"), file.name)
