"""A feedback copy: what is marked, what stays as it was, what is taken off again."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import GradientFill, PatternFill

from tests.said import said
from tests.surgery import parts as parts_of
from tests.validation.lint import lint
from xl_lianbing.excel.ooxml.notes import AUTHOR, MARKER
from xl_lianbing.excel.ooxml.package import CONTENT_TYPES, Package
from xl_lianbing.excel.ooxml.styles import MARK_COLOURS
from xl_lianbing.excel.ooxml.workbook import Workbook as FeedbackWorkbook
from xl_lianbing.excel.ooxml.workbook import property_of
from xl_lianbing.excel.ooxml.xml import PackageSyntaxError, main_tag, parsed
from xl_lianbing.feedback.listing import Heading
from xl_lianbing.feedback.mark import FEEDBACK_PROPERTY, MOST_NOTED, list_alone, marked_copy
from xl_lianbing.feedback.select import Answer
from xl_lianbing.findings import Finding, Where
from xl_lianbing.glossary import Severity, Tier
from xl_lianbing.intake.returned.read import read_return
from xl_lianbing.records.returns import FEEDBACK_SHEET
from xl_lianbing.records.stamp import SOURCE_PROPERTY, STAMP_SHEET
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.workbooks.returns.blank_return import write_return

FILE = "回收/演示区.xlsx"
CASES = "处罚案件"
RED, ORANGE = (MARK_COLOURS[s] for s in (Severity.BLOCKING, Severity.WARNING))
HEADING = Heading(date(2017, 9, 1), date(2017, 10, 31))
ROWS = [{"处罚决定书文号": f"演示罚〔2017〕{n}号", "决定日期": date(2017, 3, n)} for n in range(1, 6)]


def told(cell: str, severity: Severity = Severity.BLOCKING, *, sheet: str = CASES, **more: Any) -> Finding:
    return said(Where(FILE, sheet, cell, "演示区"), severity, **more)


def answer(*findings: Finding, used: bool = True) -> Answer:
    return Answer("演示区", FILE, "00", used, findings, "演示区_反馈.xlsx")


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("copies") / "填报表.xlsx"
    write_return(path, load_pack("jiangsu-2017"), "演示区", Tier.COUNTY, rows={CASES: ROWS})
    return path.read_bytes()


def changed(content: bytes, change: Callable[[Any], None]) -> bytes:
    """The workbook after somebody worked in it."""
    book = load_workbook(io.BytesIO(content))
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def copy_of(content: bytes, *findings: Finding) -> bytes:
    return marked_copy(content, answer(*findings), HEADING, "digest")


@lru_cache(maxsize=3)
def opened(content: bytes) -> Any:
    """The workbook, to look at."""
    return load_workbook(io.BytesIO(content))


def colours(content: bytes, sheet: str = CASES) -> dict[str, str]:
    cells = (cell for row in opened(content)[sheet].iter_rows(min_row=5) for cell in row)
    return {c.coordinate: c.fill.fgColor.rgb for c in cells if c.fill.fill_type}


def notes(content: bytes, sheet: str = CASES) -> dict[str, str]:
    cells = (cell for row in opened(content)[sheet].iter_rows() for cell in row)
    return {c.coordinate: c.comment.text for c in cells if c.comment}


class TestMarks:
    def test_bad_cells_are_coloured_by_severity_and_say_what_to_do(self, original: bytes) -> None:
        made = copy_of(original, told("J5"), told("H6", Severity.WARNING), told("B7", Severity.NOTE))
        assert colours(made) == {"J5": RED, "H6": ORANGE}
        assert notes(made).keys() == {"J5", "H6"}
        assert notes(made)["J5"] == f"{MARKER}阻断 C02\n看不出是哪一天。\n怎么改：请改日期。"

    def test_two_findings_on_one_cell_share_a_note_and_the_worse_colour(self, original: bytes) -> None:
        made = copy_of(original, told("J5"), told("J5", Severity.WARNING, code="C21", problem="不在期内。"))
        assert colours(made) == {"J5": RED}
        assert "C02" in notes(made)["J5"] and "不在期内" in notes(made)["J5"]

    def test_each_cell_of_a_finding_about_many_is_marked_and_no_other(self, original: bytes) -> None:
        made = copy_of(original, told("J5:J9", cells=("J5", "J7", "J9")))
        assert colours(made).keys() == notes(made).keys() == {"J5", "J7", "J9"}

    def test_a_whole_column_is_coloured_while_its_notes_stay_few(self, original: bytes) -> None:
        made = copy_of(original, told("J5:J1004"))
        assert len(colours(made)) == 1000
        assert len(notes(made)) == MOST_NOTED

    def test_rows_and_cells_that_the_file_does_not_hold_are_made_in_the_look_of_their_column(
        self, original: bytes
    ) -> None:
        made = opened(copy_of(original, told("J300")))[CASES]["J300"]
        assert made.fill.fgColor.rgb == RED
        assert made.number_format == "yyyy-mm-dd"
        assert not made.protection.locked

    @pytest.mark.parametrize("cell", ["", "A0", "XFE1", "看这里", "J5:ZZZZ9"])
    def test_a_finding_without_a_usable_cell_is_only_listed(self, original: bytes, cell: str) -> None:
        made = copy_of(original, told(cell))
        assert colours(made) == {}
        assert listed(made)[0]["问题"] == "看不出是哪一天。"

    def test_a_note_of_somebody_else_stays_and_ours_stands_below(self, original: bytes) -> None:
        def comment(book: Any) -> None:
            book[CASES]["J5"].comment = Comment("问过张三", "李四")
            book[CASES]["B5"].comment = Comment("不要动", "李四")

        made = copy_of(changed(original, comment), told("J5"))
        assert notes(made)["J5"].startswith(f"问过张三\n{MARKER}")
        assert notes(made)["B5"] == "不要动"
        assert notes(copy_of(made, told("H6"))) | {"H6": ""} == {"J5": "问过张三", "B5": "不要动", "H6": ""}


class TestTakenOff:
    def test_marks_of_the_copy_before_are_gone_from_the_next(self, original: bytes) -> None:
        first = copy_of(original, told("J5"), told("A2", sheet="单位信息"))
        second = copy_of(first, told("H6", Severity.WARNING))
        assert colours(second) == {"H6": ORANGE}
        assert notes(second).keys() == {"H6"}
        assert notes(second, "单位信息") == {}
        assert opened(second).sheetnames.count(FEEDBACK_SHEET) == 1

    def test_also_after_another_program_has_saved_the_copy(self, original: bytes) -> None:
        resaved = changed(copy_of(original, told("J5")), lambda book: None)
        second = copy_of(resaved, told("H6"))
        assert colours(second) == {"H6": RED}
        assert notes(second).keys() == {"H6"}

    @pytest.mark.parametrize(
        "fill",
        [
            PatternFill("solid", fgColor="FF00B050"),
            PatternFill("solid", fgColor="FFFFC7CE"),
            PatternFill("lightUp", fgColor="FF112233", bgColor="FFFFFF00"),
            GradientFill(stop=("FFFFFFFF", "FF0000FF")),
        ],
        ids=["solid", "the red that Excel offers", "pattern", "gradient"],
    )
    @pytest.mark.parametrize("resave", [False, True])
    def test_a_cell_gets_its_own_fill_back(self, original: bytes, fill: Any, resave: bool) -> None:
        mine = changed(original, lambda book: setattr(book[CASES]["J5"], "fill", fill))
        first = copy_of(mine, told("J5"))
        assert opened(first)[CASES]["J5"].fill.fgColor.rgb == RED
        second = copy_of(changed(first, lambda book: None) if resave else first, told("H6"))
        before, after = (opened(content)[CASES]["J5"] for content in (mine, second))
        assert repr(after.fill) == repr(before.fill)
        assert repr((after.number_format, after.border, after.font)) == repr(
            (before.number_format, before.border, before.font)
        )

    def test_many_rounds_do_not_make_the_styles_grow(self, original: bytes) -> None:
        first = copy_of(original, told("J5"))
        last = first
        for _ in range(5):
            last = copy_of(last, told("J5"))
        assert parts_of(last)["xl/styles.xml"] == parts_of(first)["xl/styles.xml"]
        assert parts_of(last).keys() == parts_of(first).keys()

    def test_a_kept_fill_that_somebody_forged_is_not_taken_over(self, original: bytes) -> None:
        mine = changed(
            original, lambda book: setattr(book[CASES]["J5"], "fill", PatternFill("solid", fgColor="FF00B050"))
        )

        def forge(book: Any) -> None:
            for row in book[FEEDBACK_SHEET].iter_rows(min_col=16, max_col=16):
                for cell in row:
                    cell.value = cell.value and '<!DOCTYPE a [<!ENTITY b "c">]><fill>&b;</fill>'

        second = copy_of(changed(copy_of(mine, told("J5")), forge), told("H6"))
        assert b"DOCTYPE" not in parts_of(second)["xl/styles.xml"]
        assert colours(second) == {"H6": RED}


def listed(content: bytes) -> list[dict[str, Any]]:
    rows = list(opened(content)[FEEDBACK_SHEET].iter_rows(max_col=8, values_only=True))
    top = next(n for n, row in enumerate(rows) if row[0] == "级别")
    return [dict(zip(rows[top], row, strict=True)) for row in rows[top + 1 :]]


class TestList:
    def test_the_list_comes_first_and_leads_to_the_cells(self, original: bytes) -> None:
        made = opened(copy_of(original, told("J5"), told("", Severity.NOTE, code="P55")))
        assert made.sheetnames[0] == FEEDBACK_SHEET == made.active.title
        links = {link.ref: link.location for link in made.active._hyperlinks} or {
            c.coordinate: c.hyperlink.location for row in made.active.iter_rows() for c in row if c.hyperlink
        }
        assert list(links.values()) == [f"'{CASES}'!J5"]
        assert sum(sheet.sheet_view.tabSelected or False for sheet in made) == 1

    @pytest.mark.parametrize(
        "text", ["=1+1", "+86", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "_x0041_", "𠮷😀"]
    )
    def test_text_of_a_district_is_never_a_formula(self, original: bytes, text: str) -> None:
        made = copy_of(original, told("J5", shown=text, problem=text))
        page = parsed(parts_of(made)[FeedbackWorkbook(Package(made)).sheet_parts()[FEEDBACK_SHEET]])
        assert not list(page.iter(main_tag("f")))
        cells = [
            c for c in page.iter(main_tag("c")) if "".join(c.itertext()) == text.replace("_x0041_", "_x005F_x0041_")
        ]
        styles = list(parsed(parts_of(made)["xl/styles.xml"]).find(main_tag("cellXfs")))
        assert [c.get("t") for c in cells] == ["inlineStr", "inlineStr"]
        assert {styles[int(c.get("s"))].get("quotePrefix") for c in cells} == {"1"}

    def test_control_characters_do_not_spoil_the_file(self, original: bytes) -> None:
        made = copy_of(original, told("J5", shown="a\x00b\x1f\ud800c", problem="\x07响"))
        assert "a" in listed(made)[0]["填写内容"]
        assert "响" in notes(made)["J5"]

    @pytest.mark.parametrize(
        ("today", "due", "said"),
        [
            (date(2017, 9, 1), date(2017, 10, 31), "请于 2017-10-31 前重新报送"),
            (date(2017, 11, 1), date(2017, 10, 31), "2017-10-31 已过，请尽快"),
            (date(2017, 11, 1), None, "请尽快重新报送"),
        ],
    )
    def test_it_says_until_when(self, original: bytes, today: date, due: date | None, said: str) -> None:
        made = marked_copy(original, answer(told("J5")), Heading(today, due), "x")
        texts = [str(row[0]) for row in opened(made)[FEEDBACK_SHEET].iter_rows(max_row=6, values_only=True)]
        assert any(said in text for text in texts)
        assert f"{today} 校核" in texts[1] and "阻断1条" in texts[1]


class TestKept:
    def test_everything_that_is_not_marked_stays_byte_for_byte(self, original: bytes) -> None:
        before, after = parts_of(original), parts_of(copy_of(original, told("J5")))
        touched = {
            CONTENT_TYPES,
            "xl/workbook.xml",
            "xl/_rels/workbook.xml.rels",
            "xl/styles.xml",
            "docProps/custom.xml",
        }
        differ = {name for name in before if before[name] != after[name]}
        sheets = {name for name in differ if name.startswith("xl/worksheets/")}
        assert differ - sheets <= touched
        assert len(sheets) <= 2  # the sheet of the cell, and the one that was in front

    def test_drop_downs_conditional_formats_protection_and_the_rest_of_the_sheet_stay(self, original: bytes) -> None:
        before, after = opened(original), opened(copy_of(original, told("J5"), told("J300")))
        assert after.sheetnames[1:] == before.sheetnames
        assert after[STAMP_SHEET].sheet_state == "veryHidden"
        for sheet in before.sheetnames:
            old, new = before[sheet], after[sheet]
            assert [v.sqref for v in new.data_validations.dataValidation] == [
                v.sqref for v in old.data_validations.dataValidation
            ]
            assert [str(r.sqref) for r in new.conditional_formatting] == [
                str(r.sqref) for r in old.conditional_formatting
            ]
            assert vars(new.protection) == vars(old.protection)
            assert new.freeze_panes == old.freeze_panes
            assert new.print_title_rows == old.print_title_rows
            assert new.auto_filter.ref == old.auto_filter.ref
            assert {k: d.width for k, d in new.column_dimensions.items()} == {
                k: d.width for k, d in old.column_dimensions.items()
            }
            values = [[c.value for c in row] for row in old.iter_rows()]
            assert [[c.value for c in row] for row in new.iter_rows(max_row=old.max_row)] == values
        properties = {p.name: p.value for p in before.custom_doc_props.props}
        own = {FEEDBACK_PROPERTY: "digest", SOURCE_PROPERTY: "00"}
        assert {p.name: p.value for p in after.custom_doc_props.props} == properties | own
        text = parts_of(copy_of(original, told("J5")))
        assert sum(b"<ignoredErrors>" in part for part in text.values()) == sum(
            b"<ignoredErrors>" in part for part in parts_of(original).values()
        )

    def test_the_copy_is_a_sound_workbook(self, original: bytes, tmp_path: Path) -> None:
        def comment(book: Any) -> None:
            book[CASES]["B5"].comment = Comment("不要动", "李四")

        for number, content in enumerate((original, changed(original, comment))):
            path = tmp_path / f"{number}.xlsx"
            path.write_bytes(
                copy_of(copy_of(content, told("J5")), told("J5"), told("J300"), told("A2", sheet="单位信息"))
            )
            assert lint(path) == []

    def test_a_file_of_another_writer_is_marked_as_well(self) -> None:
        book = Workbook()
        book.active.title = CASES
        book.active.append(["处罚决定书文号*", "决定日期*"])
        book.active.append(["演示罚〔2017〕1号", "昨天"])
        saved = io.BytesIO()
        book.save(saved)
        made = copy_of(saved.getvalue(), told("B2"))
        assert opened(made)[CASES]["B2"].fill.fgColor.rgb == RED
        assert property_of(Package(made), FEEDBACK_PROPERTY) == "digest"

    @pytest.mark.parametrize("spelled", ["&#7;", "&#x1F;", "&#xFFFE;", "\x07"])
    def test_characters_that_no_xml_allows_are_taken_out(self, original: bytes, spelled: str) -> None:
        """Excel opens no file with them; the finding has told of them. What is allowed stays."""
        part = FeedbackWorkbook(Package(original)).sheet_parts()[CASES]
        package = Package(original)
        typed = f'<row r="90"><c r="C90" t="inlineStr"><is><t>甲{spelled}&#20057;&#10;丙</t></is></c></row></sheetData>'
        package.write(part, package.read(part).replace(b"</sheetData>", typed.encode()))
        copy = copy_of(package.to_bytes(), told("C90", Severity.WARNING, code="C62"))
        assert load_workbook(io.BytesIO(copy))[CASES]["C90"].value == "甲乙\n丙"

    def test_macros_do_not_travel(self, original: bytes) -> None:
        package = Package(original)
        package.declare("xl/workbook.xml", "application/vnd.ms-excel.sheet.macroEnabled.main+xml")
        package.write("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0")
        package.declare("xl/vbaProject.bin", "application/vnd.ms-office.vbaProject")
        kind = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
        package.relate("xl/workbook.xml", kind, "xl/vbaProject.bin")
        parts = parts_of(copy_of(package.to_bytes(), told("J5")))
        assert "xl/vbaProject.bin" not in parts
        assert b"macroEnabled" not in parts[CONTENT_TYPES] and b"vbaProject" not in parts["xl/_rels/workbook.xml.rels"]


def _without(content: bytes, name: str) -> bytes:
    made = io.BytesIO()
    with ZipFile(made, "w") as package:
        for part, text in parts_of(content).items():
            if part != name:
                package.writestr(part, text)
    return made.getvalue()


def _with(content: bytes, name: str, text: bytes) -> bytes:
    package = Package(content)
    package.write(name, text)
    return package.to_bytes()


class TestNotMarkable:
    @pytest.mark.parametrize(
        "spoil",
        [
            lambda _: b"",
            lambda _: b"PK\x03\x04 broken",
            lambda content: content[: len(content) // 2],
            lambda content: _without(content, "xl/styles.xml"),
            lambda content: _without(content, "xl/workbook.xml"),
            lambda content: _with(
                content, "xl/styles.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><styleSheet>&b;</styleSheet>'
            ),
            lambda content: _with(content, "xl/worksheets/sheet3.xml", b"<worksheet><sheetData><row r='1'"),
        ],
        ids=["empty", "no zip", "cut off", "no styles", "no workbook", "entities", "broken sheet"],
    )
    def test_what_cannot_be_marked_says_so_and_gets_a_list_of_its_own(
        self, original: bytes, spoil: Callable[[bytes], bytes]
    ) -> None:
        with pytest.raises(PackageSyntaxError):
            copy_of(spoil(original), told("J5"))
        made = list_alone(answer(told("J5")), Heading(HEADING.today, HEADING.due, marked=False), "digest")
        assert [row["单元格"] for row in listed(made)] == ["J5"]
        assert not re.search(rb"<hyperlink ", b"".join(parts_of(made).values()))
        assert property_of(Package(made), FEEDBACK_PROPERTY) == "digest"

    def test_a_workbook_that_is_no_return_is_not_sent_back_marked(self) -> None:
        saved = io.BytesIO()
        Workbook().save(saved)
        with pytest.raises(PackageSyntaxError):
            copy_of(saved.getvalue(), told("J5"))


def test_the_author_is_told_apart_from_people(original: bytes) -> None:
    comments = next(text for name, text in parts_of(copy_of(original, told("J5"))).items() if "comments" in name)
    assert AUTHOR in comments.decode()


@pytest.mark.parametrize("dropped", [False, True])
def test_a_copy_says_what_it_was_made_from_also_where_a_program_drops_properties(
    original: bytes, tmp_path: Path, dropped: bool
) -> None:
    path = tmp_path / "副本.xlsx"
    path.write_bytes(copy_of(original, told("J5")))
    if dropped:
        book = load_workbook(path)
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]
        book.save(path)
    assert read_return(path, "回收/副本.xlsx", Ruleset(load_pack("jiangsu-2017"))).copied_from == "00"
    path.write_bytes(original)
    assert read_return(path, "回收/原件.xlsx", Ruleset(load_pack("jiangsu-2017"))).copied_from == ""
