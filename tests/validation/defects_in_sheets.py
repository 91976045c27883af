"""Deliberate defects of the master after scoring, one function each: rows, cells, formulas, tables."""

from __future__ import annotations

import re

from tests.validation.spoiled import Defects, Spoiled

IN_MASTER_SHEETS = Defects()

_CASES = "案件汇总"
_POINTS = "综合排名"
_FIRST = 5
"""The first row of data."""


def _cell(column: str, row: int = _FIRST) -> str:
    return rf'<c r="{column}{row}"(?:[^>]*/>|.*?</c>)'


def _formula(book: Spoiled, formula: str) -> None:
    """Puts a formula in the place of the ranking's first one."""
    book.edit(book.sheet(_POINTS), "<f>[^<]*</f>", f"<f>{formula}</f>")


@IN_MASTER_SHEETS.add("cell A5 comes after a cell to its right")
def cells_out_of_order(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), f"({_cell('A')})({_cell('B')})", r"\2\1")


@IN_MASTER_SHEETS.add("row 5 comes after row 6")
def rows_out_of_order(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), '(<row r="5".*?</row>)(<row r="6".*?</row>)', r"\2\1")


@IN_MASTER_SHEETS.add("row 5 comes after row 5")
def row_twice(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), '(<row r="5".*?</row>)', r"\1\1")


@IN_MASTER_SHEETS.add("cell A5 is there twice")
def cell_twice(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), f"({_cell('A')})", r"\1\1")


@IN_MASTER_SHEETS.add("row 5 has a cell 'A9'")
def cell_of_another_row(book: Spoiled) -> None:
    book.swap(book.sheet(_CASES), '<c r="A5"', '<c r="A9"')


@IN_MASTER_SHEETS.add("A5: style 999")
def style_unknown(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), '<c r="A5" s="[0-9]+"', '<c r="A5" s="999"')


@IN_MASTER_SHEETS.add("A4: shared string 99999")
def shared_string_unknown(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), '(<c r="A4"[^>]*><v>)[0-9]+', r"\g<1>99999")


@IN_MASTER_SHEETS.add("bad number 'NaN'")
def number_that_is_none(book: Spoiled) -> None:
    book.edit(book.sheet(_POINTS), r'(<c r="A5"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*', r"\g<1>NaN")


@IN_MASTER_SHEETS.add("bad number '1e309'")
def number_too_large(book: Spoiled) -> None:
    book.edit(book.sheet(_POINTS), r'(<c r="A5"[^>]*>(?:<f>[^<]*</f>)?<v>)[^<]*', r"\g<1>1e309")


@IN_MASTER_SHEETS.add("control character in '坏_x0001_'")
def control_character(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), _cell("A"), '<c r="A5" t="inlineStr"><is><t>坏_x0001_</t></is></c>')


@IN_MASTER_SHEETS.add("xl/worksheets/sheet26.xml: not well-formed")
def control_character_unescaped(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), _cell("A"), '<c r="A5" t="inlineStr"><is><t>坏\x01</t></is></c>')


@IN_MASTER_SHEETS.add("A5: text of 32768 characters")
def text_too_long(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), _cell("A"), f'<c r="A5" t="inlineStr"><is><t>{"长" * 32_768}</t></is></c>')


@IN_MASTER_SHEETS.add("A5: type s and a text of its own")
def two_kinds_of_text(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), _cell("A"), '<c r="A5" t="s"><is><t>字</t></is></c>')


@IN_MASTER_SHEETS.add("A5: the error #NAME\\?")
def error_shown(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), _cell("A"), '<c r="A5" t="e"><v>#NAME?</v></c>')


@IN_MASTER_SHEETS.add("unbalanced formula: ROUND\\(\\(1,2\\)")
def bracket_left_open(book: Spoiled) -> None:
    _formula(book, "ROUND((1,2)")


@IN_MASTER_SHEETS.add("unbalanced formula \\(")
def bracket_too_many(book: Spoiled) -> None:
    _formula(book, "ROUND(1,2))")


@IN_MASTER_SHEETS.add("unbalanced formula \\(")
def quote_left_open(book: Spoiled) -> None:
    _formula(book, 'IF(A1="甲,1,2)')


@IN_MASTER_SHEETS.add("formula without an end")
def operator_at_the_end(book: Spoiled) -> None:
    _formula(book, "A1+")


@IN_MASTER_SHEETS.add("no operator before B1")
def operator_missing(book: Spoiled) -> None:
    _formula(book, "(A1)B1")


@IN_MASTER_SHEETS.add("a stored formula has no '='")
def equals_sign_stored(book: Spoiled) -> None:
    _formula(book, "=A1")


@IN_MASTER_SHEETS.add("function _xlfn.XLOOKUP is not in Excel 2013")
def function_too_new(book: Spoiled) -> None:
    _formula(book, "_xlfn.XLOOKUP(1,A:A,B:B)")


@IN_MASTER_SHEETS.add("function IFNA: wrong prefix")
def function_without_its_prefix(book: Spoiled) -> None:
    _formula(book, "IFNA(1,2)")


@IN_MASTER_SHEETS.add("text of more than 255 characters in a formula")
def text_in_a_formula_too_long(book: Spoiled) -> None:
    _formula(book, f'LEN("{"长" * 256}")')


@IN_MASTER_SHEETS.add("formula of 8201 characters")
def formula_too_long(book: Spoiled) -> None:
    _formula(book, "1+" * 4_100 + "1")


