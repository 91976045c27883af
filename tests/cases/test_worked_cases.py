"""The shipped table of worked examples, and tables that a bureau has extended."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.commands import program
from xl_lianbing.errors import LianbingError
from xl_lianbing.worked_cases import Checked, check_cases, read_cases, shipped_cases
from xl_lianbing.worked_cases.functions import FUNCTIONS
from xl_lianbing.worked_cases.run import check_cases as run_cases
from xl_lianbing.worked_cases.table import COLUMNS, Case, given, parse_cases

HEADER = ",".join(COLUMNS)


def checked(*rows: str, encoding: str = "utf-8-sig") -> list[Checked]:
    return check_cases(parse_cases("\r\n".join([HEADER, *rows]).encode(encoding), "算例.csv"))


@pytest.mark.parametrize("case", [pytest.param(c, id=f"{c.number} {c.rule}") for c in shipped_cases()])
def test_shipped_example(case: Case) -> None:
    one = run_cases([case])[0]
    assert one.passed, one.problem


def test_the_shipped_table_is_whole() -> None:
    cases = shipped_cases()
    assert len({c.number for c in cases}) == len(cases) > 40
    assert all(c.basis and c.rule in FUNCTIONS for c in cases)
    assert {c.rule for c in cases} == FUNCTIONS.keys()


@pytest.mark.parametrize(("rule", "found"), FUNCTIONS.items(), ids=list(FUNCTIONS))
def test_the_sample_of_every_rule_runs(rule: str, found: object) -> None:
    one = check_cases([Case(2, "样例", rule, given(FUNCTIONS[rule].sample), "-1", "")])[0]
    assert one.got and "相差" in one.problem or "期望-1" in one.problem


def test_a_wrong_expectation_is_told_with_its_difference() -> None:
    good, bad = checked(
        "甲,B2.3,数值=300; 基准值=200; 满分=15; 口径=线性,15,演示", "乙,B2.3,数值=260; 基准值=200; 满分=15,12.5,演示"
    )
    assert good.passed and not bad.passed
    assert bad.problem == "期望12.5，程序得12，相差-0.5" and bad.case.line == 3


def test_exact_numbers_and_fractions() -> None:
    assert [
        one.passed
        for one in checked(
            "甲,C2,件数=47; 最多件数=48; 满分=30,355/12,", "乙,C2,件数=47; 最多件数=48; 满分=30,29.583333,"
        )
    ] == [
        True,
        False,
    ]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("甲,B99,数值=1,1,", "没有规则“B99”的算法"),
        ("甲,B2.3,数值=1; 满分=15,1,", "输入缺少“基准值”"),
        ("甲,B2.3,数值=x; 基准值=200; 满分=15,1,", "“数值”不是数字：x"),
        ("甲,B2.3,数值=1; 基准值=200; 满分=15; 口径=随便,1,", "不在可选的口径中"),
        ("甲,B2.3,数值=1; 基准值=0; 满分=15,1,", "数值不在规则允许的范围内"),
        ("甲,B2.1,重点单位数=1; 全省重点单位总数=0,1,", "除数是0"),
        ("甲,B2.3,数值=1; 基准值=2; 满分=15; 颜色=红,1,", "不认识的“颜色”"),
        ("甲,B2.3,数值=300; 基准值=200; 满分=15,,", "“期望”不是数字"),
    ],
)
def test_what_cannot_be_run_is_said(row: str, problem: str) -> None:
    (one,) = checked(row)
    assert not one.passed and problem in one.problem


def test_full_width_signs_and_gb18030() -> None:
    (one,) = checked("甲,B3,票数＝666；最高票数＝1000；满分＝20,9.98,", encoding="gb18030")
    assert one.passed


def test_a_file_that_is_no_table(tmp_path: Path) -> None:
    path = tmp_path / "算例.csv"
    path.write_text("编号,输入\n1,2\n", encoding="utf-8")
    with pytest.raises(LianbingError, match="缺少列：规则、期望、依据"):
        read_cases(path)
    path.write_text(HEADER + "\n", encoding="utf-8")
    with pytest.raises(LianbingError, match="没有算例"):
        read_cases(path)
    with pytest.raises(LianbingError, match="打不开"):
        read_cases(tmp_path / "没有.csv")


def test_the_command_exports_and_checks(tmp_path: Path) -> None:
    file = tmp_path / "我的算例.csv"
    assert program("cases", "--export", file).returncode == 0
    assert program("cases", "--export", file).returncode == 2
    assert program("cases", file).returncode == program("cases").returncode == 0
    file.write_bytes(file.read_bytes() + "甲,C2,件数=36; 最多件数=48; 满分=30,24,演示\r\n".encode())
    failed = program("cases", file, "--json")
    assert failed.returncode == 1
    facts = json.loads(failed.stdout)
    assert facts["不符"] == 1 and facts["算例"][-1]["问题"] == "期望24，程序得25，相差1"
    assert "不符" in program("cases", file).stdout
