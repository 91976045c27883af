"""One file: which sheet and column is which, true addresses, whole-file refusals."""

from __future__ import annotations

import io
import pickle
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from tests.old_workbooks import compound
from tests.tables import INFO, STAMP, a_return, case, headers, only, rules, table, write
from xl_lianbing.glossary import MajorKind, Severity, YesNo
from xl_lianbing.intake.returned.read import Intake, read_return
from xl_lianbing.records.returns import MajorCase, PenaltyCase, Publicity
from xl_lianbing.records.stamp import Stamp

MAJOR = """
序号|重大案件类型*|文书文号*|当事人名称*|对应处罚决定书文号|文书日期*|金额(万元)|是否录入处罚系统*|扫描件|备注
1 | 查封扣押 | 吴环查〔2017〕1号 | 演示数据公司 | | 2017-05-01 | | 是 | a.pdf
-
2 | 限产停产 | 吴环限〔2017〕1号 | 演示数据公司 | | 2017-06-01 | | 是 | b.pdf
"""


def read(path: Path, pack: str = "jiangsu-2017", spool: Path | None = None) -> Intake:
    return read_return(path, f"回收/{path.name}", rules(pack), spool)


def codes(intake: Intake) -> list[str]:
    return [f.code for f in intake.findings]


def test_a_faultless_return_has_no_findings(tmp_path: Path) -> None:
    intake = read(a_return(tmp_path / "a.xlsx", {"处罚案件": [headers(PenaltyCase), case()], "重大案件": MAJOR}))
    assert (intake.refusal, intake.findings) == (None, ())
    assert intake.stamp == STAMP
    assert intake.result is not None
    assert (intake.result.unit, intake.result.info.key_enterprises) == ("吴中区", 60)
    (fact,) = intake.result.cases
    assert (fact.row, fact.key, fact.fine, fact.in_system) == (2, "吴环罚〔2017〕1号", Decimal("2.5"), YesNo.YES)
    assert (fact.decided_on, fact.scanned, fact.blocked) == (date(2017, 3, 1), True, "")
    assert [(line.row, line.record.kind) for line in intake.result.major_cases] == [
        (2, MajorKind.SEIZURE),
        (4, MajorKind.PRODUCTION_RESTRICTION),
    ]
    assert intake.rows_read["重大案件"] == 2


def test_the_whole_intake_can_come_from_another_process(tmp_path: Path) -> None:
    intake = read(a_return(tmp_path / "a.xlsx", {"处罚案件": [headers(PenaltyCase), case()]}))
    assert pickle.loads(pickle.dumps(intake)) == intake


@pytest.mark.parametrize("spooled", [False, True])
def test_full_rows_keep_what_was_typed(tmp_path: Path, spooled: bool) -> None:
    rows: list[list[Any]] = [
        headers(PenaltyCase),
        case(决定日期="待定", 案由=" 超标 ", 结案日期="/"),
        case(处罚决定书文号="乙"),
    ]
    path = a_return(tmp_path / "a.xlsx", {"处罚案件": rows})
    spool = tmp_path / "spool"
    spool.mkdir()
    store = read(path, spool=spool if spooled else None).rows
    (first, cells), (second, _) = store.load("处罚案件")
    names = list(PenaltyCase.columns())
    assert (first, second) == (2, 3)
    assert cells[names.index("decided_on")] == "待定"
    assert cells[names.index("cause")] == "超标"
    assert cells[names.index("closed_on")] == "/"
    assert cells[names.index("filed_case_on")] == date(2017, 2, 1)
    assert cells[names.index("fine")] == Decimal("2.5")
    assert store.load("行政复议") == []
    assert len(list(spool.iterdir())) == int(spooled)
    store.discard()
    assert not list(spool.iterdir())


def test_addresses_are_true_wherever_the_table_stands(tmp_path: Path) -> None:
    major = table(MAJOR)
    major[1][5] = "待定"
    path = a_return(tmp_path / "a.xlsx", {"重大案件": major}, at={"重大案件": (6, 3), "单位信息": (4, 2)})
    intake = read(path)
    found = only(intake, "C02")
    assert (found.where.cell, found.where.sheet, found.where.file) == ("I8", "重大案件", "回收/a.xlsx")
    assert (found.where.unit, found.severity, found.shown) == ("吴中区", Severity.BLOCKING, "待定")
    assert intake.result is not None
    assert [line.blocked for line in intake.result.major_cases] == ["文书日期", ""]
    assert intake.result.info.key_enterprises == 60


