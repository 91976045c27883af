"""案卷质量得分 (B1): every place of the 7 (8) files, and each unit's mean and points."""

from __future__ import annotations

from collections.abc import Sequence

from xl_lianbing.excel.values import Cell, Formula
from xl_lianbing.glossary import FileState, Tier
from xl_lianbing.records.results import FILE_POINTS, RANKING
from xl_lianbing.report.blocks import ASSUMED_NOTE, Block, ByHeader, note, table
from xl_lianbing.report.formulas import RowCells
from xl_lianbing.rules import files as rule
from xl_lianbing.rules.names import Names
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.scoring.files import FilePlace, Quality
from xl_lianbing.scoring.remarks import RemarkKind, told
from xl_lianbing.scoring.roster import Unit
from xl_lianbing.scoring.score import Scores

_FILES, _UNITS = FILE_POINTS.grids


def file_blocks(scores: Scores, rules: Ruleset) -> list[Block]:
    """One row a file, and each unit's mean."""
    names = Names(rules.pack)
    files = [f for u in scores.roster.units for f in scores.dossiers[u.name].files]
    holders = _holders(scores, names)
    file_rows = [
        _file_row(f, holders.get(f.unit, ""), RowCells(_FILES, i, len(files)), names, rules)
        for i, f in enumerate(files)
    ]
    all_files = RowCells(_FILES, 0, len(files))
    unit_rows = [
        _unit_row(u, scores, RowCells(_UNITS, i, 1), all_files, names) for i, u in enumerate(scores.roster.units)
    ]
    stand_in = next(iter(told(scores.remarks, RemarkKind.FILES)), "")
    return [
        table(FILE_POINTS, _FILES, file_rows),
        table(FILE_POINTS, _UNITS, unit_rows),
        note(FILE_POINTS, "左表是每份案卷的得分，右表是每个单位的平均分和得分。", stand_in, ASSUMED_NOTE),
    ]


def _file_row(file: FilePlace, holder: Cell, row: RowCells, names: Names, rules: Ruleset) -> ByHeader:
    score = rule.score_formula(row["专家评审"], row["交叉评审"], names)
    return {
        "单位": file.unit,
        "文书文号": file.number,
        "案卷类别": file.kind,
        "专家评审": file.expert,
        "交叉评审": file.cross,
        "案卷得分": Formula(f'IF({row["案卷状态"]}<>"{FileState.COUNTED}",0,{score})', file.score(rules)),
        "说明": file.note,
        "案卷状态": file.state,
        "同时计入": holder,
        "认定造假": f"{file.unit}的案卷{file.number}被认定造假" if file.forged else "",
    }


def _unit_row(unit: Unit, scores: Scores, row: RowCells, files: RowCells, names: Names) -> ByHeader:
    quality = scores.qualities[unit.name]
    keys = [files.all("单位"), *([files.all("同时计入")] if unit.tier is Tier.CITY else [])]
    states, marks, me = files.all("案卷状态"), files.all("案卷得分"), row["参评单位"]

    def places(state: FileState) -> str:
        return "+".join(f'COUNTIFS({key},{me},{states},"{state}")' for key in keys)

    out = rule.left_out_formula(places(FileState.INELIGIBLE), places(FileState.MISSING), names)
    points = f'IF({row["记零分原因"]}<>"",0,{rule.quality_formula(row["平均分"], names)})'
    return {
        "参评单位": unit.name,
        "层级": unit.tier,
        "除数": Formula("+".join(f"COUNTIFS({key},{me})" for key in keys) + out, quality.divisor),
        "案卷得分合计": Formula("+".join(f"SUMIFS({marks},{key},{me})" for key in keys), quality.total),
        "平均分": Formula(f"IF({row['除数']}=0,0,{row['案卷得分合计']}/{row['除数']})", quality.mean),
        "记零分原因": _forgery(keys, files.all("认定造假"), me, quality, scores),
        "案卷质量得分": Formula(points, quality.points),
    }


def _holders(scores: Scores, names: Names) -> dict[str, Cell]:
    """County unit → the city whose mean holds its files too (B1.4); by a formula where the best ones stand in."""
    place = {score.unit.name: i for i, score in enumerate(scores.units)}
    result: dict[str, Cell] = {}
    for county, city in scores.roster.city_of.items():
        held = city.name if county in scores.holding[city.name].names else ""
        if scores.roster.recommended(city):
            result[county] = held
            continue
        ranked = RowCells(RANKING.grid, place[county], len(place))
        order, named = (f"{RANKING.name}!{ranked[header]}" for header in ("市内次序", "所属市级"))
        result[county] = Formula(rule.held_formula(order, named, names), held)
    return result


def _forgery(keys: Sequence[str], forged: str, me: str, quality: Quality, scores: Scores) -> Cell:
    """B1.5: a city's reason follows the files it holds; a county unit's is a fact."""
    unit = quality.unit
    if unit.tier is not Tier.CITY or scores.dossiers[unit.name].correction or scores.roster.recommended(unit):
        return quality.zero_reason
    formula = '""'
    for key in reversed(keys):
        found = f'INDEX({forged},MATCH(1,INDEX(({key}={me})*({forged}<>""),0),0))'
        formula = f"IFERROR({found},{formula})"
    return Formula(formula, quality.zero_reason)
