"""算例.csv through the whole `score()`: one line an example, worked by hand.

输入 is JSON: 规则包, 规则 (取值 by 项目, readings by code), 单位 (one object a unit; 个人 = 姓名 → 办案数) and input
tabs by name as text tables. 期望 is JSON: by unit or person the figures as exact numbers (decimals or fractions).
"""

from __future__ import annotations

import csv
import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from tests.few_words import Scene, cases_of, person, row_of
from xl_lianbing.exact import rounded
from xl_lianbing.glossary import SubIndicator, UnitPart
from xl_lianbing.records.inputs import INPUT_TABS
from xl_lianbing.scoring.score import Scores

FILE = Path(__file__).with_name("算例.csv")
COLUMNS = ["编号", "规则", "输入", "期望", "依据"]


def examples() -> list[dict[str, str]]:
    with FILE.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def scene(given: dict[str, Any]) -> Scene:
    result = Scene(given["规则包"]).set(given.get("规则", {}))
    for unit in given["单位"]:
        words = dict(unit)
        people: dict[str, int] = words.pop("个人", {})
        name = words.pop("单位")
        if people:
            words["案件"] = max(people.values())
            words["先进个人"] = ["姓名", *people]
            credited = [f"{who} | {name}罚〔{n}〕" for who, count in people.items() for n in range(count)]
            words["个人办案"] = ["姓名 | 处罚决定书文号", *credited]
        files = [tuple(pair) if pair else None for pair in words.pop("案卷", [])]
        result.unit(name, words.pop("层级", "县级"), 案卷=files, **words)
    for record in INPUT_TABS:
        if record.sheet in given:
            result.tab(record.sheet, *given[record.sheet])
    return result


def figure(scores: Scores, who: str, what: str) -> object:
    """One figure of the results by the name it has in the workbook."""
    if who not in scores.qualities:
        officer = person(scores, who)
        points = officer.points
        by_name = {
            "办案得分": points.cases,
            "案卷得分": points.file,
            "投票得分": points.votes,
            "事迹得分": points.deeds,
        }
        return (by_name | {"总分": points.total, "名次": officer.rank, "状态": str(officer.selection)})[what]
    row, cases = row_of(scores, who), cases_of(scores, who)
    for sub in SubIndicator:
        if what.startswith(sub):
            found = cases.subs[sub]
            return {"数值": found.value, "基准值": found.baseline, "比值": found.ratio, "得分": found.points}[
                what.removeprefix(sub)
            ]
    return {
        "案卷质量": row.parts[UnitPart.FILES],
        "案卷质量显示": rounded(row.parts[UnitPart.FILES]),
        "查处案件": row.parts[UnitPart.CASES],
        "满意度": row.parts[UnitPart.SATISFACTION],
        "加减分": row.parts[UnitPart.ADJUSTMENTS],
        "总分": row.total,
        "发表文章": row.articles,
        "名次": row.rank,
        "状态": str(row.selection),
        "一票否决": "是" if row.veto else "否",
        "基准比例": cases.share,
        "份数": scores.qualities[who].divisor,
    }[what]


@pytest.mark.parametrize("example", [pytest.param(e, id=f"{e['编号']} {e['规则']}") for e in examples()])
def test_example(example: dict[str, str]) -> None:
    scores = scene(json.loads(example["输入"])).score()
    for who, figures in json.loads(example["期望"]).items():
        for what, expected in figures.items():
            got = figure(scores, who, what)
            if isinstance(got, str):
                assert got == expected, f"{who} {what}"
            else:
                assert got == Fraction(str(expected)), f"{who} {what}: {got}"


def test_every_example_has_its_columns_and_its_own_number() -> None:
    found = examples()
    assert list(found[0]) == COLUMNS
    assert len({e["编号"] for e in found}) == len(found)
    assert all(e["规则"] and e["依据"] for e in found)
