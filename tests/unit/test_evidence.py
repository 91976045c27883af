"""Files named in the returns and what lies in 佐证/: missing, empty, no PDF, used twice, names that lead elsewhere."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.cells import at
from xl_lianbing.demo.sheets.evidence import one_page_pdf
from xl_lianbing.findings import Finding
from xl_lianbing.glossary import Severity, Tier
from xl_lianbing.intake.evidence import examine as module
from xl_lianbing.intake.evidence.examine import evidence_findings
from xl_lianbing.intake.evidence.folder import EvidenceFolder, is_dangerous
from xl_lianbing.intake.returned.read import read_return
from xl_lianbing.records.returns import RETURN_SHEETS, CaseFile, PenaltyCase
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.workbooks.returns.blank_return import write_return

PACK = load_pack("jiangsu-2017")
UNIT = "演示区"


def case(number: int, scan: str | None, **more: object) -> dict[str, object]:
    return {"处罚决定书文号": f"演示罚〔2017〕{number}号", "决定日期": date(2017, 3, 1), "决定书扫描件": scan} | more


class Campaign:
    """A folder with 佐证/ and returns."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.evidence = place / "佐证"
        self.evidence.mkdir()
        self.returns: dict[str, Path] = {}

    def returned(self, rows: Mapping[str, Sequence[Mapping[str, object]]], unit: str = UNIT) -> None:
        path = self.place / f"{unit}.xlsx"
        write_return(path, PACK, unit, Tier.COUNTY, rows=rows)
        self.returns[unit] = path

    def hand_in(self, name: str, content: bytes | None = None, unit: str = UNIT) -> None:
        path = self.evidence / unit / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(one_page_pdf(f"{unit}{name}") if content is None else content)

    def found(self) -> list[Finding]:
        read = [
            read_return(path, f"回收/{unit}.xlsx", Ruleset(PACK), evidence=self.evidence)
            for unit, path in self.returns.items()
        ]
        return evidence_findings(intake.evidence for intake in read)

    def codes(self) -> list[tuple[str, str, str]]:
        return [(f.code, f.where.sheet, f.where.cell) for f in self.found()]


@pytest.fixture
def campaign(tmp_path: Path) -> Campaign:
    return Campaign(tmp_path)


def test_every_column_that_names_files_is_declared() -> None:
    named = {c.header for record in RETURN_SHEETS for c in record.columns().values() if c.evidence}
    assert named == {
        "决定书扫描件",
        "扫描件",
        "案卷PDF",
        "证明材料",
        "廉洁证明文件",
        "名录扫描件",
        "自评报告文件",
        "事迹材料文件",
    }


class TestLookedFor:
    @pytest.mark.parametrize(
        ("named", "handed_in"),
        [
            ("1号.pdf", ["1号.pdf"]),
            ("1号", ["1号.pdf"]),
            ("1号.PDF", ["1号.pdf"]),
            ("ABC.pdf", ["abc.Pdf"]),
            ("1号.pdf", ["扫描/三月/1号.pdf"]),
            ("三月/1号.pdf", ["三月/1号.pdf"]),
            ("三月\\1号.pdf", ["三月/1号.pdf"]),
            ("1号.pdf、2号.pdf；3号,4号，5号;6号", [f"{n}号.pdf" for n in range(1, 7)]),
            ("甲、乙和丙.pdf", ["甲、乙和丙.pdf"]),
            ("2017.3.1决定书", ["2017.3.1决定书.pdf"]),
            ("  1号.pdf ", ["1号.pdf"]),
            ("cafe\u0301.pdf", ["caf\u00e9.pdf"]),
        ],
    )
    def test_found(self, campaign: Campaign, named: str, handed_in: list[str]) -> None:
        campaign.returned({"处罚案件": [case(1, named)]})
        for name in handed_in:
            campaign.hand_in(name)
        assert campaign.found() == []

    def test_missing_ones_are_told_once_a_sheet_with_their_cells(self, campaign: Campaign) -> None:
        campaign.returned({"处罚案件": [case(n, f"{n}号.pdf") for n in range(1, 201)]})
        campaign.hand_in("200号.pdf")
        [found] = campaign.found()
        assert (found.code, found.severity, found.where.unit) == ("E01", Severity.WARNING, UNIT)
        assert found.where.cell == at(PenaltyCase, "决定书扫描件", 5, 203) and len(found.cells) == 199
        assert "199个文件" in found.problem and "1号.pdf、2号.pdf" in found.problem and len(found.problem) < 200

    def test_sheets_of_every_kind_are_looked_at(self, campaign: Campaign) -> None:
        campaign.returned(
            {
                "单位信息": [{"名录扫描件": "名录.pdf", "自评报告文件": "报告.docx"}],
                "先进集体": [{"事迹材料文件": "事迹.docx"}],
                "处罚案件": [case(1, "1号.pdf")],
                "重大案件": [{"文书文号": "演示封〔2017〕1号", "扫描件": "封.pdf"}],
                "参评案卷": [{"文书文号": "演示罚〔2017〕1号", "案卷PDF": "案卷.pdf"}],
                "先进个人": [{"姓名": "演示员", "廉洁证明文件": "廉洁.pdf"}],
                "个人办案": [{"姓名": "演示员", "处罚决定书文号": "演示罚〔2017〕1号", "证明材料": "证明.pdf"}],
            }
        )
        campaign.hand_in("别的.pdf")
        assert {(c, s) for c, s, _ in campaign.codes()} == {
            ("E01", sheet)
            for sheet in ("单位信息", "先进集体", "处罚案件", "重大案件", "参评案卷", "先进个人", "个人办案")
        }
        assert all(cell for _, _, cell in campaign.codes())
        assert next(f for f in campaign.found() if f.where.sheet == "单位信息").problem.count(".") == 2

    @pytest.mark.parametrize("text", ["无", "/", "—", None])
    def test_no_file_named_is_nothing_to_look_for(self, campaign: Campaign, text: str | None) -> None:
        campaign.returned({"处罚案件": [case(1, text)]})
        campaign.hand_in("1号.pdf")
        assert campaign.found() == []

    @pytest.mark.parametrize("folder", [True, False])
    def test_a_unit_that_handed_nothing_in_gets_one_note(self, campaign: Campaign, folder: bool) -> None:
        campaign.returned({"处罚案件": [case(n, f"{n}号.pdf") for n in range(1, 51)]})
        if folder:
            (campaign.evidence / UNIT / "空的").mkdir(parents=True)
        [found] = campaign.found()
        assert (found.code, found.severity) == ("E07", Severity.NOTE)
        assert "50个文件" in found.problem

    def test_files_of_another_unit_do_not_count(self, campaign: Campaign) -> None:
        campaign.returned({"处罚案件": [case(1, "1号.pdf")]})
        campaign.hand_in("2号.pdf")
        campaign.hand_in("1号.pdf", unit="别的区")
        assert [c for c, _, _ in campaign.codes()] == ["E01"]