@IN_MASTER_SHEETS.add("no sheet 没有")
def formula_of_a_sheet_that_there_is_not(book: Spoiled) -> None:
    _formula(book, "没有!$A$1")


@IN_MASTER_SHEETS.add("sheet name without quotes")
def sheet_name_unquoted(book: Spoiled) -> None:
    _formula(book, "(1-甲!A1)+甲-乙!A1+2甲!A1")


@IN_MASTER_SHEETS.add("reference to another workbook")
def formula_of_another_workbook(book: Spoiled) -> None:
    _formula(book, "[1]规则!$A$1")


@IN_MASTER_SHEETS.add("no column 没有 in table")
def formula_of_a_column_that_there_is_not(book: Spoiled) -> None:
    found = re.search('displayName="([^"]*)"', book.text(book.table(_CASES)))
    assert found
    _formula(book, f"COUNTA({found[1]}[没有])")


@IN_MASTER_SHEETS.add("link to nowhere, no sheet 没有")
def link_formula_to_nowhere(book: Spoiled) -> None:
    _formula(book, """HYPERLINK("#'没有'!A1","甲")""")


@IN_MASTER_SHEETS.add("shared formula 7 has no first cell")
def shared_formula_without_its_first_cell(book: Spoiled) -> None:
    book.edit(book.sheet(_POINTS), "<f>[^<]*</f>", '<f t="shared" si="7"/>')


@IN_MASTER_SHEETS.add("dimension A1:B2, but there are cells in A1")
def dimension_too_small(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), '<dimension ref="[^"]*"', '<dimension ref="A1:B2"')


@IN_MASTER_SHEETS.add("columns 1 to 1 after column 3")
def columns_overlap(book: Spoiled) -> None:
    book.swap(book.sheet(_CASES), "<cols>", '<cols><col min="1" max="3" width="9" customWidth="1"/>')


@IN_MASTER_SHEETS.add("merged cells A5:B5 in the table")
def merged_cells_in_a_table(book: Spoiled) -> None:
    # in the place that the order of elements wants: behind the protection, before the conditional formats
    book.edit(
        book.sheet("运行记录"),
        "(</sheetData>(?:<sheetProtection[^>]*/>)?)",
        r'\1<mergeCells count="1"><mergeCell ref="A5:B5"/></mergeCells>',
    )


@IN_MASTER_SHEETS.add("header of column 不同: its cell says 单位")
def header_of_a_table_differs(book: Spoiled) -> None:
    book.edit(book.table(_CASES), '(<tableColumn id="1" name=)"单位"', r'\1"不同"')


@IN_MASTER_SHEETS.add("header of column 单位: no text in its cell")
def header_that_is_a_number(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), _cell("A", 4), '<c r="A4"><v>1</v></c>')


@IN_MASTER_SHEETS.add("column 单位 is there 2 times")
def column_of_a_table_twice(book: Spoiled) -> None:
    book.edit(book.table(_CASES), '(<tableColumn id="2" name=)"[^"]*"', r'\1"单位"')


@IN_MASTER_SHEETS.add("column id 1 is there 2 times")
def column_id_of_a_table_twice(book: Spoiled) -> None:
    book.swap(book.table(_CASES), '<tableColumn id="2"', '<tableColumn id="1"')


@IN_MASTER_SHEETS.add("columns in A4:B9")
def area_of_a_table_too_narrow(book: Spoiled) -> None:
    book.edit(book.table(_CASES), ' ref="[^"]*"', ' ref="A4:B9"')


@IN_MASTER_SHEETS.add("no row for data in")
def table_without_rows(book: Spoiled) -> None:
    book.edit(book.table(_CASES), ' ref="A4:([A-Z]+)[0-9]+"', r' ref="A4:\g<1>4"')


@IN_MASTER_SHEETS.add("filter over A4:B5 in a table over")
def filter_of_a_table_differs(book: Spoiled) -> None:
    book.edit(book.table(_CASES), '<autoFilter ref="[^"]*"', '<autoFilter ref="A4:B5"')


@IN_MASTER_SHEETS.add("another table has the same displayName")
def name_of_a_table_twice(book: Spoiled) -> None:
    found = re.search(' displayName="[^"]*"', book.text(book.table(_POINTS)))
    assert found
    book.edit(book.table(_CASES), ' displayName="[^"]*"', found[0])


@IN_MASTER_SHEETS.add("another table has the same id: 1$")
def table_id_twice(book: Spoiled) -> None:
    for sheet in (_CASES, _POINTS):
        book.edit(book.table(sheet), r' id="[0-9]+"', ' id="01"')
        book.edit(book.table(sheet), r' id="01"', ' id="1"')


@IN_MASTER_SHEETS.add("table: bad name '坏 名'")
def name_of_a_table_bad(book: Spoiled) -> None:
    book.edit(book.table(_CASES), ' displayName="[^"]*"', ' displayName="坏 名"')


@IN_MASTER_SHEETS.add("is also the name of a table")
def name_of_a_table_and_of_a_range(book: Spoiled) -> None:
    book.edit(book.table(_CASES), ' displayName="[^"]*"', ' displayName="专家评审权重"')


@IN_MASTER_SHEETS.add("<tableColumns> says 99 and has")
def columns_of_a_table_miscounted(book: Spoiled) -> None:
    book.edit(book.table(_CASES), '<tableColumns count="[0-9]+"', '<tableColumns count="99"')
