"""反馈/ as a folder: who gets a copy and of what, what is left alone, what is taken away, what cannot be done."""

from __future__ import annotations

import csv
import io
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from tests.said import said
from xl_lianbing.feedback import Feedback, waiting_copies, write, write_feedback
from xl_lianbing.feedback.select import ENDING, answers
from xl_lianbing.feedback.shelf import LIST
from xl_lianbing.feedback.table import NAME, findings_csv
from xl_lianbing.findings import Finding, Kind, Where, evidence, finding
from xl_lianbing.findings import scoring as c
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import ReceiptState, Severity, Tier
from xl_lianbing.intake.returned.receipts import Receipt, WaitingCopy
from xl_lianbing.launch.windows_paths import LONGEST_WORKBOOK_PATH
from xl_lianbing.records.returns import FEEDBACK_SHEET
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.workbooks.returns.blank_return import write_return

#: Blind reviews, votes, what was reported about a person (C5).
FOR_THE_BUREAU = (
    c.REVIEW_MISSING,
    c.REVIEWS_APART,
    c.FORGED,
    c.FORGED_ELSEWHERE,
    c.NO_VOTES,
    c.NOBODY_VOTED,
    c.NO_OFFICER_VOTES,
    c.VOTES_ADDED,
    c.INTEGRITY_FAILED,
    c.DEEDS_UNREVIEWED,
    c.REVIEW_OF_NOTHING,
    c.REVIEWED_TWICE,
    c.PERSON_UNKNOWN,
)
DAY, DUE = date(2017, 9, 1), date(2017, 10, 31)


def told(unit: str, cell: str = "J5", severity: Severity = Severity.BLOCKING, **more: Any) -> Finding:
    where = Where(more.pop("file", f"回收/{unit}.xlsx"), more.pop("sheet", "处罚案件"), cell, unit)
    return said(where, severity, **({"problem": f"{unit}的问题。"} | more))


def receipt(unit: str, state: ReceiptState = ReceiptState.RECEIVED, file: str = "") -> Receipt:
    return Receipt(unit, state, file or f"回收/{unit}.xlsx", sha256=f"sha of {file or unit}")


@pytest.fixture
def folder(tmp_path: Path) -> CampaignFolder:
    campaign = CampaignFolder(tmp_path)
    campaign.returns.mkdir()
    return campaign


def hand_in(folder: CampaignFolder, *units: str) -> None:
    for unit in units:
        write_return(folder.returns / f"{unit}.xlsx", load_pack("jiangsu-2017"), unit, Tier.COUNTY)


def run(folder: CampaignFolder, receipts: list[Receipt], findings: list[Finding], **more: Any) -> Feedback:
    return write_feedback(folder, receipts, findings, DUE, today=more.pop("today", DAY), **more)


def test_a_copy_that_excel_could_not_open_is_said_and_not_written(
    folder: CampaignFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "on_windows", lambda: True)
    hand_in(folder, "甲县")
    deep = CampaignFolder(folder.path / ("a" * (LONGEST_WORKBOOK_PATH - len(str(folder.path)) - 14)))
    deep.path.mkdir()
    folder.returns.rename(deep.returns)
    done = run(deep, [receipt("甲县")], [told("甲县")])
    assert done.copies == ()
    (problem,) = done.problems
    assert "甲县_反馈.xlsx" in problem and "个字符，超过218个时 Excel 打不开" in problem and "移到层次浅" in problem


def texts(path: Path) -> str:
    book = load_workbook(path)
    cells = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value is not None]
    return "\n".join(cells + [c.comment.text for s in book for row in s.iter_rows() for c in row if c.comment])


