"""What a campaign is called and who holds it (A0): the first two rows of 规则, and everything that prints them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from tests.commands import set_rules
from tests.tables import a_master, rules_rows
from xl_lianbing.errors import LianbingError
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import Tier
from xl_lianbing.intake.master.inputs import read_master
from xl_lianbing.pipeline import run
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.roster import SUZHOU
from xl_lianbing.rules.identity import Identity, default_identity
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.setup import new_campaign, remake_blanks

PACK = load_pack("jiangsu-2017")


def units(*cities: tuple[str, Tier, str | None]) -> list[RosterUnit]:
    return [RosterUnit(unit=name, tier=tier, city=city) for name, tier, city in cities]


NANTONG = units(("南通市", Tier.CITY, "南通市"), ("如皋市", Tier.COUNTY, "南通市"))
DEFAULTS = {
    "the pack's own city": (2017, SUZHOU, ("2017年苏州市环境执法大练兵活动", "苏州市环境保护局")),
    "a pack that names no city": (2016, SUZHOU, ("2016年苏州市环境执法大练兵活动", "苏州市环境保护局")),
    "another city": (2017, NANTONG, ("2017年南通市环境执法大练兵活动", "南通市环境保护局")),
    "a bureau as the city's unit": (
        2017,
        units(("南通市环境保护局", Tier.CITY, None), ("如皋市", Tier.COUNTY, None)),
        ("2017年南通市环境执法大练兵活动", "南通市环境保护局"),
    ),
    "counties alone": (
        2017,
        units(("如皋市", Tier.COUNTY, "南通市"), ("海门市", Tier.COUNTY, "南通 市")),
        ("2017年南通市环境执法大练兵活动", "南通市环境保护局"),
    ),
    "a province": (
        2017,
        [*NANTONG, *units(("无锡市", Tier.CITY, "无锡市"))],
        ("2017年苏州市环境执法大练兵活动", "苏州市环境保护局"),
    ),
    "nobody": (2017, [], ("2017年苏州市环境执法大练兵活动", "苏州市环境保护局")),
}


@pytest.mark.parametrize(("year", "roster", "names"), DEFAULTS.values(), ids=DEFAULTS)
def test_a0_names_follow_the_only_city(year: int, roster: Any, names: tuple[str, str]) -> None:
    assert default_identity(load_pack(f"jiangsu-{year}"), roster) == Identity(*names)


def master_of(path: Path, **values: object) -> Path:
    typed = [["A0-1", "活动", "活动名称", values.get("title")], ["A0-2", "活动", "主办单位", values.get("issuer")]]
    header, *rows = rules_rows(PACK)
    sheet = [header, *([*row, "", "", "", ""] for row in typed), *rows]
    return a_master(path, {"规则": sheet})


def test_a0_what_is_typed_in_the_rules_is_used(tmp_path: Path) -> None:
    read = read_master(master_of(tmp_path / "总表.xlsx", title=" 某市 大练兵\n", issuer="某局"))
    assert (
        (read.pack.title, read.pack.issuer)
        == (read.rules.pack.title, read.rules.pack.issuer)
        == ("某市 大练兵", "某局")
    )
    assert read.findings == () and (read.pack.id, read.pack.version) == (PACK.id, PACK.version)


def test_a0_blank_cells_and_masters_without_the_rows_have_the_default(tmp_path: Path) -> None:
    for path in (master_of(tmp_path / "a.xlsx", issuer="  "), a_master(tmp_path / "b.xlsx")):
        read = read_master(path)
        assert (read.pack.title, read.pack.issuer) == (PACK.title, PACK.issuer) and read.findings == ()


def test_a0_a_name_too_long_for_a_heading_is_said(tmp_path: Path) -> None:
    read = read_master(master_of(tmp_path / "总表.xlsx", title="字" * 61))
    assert [(f.code, f.where.cell) for f in read.findings] == [("M01", "D2")] and read.pack.title == PACK.title


def test_a0_a_new_campaign_prints_its_names_everywhere(tmp_path: Path) -> None:
    folder = new_campaign(tmp_path / "活动", PACK, NANTONG, title="南通 大练兵", issuer="南通市生态环境局")
    rules = openpyxl.load_workbook(folder.master, data_only=True)["规则"]
    rows = [[cell.value for cell in rules[n]][:8] for n in (5, 6)]
    assert [(r[0], r[2], r[3], r[6], r[7]) for r in rows] == [
        ("A0-1", "活动名称", "南通 大练兵", "已修改", "2017年南通市环境执法大练兵活动"),
        ("A0-2", "主办单位", "南通市生态环境局", "已修改", "南通市环境保护局"),
    ]
    assert_printed(folder, "南通 大练兵", "南通市生态环境局")
    set_rules(folder.master, {"活动名称": "新名称", "主办单位": None})
    read = read_master(folder.master)
    assert (read.pack.title, read.pack.issuer) == ("新名称", "南通市环境保护局")
    remake_blanks(folder, read.pack, read.inputs.roster, read.inputs.roster)
    run(folder, "计算得分")
    home = openpyxl.load_workbook(folder.master)["首页"]
    assert home["B1"].value == "新名称 · 总表"
    guide = openpyxl.load_workbook(folder.blank("如皋市"))["填报说明"]
    assert guide["A2"].value == "新名称　南通市环境保护局　2017年"


def assert_printed(folder: CampaignFolder, title: str, issuer: str) -> None:
    """Nothing of Suzhou's is left on a sheet, but for the rules' own texts."""
    for file in (folder.master, folder.blank("南通市"), folder.blank("如皋市")):
        book = openpyxl.load_workbook(file, data_only=True)
        told = [
            str(c.value)
            for s in book
            if s.title not in ("规则", "任务分解", "任务进展")
            for r in s
            for c in r
            if c.value
        ]
        assert any(title in text for text in told)
        assert not [text for text in told if "苏州" in text]
        assert book.properties.title == title or book.properties.subject == title
    guide = openpyxl.load_workbook(folder.blank("如皋市"))["填报说明"]
    assert guide["A2"].value == f"{title}　{issuer}　2017年"
    master = openpyxl.load_workbook(folder.master)
    assert "活动名称" in master["公示名单"]["A1"].value and "活动名称" in master["规则"]["A1"].value


def test_a0_a_new_campaign_with_a_name_too_long_makes_nothing(tmp_path: Path) -> None:
    with pytest.raises(LianbingError, match="活动名称有61个字"):
        new_campaign(tmp_path / "活动", PACK, NANTONG, title="字" * 61)
    assert list(tmp_path.iterdir()) == []
