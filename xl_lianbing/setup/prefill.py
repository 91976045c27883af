"""What the systems know of a unit's penalty cases (B2.6, B2.7): written into its blank, to be completed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final, TypeVar

from xl_lianbing.glossary import PenaltyKind, ViolationType, YesNo
from xl_lianbing.records.inputs import PublishedCase, RosterUnit, SystemCase
from xl_lianbing.records.keys import document_key, name_key, squeeze
from xl_lianbing.records.lines import BureauInputs
from xl_lianbing.records.returns import PenaltyCase

S = TypeVar("S", bound=StrEnum)

#: Fields of a return's row by those of the systems that fill it, the first that knows.
_FROM_SYSTEM: Final = {
    "decision_number": "decision_number",
    "party": "party",
    "credit_code": "credit_code",
    "cause": "cause",
    "fine": "fine",
    "filed_case_on": "filed_on",
    "decided_on": "decided_on",
    "closed_on": "closed_on",
    "entered_on": "entered_on",
}
_FROM_PORTAL: Final = {
    "decision_number": "decision_number",
    "party": "party",
    "credit_code": "credit_code",
    "fine": "fine",
    "decided_on": "decided_on",
    "published_on": "published_on",
    "published_at": "address",
}
_NAMED: Final = 5


@dataclass(frozen=True, slots=True)
class Prefill:
    """The rows of 处罚案件 known of a unit, and where they come from."""

    rows: Sequence[Mapping[str, object]] = ()
    in_system: int = 0
    on_portal: int = 0
    #: Numbers of which the systems know different amounts.
    differing: Sequence[str] = ()

    @property
    def in_both(self) -> int:
        return self.in_system + self.on_portal - len(self.rows)

    @property
    def origin(self) -> str:
        """How many rows came from where."""
        parts = [f"处罚系统数据{self.in_system}件"] if self.in_system else []
        parts += [f"公示数据{self.on_portal}件"] if self.on_portal else []
        both = f"，其中{self.in_both}件两处都有" if self.in_both else ""
        return f"{len(self.rows)}件（{'、'.join(parts)}{both}）"

    @property
    def told(self) -> str:
        """What the district is told; '' if nothing was filled in."""
        if not self.rows:
            return ""
        more = ""
        if self.differing:
            some = "、".join(self.differing[:_NAMED]) + ("等" if len(self.differing) > _NAMED else "")
            more = f"两处罚款金额不同的，填的是处罚系统的，请核对：{some}。"
        return f"“处罚案件”已预先填了{self.origin}。请逐件核对，补齐空着的格子和漏掉的案件，不是本单位的删掉。{more}"


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the cases of several units; `unplaced`: rows of which nothing tells whose they are."""

    units: Mapping[str, Prefill]
    unplaced: int = 0


def known_of(units: Iterable[RosterUnit], inputs: BureauInputs) -> Known:
    """What the master's tabs know of the cases of these units."""
    return Known({u.unit: prefilled(inputs, u.unit) for u in units if u.unit}, _unplaced(inputs))


@dataclass(slots=True)
class _Decision:
    """What is known of one decision."""

    values: dict[str, Any] = field(default_factory=dict)
    system: bool = False
    portal: bool = False
    differs: bool = False

    def take(self, given: Mapping[str, Any]) -> None:
        for name, value in given.items():
            if value not in (None, ""):
                self.values.setdefault(name, value)


def prefilled(inputs: BureauInputs, unit: str) -> Prefill:
    """What 处罚系统数据 and 公示数据 know of a unit, one row a number; where both know, the penalty system's counts."""
    known: dict[str, _Decision] = {}
    for case in _of(inputs.system_cases, unit):
        one = known.setdefault(document_key(case.decision_number or ""), _Decision())
        one.take({name: getattr(case, source) for name, source in _FROM_SYSTEM.items()})
        one.take({"violation": _choice(case.violation, ViolationType), "penalty": _penalty(case)})
        one.take({"in_system": YesNo.YES})
        one.system = True
    for shown in _of(inputs.published, unit):
        one = known.setdefault(document_key(shown.decision_number or ""), _Decision())
        fines = {one.values.get("fine"), shown.fine} - {None}
        one.differs |= one.system and len(fines) > 1
        one.take({name: getattr(shown, source) for name, source in _FROM_PORTAL.items()})
        one.take({"violation": _choice(shown.violation, ViolationType), "published": YesNo.YES})
        one.take({"penalty": PenaltyKind.FINE if shown.fine else None})
        one.portal = True
    columns = PenaltyCase.columns()
    rows = [
        {columns["number"].header: number} | {columns[n].header: value for n, value in one.values.items()}
        for number, one in enumerate(known.values(), 1)
    ]
    return Prefill(
        rows,
        sum(one.system for one in known.values()),
        sum(one.portal for one in known.values()),
        [str(one.values["decision_number"]) for one in known.values() if one.differs],
    )


def _unplaced(inputs: BureauInputs) -> int:
    """Rows of the systems of which nothing tells whose they are."""
    units = {name_key(u.unit or "") for u in inputs.roster}
    named = [case.unit for case in inputs.system_cases] + [case.unit for case in inputs.published]
    return sum(name_key(unit or "") not in units for unit in named)


C = TypeVar("C", SystemCase, PublishedCase)


def _of(cases: Iterable[C], unit: str) -> list[C]:
    return [case for case in cases if case.decision_number and name_key(case.unit or "") == name_key(unit)]


def _penalty(case: SystemCase) -> PenaltyKind | None:
    """The kind that a text names; of several the fine, whose amount counts; a fine where nothing but an amount is."""
    named = _named(case.penalty, PenaltyKind)
    if PenaltyKind.FINE in named or (case.fine and not named):
        return PenaltyKind.FINE
    return named[0] if len(named) == 1 else None


def _choice(text: str | None, choices: type[S]) -> S | None:
    """The only one of the choices that a text names: 违反水污染防治管理制度."""
    named = _named(text, choices)
    return named[0] if len(named) == 1 else None


def _named(text: str | None, choices: type[S]) -> list[S]:
    told = squeeze(text or "")
    return [one for one in choices if str(one) == told] or [one for one in choices if str(one) in told]
