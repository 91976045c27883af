"""The cells of the master that findings of scoring are about: their rows are known as records, here as addresses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from xl_lianbing.addresses import span
from xl_lianbing.findings import Finding
from xl_lianbing.folder import MASTER
from xl_lianbing.intake.master.inputs import MasterInputs
from xl_lianbing.records.inputs import RULES_TAB


def located(findings: Iterable[Finding], master: MasterInputs) -> list[Finding]:
    """The findings, those about the master with their cells, in their order.

    Of what is absent it is the first free row, where it can be typed. The rows are those objects that `master` holds.
    """
    numbers = {id(line.record): line.row for tab in master.tabs.values() for line in tab.used}
    return [_placed(f, master, numbers) if f.where.file == MASTER and not f.where.cell else f for f in findings]


def _placed(found: Finding, master: MasterInputs, numbers: dict[int, int]) -> Finding:
    tab, about = master.tabs.get(found.where.sheet), found.about
    if found.where.sheet == RULES_TAB and about:
        return found.at(cell=master.rule_cells.get(about.field, ""))
    if tab is not None and found.kind.absent:
        return found.at(cell=f"{next(iter(tab.letters.values()))}{tab.free}")
    if tab is None or about is None or not about.rows:
        return found
    letter = tab.letters.get(about.field) or tab.letters["unit"]
    cells = tuple(f"{letter}{number}" for number in sorted(numbers[id(row)] for row in about.rows))
    return replace(found.at(cell=span(cells)), cells=cells if len(cells) > 1 else ())
