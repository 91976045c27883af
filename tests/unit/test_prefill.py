"""What the systems know of a unit's cases is written into its blank: one row a number (B2.6, B2.7)."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.mail import PACK
from xl_lianbing.faces.cli import main
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.records.inputs import PublishedCase, RosterUnit, SystemCase
from xl_lianbing.records.lines import BureauInputs
from xl_lianbing.setup import known_of, new_campaign

ROSTER = [
    RosterUnit(unit="苏州市", tier="市级", city="苏州市"),
    RosterUnit(unit="昆山市", tier="县级", city="苏州市"),
]
SYSTEM = [
    SystemCase(
        decision_number="昆环罚字〔2017〕1号",
        fine=Decimal("5.5"),
        decided_on=date(2017, 7, 3),
        entered_on=date(2017, 7, 4),
        unit="昆山市",
        party="甲公司",
        violation="违反水污染防治管理制度",
        penalty="罚款、责令改正",
    ),
    SystemCase(decision_number="昆环罚字〔2017〕2号", unit="昆山市", violation="大气、水", penalty="行政拘留"),
    SystemCase(decision_number="苏环罚字〔2017〕9号", unit="苏州市"),
    SystemCase(decision_number="吴环罚字〔2017〕9号", unit="某局"),
]
PORTAL = [
    PublishedCase(
        decision_number="昆环罚〔2017〕001号",
        fine=Decimal(6),
        party="甲有限公司",
        credit_code="91320583MA1",
        published_on=date(2017, 7, 5),
        address="http://example.org/1",
        unit="昆山市",
    ),
    PublishedCase(decision_number="昆环罚字【2017】3号", fine=Decimal(2), violation="其他", unit="昆山市"),
]


def test_one_row_a_number_and_the_penalty_system_first() -> None:
    known = known_of(ROSTER, BureauInputs(roster=ROSTER, system_cases=SYSTEM, published=PORTAL))
    one = known.units["昆山市"]
    assert known.unplaced == 1 and [len(one.rows) for one in known.units.values()] == [1, 3]
    assert one.rows[0] == {
        "序号": 1,
        "处罚决定书文号": "昆环罚字〔2017〕1号",
        "当事人名称": "甲公司",
        "统一社会信用代码": "91320583MA1",
        "违法行为类型": "水污染",
        "处罚种类": "罚款",
        "罚款金额(万元)": Decimal("5.5"),
        "决定日期": date(2017, 7, 3),
        "是否录入处罚系统": "是",
        "系统录入日期": date(2017, 7, 4),
        "是否公开": "是",
        "公开日期": date(2017, 7, 5),
        "公开网址": "http://example.org/1",
    }
    assert one.rows[1] == {"序号": 2, "处罚决定书文号": "昆环罚字〔2017〕2号", "是否录入处罚系统": "是"}
    assert one.rows[2]["处罚种类"] == "罚款" and "是否录入处罚系统" not in one.rows[2]
    assert one.origin == "3件（处罚系统数据2件、公示数据2件，其中1件两处都有）"
    assert list(one.differing) == ["昆环罚字〔2017〕1号"] and "昆环罚字〔2017〕1号" in one.told


def test_nothing_known_is_nothing_said() -> None:
    known = known_of(ROSTER, BureauInputs(roster=ROSTER))
    assert all(one.rows == [] and one.told == "" for one in known.units.values())


class TestCommand:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> CampaignFolder:
        rows = [
            {"处罚决定书文号": "昆环罚字〔2017〕1号", "罚款金额(万元)": 5, "决定日期": date(2017, 7, 3), "单位": unit}
            for unit in ("昆山市环境保护局",)
        ]
        return new_campaign(tmp_path / "活动", PACK, ROSTER, inputs={"处罚系统数据": rows})

    def cases(self, folder: CampaignFolder, unit: str) -> list[object]:
        sheet = openpyxl.load_workbook(folder.blank(unit))["处罚案件"]
        return [sheet.cell(row, 2).value for row in range(5, sheet.max_row + 1) if sheet.cell(row, 2).value]

    def test_all_are_prefilled_and_none_that_nobody_touched_is_kept(
        self, folder: CampaignFolder, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["blank", str(folder.path), "--all", "--prefill", "--json"]) == 0
        facts = json.loads(capsys.readouterr().out)
        assert facts["预填"]["昆山市"] == {"件数": 1, "处罚系统数据": 1, "公示数据": 0} and facts["移到备份"] == {}
        assert self.cases(folder, "昆山市") == ["昆环罚字〔2017〕1号"] and self.cases(folder, "苏州市") == []
        guide = openpyxl.load_workbook(folder.blank("昆山市"))["填报说明"]
        said = [str(c.value) for row in guide.iter_rows() for c in row if "预先填了" in str(c.value)]
        assert len(said) == 1 and "1件（处罚系统数据1件）" in said[0]

    def test_without_the_word_nothing_is_prefilled(self, folder: CampaignFolder) -> None:
        assert main(["blank", str(folder.path), "昆山市"]) == 0
        assert self.cases(folder, "昆山市") == []
        assert main(["blank", str(folder.path), "昆山市", "--prefill"]) == 0
        assert self.cases(folder, "昆山市") == ["昆环罚字〔2017〕1号"]
