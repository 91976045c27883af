"""The generated documents say what the code says (数据字典, 问题编码); codes are unique and complete (B2.10)."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from pathlib import Path

import pytest

import xl_lianbing
from xl_lianbing.findings import Kind
from xl_lianbing.glossary import Audience
from xl_lianbing.records.dictionary import dictionary, markdown_table
from xl_lianbing.records.inputs import INPUT_TABS
from xl_lianbing.records.results import RESULT_TABS
from xl_lianbing.records.returns import RETURN_SHEETS
from xl_lianbing.upkeep.documents import CODES, DOCUMENTS, ROOT, finding_codes, write_documents

_KINDS = [kind for kinds in CODES.values() for kind in kinds]


def _section(title: str) -> str:
    return dictionary().split(f"\n### {title}\n", 1)[1].split("\n#", 1)[0]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_document_is_not_stale(name: str) -> None:
    path = ROOT / name
    assert path.read_text("utf-8") == DOCUMENTS[name](), "run: python -m xl_lianbing.upkeep.documents"


def test_documents_are_written_where_they_are_looked_for(tmp_path: Path) -> None:
    written = write_documents(tmp_path)
    assert sorted(p.as_posix() for p in written) == sorted(DOCUMENTS)
    assert [(tmp_path / p).read_text("utf-8") for p in written] == [DOCUMENTS[p.as_posix()]() for p in written]


@pytest.mark.parametrize("sheet", [*RETURN_SHEETS, *INPUT_TABS], ids=lambda sheet: sheet.sheet)
def test_every_column_has_its_row(sheet: type) -> None:
    rows = [line for line in _section(sheet.sheet).splitlines() if line.startswith("| ")][1:]
    cells = [[cell.strip() for cell in row.strip("|").split(" | ")] for row in rows]
    columns = list(sheet.columns().values())
    assert [c[0] for c in cells] == [column.header for column in columns]
    assert [c[3] for c in cells] == ["、".join(column.choices) for column in columns]
    assert all(("是" in c[2]) == column.required for c, column in zip(cells, columns, strict=True))


def test_every_result_column_is_listed() -> None:
    lines = dictionary().splitlines()
    for tab in RESULT_TABS:
        for grid in tab.grids:
            assert f"| {tab.name} | {grid.name} | {'、'.join(grid.headers)} |" in lines


def test_bars_and_line_breaks_stay_inside_their_cell() -> None:
    assert markdown_table(("甲", "乙"), [("a|b", "c\nd")]) == ["| 甲 | 乙 |", "|---|---|", "| a\\|b | c d |"]


def test_codes_are_unique() -> None:
    assert [code for code, times in Counter(kind.code for kind in _KINDS).items() if times > 1] == []


def test_every_kind_of_finding_in_the_package_is_documented() -> None:
    defined: dict[str, Kind] = {}
    for module in pkgutil.walk_packages(xl_lianbing.__path__, "xl_lianbing."):
        if module.name.endswith("__main__"):
            continue
        for value in vars(importlib.import_module(module.name)).values():
            if isinstance(value, Kind):
                defined[value.code] = value
    assert defined == {kind.code: kind for kind in _KINDS}
    text = finding_codes()
    assert [code for code in defined if f"\n| {code} | " not in text] == []


def test_what_follows_from_a_finding_is_a_finding_too() -> None:
    assert {code for kind in _KINDS for code in kind.follows} <= {kind.code for kind in _KINDS}


def test_what_is_absent_from_the_tabs_of_the_bureau_is_for_the_bureau() -> None:
    assert {kind.audience for kind in _KINDS if kind.absent} == {Audience.BUREAU}


def test_every_finding_says_what_to_do_and_which_rule_asks() -> None:
    assert [kind.code for kind in _KINDS if not (kind.problem and kind.fix and kind.rule)] == []
