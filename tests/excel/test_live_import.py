"""导入数据 into a master that is open in LibreOffice: rows below what was typed and not saved, nothing else changed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from tests.excel.live_session import engine_at, opened
from tests.foreign import tab, text
from tests.libreoffice import requires_libreoffice
from tests.libreoffice.office import Office
from xl_lianbing.excel.live.book import LiveBook
from xl_lianbing.faces.importing import import_by_dialogue
from xl_lianbing.folder import CampaignFolder

pytestmark = pytest.mark.libreoffice

EXPORT = ["决定书文号,罚款(元),录入时间,处罚机关,当事人", "昆环罚〔2017〕2号,50000,2017-3-1,昆山市环保局,=1+1"]


@requires_libreoffice
def test_rows_go_into_the_open_master(fresh: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = CampaignFolder(Path(shutil.copytree(fresh, tmp_path / "活动")))
    before = folder.master.read_bytes()
    file = text(tmp_path / "表.csv", EXPORT)
    with Office() as office, opened(office, engine_at(office.address), folder.master) as (document, book):
        document.set_cells("处罚系统数据", "A5:B5", (("昆环罚〔2017〕1号", 2.0),))
        monkeypatch.setenv("LIANBING_TEST_FILES", str(file))
        said = import_by_dialogue(LiveBook(book), folder, "导入")
        assert said.startswith("已写进打开的总表") and folder.master.read_bytes() == before
        assert document.cells("处罚系统数据", "A5:B6") == (("昆环罚〔2017〕1号", 2.0), ("昆环罚〔2017〕2号", 5.0))
        document.save_as(tmp_path / "存.xlsx")
    saved = CampaignFolder(tmp_path / "存")
    saved.path.mkdir()
    shutil.copy(tmp_path / "存.xlsx", saved.master)
    headers = ("处罚决定书文号", "罚款金额(万元)", "录入日期", "单位", "当事人名称", "来源")
    assert tab(saved, "处罚系统数据", *headers) == [
        ("昆环罚〔2017〕1号", 2, None, None, None, None),
        ("昆环罚〔2017〕2号", 5, date(2017, 3, 1), "昆山市", "=1+1", "表.csv 第2行"),
    ]
    assert tab(saved, "运行记录", "操作") == [("导入数据",)]
    assert len(list(folder.backups.iterdir())) == 1
