"""Deliberate defects of the master after scoring, one function each: package, workbook, names, styles, macros."""

from __future__ import annotations

from tests.validation.spoiled import STRINGS, STYLES, TYPES, WORKBOOK, WORKBOOK_LINKS, Defects, Spoiled

IN_MASTER = Defects()

_SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml"
_VML = "xl/drawings/vmlDrawing1.vml"
_RIBBON = "customUI/customUI14.xml"
_CASES = "案件汇总"


@IN_MASTER.add("no type for|its type says application/xml")
def type_of_a_table_missing(book: Spoiled) -> None:
    part = book.table(_CASES)
    book.edit(TYPES, rf'<Override PartName="/{part}"[^>]*/>', "")


@IN_MASTER.add("no type for xl/vbaProject.bin")
def type_of_the_macros_missing(book: Spoiled) -> None:
    book.edit(TYPES, r'<Default Extension="bin"[^>]*/>', "")


@IN_MASTER.add(f"is a officeDocument, its type says {_SPREADSHEET}.sheet")
def macros_called_a_plain_workbook(book: Spoiled) -> None:
    book.swap(TYPES, "application/vnd.ms-excel.sheet.macroEnabled.main+xml", f"{_SPREADSHEET}.sheet.main+xml")


@IN_MASTER.add("a type for a part that is missing: xl/calcChain.xml")
def type_of_a_calculation_chain_that_is_gone(book: Spoiled) -> None:
    book.swap(
        TYPES,
        "</Types>",
        f'<Override PartName="/xl/calcChain.xml" ContentType="{_SPREADSHEET}.calcChain+xml"/></Types>',
    )


@IN_MASTER.add("stale: no formula in A1 of sheet 1")
def calculation_chain_stale(book: Spoiled) -> None:
    type_of_a_calculation_chain_that_is_gone(book)
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    book.add("xl/calcChain.xml", f'<calcChain xmlns="{main}"><c r="A1" i="1"/></calcChain>')
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain"
    book.swap(
        WORKBOOK_LINKS,
        "</Relationships>",
        f'<Relationship Id="rIdC" Type="{kind}" Target="calcChain.xml"/></Relationships>',
    )


@IN_MASTER.add("leads to no part: xl/worksheets/sheet99.xml")
def relationship_to_nowhere(book: Spoiled) -> None:
    book.swap(WORKBOOK_LINKS, "worksheets/sheet3.xml", "worksheets/sheet99.xml")


@IN_MASTER.add("relationship id rId2 is there 2 times")
def relationship_id_twice(book: Spoiled) -> None:
    book.swap(WORKBOOK_LINKS, '"rId3"', '"rId2"')


@IN_MASTER.add("<sheet> names relationship rId777")
def relationship_id_unknown(book: Spoiled) -> None:
    book.swap(WORKBOOK, 'r:id="rId3"', 'r:id="rId777"')


@IN_MASTER.add("<drawing> names relationship rId77")
def drawing_id_unknown(book: Spoiled) -> None:
    book.edit(book.sheet("首页"), r'<drawing r:id="rId\d+"', '<drawing r:id="rId77"')


@IN_MASTER.add("<tablePart> names relationship rId77")
def table_id_unknown(book: Spoiled) -> None:
    book.edit(book.sheet(_CASES), r'<tablePart r:id="rId\d+"', '<tablePart r:id="rId77"')


@IN_MASTER.add("no relationship leads to the part")
def part_that_nobody_asks_for(book: Spoiled) -> None:
    book.add(
        "xl/worksheets/sheet99.xml", '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"/>'
    )


@IN_MASTER.add("relationships of a part that is missing")
def relationships_left_behind(book: Spoiled) -> None:
    book.add(
        "xl/charts/_rels/chart99.xml.rels",
        book.text("_rels/.rels").partition("<Rel")[0]
        + '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"/>',
    )


@IN_MASTER.add("xl/charts/chart1.xml: not well-formed")
def chart_cut_off(book: Spoiled) -> None:
    book.edit("xl/charts/chart1.xml", "</c:chartSpace>.*", "")


@IN_MASTER.add("no sheet 没有")
def chart_of_a_sheet_that_there_is_not(book: Spoiled) -> None:
    book.edit("xl/charts/chart1.xml", "<c:f>[^<]*</c:f>", "<c:f>没有!$A$1:$A$3</c:f>")


@IN_MASTER.add("sheet name of 32 characters")
def sheet_name_too_long(book: Spoiled) -> None:
    book.swap(WORKBOOK, 'name="首页"', f'name="{"长" * 32}"')


@IN_MASTER.add("sheet name '首页' is there twice")
def sheet_name_twice(book: Spoiled) -> None:
    book.swap(WORKBOOK, 'name="规则"', 'name="首页"')


@IN_MASTER.add("bad sheet name 'a/b'")
def sheet_name_with_a_slash(book: Spoiled) -> None:
    book.swap(WORKBOOK, 'name="公示名单"', 'name="a/b"')


@IN_MASTER.add("sheet id '1' is there twice")
def sheet_id_twice(book: Spoiled) -> None:
    book.swap(WORKBOOK, 'sheetId="2"', 'sheetId="1"')


@IN_MASTER.add("activeTab 99")
def first_tab_shown_is_none(book: Spoiled) -> None:
    book.swap(WORKBOOK, "<workbookView ", '<workbookView activeTab="99" ')