class TestContent:
    @pytest.mark.parametrize(
        ("name", "content", "code"),
        [
            ("1号.pdf", b"", "E02"),
            ("1号.pdf", b"PK\3\4 a zip", "E03"),
            ("1号.pdf", b"just text", "E03"),
            ("1号.jpg", b"\xff\xd8\xff", ""),
            ("1号.pdf", b"\xef\xbb\xbf%PDF-1.4", ""),
        ],
    )
    def test_what_a_scan_must_be(self, campaign: Campaign, name: str, content: bytes, code: str) -> None:
        campaign.returned({"处罚案件": [case(1, name)]})
        campaign.hand_in(name, content)
        assert [c for c, _, _ in campaign.codes()] == ([code] if code else [])

    def test_a_file_of_the_review_must_be_a_pdf_whatever_its_name(self, campaign: Campaign) -> None:
        campaign.returned({"参评案卷": [{"文书文号": "演示罚〔2017〕1号", "案卷PDF": "案卷"}]})
        campaign.hand_in("案卷.docx", b"PK\3\4")
        assert campaign.codes() == [("E03", "参评案卷", at(CaseFile, "案卷PDF", 5))]

    @pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="the system gives this user every file")
    def test_a_file_that_cannot_be_opened(self, campaign: Campaign) -> None:
        campaign.returned({"处罚案件": [case(1, "1号.pdf")]})
        campaign.hand_in("1号.pdf")
        (campaign.evidence / UNIT / "1号.pdf").chmod(0)
        assert [c for c, _, _ in campaign.codes()] == ["E06"]

    def test_a_file_that_vanishes_while_it_is_read(self, campaign: Campaign, monkeypatch: pytest.MonkeyPatch) -> None:
        def gone(file: Any) -> bool:
            raise FileNotFoundError(file)

        monkeypatch.setattr(module, "is_pdf", gone)
        campaign.returned({"处罚案件": [case(1, "1号.pdf")]})
        campaign.hand_in("1号.pdf")
        assert [c for c, _, _ in campaign.codes()] == ["E06"]


