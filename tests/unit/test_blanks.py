"""The blanks of 下发 made again: new contacts on all of them, and nothing lost that somebody typed."""

from __future__ import annotations

import shutil
from datetime import datetime
from pathlib import Path

import openpyxl
import pytest

from xl_lianbing.errors import MasterLocked
from xl_lianbing.faces.blanks import UNSAVED, blanks_facts, blanks_text
from xl_lianbing.faces.cli import main
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import Tier
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.setup import Remade, remake_blanks, without_contact
from xl_lianbing.workbooks.returns.blank_return import write_return

PACK = load_pack("jiangsu-2017")
AT = datetime(2017, 6, 1, 9, 30)


def roster(liaison: str | None = None, email: str | None = None) -> list[RosterUnit]:
    return [
        RosterUnit(unit="甲市", tier=Tier.CITY, city="甲市", liaison=liaison, email=email),
        RosterUnit(unit="乙县", tier=Tier.COUNTY, city="甲市"),
    ]


@pytest.fixture
def folder(tmp_path: Path) -> CampaignFolder:
    made = CampaignFolder(tmp_path)
    assert remake(made).kept == {}
    return made


def remake(folder: CampaignFolder, *contact: str) -> Remade:
    units = roster(*contact)
    return remake_blanks(folder, PACK, units, units, now=AT)


def type_into(path: Path, sheet: str, cell: str, value: object) -> None:
    book = openpyxl.load_workbook(path)
    book[sheet][cell] = value
    book.save(path)


def contacts(path: Path) -> list[str]:
    sheet = openpyxl.load_workbook(path)["填报说明"]
    return [str(c.value) for row in sheet.iter_rows() for c in row if str(c.value).startswith("联络员：")]


def test_all_blanks_get_the_contacts_of_the_citys_row(folder: CampaignFolder) -> None:
    assert contacts(folder.blank("乙县")) == ["联络员：　邮箱："]
    done = remake(folder, "张某", "z@example.cn")
    assert done.kept == {} and sorted(p.name for p in folder.blanks.iterdir()) == [
        "填报表_乙县.xlsx",
        "填报表_甲市.xlsx",
    ]
    for unit in ("甲市", "乙县"):
        assert contacts(folder.blank(unit)) == ["联络员：张某　邮箱：z@example.cn"]
    assert sorted(p.name for p in folder.evidence.iterdir()) == ["乙县", "甲市"]


@pytest.mark.parametrize("at", ["处罚案件 B5", "处罚案件 C300", "单位信息 B9", "任务进展 C6", "填报说明 B26"])
def test_a_blank_that_somebody_changed_is_kept(folder: CampaignFolder, at: str) -> None:
    path = folder.blank("乙县")
    type_into(path, *at.split(), "进行中")
    before = path.read_bytes()
    done = remake(folder, "张某", "z@example.cn")
    kept = folder.path / "备份" / "填报表_乙县_20170601-093000.xlsx"
    assert done.kept == {path: kept} and kept.read_bytes() == before
    assert contacts(path) == ["联络员：张某　邮箱：z@example.cn"]
    units = roster("张某", "z@example.cn")
    told = blanks_text(folder, done, units, units)
    assert "填报表_乙县.xlsx" in told and "备份/填报表_乙县_20170601-093000.xlsx" in told and "联络员" not in told
    assert blanks_facts(done, units, units)["移到备份"] == {str(path): str(kept)}


def test_a_second_one_kept_within_the_second_has_its_own_name(folder: CampaignFolder) -> None:
    for text in ("一", "二"):
        type_into(folder.blank("乙县"), "处罚案件", "B5", text)
        remake(folder)
    kept = sorted((folder.path / "备份").iterdir())
    assert [openpyxl.load_workbook(p)["处罚案件"]["B5"].value for p in kept] == ["二", "一"]


def test_a_filled_return_written_by_a_program_is_kept_too(folder: CampaignFolder) -> None:
    path = folder.blank("乙县")
    write_return(path, PACK, "乙县", Tier.COUNTY, rows={"行政复议": [{"备注": "手工"}]})
    assert path in remake(folder).kept


@pytest.mark.parametrize("content", [b"", b"not a workbook", b"PK\x03\x04cut"])
def test_what_is_no_workbook_is_kept_and_replaced(folder: CampaignFolder, content: bytes) -> None:
    folder.blank("乙县").write_bytes(content)
    (kept,) = remake(folder).kept.values()
    assert kept.read_bytes() == content and contacts(folder.blank("乙县"))


def test_a_blank_that_is_open_stops_all_before_anything_is_changed(folder: CampaignFolder) -> None:
    (folder.blanks / "~$填报表_乙县.xlsx").write_bytes(b"\x03abc")
    before = folder.blank("甲市").read_bytes()
    with pytest.raises(MasterLocked, match="填报表_乙县"):
        remake(folder, "张某", "z@example.cn")
    assert folder.blank("甲市").read_bytes() == before
    assert len(list(folder.blanks.iterdir())) == 3


def test_missing_blanks_and_folders_are_made(folder: CampaignFolder) -> None:
    shutil.rmtree(folder.blanks)
    shutil.rmtree(folder.evidence)
    assert len(remake(folder).made) == 2 and folder.blank("乙县").exists() and (folder.evidence / "乙县").is_dir()


def test_whose_contacts_are_missing(folder: CampaignFolder) -> None:
    units = roster()
    assert without_contact(units, units) == ["甲市"]
    assert without_contact(roster("张某", ""), roster("张某", "")) == ["甲市"]
    assert without_contact(roster("张某", "z@b.cn"), roster("张某", "z@b.cn")) == []
    assert without_contact(units[1:], units[1:]) == [""]
    told = blanks_text(folder, Remade((folder.blank("乙县"),), {}), units[1:], units)
    assert "“单位名册”甲市一行" in told and "--all" in told and "重做填报表" in told


@pytest.mark.parametrize("lock", ["~$总表.xlsm", ".~lock.总表.xlsm#"])
def test_of_an_open_master_only_what_is_saved_is_used_and_that_is_said(
    lock: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = tmp_path / "活动"
    assert main(["new", str(place), "--pack", PACK.id]) == 0
    capsys.readouterr()
    assert main(["blank", str(place), "昆山市"]) == 0 and UNSAVED not in capsys.readouterr().out
    (place / lock).write_bytes(b"")
    assert main(["blank", str(place), "昆山市"]) == 0 and UNSAVED in capsys.readouterr().out
