"""The score columns are live formulas: another program that calculates them anew gets what Python computed."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests import gnumeric
from tests.commands import program, set_rules
from tests.conftest import MASTER, Demo
from tests.gnumeric import requires_gnumeric
from tests.libreoffice import requires_libreoffice
from tests.libreoffice.convert import recalculated

TABS = ("案卷质量得分", "查处案件得分", "满意度得分", "综合排名", "先进个人得分")
#: Formulas at least, a tab, in a demonstration with 11 units.
FEWEST = {"案卷质量得分": 100, "查处案件得分": 120, "满意度得分": 33, "综合排名": 60, "先进个人得分": 60}
PACKS = ("jiangsu-2016", "jiangsu-2017")
#: Other values and readings; all of them are known to the formulas, so that these follow them without a new run.
LIVE: dict[str, dict[str, object]] = {
    "jiangsu-2016": {
        "L1": "不计入平均",
        "L2": "加权",
        "专家评审权重": 0.7,
        "L3": "按实际份数",
        "L5": "超过0.5倍",
        "L11": "整数向下",
        "L12": "全部单位",
        "重大案件满分": 12,
        "公众满意度最低分": 1,
        "全省查处案件总数": 9000,
    },
    "jiangsu-2017": {
        "L1": "不计入平均",
        "L2": "平均",
        "L3": "按实际份数",
        "L4": "不计算",
        "L6": "线性",
        "L11": "整数向上",
        "案卷质量满分": 37.5,
        "县级先进集体名额": 3,
        "先进个人名额": 5,
        "全省罚款总金额(万元)": None,
    },
}
#: Readings that change what is counted.
COUNTING: dict[str, object] = {"L8": "指标零分", "L10": "不计入"}


def cells(workbook: Path, *, values: bool, tabs: Iterable[str] = TABS) -> Iterator[tuple[str, str, object]]:
    """Tab, address and content (formulas, or values) of the cells of the score tabs."""
    book = load_workbook(workbook, read_only=True, data_only=values)
    try:
        for tab in tabs:
            for row in book[tab].iter_rows():
                for cell in row:
                    if cell.value is not None:
                        yield tab, cell.coordinate, cell.value
    finally:
        book.close()


def differences(master: Path, other: Path, tabs: Iterable[str] = TABS) -> tuple[dict[str, int], list[str]]:
    """How many formulas each tab has, and those whose stored value is not what the other program calculated."""
    stored = {(tab, at): value for tab, at, value in cells(master, values=True, tabs=tabs)}
    anew = {(tab, at): value for tab, at, value in cells(other, values=True, tabs=tabs)}
    count = dict.fromkeys(tabs, 0)
    wrong = []
    for tab, at, formula in cells(master, values=False, tabs=tabs):
        if not (isinstance(formula, str) and formula.startswith("=")):
            continue
        count[tab] += 1
        ours, theirs = stored.get((tab, at), ""), anew.get((tab, at), "")
        if not same(ours, theirs):
            wrong.append(f"{tab}!{at}: {ours!r}, calculated {theirs!r} by {formula}")
    return count, wrong


def same(ours: object, theirs: object) -> bool:
    if isinstance(ours, int | float) and isinstance(theirs, int | float):
        return math.isclose(ours, theirs, rel_tol=1e-9, abs_tol=1e-12)
    return ours == theirs


def must_agree(master: Path, other: Path, fewest: dict[str, int], tabs: Iterable[str] = TABS) -> None:
    count, wrong = differences(master, other, tabs)
    assert not wrong, f"{len(wrong)} formulas differ:\n" + "\n".join(wrong[:20])
    assert all(count[tab] >= least for tab, least in fewest.items()), count


@requires_libreoffice
@pytest.mark.parametrize("pack", PACKS)
def test_stored_values_are_what_the_formulas_give(demo: Callable[[str], Demo], tmp_path: Path, pack: str) -> None:
    master = demo(pack).folder / MASTER
    must_agree(master, recalculated(master, tmp_path), FEWEST)


@requires_gnumeric
@pytest.mark.parametrize("pack", PACKS)
def test_a_second_program_gives_the_same_points_and_ranks(
    demo: Callable[[str], Demo], tmp_path: Path, pack: str
) -> None:
    """B10: Gnumeric, unlike Excel and LibreOffice, rounds no column and looks for no maximum inside SUMPRODUCT."""
    master = demo(pack).folder / MASTER
    fewest = FEWEST | {"得分说明": 40}
    must_agree(master, gnumeric.recalculated(master, tmp_path), fewest, tuple(fewest))


def ranking(workbook: Path) -> dict[str, tuple[float, ...]]:
    """Unit → rank and points as 综合排名 shows them."""
    book = load_workbook(workbook, read_only=True, data_only=True)
    rows = [list(row) for row in book["综合排名"].iter_rows(values_only=True)]
    book.close()
    top = next(n for n, row in enumerate(rows) if "名次" in row)
    place = {header: n for n, header in enumerate(rows[top])}
    wanted = ("名次", "案卷质量", "查处案件", "满意度", "加减分", "总分")
    return {str(r[place["单位"]]): tuple(float(str(r[place[w]])) for w in wanted) for r in rows[top + 1 :] if r[1]}


@pytest.fixture
def half(demo: Callable[[str], Demo], tmp_path: Path) -> Callable[[str], Path]:
    """The master of a demonstration in which six units have not reported yet, scored."""

    def make(pack: str) -> Path:
        folder = tmp_path / pack
        shutil.copytree(demo(pack).folder, folder)
        for file in sorted((folder / "回收").iterdir())[1::2]:
            file.unlink()
        assert program("score", folder).returncode in (0, 1)
        return folder / MASTER

    return make


@requires_libreoffice
def test_formulas_answer_to_what_is_typed_into_the_rules(half: Callable[[str], Path], tmp_path: Path) -> None:
    master = half("jiangsu-2016")
    before = ranking(master)
    set_rules(master, LIVE["jiangsu-2016"])
    by_formulas = ranking(recalculated(master, tmp_path / "重算"))
    assert program("score", master).returncode in (0, 1)
    by_program = ranking(master)
    assert by_program != before
    assert by_formulas.keys() == by_program.keys()
    for unit, figures in by_program.items():
        assert by_formulas[unit] == pytest.approx(figures, rel=1e-9, abs=1e-9), unit


@requires_libreoffice
def test_stored_values_under_other_readings(half: Callable[[str], Path], tmp_path: Path) -> None:
    master = half("jiangsu-2017")
    set_rules(master, LIVE["jiangsu-2017"] | COUNTING)
    assert program("score", master).returncode in (0, 1)
    must_agree(master, recalculated(master, tmp_path / "重算"), {})