@IN_MASTER.add("defined name 专家评审权重 is there twice")
def defined_name_twice(book: Spoiled) -> None:
    book.swap(WORKBOOK, "</definedNames>", '<definedName name="专家评审权重">1</definedName></definedNames>')


@IN_MASTER.add("bad name '1 坏'")
def defined_name_bad(book: Spoiled) -> None:
    book.swap(WORKBOOK, "</definedNames>", '<definedName name="1 坏">1</definedName></definedNames>')


@IN_MASTER.add("name that is a cell 'L1'")
def defined_name_that_is_a_cell(book: Spoiled) -> None:
    book.swap(WORKBOOK, 'name="口径_L1"', 'name="L1"')


@IN_MASTER.add("no such name or cell \\(口径_L2\\)")
def defined_name_gone(book: Spoiled) -> None:
    book.edit(WORKBOOK, '<definedName name="口径_L2">[^<]*</definedName>', "")


@IN_MASTER.add("defined name 口径_L1: no sheet 没有")
def defined_name_of_a_sheet_that_there_is_not(book: Spoiled) -> None:
    book.edit(WORKBOOK, '(name="口径_L1">)[^<]*', r"\g<1>没有!$A$1")


@IN_MASTER.add("reference that is lost")
def defined_name_lost(book: Spoiled) -> None:
    book.edit(WORKBOOK, '(name="口径_L1">)[^<]*', r"\g<1>规则!#REF!")


@IN_MASTER.add("defined name .* of sheet 99")
def defined_name_of_a_sheet_number_too_high(book: Spoiled) -> None:
    book.swap(WORKBOOK, 'localSheetId="1"', 'localSheetId="99"')


@IN_MASTER.add("but _xlnm._FilterDatabase says A4:I9$")
def filter_and_its_name_differ(book: Spoiled) -> None:
    book.edit(WORKBOOK, r"规则!\$A\$4:\$I\$\d+", "规则!$A$4:$I$9")


@IN_MASTER.add("code name 'Other' is no document module")
def code_name_of_the_workbook_wrong(book: Spoiled) -> None:
    book.swap(WORKBOOK, 'codeName="ThisWorkbook"', 'codeName="Other"')


@IN_MASTER.add("code name 'Sheet98' is no document module")
def code_name_of_a_sheet_wrong(book: Spoiled) -> None:
    book.swap(book.sheet("规则"), 'codeName="Sheet02"', 'codeName="Sheet98"')


@IN_MASTER.add("code name 'Sheet01' is there twice")
def code_name_twice(book: Spoiled) -> None:
    book.swap(book.sheet("规则"), 'codeName="Sheet02"', 'codeName="Sheet01"')


@IN_MASTER.add("document module Sheet02 belongs to no sheet")
def code_name_missing(book: Spoiled) -> None:
    book.swap(book.sheet("规则"), ' codeName="Sheet02"', "")


@IN_MASTER.add("vmlDrawing1.vml: not well-formed")
def buttons_malformed(book: Spoiled) -> None:
    book.swap(_VML, "</x:ClientData>", "")


@IN_MASTER.add("shape _x0000_s1025 has no data")
def button_without_data(book: Spoiled) -> None:
    book.edit(_VML, "<x:ClientData.*?</x:ClientData>", "")


@IN_MASTER.add("shape _x0000_s1026 is there twice")
def button_id_twice(book: Spoiled) -> None:
    book.swap(_VML, '"_x0000_s1025"', '"_x0000_s1026"')


@IN_MASTER.add("shape _x0000_s9999 is outside the drawing's block")
def button_id_of_another_drawing(book: Spoiled) -> None:
    book.swap(_VML, '"_x0000_s1025"', '"_x0000_s9999"')


@IN_MASTER.add("anchor 1, 6")
def button_without_a_place(book: Spoiled) -> None:
    book.edit(_VML, "<x:Anchor>[^<]*", "<x:Anchor>1, 6")


@IN_MASTER.add("calls LianbingButtons.Nothing, which there isn't")
def button_of_a_macro_that_there_is_not(book: Spoiled) -> None:
    book.edit(_VML, r"<x:FmlaMacro>[^<]*", "<x:FmlaMacro>[0]!LianbingButtons.Nothing")


@IN_MASTER.add("calls LianbingButtons.Nothing, which there isn't")
def ribbon_of_a_macro_that_there_is_not(book: Spoiled) -> None:
    book.edit(_RIBBON, 'onAction="[^"]*"', 'onAction="LianbingButtons.Nothing"')


@IN_MASTER.add("fontId 999")
def font_unknown(book: Spoiled) -> None:
    book.edit(STYLES, r'(<cellXfs.*?fontId=)"\d+"', r'\1"999"')


@IN_MASTER.add("no number format 999")
def number_format_unknown(book: Spoiled) -> None:
    book.edit(STYLES, r'(<cellXfs.*?numFmtId=)"\d+"', r'\1"999"')


@IN_MASTER.add("<cellXfs> says 1 and has")
def styles_miscounted(book: Spoiled) -> None:
    book.edit(STYLES, r'<cellXfs count="\d+"', '<cellXfs count="1"')


@IN_MASTER.add("control character in '坏_x0001_'")
def control_character_in_a_shared_string(book: Spoiled) -> None:
    book.edit(STRINGS, r"<si><t[^>]*>[^<]*", "<si><t>坏_x0001_")


@IN_MASTER.add("text of 32768 characters")
def shared_string_too_long(book: Spoiled) -> None:
    book.edit(STRINGS, r"<si><t[^>]*>[^<]*", f"<si><t>{'长' * 32_768}")