def test_headers_are_known_with_stars_spaces_breaks_and_in_any_order(tmp_path: Path) -> None:
    text = """
    这是重大案件表 | 请按要求填写
    金额 （万元） | 文书 日期 ＊ | | 重大案件类型: | 扫描件 | 当事人名称 | *文书文号 | 序号
    """
    rows = table(text)
    rows.append([3.5, date(2017, 5, 1), "是", "按日连续处罚", "a.pdf", "演示", "甲1号", 1])
    rows[1][2] = "是否录入\n处罚系统"
    intake = read(a_return(tmp_path / "a.xlsx", {"重大案件": rows}))
    assert intake.result is not None
    (line,) = intake.result.major_cases
    assert (line.row, line.record.amount, line.record.document_number) == (3, Decimal("3.5"), "甲1号")
    assert {(f.code, f.severity) for f in intake.findings} == {("S04", Severity.NOTE)}


def test_both_years_words_for_the_key_enterprises_are_known(tmp_path: Path) -> None:
    values: list[list[Any]] = [[k, v] for k, v in (INFO | {"填报年度": 2016}).items() if k != "重点监控企业数"]
    values.append(["重点排污单位数*", 41])
    stamp = Stamp("jiangsu-2016", "1.0", "吴中区", 2016)
    path = a_return(tmp_path / "a.xlsx", {"单位信息": [["项目", "填写内容"], *values]}, stamp=stamp)
    intake = read(path, "jiangsu-2016")
    assert intake.result is not None and intake.result.info.key_enterprises == 41


def test_rows_far_below_and_whitespace_only_rows(tmp_path: Path) -> None:
    major = table(MAJOR) + [["  ", "　"]] + [[]] * 3000 + [table(MAJOR)[1]]
    major[-1][2] = "吴环查〔2017〕9号"
    intake = read(a_return(tmp_path / "a.xlsx", {"重大案件": major}))
    assert intake.result is not None
    assert [line.row for line in intake.result.major_cases] == [2, 4, 3006]
    assert intake.findings == ()


def test_nothing_typed_is_dropped_in_silence(tmp_path: Path) -> None:
    major: list[list[Any]] = [[*headers(MajorCase), "", "我的批注", "文书文号"]]
    major.append(
        [1, "查封扣押", "甲1号", "演示", None, date(2017, 5, 1), None, "是", "a", None, "旁边", "看这里", "又一个"]
    )
    major.append([2])
    major.append([None, "合计", None, None, None, None, 3.5])
    path = a_return(tmp_path / "a.xlsx", {"重大案件": major, "我的表": [["一些内容"]], "空表": []})
    intake = read(path)
    assert sorted(codes(intake)) == ["S06", "S07", "S08", "S09", "S14", "S15"]
    assert (only(intake, "S07").where.cell, only(intake, "S08").where.cell) == ("L2", "K2")
    assert only(intake, "S14").where.cell == "B4"
    assert intake.result is not None and len(intake.result.major_cases) == 1


def test_missing_sheets_columns_and_headers_are_said(tmp_path: Path) -> None:
    tables: dict[str, Any] = {
        "重大案件": [["序号", "重大案件类型", "当事人名称"], [1, "查封扣押", "演示"]],
        "宣传报道": [["没有表头"]],
    }
    intake = read(a_return(tmp_path / "a.xlsx", tables, without=["处罚案件", "学习培训"]))
    assert {(f.code, f.where.sheet) for f in intake.findings if f.severity is Severity.BLOCKING} == {
        ("S02", "处罚案件"),
        ("S03", "宣传报道"),
        ("S05", "重大案件"),
    }
    assert only(intake, "S01").where.sheet == "学习培训"
    assert intake.result is not None
    assert intake.result.major_cases[0].blocked == "文书文号、文书日期、是否录入处罚系统"


def test_a_renamed_sheet_is_known_by_its_headers(tmp_path: Path) -> None:
    rows: list[list[Any]] = [headers(Publicity), [1, date(2017, 7, 1), "文章", "演示标题", "中国环境报", "是"]]
    intake = read(a_return(tmp_path / "a.xlsx", {"宣传": rows}, without=["宣传报道"]))
    assert codes(intake) == ["S10"]
    assert intake.result is not None and len(intake.result.publicity) == 1


def test_a_second_sheet_of_one_name_is_said(tmp_path: Path) -> None:
    intake = read(a_return(tmp_path / "a.xlsx", {"重大案件": MAJOR, "重大案件 ": MAJOR}))
    assert {(f.code, f.where.sheet) for f in intake.findings} == {("S11", "重大案件 ")}
    assert intake.result is not None and len(intake.result.major_cases) == 2


def test_items_of_a_form_stand_anywhere(tmp_path: Path) -> None:
    pairs: list[list[Any]] = [[None, k, v] for k, v in INFO.items()]
    rows: list[list[Any]] = [["填报单位基本情况"], [], *pairs[:4], ["x"], *pairs[4:]]
    intake = read(a_return(tmp_path / "a.xlsx", {"单位信息": rows}))
    assert intake.result is not None
    assert (intake.result.info.officers, intake.result.info.phone) == (30, "0512-00000000")
    assert codes(intake) == []


