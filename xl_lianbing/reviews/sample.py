"""Decisions drawn at random from the penalty system's export (`review --draw N`), repeatable by anybody (R6)."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from xl_lianbing.errors import LianbingError
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.intake.master.inputs import read_master
from xl_lianbing.records.inputs import SystemCase
from xl_lianbing.records.keys import document_key, name_key
from xl_lianbing.reviews.draw import order
from xl_lianbing.reviews.tables import TableColumn, new_workbook, write_table


@dataclass(frozen=True, slots=True)
class Sample:
    """`cases` by unit; `short`: units that have fewer than asked for."""

    file: Path
    seed: str
    cases: Mapping[str, Sequence[SystemCase]]
    short: Sequence[str]


def sampled(cases: Sequence[SystemCase], count: int, seed: str) -> list[SystemCase]:
    """So many of the cases of one unit, each number once; the seed decides, whatever the order of rows."""
    by_key = {document_key(case.decision_number): case for case in cases if case.decision_number}
    unit = name_key(str(cases[0].unit)) if cases else ""
    return [by_key[key] for key in sorted(by_key, key=lambda key: (order(seed, "sample", unit, key), key))[:count]]


def draw_decisions(folder: CampaignFolder, count: int, *, seed: str = "", master: Path | None = None) -> Sample:
    """Draws from 处罚系统数据 and writes 评审/抽取案卷.xlsx. Raises LianbingError where there is nothing to draw."""
    inputs = read_master(master or folder.master)
    if count < 1:
        raise LianbingError("每个单位抽取的件数应是1以上的整数。", "例如：review 文件夹 --draw 3。")
    window = inputs.rules.window("decisions")
    roster = {name_key(str(unit.unit)): str(unit.unit) for unit in inputs.inputs.roster}
    by_unit: dict[str, list[SystemCase]] = defaultdict(list)
    for case in inputs.inputs.system_cases:
        unit = roster.get(name_key(case.unit)) if case.unit else None
        if unit is not None and (case.decided_on is None or case.decided_on in window):
            by_unit[unit].append(case)
    if not by_unit:
        raise LianbingError(
            "“处罚系统数据”里没有活动期间的、写明参评单位的案件，没有抽取。", "请先导入处罚系统的数据，并有“单位”列。"
        )
    seed = seed or secrets.token_hex(4)
    cases = {unit: sampled(by_unit[unit], count, seed) for unit in roster.values() if unit in by_unit}
    short = [unit for unit in roster.values() if len(cases.get(unit, ())) < count]
    path = folder.reviews / "抽取案卷.xlsx"
    columns = (
        *(TableColumn("单位", 18), TableColumn("序号", 8, look="integer"), TableColumn("处罚决定书文号", 30)),
        *(TableColumn("当事人名称", 30), TableColumn("决定日期", 12), TableColumn("罚款金额(万元)", 14, look="money")),
    )
    rows = [
        (unit, n, c.decision_number, c.party, str(c.decided_on or ""), None if c.fine is None else float(c.fine))
        for unit, own in cases.items()
        for n, c in enumerate(own, 1)
    ]
    with new_workbook(path) as (workbook, formats):
        note = f"种子：{seed}　每个单位抽{count}件，同样的数据和种子抽出同样的案件。"
        write_table(workbook, formats, "抽取案卷", note, columns, rows, title=f"{inputs.pack.title}：随机抽取案卷")
    return Sample(path, seed, cases, short)