class TestWhoGetsWhat:
    def test_a_unit_gets_its_own_findings_and_nobody_else_s(self, folder: CampaignFolder) -> None:
        hand_in(folder, "甲县", "乙县")
        done = run(folder, [receipt("甲县"), receipt("乙县")], [told("甲县"), told("乙县"), told("丙县")])
        assert [p.name for p in done.copies] == [f"乙县{ENDING}", f"甲县{ENDING}"]
        assert "甲县的问题" in texts(folder.feedback / f"甲县{ENDING}")
        for other in ("乙县的问题", "丙县的问题"):
            assert other not in texts(folder.feedback / f"甲县{ENDING}")

    @pytest.mark.parametrize("kind", FOR_THE_BUREAU, ids=lambda kind: kind.code)
    def test_reviews_votes_and_reports_about_people_stay_with_the_bureau(self, kind: Kind) -> None:
        own = replace(told("甲县"), kind=kind, severity=Severity.BLOCKING)
        assert answers([receipt("甲县")], [own]) == []
        made = answers([receipt("甲县")], [own, told("甲县", "B6")])
        assert [f.where.cell for f in made[0].findings] == ["B6"]

    def test_a_unit_is_told_what_it_can_do_where_the_bureau_is_told_something_else(self) -> None:
        none_yet = finding(evidence.NONE_YET, Where("回收/甲县.xlsx", unit="甲县"), unit="甲县", count=3)
        assert "收到佐证材料后放入这个文件夹" in none_yet.fix
        made = answers([receipt("甲县")], [none_yet, told("甲县")])
        (own,) = [f for f in made[0].findings if f.code == "E07"]
        assert "一起报送市局" in own.fix and own.problem == none_yet.problem

    def test_what_stands_in_the_master_is_not_the_units_to_mend(self) -> None:
        assert answers([receipt("甲县")], [told("甲县", file="总表.xlsm", sheet="水质断面")]) == []

    def test_notes_alone_are_no_reason_but_are_listed_with_the_rest(self) -> None:
        note = told("甲县", severity=Severity.NOTE)
        assert answers([receipt("甲县")], [note]) == []
        assert note in answers([receipt("甲县")], [note, told("甲县", severity=Severity.WARNING)])[0].findings

    def test_blocking_findings_come_first(self) -> None:
        found = [told("甲县", severity=s) for s in (Severity.NOTE, Severity.WARNING, Severity.BLOCKING)]
        assert [f.severity for f in answers([receipt("甲县")], found)[0].findings] == list(Severity)

    def test_superseded_files_and_units_without_a_return_get_nothing(self) -> None:
        states = (ReceiptState.DUPLICATE, ReceiptState.MISSING)
        assert answers([receipt("甲县", state) for state in states], [told("甲县")]) == []

    def test_a_refused_return_of_a_unit_that_also_has_a_good_one_is_a_copy_of_its_own(self) -> None:
        second = receipt("甲县", ReceiptState.REFUSED, "回收/旧的.xlsx")
        found = [told("甲县"), told("甲县", code="R03", file="回收/旧的.xlsx")]
        assert {a.name: (a.file, a.used) for a in answers([second, receipt("甲县")], found)} == {
            f"甲县{ENDING}": ("回收/甲县.xlsx", True),
            f"甲县_旧的{ENDING}": ("回收/旧的.xlsx", False),
        }

    def test_a_file_that_could_not_be_read_is_not_opened_again(self, folder: CampaignFolder) -> None:
        hand_in(folder, "甲县")
        refused = receipt("甲县", ReceiptState.REFUSED)
        run(folder, [refused], [told("甲县", "", code="R30", sheet="")])
        assert load_workbook(folder.feedback / f"甲县{ENDING}").sheetnames == [FEEDBACK_SHEET, "说明"]
        assert (
            answers([receipt("", ReceiptState.REFUSED, "回收/x.xlsx")], [told("", code="R01", file="回收/x.xlsx")])
            == []
        )

    @pytest.mark.parametrize("unit", ["../甲县", "甲\\县", "甲:县?", "  .", "县" * 300])
    def test_a_name_of_a_unit_never_leads_out_of_the_folder(self, unit: str) -> None:
        name = answers([receipt(unit, file="回收/x.xlsx")], [told(unit, file="回收/x.xlsx")])[0].name
        assert Path(name).name == name and not set('\\/:*?"<>|') & set(name) and len(name) < 80
        assert name.endswith(ENDING) and not name.startswith((".", " "))

    def test_units_whose_names_become_alike_get_different_files(self) -> None:
        receipts = [receipt(u, file=f"回收/{n}.xlsx") for n, u in enumerate(("甲/县", "甲\\县", "甲:县"))]
        found = [told(r.unit, file=r.file) for r in receipts]
        assert len({a.name for a in answers(receipts, found)}) == 3