def test_unknown_and_doubled_items_are_said(tmp_path: Path) -> None:
    rows: list[list[Any]] = [
        ["项目", "填写内容"],
        *([k, v] for k, v in INFO.items()),
        ["联络员", "另一个"],
        ["传真", "123"],
    ]
    intake = read(a_return(tmp_path / "a.xlsx", {"单位信息": rows}))
    assert {(f.code, f.where.cell) for f in intake.findings} == {("S12", "B12"), ("S13", "A11")}
    assert intake.result is not None and intake.result.info.liaison == "演示联络员"


def _zip(name: str) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr(name, "x")
    return made.getvalue()


@pytest.mark.parametrize(
    ("content", "word", "code"),
    [
        (b"%PDF-1.4\n%x", "PDF", "R32"),
        (b"", "空", "R01"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "网页", "R32"),
        (compound({"EncryptedPackage": b"x"}), "密码", "R31"),
        (compound({"WordDocument": b"x"}), "Word", "R32"),
        (compound({"Workbook": b"x" * 5000}), "损坏", "R01"),
        (_zip("word/document.xml"), "Word", "R32"),
        (_zip("a.txt"), "压缩包", "R32"),
        (_zip("xl/workbook.xml"), "损坏", "R01"),
        (b"PK\x03\x04broken", "损坏", "R01"),
        ("单位,层级\n".encode("gb18030"), "不是Excel", "R32"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_by_its_content(
    tmp_path: Path, content: bytes, word: str, code: str
) -> None:
    path = tmp_path / "吴中区.xlsx"
    path.write_bytes(content)
    intake = read(path)
    assert intake.result is None and intake.refusal is not None
    assert intake.refusal.code == code and word in intake.refusal.problem
    assert intake.findings == (intake.refusal,)


def test_a_workbook_that_is_no_return_is_refused(tmp_path: Path) -> None:
    refusal = read(write(tmp_path / "a.xlsx", {"Sheet1": "甲 | 乙\n1 | 2"})).refusal
    assert refusal is not None and refusal.code == "R02"
    refusal = read(write(tmp_path / "b.xlsx", {"Sheet1": []})).refusal
    assert refusal is not None and refusal.code == "R02"


@pytest.mark.parametrize(
    ("info", "stamp", "code", "words"),
    [
        ({"填报年度": 2016}, None, "R03", ("2016", "2017")),
        ({}, Stamp("jiangsu-2016", "1.0", "吴中区", 2016), "R03", ("2016", "2017")),
        ({"填报年度": 2016}, STAMP, "R03", ("2016", "2017")),
        ({}, Stamp("zhejiang-2017", "1.0", "吴中区", 2017), "R04", ("zhejiang-2017", "jiangsu-2017")),
        ({"单位名称": "昆山市"}, STAMP, "R05", ("吴中区", "昆山市")),
        ({"单位名称": None}, None, "R06", ()),
    ],
)
def test_another_years_or_units_return_is_refused_naming_both(
    tmp_path: Path, info: dict[str, object], stamp: Stamp | None, code: str, words: tuple[str, ...]
) -> None:
    intake = read(a_return(tmp_path / "a.xlsx", info=info, stamp=stamp))
    assert intake.result is None and intake.refusal is not None
    assert intake.refusal.code == code
    assert all(word in intake.refusal.problem for word in words)


def test_without_a_stamp_the_sheets_and_the_unit_identify_it(tmp_path: Path) -> None:
    intake = read(a_return(tmp_path / "a.xlsx", stamp=None))
    assert intake.stamp is None and intake.result is not None
    assert codes(intake) == ["R08"]


def test_without_stamp_and_year_the_campaigns_year_is_taken(tmp_path: Path) -> None:
    assert set(codes(read(a_return(tmp_path / "a.xlsx", stamp=None, info={"填报年度": None})))) == {"R08", "R09", "C01"}


def test_the_hidden_sheet_serves_where_the_properties_were_dropped(tmp_path: Path) -> None:
    sheets: dict[str, Any] = {"单位信息": [["项目", "填写内容"], *([k, v] for k, v in INFO.items())]}
    path = write(tmp_path / "a.xlsx", sheets, stamp=STAMP, hidden_stamp_only=True)
    assert read(path).stamp == STAMP


def test_an_empty_unit_is_taken_from_the_stamp(tmp_path: Path) -> None:
    intake = read(a_return(tmp_path / "a.xlsx", info={"单位名称": None}))
    assert intake.result is not None and intake.result.unit == "吴中区"
    assert codes(intake) == ["R07"], "one cause, one finding"


def test_the_day_of_filling_is_given(tmp_path: Path) -> None:
    assert read(a_return(tmp_path / "a.xlsx", info={"填报日期": "2017年10月20日"})).filled_on == date(2017, 10, 20)