class TestUsedTwice:
    def test_the_same_content_for_two_cases(self, campaign: Campaign) -> None:
        campaign.returned({"处罚案件": [case(n, f"{n}号.pdf") for n in (1, 2, 3)]})
        campaign.hand_in("1号.pdf", b"%PDF-1.4 same")
        campaign.hand_in("2号.pdf", b"%PDF-1.4 same")
        campaign.hand_in("3号.pdf", b"%PDF-1.4 size")
        [found] = campaign.found()
        assert (found.code, found.where.cell, found.cells) == (
            "E04",
            at(PenaltyCase, "决定书扫描件", 5, 6),
            tuple(at(PenaltyCase, "决定书扫描件", row) for row in (5, 6)),
        )
        assert "演示罚〔2017〕1号（1号.pdf）" in found.problem and "演示罚〔2017〕2号（2号.pdf）" in found.problem

    def test_the_same_name_for_two_cases(self, campaign: Campaign) -> None:
        campaign.returned({"处罚案件": [case(1, "合并.pdf"), case(2, "合并.pdf")]})
        campaign.hand_in("合并.pdf")
        assert campaign.codes() == [("E04", "处罚案件", at(PenaltyCase, "决定书扫描件", 5, 6))]

    def test_two_units_with_one_file(self, campaign: Campaign) -> None:
        for unit, number in (("甲区", 1), ("乙区", 2)):
            campaign.returned({"处罚案件": [case(number, "a.pdf")]}, unit)
            campaign.hand_in("a.pdf", b"%PDF-1.4 same", unit)
        assert [(f.code, f.where.unit) for f in campaign.found()] == [("E04", "甲区"), ("E04", "乙区")]
        assert "乙区的演示罚〔2017〕2号" in campaign.found()[0].problem

    def test_one_case_may_be_proved_by_one_file_in_several_sheets(self, campaign: Campaign) -> None:
        number = "演示罚〔2017〕1号"
        campaign.returned(
            {
                "处罚案件": [case(1, "1号.pdf")],
                "参评案卷": [{"文书文号": number.replace("〔", "[").replace("〕", "]"), "案卷PDF": "1号.pdf"}],
                "重大案件": [{"文书文号": "演示封〔2017〕1号", "对应处罚决定书文号": number, "扫描件": "1号.pdf"}],
                "个人办案": [{"姓名": n, "处罚决定书文号": number, "证明材料": "证明.pdf"} for n in ("甲", "乙")],
            }
        )
        campaign.hand_in("1号.pdf")
        campaign.hand_in("证明.pdf")
        assert campaign.found() == []

    def test_only_files_of_one_size_are_read_and_each_once(
        self, campaign: Campaign, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        campaign.returned({"处罚案件": [case(n, f"{n}号.pdf") for n in range(1, 6)]})
        for n in range(1, 6):
            campaign.hand_in(f"{n}号.pdf", b"%PDF-1.4 " + b"x" * (9 if n < 3 else n * 50))
        read: list[str] = []
        digest = module.digest
        monkeypatch.setattr(module, "digest", lambda file: read.append(file.path.name) or digest(file))
        campaign.found()
        assert sorted(read) == ["1号.pdf", "2号.pdf"]


NAMES_THAT_LEAD_ELSEWHERE = (
    "..\\..\\总表.xlsm",
    "../别的区/1号.pdf",
    "a/../../b.pdf",
    "/etc/passwd",
    "\\\\server\\share\\1.pdf",
    "C:\\1.pdf",
    "c:1.pdf",
    "file:///etc/passwd",
    "https://example.org/1.pdf",
    "CON",
    "nul.pdf",
    "扫描/com1.pdf",
    "..",
    "1?.pdf",
    "1*.pdf",
)


class TestNames:
    @pytest.mark.parametrize("name", NAMES_THAT_LEAD_ELSEWHERE)
    def test_paths_are_told_and_never_followed(self, campaign: Campaign, name: str) -> None:
        assert is_dangerous(name)
        campaign.returned({"处罚案件": [case(1, name)]})
        campaign.hand_in("1号.pdf")
        campaign.hand_in("1号.pdf", unit="别的区")
        assert [c for c, _, _ in campaign.codes()] == ["E05"]

    @pytest.mark.parametrize(
        "name", ["1号.pdf", "...号.pdf", "扫描/1号.pdf", "console.pdf", "苏环罚〔2017〕1号.pdf", "a..b.pdf"]
    )
    def test_plain_names_are_not(self, name: str) -> None:
        assert not is_dangerous(name)

    def test_links_out_of_the_folder_are_not_followed(self, campaign: Campaign) -> None:
        secret = campaign.place / "1号.pdf"
        secret.write_bytes(one_page_pdf("secret"))
        campaign.hand_in("2号.pdf")
        try:
            (campaign.evidence / UNIT / "1号.pdf").symlink_to(secret)
            (campaign.evidence / UNIT / "下级").symlink_to(campaign.place, target_is_directory=True)
        except OSError:
            pytest.skip("this system makes no links")
        campaign.returned({"处罚案件": [case(1, "1号.pdf")]})
        assert [c for c, _, _ in campaign.codes()] == ["E01"]

    @pytest.mark.parametrize("unit", ["..", "../回收", "/etc", "."])
    def test_a_unit_s_name_is_no_path_either(self, campaign: Campaign, unit: str) -> None:
        (campaign.place / "1号.pdf").write_bytes(one_page_pdf("elsewhere"))
        assert EvidenceFolder.of(campaign.evidence, unit).count == 0


def test_the_page_of_the_demonstration_is_a_pdf_with_its_title() -> None:
    content = one_page_pdf("演示")
    start = int(content.rsplit(b"startxref\n", 1)[1].split(b"\n", 1)[0])
    assert content[start : start + 4] == b"xref"
    assert "演示".encode("utf-16-be").hex().encode() in content
    assert one_page_pdf("演示二") != content