class TestRuns:
    def test_a_copy_is_made_anew_only_when_something_changed(self, folder: CampaignFolder) -> None:
        hand_in(folder, "甲县")
        assert len(run(folder, [receipt("甲县")], [told("甲县")]).made) == 1
        before = (folder.feedback / f"甲县{ENDING}").read_bytes()
        again = run(folder, [receipt("甲县")], [told("甲县")], today=date(2017, 9, 2))
        assert (again.made, len(again.copies)) == ((), 1)
        assert (folder.feedback / f"甲县{ENDING}").read_bytes() == before
        assert len(run(folder, [receipt("甲县")], [told("甲县", "J6")]).made) == 1
        changed = [Receipt("甲县", ReceiptState.RECEIVED, "回收/甲县.xlsx", sha256="another")]
        assert len(run(folder, changed, [told("甲县", "J6")]).made) == 1
        assert (
            len(run(folder, changed, [told("甲县", "J6")], today=date(2017, 11, 1)).made) == 1
        )  # the deadline is over

    def test_copies_made_side_by_side_are_the_same(self, folder: CampaignFolder) -> None:
        hand_in(folder, "甲县", "乙县")
        receipts, found = [receipt("甲县"), receipt("乙县")], [told("甲县"), told("乙县")]
        run(folder, receipts, found)
        alone = {p.name: p.read_bytes() for p in folder.feedback.iterdir()}
        for path in folder.feedback.iterdir():
            path.unlink()
        with ThreadPoolExecutor(2) as pool:
            run(folder, receipts, found, executor=pool)
        assert {p.name: p.read_bytes() for p in folder.feedback.iterdir()} == alone

    def test_stale_copies_go_and_other_people_s_files_stay(self, folder: CampaignFolder) -> None:
        hand_in(folder, "甲县", "乙县")
        run(folder, [receipt("甲县"), receipt("乙县")], [told("甲县"), told("乙县")])
        book = Workbook()
        book.save(folder.feedback / f"自己做的{ENDING}")
        (folder.feedback / f"坏的{ENDING}").write_bytes(b"PK")
        (folder.feedback / "记录.txt").write_text("x", "utf-8")
        done = run(folder, [receipt("甲县"), receipt("乙县")], [told("乙县")])
        assert [p.name for p in done.removed] == [f"甲县{ENDING}"]
        assert {p.name for p in folder.feedback.iterdir()} == {
            f"乙县{ENDING}",
            f"自己做的{ENDING}",
            f"坏的{ENDING}",
            "记录.txt",
            NAME,
            LIST,
        }
        assert (folder.feedback / f"坏的{ENDING}").read_bytes() == b"PK"

    def test_a_copy_that_is_open_elsewhere_is_told_and_the_others_are_made(self, folder: CampaignFolder) -> None:
        hand_in(folder, "甲县", "乙县")
        receipts = [receipt("甲县"), receipt("乙县")]
        run(folder, receipts, [told("甲县"), told("乙县")])
        lock = folder.feedback / f".~lock.甲县{ENDING}#"
        lock.write_text(",user,pc,,", "utf-8")
        done = run(folder, receipts, [told("甲县", "J6"), told("乙县", "J6")])
        assert [p.name for p in done.made] == [f"乙县{ENDING}"]
        assert len(done.problems) == 1 and f"甲县{ENDING}" in done.problems[0] and "关闭" in done.problems[0]
        gone = run(folder, receipts, [])
        assert [p.name for p in gone.removed] == [f"乙县{ENDING}"] and len(gone.problems) == 1

    def test_a_source_that_vanished_is_told(self, folder: CampaignFolder) -> None:
        done = run(folder, [receipt("甲县")], [told("甲县")])
        assert done.copies == () and len(done.problems) == 1

    def test_a_folder_that_cannot_be_made_is_told(self, folder: CampaignFolder) -> None:
        hand_in(folder, "甲县")
        folder.feedback.write_text("a file in its place", "utf-8")
        done = run(folder, [receipt("甲县")], [told("甲县")])
        assert done.copies == () and len(done.problems) == 2

    @pytest.mark.parametrize("content", [b"", b"\xd0\xcf\x11\xe0 old format", b"a,b\n1,2\n", b"PK\3\4"])
    def test_a_file_of_another_format_is_answered_with_a_list(self, folder: CampaignFolder, content: bytes) -> None:
        (folder.returns / "甲县.xls").write_bytes(content)
        run(folder, [receipt("甲县", file="回收/甲县.xls")], [told("甲县", file="回收/甲县.xls")])
        path = folder.feedback / f"甲县{ENDING}"
        assert load_workbook(path).sheetnames == [FEEDBACK_SHEET, "说明"]
        assert "甲县的问题" in texts(path)


