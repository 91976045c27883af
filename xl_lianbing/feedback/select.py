"""Which findings go back to whom: a unit learns what is wrong with its own return, and nothing else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from xl_lianbing.findings import Finding, Kind, evidence, reading
from xl_lianbing.findings.receipts import UNKNOWN_UNIT
from xl_lianbing.folder import as_file_name, stem_of
from xl_lianbing.glossary import Audience, ReceiptState, Severity
from xl_lianbing.intake.returned.receipts import Receipt

#: As the unit is told, where the finding tells the bureau what to do and the unit has something else to do.
_FOR_THE_UNIT: Final[Mapping[Kind, Kind]] = {
    evidence.NONE_YET: replace(evidence.NONE_YET, fix="请把填报表里写的文件连同填报表一起报送市局；已经报送的不用管。"),
}
#: Refused for whose or for which year it is. Any other refused file is never opened again: it may be built to do harm.
_REFUSED_BUT_READ: Final = frozenset(
    (reading.OTHER_YEAR, reading.OTHER_PACK, reading.UNIT_DIFFERS, reading.UNIT_UNKNOWN, UNKNOWN_UNIT)
)
_RETURNED = (ReceiptState.RECEIVED, ReceiptState.REFUSED)
ENDING: Final = "_反馈.xlsx"


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back for one file: the file, whose it is (as far as that is known), its findings, the copy's name."""

    unit: str
    file: str
    sha256: str
    used: bool
    findings: tuple[Finding, ...]
    name: str
    #: Whether the file is a workbook that was read, so that it can be opened again and marked.
    markable: bool = True


def answers(receipts: Iterable[Receipt], findings: Iterable[Finding]) -> list[Answer]:
    """One for each return with something to mend; notes alone are no reason to send it back.

    A file that can't be read and says not whose it is has nobody to go back to: it stands in 校核结果 only.
    """
    by_file: dict[str, list[Finding]] = defaultdict(list)
    for found in findings:
        if found.where.file and found.audience is Audience.COUNTY:
            told = _FOR_THE_UNIT.get(found.kind)
            by_file[found.where.file].append(replace(found, kind=told) if told else found)
    made: list[Answer] = []
    taken: set[str] = set()
    for receipt in sorted(receipts, key=lambda r: (r.state is not ReceiptState.RECEIVED, r.unit, r.file)):
        if receipt.state not in _RETURNED:
            continue
        own = [f for f in by_file.get(receipt.file, ()) if f.where.unit in (receipt.unit, "")]
        if not any(f.severity in (Severity.BLOCKING, Severity.WARNING) for f in own):
            continue
        used = receipt.state is ReceiptState.RECEIVED
        markable = used or any(f.kind in _REFUSED_BUT_READ for f in own)
        if not markable and not receipt.unit:
            continue
        name = _free_name(_name_of(receipt), taken)
        own.sort(key=lambda f: f.order)
        made.append(Answer(receipt.unit, receipt.file, receipt.sha256, used, tuple(own), name, markable))
    return made


def _name_of(receipt: Receipt) -> Sequence[str]:
    stem = stem_of(receipt.file)
    return (receipt.unit, f"{receipt.unit}_{stem}") if receipt.unit else (stem,)


def _free_name(wanted: Sequence[str], taken: set[str]) -> str:
    """The first of the names that is not taken, made fit for a file system; numbered if all are."""
    plain = [as_file_name(name).lstrip(" .") for name in wanted]
    candidates = [name or "未知单位" for name in plain]
    number = 2
    while candidates[0].casefold() in taken:
        if len(candidates) > 1:
            candidates.pop(0)
        else:
            candidates = [f"{plain[-1]}_{number}"]
            number += 1
    taken.add(candidates[0].casefold())
    return candidates[0] + ENDING
