"""The lint finds each deliberate defect, and nothing in the workbook before."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.comments import Comment

from tests.validation.defects import IN_MASTER
from tests.validation.defects_in_returns import IN_RETURN, LEFT_TO_VALIDATORS
from tests.validation.defects_in_sheets import IN_MASTER_SHEETS
from tests.validation.generated import RESCORED, Workbooks
from tests.validation.lint import lint
from tests.validation.lint_formulas import Book, FormulaLint
from tests.validation.spoiled import Defect, Spoiled
from tests.validation.validators import audit, requires_microsoft_validator, validate_by_microsoft

RETURN = "return jiangsu-2017 county blank.xlsx"
BOOK = Book({"规则", "a b"}, {"口径_l2"}, {"表1": {"单位", "得分"}})


def cases(defects: list[Defect]) -> list[object]:
    return [pytest.param(defect, id=defect.name) for defect in defects]


def spoil(intact: Path, defect: Defect, folder: Path) -> Path:
    book = Spoiled(intact)
    defect.spoil(book)
    return book.save(folder / f"{defect.name}{intact.suffix}")


@pytest.mark.parametrize("name", [RESCORED, RETURN])
def test_nothing_is_wrong_before(workbooks: Workbooks, name: str, tmp_path: Path) -> None:
    intact = workbooks.get(name)
    assert lint(intact) == []
    assert lint(Spoiled(intact).save(tmp_path / f"same{intact.suffix}")) == []


@pytest.mark.parametrize("defect", cases([*IN_MASTER, *IN_MASTER_SHEETS]))
def test_a_defect_of_the_master_is_found(workbooks: Workbooks, defect: Defect, tmp_path: Path) -> None:
    found = lint(spoil(workbooks.get(RESCORED), defect, tmp_path))
    assert [problem for problem in found if re.search(defect.says, str(problem))], found


@pytest.mark.parametrize("defect", cases(IN_RETURN))
def test_a_defect_of_a_return_is_found(workbooks: Workbooks, defect: Defect, tmp_path: Path) -> None:
    found = lint(spoil(workbooks.get(RETURN), defect, tmp_path))
    assert [problem for problem in found if re.search(defect.says, str(problem))], found


@pytest.mark.parametrize("defect", cases(LEFT_TO_VALIDATORS))
def test_a_defect_left_to_the_validators_is_found_by_openxml_audit(
    workbooks: Workbooks, defect: Defect, tmp_path: Path
) -> None:
    assert audit(spoil(workbooks.get(RETURN), defect, tmp_path))


@requires_microsoft_validator
@pytest.mark.parametrize("defect", cases(LEFT_TO_VALIDATORS))
def test_a_defect_left_to_the_validators_is_found_by_microsoft(
    workbooks: Workbooks, defect: Defect, tmp_path: Path
) -> None:
    assert validate_by_microsoft(spoil(workbooks.get(RETURN), defect, tmp_path))


def test_a_copy_with_notes_that_openpyxl_saved_is_fine(workbooks: Workbooks, tmp_path: Path) -> None:
    book = load_workbook(workbooks.get(RETURN))
    for sheet in ("处罚案件", "重大案件"):
        for address in ("B5", "C6"):
            book[sheet][address].comment = Comment("演示数据", "校核")
    book.save(tmp_path / "copy.xlsx")
    assert lint(tmp_path / "copy.xlsx") == []


def test_what_is_no_package_is_said(tmp_path: Path) -> None:
    path = tmp_path / "text.xlsx"
    path.write_text("text")
    (problem,) = lint(path)
    assert "no package" in str(problem)


@pytest.mark.parametrize(
    "formula",
    [
        "-A1%+(2*-3)^2",
        'IF(A1="a""b)",,\'a b\'!$A$1)',
        "SUM(A:A,3:5,规则!B2:C9)",
        "SUM(INDEX(A1:A9,2):INDEX(A1:A9,5))+SUM(规则!$A$1:INDEX(规则!$A$1:$A$9,3))",
        "SUM(表1[得分])+COUNTA(表1[[#Headers],[单位]])+ROWS(表1[#Data])",
        "NOW()-口径_L2",
        "_xlfn.IFNA(MATCH(1,{1,2;3,4},0),TRUE)",
        'HYPERLINK($D6&"#\'"&$E6&"\'!J62","J62")',
        'HYPERLINK("#\'a b\'!A1","甲")',
    ],
)
def test_good_formulas_pass(formula: str) -> None:
    assert FormulaLint(BOOK).problems(formula) == []


@pytest.mark.parametrize(
    "name", ["LET", "MAXIFS", "_xlfn.IFS", "TEXTJOIN", "_xlfn.CONCAT", "_xlfn._xlws.FILTER", "UNIQUE"]
)
def test_functions_that_old_programs_lack_are_found(name: str) -> None:
    (problem,) = FormulaLint(BOOK).problems(f"{name}(A1,2)")
    assert "is not in Excel 2013" in problem
