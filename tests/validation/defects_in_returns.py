"""Deliberate defects of a return, one function each: validations, conditional formats, merges, links, columns."""

from __future__ import annotations

import re

from tests.validation.spoiled import Defects, Spoiled

IN_RETURN = Defects()
LEFT_TO_VALIDATORS = Defects()
"""In a return: what follows from the schema alone, which both validators know."""

_FORM = "处罚案件"


@LEFT_TO_VALIDATORS.add()
def elements_out_of_order(book: Spoiled) -> None:
    sheet = book.sheet(_FORM)
    found = re.search("<pageMargins[^>]*/>", book.text(sheet))
    assert found
    book.swap(sheet, found[0], "")
    book.swap(sheet, "<sheetData>", f"{found[0]}<sheetData>")


@IN_RETURN.add("list of more than 255 characters")
def list_of_choices_too_long(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), '<formula1>"[^<]*"</formula1>', f'<formula1>"{"长," * 128}"</formula1>')


@IN_RETURN.add("prompt of 256 characters")
def prompt_too_long(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), ' prompt="[^"]*"', f' prompt="{"长" * 256}"')


@IN_RETURN.add("promptTitle of 33 characters")
def prompt_title_too_long(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), ' promptTitle="[^"]*"', f' promptTitle="{"长" * 33}"')


@IN_RETURN.add("error of 226 characters")
def error_message_too_long(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), ' error="[^"]*"', f' error="{"长" * 226}"')


@IN_RETURN.add("validation of .*: no sheet 没有")
def list_of_choices_on_a_sheet_that_there_is_not(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), '<formula1>"[^<]*"</formula1>', "<formula1>没有!$A$1:$A$3</formula1>")


@IN_RETURN.add("a rule can't refer to table columns")
def list_of_choices_in_a_table(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), '<formula1>"[^<]*"</formula1>', "<formula1>表[列]</formula1>")


@IN_RETURN.add("validation of .*: nothing to compare with")
def validation_without_a_value(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), '<formula1>"[^<]*"</formula1>', "")


@IN_RETURN.add("<dataValidation>: no such cells B9:A1")
def validation_of_no_cells(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), '(<dataValidation [^>]*sqref=)"[^"]*"', r'\1"B9:A1"')


@IN_RETURN.add("<dataValidations> says 999 and has")
def validations_miscounted(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), '<dataValidations count="[0-9]+"', '<dataValidations count="999"')


@IN_RETURN.add("conditional format of .*: style 999")
def conditional_style_unknown(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), ' dxfId="[0-9]+"', ' dxfId="999"')


@IN_RETURN.add("conditional format of .*: unbalanced formula")
def conditional_formula_unbalanced(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), "(<cfRule[^>]*><formula>)[^<]*", r"\1AND((1,2)")


@IN_RETURN.add("conditional format of .*: no formula")
def conditional_formula_missing(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), '(<cfRule type="expression"[^>]*>)<formula>[^<]*</formula>', r"\1")


@IN_RETURN.add("merged cells F1:G2 overlap G2:H3")
def merged_cells_overlap(book: Spoiled) -> None:
    merged = '<mergeCells count="2"><mergeCell ref="F1:G2"/><mergeCell ref="G2:H3"/></mergeCells>'
    book.edit(book.sheet(_FORM), "(</sheetData>.*?)(<conditionalFormatting)", rf"\1{merged}\2")


@IN_RETURN.add("link of A1: no sheet 没有")
def link_to_nowhere(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), '(<hyperlink ref="A1" location=)"[^"]*"', r'''\1"'没有'!A1"''')


@IN_RETURN.add("header or footer of 256 characters")
def footer_too_long(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), "<oddFooter>[^<]*", f"<oddFooter>{'长' * 256}")


@IN_RETURN.add("columns .*: style 999")
def column_style_unknown(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), r'(<col [^>]*style=)"[0-9]+"', r'\1"999"')


@IN_RETURN.add("row 1: height 999")
def row_too_high(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), r'(<row r="1"[^>]* ht=)"[^"]*"', r'\1"999"')


@IN_RETURN.add("unbalanced formula")
def count_of_filled_rows_unbalanced(book: Spoiled) -> None:
    book.edit(book.sheet("填报说明"), "<f>SUMPRODUCT\\(", "<f>SUMPRODUCT((")


@LEFT_TO_VALIDATORS.add()
def validation_of_an_unknown_kind(book: Spoiled) -> None:
    book.edit(book.sheet(_FORM), '(<dataValidation type=)"list"', r'\1"lists"')
