"""通报 as a Word document: what it says, and its form measured (GB/T 9704-2012; D1.1, D2)."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Mm
from openxml_audit import OpenXmlValidator

from tests.few_words import Scene
from tests.unit.test_dispatch_figures import cases, issue
from xl_lianbing.dispatch.bulletin import bulletin
from xl_lianbing.dispatch.issue import Issue


def scene(reported: int = 6) -> Scene:
    made = Scene("jiangsu-2017", 全省查处案件总数=304 * 6, 全省重点排污单位总数=360)
    made.unit("苏州市", "市级", 重点=60, 处罚案件=cases(("2017-06-01", 20), prefix="市罚"))
    made.unit("甲县", 处罚案件=cases(("2017-02-01", 300), ("2017-08-02", 7)))
    made.unit("乙县", 处罚案件=cases(("2017-08-31", 121), prefix="乙罚"))
    made.unit("丙县")
    made.unit("丁县", 未报=True)
    return made


@pytest.fixture(scope="module")
def made() -> Issue:
    return issue(scene(), "2017-08-31")


@pytest.fixture(scope="module")
def document(made: Issue) -> Document:
    return docx.Document(BytesIO(bulletin(made)))


def text(document: Document) -> str:
    return "\n".join(p.text for p in document.paragraphs)


def test_what_the_bulletin_says(document: Document) -> None:
    said = text(document)
    for sentence in (
        "截至2017年8月31日，全市共作出行政处罚决定448件，罚款金额672万元；办理重大案件0件，",
        "其中，2017年8月1日至2017年8月31日作出行政处罚决定128件，罚款金额192万元",
        "已报送、至今没有作出行政处罚决定的有丙县。",
        "案件数居前的有甲县（307件）、乙县（121件）。",
        "进度比达到1以上的有甲县（1.26）。",
        # 0.497942… is not shown as the 0.50 below which it lies
        "乙县案件121件，进度比0.4979，低于0.5，距应有的243件差122件。",
        "丙县案件0件，进度比0.00，低于0.5，距应有的243件差243件。",
        "本期未报送的有丁县（没有可用的填报表）。",
        "请丁县于2017年9月30日前报送填报表。",
        "严禁以大练兵为由开展运动式执法、突击执法",
    ):
        assert sentence in said
    assert "更正" not in said
    order = [line for line in said.splitlines() if line[1:2] == "、"]
    assert order == ["一、总体情况", "二、进展较快的地区", "三、进度缓慢、力度不足的地区", "四、下一步要求"]


def test_the_bulletin_tells_what_is_corrected() -> None:
    one = issue(
        Scene("jiangsu-2017").unit("甲县", 处罚案件=cases(("2017-06-01", 5))).unit("乙县", 未报=True), "2017-07-31"
    )
    later = Scene("jiangsu-2017").unit("甲县", 处罚案件=cases(("2017-06-01", 4)))
    later.unit("乙县", 处罚案件=cases(("2017-06-01", 2), prefix="乙罚"))
    said = text(docx.Document(BytesIO(bulletin(issue(later, "2017-08-31", [one])))))
    assert "四、更正和补报\n甲县：2017-07案件数上期报5，现为4；2017-07罚款金额(万元)上期报7.5，现为6。" in said
    assert "乙县：2017-07补报案件数2；" in said


def test_all_units_stand_in_the_table(document: Document) -> None:
    (table,) = document.tables
    rows = [[cell.text for cell in row.cells] for row in table.rows]
    assert rows[0] == ["地区", "案件数", "罚款金额（万元）", "重大案件", "复议案件", "复议纠正", "进度比", "状态"]
    assert [row[0] for row in rows[1:]] == ["苏州市", "甲县", "乙县", "丙县", "丁县", "合计"]
    assert rows[1][1] == rows[6][1] == "448" and rows[5][-1] == "未报"
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_the_page_holds_22_lines_of_28_characters(document: Document) -> None:
    section = document.sections[0]
    sides = (section.page_width, section.page_height, section.top_margin, section.left_margin, section.right_margin)
    assert [round(side / Mm(1)) for side in sides if side] == [210, 297, 37, 28, 26]
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")
    body = next(p for p in document.paragraphs if p.text.startswith("截至"))
    assert body.paragraph_format.line_spacing.pt == pytest.approx(28.95, abs=0.05)
    (run,) = body.runs
    closer = int(run._r.rPr.find(qn("w:spacing")).get(qn("w:val"))) / 20
    width = (section.page_width - section.left_margin - section.right_margin) / Mm(1) * 72 / 25.4
    assert int(width / (run.font.size.pt + closer)) == 28
    height = (section.page_height - section.top_margin - section.bottom_margin) / Mm(1) * 72 / 25.4
    assert int(height / 28.95) == 22


def test_faces_and_sizes(document: Document) -> None:
    def look(start: str) -> tuple[str, float]:
        run = next(p for p in document.paragraphs if p.text.startswith(start)).runs[0]
        return run._r.rPr.rFonts.get(qn("w:eastAsia")), run.font.size.pt

    assert look("截至") == ("仿宋", 16)
    assert look("一、") == ("黑体", 16)
    assert look("关于2017年") == look("第1期") == ("方正小标宋简体", 22)
    runs = [r for p in document.paragraphs for r in p.runs] + [
        r for row in document.tables[0].rows for cell in row.cells for r in cell.paragraphs[0].runs
    ]
    assert all(r._r.rPr.rFonts.get(qn("w:eastAsia")) for r in runs)
    assert "Mincho" not in document.styles.element.xml and "明朝" not in document.styles.element.xml


def test_the_document_is_valid(made: Issue, tmp_path: Path) -> None:
    path = tmp_path / "通报.docx"
    path.write_bytes(bulletin(made))
    checked = OpenXmlValidator().validate(str(path))
    assert checked.is_valid, [str(error) for error in checked.errors]


def test_no_heading_and_no_signature_stands_alone(document: Document) -> None:
    paragraphs = document.paragraphs
    for paragraph in paragraphs:
        if paragraph.text[1:2] == "、":
            assert paragraph.paragraph_format.keep_with_next
    signed = [i for i, p in enumerate(paragraphs) if p.text == "2017年8月31日"][0]
    assert paragraphs[signed - 1].text == "苏州市环境保护局"
    assert all(p.paragraph_format.keep_with_next for p in paragraphs[signed - 5 : signed])
    assert "〔2017〕　　号" in text(document)


def test_the_same_issue_gives_the_same_bytes(made: Issue) -> None:
    first = bulletin(made)
    assert first == bulletin(made)
    with ZipFile(BytesIO(first)) as package:
        assert {part.date_time for part in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    about = docx.Document(BytesIO(first)).core_properties
    assert (about.author, about.created and about.created.date()) == ("苏州市环境保护局", date(2017, 8, 31))


def test_one_unit_alone_is_a_whole() -> None:
    document = docx.Document(BytesIO(bulletin(issue(Scene("jiangsu-2016").unit("甲县", 案件=2), "2016-10-15"))))
    assert "案件数居前的有甲县（2件）。" in text(document)
    assert [row.cells[0].text for row in document.tables[0].rows] == ["地区", "甲县"]