def district_changes(copy: Path) -> bytes:
    """What stands there after somebody typed into a copy and saved it."""
    book = load_workbook(copy)
    book["处罚案件"]["C6"] = "改过"
    book.save(copy)
    return copy.read_bytes()


class TestChangedCopies:
    def test_a_copy_that_somebody_changed_is_neither_replaced_nor_taken_away_and_is_said(
        self, folder: CampaignFolder
    ) -> None:
        hand_in(folder, "甲县", "乙县")
        receipts = [receipt("甲县"), receipt("乙县")]
        run(folder, receipts, [told("甲县"), told("乙县")])
        copy = folder.feedback / f"甲县{ENDING}"
        assert waiting_copies(folder, ()) == []
        kept = district_changes(copy)
        assert waiting_copies(folder, ()) == [WaitingCopy(f"反馈/甲县{ENDING}", "甲县")]
        for row in (6, 7):
            done = run(folder, receipts, [told("甲县", f"J{row}"), told("乙县", f"J{row}")])
            assert [p.name for p in done.made] == [p.name for p in done.copies] == [f"乙县{ENDING}"]
            assert len(done.problems) == 1 and "被改过，没有覆盖" in done.problems[0] and copy.name in done.problems[0]
            assert copy.read_bytes() == kept
        assert run(folder, receipts, [told("乙县")]).removed == () and copy.read_bytes() == kept

    def test_a_program_that_drops_the_properties_changes_it_all_the_same(self, folder: CampaignFolder) -> None:
        hand_in(folder, "甲县")
        run(folder, [receipt("甲县")], [told("甲县")])
        copy = folder.feedback / f"甲县{ENDING}"
        book = load_workbook(copy)
        for name in list(book.custom_doc_props.names):
            del book.custom_doc_props[name]
        book.save(copy)
        kept = copy.read_bytes()
        assert [w.unit for w in waiting_copies(folder, ())] == ["甲县"]
        run(folder, [receipt("甲县")], [])
        assert copy.read_bytes() == kept

    def test_once_it_is_handed_in_the_place_is_free_again(self, folder: CampaignFolder) -> None:
        hand_in(folder, "甲县")
        run(folder, [receipt("甲县")], [told("甲县")])
        copy = folder.feedback / f"甲县{ENDING}"
        district_changes(copy)
        back = folder.returns / "改好.xlsx"
        back.write_bytes(copy.read_bytes())
        handed_in = replace(receipt("甲县", file="回收/改好.xlsx"), sha256=sha256(back.read_bytes()).hexdigest())
        assert waiting_copies(folder, {handed_in.sha256}) == []
        done = run(folder, [handed_in], [told("甲县", "J6", file="回收/改好.xlsx")])
        assert done.made == (copy,) and done.problems == ()

    def test_a_file_of_somebody_with_the_name_of_a_copy_stays(self, folder: CampaignFolder) -> None:
        hand_in(folder, "甲县")
        folder.feedback.mkdir()
        own = folder.feedback / f"甲县{ENDING}"
        Workbook().save(own)
        kept = own.read_bytes()
        done = run(folder, [receipt("甲县")], [told("甲县")])
        assert own.read_bytes() == kept and done.copies == () and "不是程序写出的" in done.problems[0]
        assert waiting_copies(folder, ()) == []

    def test_without_a_list_of_what_was_written_copies_are_kept_under_another_name(
        self, folder: CampaignFolder
    ) -> None:
        """Campaigns of older versions have none."""
        hand_in(folder, "甲县", "乙县")
        receipts = [receipt("甲县"), receipt("乙县")]
        run(folder, receipts, [told("甲县"), told("乙县")])
        kept = {name: district_changes(folder.feedback / f"{name}{ENDING}") for name in ("甲县", "乙县")}
        (folder.feedback / LIST).unlink()
        assert waiting_copies(folder, ()) == []
        done = run(folder, receipts, [told("甲县")])
        assert [p.name for p in done.made] == [f"甲县{ENDING}"] and len(done.problems) == 1
        for name, content in kept.items():
            assert (folder.feedback / f"{name}_反馈（原有）.xlsx").read_bytes() == content
        assert "《乙县_反馈（原有）.xlsx》、《甲县_反馈（原有）.xlsx》" in done.problems[0]
        again = run(folder, receipts, [told("甲县", "J6")])
        assert again.problems == () and len(again.made) == 1

    @pytest.mark.parametrize("after", [False, True])
    def test_a_run_that_was_cut_short_leaves_nothing_in_doubt(
        self, folder: CampaignFolder, monkeypatch: pytest.MonkeyPatch, after: bool
    ) -> None:
        """Whether before or after a copy got its name: the list knows the old copy and the new one."""
        hand_in(folder, "甲县")
        receipts = [receipt("甲县")]
        run(folder, receipts, [told("甲县")])
        place = Path.replace

        def killed(draft: Path, target: Path) -> Path:
            if target.name != f"甲县{ENDING}":
                return place(draft, target)
            if after:
                place(draft, target)
            raise KeyboardInterrupt

        with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
            patch.setattr(Path, "replace", killed)
            run(folder, receipts, [told("甲县", "J7")])
        assert waiting_copies(folder, ()) == []
        done = run(folder, receipts, [told("甲县", "J8")])
        assert len(done.made) == 1 and done.problems == ()

    def test_the_list_holds_what_lies_there_and_no_more(self, folder: CampaignFolder) -> None:
        hand_in(folder, "甲县", "乙县")
        receipts = [receipt("甲县"), receipt("乙县")]
        run(folder, receipts, [told("甲县"), told("乙县")])
        run(folder, receipts, [told("甲县", "J6")])
        lines = (folder.feedback / LIST).read_text("utf-8").splitlines()
        assert lines[1:] == [sha256((folder.feedback / f"甲县{ENDING}").read_bytes()).hexdigest()]


class TestTable:
    def test_it_is_read_by_excel_and_holds_every_finding(self, folder: CampaignFolder) -> None:
        run(folder, [], [told("甲县", problem='有"引号"，\n换行'), told("乙县")])
        content = (folder.feedback / NAME).read_bytes()
        assert content.startswith(b"\xef\xbb\xbf")
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert [row["单位"] for row in rows] == ["甲县", "乙县"]
        assert rows[0]["问题"] == '有"引号"，\n换行'

    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", " =1", "\n=1", "＝1", "\x00=1"])
    def test_nothing_in_it_is_a_formula(self, text: str) -> None:
        rows = list(csv.reader(io.StringIO(findings_csv([told("甲县", shown=text)]).decode("utf-8-sig"), newline="")))
        assert rows[1][6].startswith("'")

    def test_plain_text_stays_as_it_is(self) -> None:
        rows = list(csv.reader(io.StringIO(findings_csv([told("甲县", shown="苏环罚-1号")]).decode("utf-8-sig"))))
        assert rows[1][6] == "苏环罚-1号"
