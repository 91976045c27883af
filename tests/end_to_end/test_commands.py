"""The commands as a user types them: what they say, what they return, what they change and what they leave alone."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from tests.commands import fingerprint, program, set_rules
from tests.conftest import MASTER, Demo
from tests.surgery import parts, sheet_parts, table_parts
from xl_lianbing.errors import CampaignNotFound
from xl_lianbing.findings.row import NOVELTY
from xl_lianbing.frames import Campaign
from xl_lianbing.records.results import HOME_TAB, RESULT_TABS, SCORE_PAGE
from xl_lianbing.roster import SUZHOU

CHINESE = re.compile(r"[\u4e00-\u9fff]")
FOLDERS = {"下发", "回收", "评审", "佐证", "反馈", "上报"}
UNITS = """单位,层级,行政区划代码,所属市,是否推荐,联络员,邮箱
演示市,市级,,演示市,,演示联络员,a@example.com
演示县,县级,,演示市,是,,
"""


def units_csv(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "units.csv"
    path.write_bytes(text.encode(encoding))
    return path


def is_told_in_chinese(text: str) -> bool:
    return bool(CHINESE.search(text)) and "怎么办" in text and "Traceback" not in text


def plain(cell: object) -> str:
    """A header without the mark of a required column."""
    return str(cell or "").replace("*", "").strip()


def table(book: CalamineWorkbook, tab: str, header: str) -> list[dict[str, Any]]:
    """The rows under the header row of a tab that holds `header`."""
    rows = book.get_sheet_by_name(tab).to_python(skip_empty_area=False)
    heads = [[plain(cell) for cell in row] for row in rows[:40]]
    top = next(n for n, head in enumerate(heads) if header in head)
    return [dict(zip(heads[top], row, strict=True)) for row in rows[top + 1 :] if any(c not in ("", None) for c in row)]


# -- new -----------------------------------------------------------------------------------------------------------


def test_new_makes_the_folder_with_a_master_and_a_blank_a_unit(fresh: Path) -> None:
    assert {p.name for p in fresh.iterdir()} >= {MASTER, *FOLDERS}
    assert {p.name for p in (fresh / "下发").iterdir()} == {f"填报表_{u.unit}.xlsx" for u in SUZHOU}
    assert {p.name for p in (fresh / "佐证").iterdir()} == {u.unit for u in SUZHOU}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_new_takes_a_roster_in_utf_8_and_gb18030(tmp_path: Path, encoding: str) -> None:
    folder = tmp_path / "活动"
    done = program("new", folder, "--pack", "jiangsu-2016", "--units", units_csv(tmp_path, UNITS, encoding), "--json")
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["单位数"] == 2
    assert {p.name for p in (folder / "下发").iterdir()} == {"填报表_演示市.xlsx", "填报表_演示县.xlsx"}
    roster = table(CalamineWorkbook.from_path(str(folder / MASTER)), "单位名册", "单位")
    assert [(r["单位"], r["层级"], r["是否推荐"]) for r in roster] == [
        ("演示市", "市级", ""),
        ("演示县", "县级", "是"),
    ]


BAD_ROSTERS = {
    "empty": ("", "是空的"),
    "no tier column": ("单位\n演示县\n", "缺少列：层级"),
    "a tier that is none": ("单位,层级\n演示县,乡级\n", "第2行层级“乡级”"),
    "a unit twice": ("单位,层级\n演示县,县级\n演示县,县级\n", "第3行单位“演示县”重复"),
    "a name that no file can have": ("单位,层级\n演示/县,县级\n", "文件名"),
    "a name that leads out of the folder": ("单位,层级\n..,县级\n", "文件名"),
    "a row without a name": ("单位,层级\n,县级\n", "第2行没有单位名称"),
    "是否推荐 is no choice": ("单位,层级,是否推荐\n演示县,县级,也许\n", "是否推荐“也许”"),
}


@pytest.mark.parametrize("text, told", BAD_ROSTERS.values(), ids=BAD_ROSTERS)
def test_new_with_a_bad_roster_says_what_is_wrong_and_makes_nothing(tmp_path: Path, text: str, told: str) -> None:
    source = units_csv(tmp_path, text)
    done = program("new", tmp_path / "活动", "--pack", "jiangsu-2017", "--units", source)
    assert done.returncode == 2 and told in done.stdout and is_told_in_chinese(done.stdout)
    assert [p.name for p in tmp_path.iterdir()] == ["units.csv"]


def test_new_with_a_roster_that_is_not_there_or_no_text(tmp_path: Path) -> None:
    for source in (tmp_path / "没有.csv", tmp_path / "名册.csv"):
        if source.name == "名册.csv":
            source.write_bytes(b"\xff\xff\xfe\x00\x81")
        done = program("new", tmp_path / "活动", "--pack", "jiangsu-2017", "--units", source)
        assert done.returncode == 2 and is_told_in_chinese(done.stdout)
        assert not (tmp_path / "活动").exists()


def test_new_never_overwrites_what_is_there(tmp_path: Path) -> None:
    folder = tmp_path / "活动"
    folder.mkdir()
    (folder / "我的文件.txt").write_text("留着")
    done = program("new", folder, "--pack", "jiangsu-2017")
    assert done.returncode == 2 and is_told_in_chinese(done.stdout)
    assert fingerprint(tmp_path).keys() == {"活动", "活动/我的文件.txt"}


@pytest.mark.parametrize(
    "arguments",
    [("new", "x"), ("new", "x", "--pack", "jiangsu-1999"), (), ("算分",), ("score",), ("score", "x", "--fast")],
)
def test_a_command_line_that_is_wrong_is_told_in_chinese(arguments: tuple[str, ...]) -> None:
    done = program(*arguments)
    assert done.returncode == 2 and "怎么办" in done.stderr and "用法" in done.stderr


# -- blank ---------------------------------------------------------------------------------------------------------


def test_blank_makes_one_return_again_for_a_folder_or_the_master_in_it(campaign: Path) -> None:
    target = campaign / "下发" / "填报表_昆山市.xlsx"
    for place in (campaign, campaign / MASTER):
        target.unlink()
        done = program("blank", place, "昆 山市")
        assert done.returncode == 0 and str(target) in done.stdout and target.exists()


def test_blank_for_a_unit_that_the_roster_does_not_have(campaign: Path) -> None:
    before = fingerprint(campaign)
    done = program("blank", campaign, "无锡市")
    assert (
        done.returncode == 2
        and "单位名册" in done.stdout
        and "昆山市" in done.stdout
        and is_told_in_chinese(done.stdout)
    )
    assert fingerprint(campaign) == before


def type_in_roster(master: Path, values: dict[str, str]) -> None:
    """Types into the city's row of 单位名册 (the first)."""
    book = load_workbook(master, keep_vba=True)
    page = book["单位名册"]
    head = next(row for row in page.iter_rows(max_row=20) if any(plain(cell.value) == "联络员" for cell in row))
    for cell in head:
        if plain(cell.value) in values:
            page.cell(cell.row + 1, cell.column).value = values[plain(cell.value)]
    book.save(master)


def contacts(blanks: Path) -> set[str]:
    texts = (c.value for f in blanks.glob("*.xlsx") for row in load_workbook(f)["填报说明"].iter_rows() for c in row)
    return {text for text in texts if isinstance(text, str) and text.startswith("联络员：")}


def test_contacts_are_typed_once_and_all_blanks_made_again(fresh: Path, tmp_path: Path) -> None:
    """Nobody's name is made up; a blank that was filled meanwhile is kept and said."""
    folder = tmp_path / "活动"
    shutil.copytree(fresh, folder)
    assert contacts(folder / "下发") == {"联络员：　邮箱："}
    assert "联络员" in program("blank", folder, "昆山市").stdout
    type_in_roster(folder / MASTER, {"联络员": "张某", "邮箱": "z@example.cn"})
    book = load_workbook(folder / "下发" / "填报表_昆山市.xlsx")
    book["处罚案件"]["B5"] = "昆环罚〔2017〕1号"
    book.save(folder / "下发" / "填报表_昆山市.xlsx")
    done = program("blank", folder, "--all", "--json")
    facts = json.loads(done.stdout)
    assert done.returncode == 0 and len(facts["填报表"]) == 11 and facts["注意"] == []
    ((old, kept),) = facts["移到备份"].items()
    assert old.endswith("填报表_昆山市.xlsx") and load_workbook(kept)["处罚案件"]["B5"].value == "昆环罚〔2017〕1号"
    assert contacts(folder / "下发") == {"联络员：张某　邮箱：z@example.cn"}
    said = program("blank", folder, "--all").stdout
    assert "11份" in said and "联络员" not in said and "备份" not in said


def test_new_says_that_the_contacts_are_missing_and_takes_the_campaigns_names(tmp_path: Path) -> None:
    folder = tmp_path / "活动"
    source = units_csv(tmp_path, "单位,层级,所属市\n演示市,市级,演示市\n演示县,县级,别的市\n")
    names = ("--title", "演示练兵", "--issuer", "演示局")
    done = program("new", folder, "--pack", "jiangsu-2017", "--units", source, *names)
    assert done.returncode == 0
    assert "“单位名册”演示市一行填好联络员和邮箱" in done.stdout and "blank 文件夹 --all" in done.stdout
    assert "演示县的所属市“别的市”不是名册中的市级单位" in done.stdout
    guide = load_workbook(folder / "下发" / "填报表_演示县.xlsx")["填报说明"]
    assert guide["A2"].value == "演示练兵　演示局　2017年"


def test_blank_asks_for_one_unit_or_all(fresh: Path) -> None:
    for words in ((), ("昆山市", "--all")):
        done = program("blank", fresh, *words)
        assert done.returncode == 2 and "--all" in done.stdout and is_told_in_chinese(done.stdout)


# -- demo, check, score --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("pack", ["jiangsu-2017", "jiangsu-2016"])
def test_demo_is_a_whole_campaign_of_its_pack(demo: Callable[[str], Demo], pack: str) -> None:
    made = demo(pack)
    assert "编造" in made.said and str(made.folder / MASTER) in made.said
    assert len(list((made.folder / "回收").iterdir())) == 11
    book = CalamineWorkbook.from_path(str(made.folder / MASTER))
    ranking = table(book, "综合排名", "名次")
    assert [r["层级"] for r in ranking] == ["县级"] * 10 + ["市级"]
    assert table(book, "运行记录", "操作")[-1]["规则包"].startswith(pack)


def test_score_of_an_empty_campaign_lists_every_unit_as_missing(fresh: Path, tmp_path: Path) -> None:
    folder = tmp_path / "空活动"
    shutil.copytree(fresh, folder)
    done = program("score", folder, "--json")
    facts = json.loads(done.stdout)
    assert {r["状态"] for r in facts["回执"]} == {"未报"}
    assert {r["状态"] for r in facts["综合排名"]} == {"未报"}
    blocking = [f for f in facts["校核结果"] if f["级别"] == "阻断"]
    assert done.returncode == (1 if blocking else 0)


def test_score_without_blocking_findings_returns_0(fresh: Path, tmp_path: Path) -> None:
    folder = tmp_path / "活动"
    shutil.copytree(fresh, folder)
    totals = {
        "全省查处案件总数": 4000,
        "全省罚款总金额(万元)": 1000,
        "全省重大案件总数": 40,
        "全省重点排污单位总数": 90,
    }
    set_rules(folder / MASTER, totals)
    done = program("score", folder)
    assert done.returncode == 0, done.stdout
    assert "阻断0条" in done.stdout


def test_score_with_blocking_findings_returns_1_and_says_so_in_json_too(campaign: Path) -> None:
    done = program("score", campaign / MASTER, "--json")
    facts = json.loads(done.stdout)
    assert done.returncode == 1 and facts["完成"] is True
    assert {
        "操作",
        "总表",
        "读入行数",
        "计入行数",
        "回执",
        "校核结果",
        "注意",
        "用时",
        "综合排名",
        "先进个人得分",
    } <= facts.keys()
    assert any(f["级别"] == "阻断" for f in facts["校核结果"])
    assert CHINESE.search(done.stderr), "progress"
    assert facts["总表"] == str(campaign / MASTER)


def test_check_registers_and_does_not_score(campaign: Path) -> None:
    before = parts(campaign / MASTER)
    (campaign / "回收" / "昆山市（演示数据）.xlsx").unlink()
    done = program("check", campaign)
    assert done.returncode == 1 and "收取校核完成" in done.stdout and "综合排名" not in done.stdout
    book = CalamineWorkbook.from_path(str(campaign / MASTER))
    states = {r["单位"]: r["状态"] for r in table(book, "回执登记", "SHA-256")}
    assert states.pop("昆山市") == "未报" and set(states.values()) == {"已收"}
    assert table(book, "运行记录", "操作")[-1]["操作"] == "收取校核"
    after, ranking = parts(campaign / MASTER), sheet_parts(campaign / MASTER)["综合排名"]
    assert after[ranking] == before[ranking]


@pytest.mark.parametrize("command", ["score", "check", "blank"])
def test_a_folder_that_is_no_campaign(tmp_path: Path, command: str) -> None:
    done = program(command, tmp_path / "没有", *(["某县"] if command == "blank" else []))
    assert done.returncode == 2 and is_told_in_chinese(done.stdout)
    assert list(tmp_path.iterdir()) == []


def test_not_done_is_told_in_json_too(tmp_path: Path) -> None:
    done = program("score", tmp_path / "没有", "--json")
    facts = json.loads(done.stdout)
    assert done.returncode == 2 and facts["完成"] is False and facts["问题"] and facts["怎么办"]


def test_eleven_returns_of_which_three_cannot_be_used(campaign: Path, demo: Callable[[str], Demo]) -> None:
    returned = campaign / "回收"
    pdf, empty, other_year = (f"{unit}（演示数据）.xlsx" for unit in ("太仓市", "姑苏区", "相城区"))
    (returned / pdf).write_bytes(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n")
    (returned / empty).write_bytes(b"")
    shutil.copy(demo("jiangsu-2016").folder / "回收" / other_year, returned / other_year)
    done = program("score", campaign, "--json")
    facts = json.loads(done.stdout)
    assert done.returncode == 1
    refused = {r["文件"]: r["说明"] for r in facts["回执"] if r["状态"] == "退回"}
    assert refused.keys() == {f"回收/{name}" for name in (pdf, empty, other_year)}
    assert all(CHINESE.search(why) for why in refused.values())
    assert "PDF" in refused[f"回收/{pdf}"] and "2016" in refused[f"回收/{other_year}"]
    received = {r["单位"] for r in facts["回执"] if r["状态"] == "已收"}
    assert len(received) == 8
    missing = {r["单位"] for r in facts["回执"] if r["状态"] == "未报"}
    assert missing == {"太仓市", "姑苏区", "相城区"}
    assert {r["单位"] for r in facts["综合排名"] if r["状态"] == "未报"} == missing
    assert all(r["总分"] > 0 for r in facts["综合排名"] if r["单位"] in received)
    said = program("score", campaign).stdout
    assert all(f"回收/{name}" in said for name in (pdf, empty, other_year))


def test_every_row_read_is_counted_or_listed_with_the_reason(demo: Callable[[str], Demo]) -> None:
    folder = demo("jiangsu-2017").folder
    book = CalamineWorkbook.from_path(str(folder / MASTER))
    tabs = [t for t in book.sheet_names if t.endswith("汇总")]
    rows = [row for tab in tabs for row in table(book, tab, "不计原因")]
    counted = [r for r in rows if r["计入"] == "是"]
    assert all((r["计入"] == "否") == bool(r["不计原因"]) for r in rows)
    told = f"读入{len(rows)}行，计入{len(counted)}行，列明原因不计{len(rows) - len(counted)}行"
    assert table(book, "运行记录", "操作")[-1]["读入与计入"] == told
    assert f"读入{len(rows)}行，计入{len(counted)}行" in demo("jiangsu-2017").said


# -- what a run changes and what it leaves alone ------------------------------------------------------------------


def test_only_the_result_tabs_and_the_front_page_are_rewritten(campaign: Path) -> None:
    before, tabs = parts(campaign / MASTER), sheet_parts(campaign / MASTER)
    (campaign / "回收" / "昆山市（演示数据）.xlsx").unlink()
    assert program("score", campaign).returncode == 1
    after = parts(campaign / MASTER)
    owned_tabs = {tab.name for tab in RESULT_TABS} | {HOME_TAB, SCORE_PAGE}
    owned = {part for tab, part in tabs.items() if tab in owned_tabs}
    owned |= {table for part in owned for table in table_parts(before, part)}
    assert before.keys() - after.keys() <= {"xl/calcChain.xml"} and not after.keys() - before.keys()
    changed = {name for name in after if before[name] != after[name]}
    assert tabs["综合排名"] in changed and changed <= owned, changed - owned


def values(master: Path) -> dict[str, list[list[Any]]]:
    """All cells of the result tabs, without those that tell of a time or of the run before."""
    book = CalamineWorkbook.from_path(str(master))
    found: dict[str, list[list[Any]]] = {}
    for tab in RESULT_TABS:
        headers = [(n, h) for g in tab.grids for n, h in enumerate(g.headers, g.first_column - 1)]
        times = {n for n, h in headers if h in ("时间", "用时", NOVELTY)}
        rows = book.get_sheet_by_name(tab.name).to_python(skip_empty_area=False)
        found[tab.name] = [[c for n, c in enumerate(row) if n not in times] for row in rows]
    home = book.get_sheet_by_name(HOME_TAB).to_python(skip_empty_area=False)
    found[HOME_TAB] = [["" if is_time(c) else c for c in row] for row in home]
    return found


def is_time(cell: object) -> bool:
    return isinstance(cell, datetime) or bool(re.search(r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", str(cell)))


def test_a_second_run_changes_only_the_times_and_what_was_there_before(campaign: Path) -> None:
    first = values(campaign / MASTER)
    assert sum(len(rows) for rows in first.values()) > 4000
    assert program("score", campaign).returncode == 1
    assert values(campaign / MASTER) == first


def test_results_do_not_depend_on_file_names_or_folders(campaign: Path) -> None:
    first = values(campaign / MASTER)
    for n, file in enumerate(sorted((campaign / "回收").iterdir(), reverse=True)):
        folder = campaign / "回收" / f"第 {n % 3} 批"
        folder.mkdir(exist_ok=True)
        file.rename(folder / f"材料{n} & 副本.xlsx")
    assert program("score", campaign).returncode == 1
    second = values(campaign / MASTER)
    for tab in (
        "综合排名",
        "先进集体候选",
        "先进个人得分",
        "先进个人候选",
        "公示名单",
        "案卷质量得分",
        "查处案件得分",
        "满意度得分",
    ):
        assert second[tab] == first[tab], tab
    assert [row[:-1] for row in second["案件汇总"]] == [row[:-1] for row in first["案件汇总"]], "all but 来源"


@pytest.mark.parametrize("lock", [f"~${MASTER}", f".~lock.{MASTER}#"])
@pytest.mark.parametrize("command", ["score", "check"])
def test_a_master_open_elsewhere_is_not_touched(campaign: Path, command: str, lock: str) -> None:
    (campaign / lock).write_bytes(b"\x03abc")
    before = fingerprint(campaign)
    done = program(command, campaign)
    assert done.returncode == 2 and is_told_in_chinese(done.stdout) and lock in done.stdout
    assert fingerprint(campaign) == before


def no_tab(master: Path) -> None:
    book = load_workbook(master, keep_vba=True)
    del book["综合排名"]
    book.save(master)


def no_rules(master: Path) -> None:
    book = load_workbook(master, keep_vba=True)
    del book["规则"]
    book.save(master)


def no_workbook(master: Path) -> None:
    master.write_bytes(b"not a workbook")


def cut_short(master: Path) -> None:
    master.write_bytes(master.read_bytes()[:20_000])


def none_at_all(master: Path) -> None:
    master.unlink()


@pytest.mark.parametrize("damage", [no_tab, no_rules, no_workbook, cut_short, none_at_all])
def test_a_run_that_fails_changes_nothing(small: Path, damage: Callable[[Path], None]) -> None:
    damage(small / MASTER)
    before = fingerprint(small)
    done = program("score", small)
    assert done.returncode == 2 and is_told_in_chinese(done.stdout), done.stdout + done.stderr
    assert fingerprint(small) == before


def test_sheets_and_notes_of_the_user_survive(small: Path) -> None:
    book = load_workbook(small / MASTER, keep_vba=True)
    own = book.create_sheet("我的记录")
    own["A1"], own["B2"] = "局长批示", "=1+1"
    far = book["综合排名"].max_column + 3
    book["综合排名"].cell(5, far, "已电话核实")
    book["规则"].cell(3, 12, "会议定的")
    book.save(small / MASTER)
    assert program("score", small).returncode == 1
    after = load_workbook(small / MASTER, keep_vba=True)
    assert (after["我的记录"]["A1"].value, after["我的记录"]["B2"].value) == ("局长批示", "=1+1")
    assert after["综合排名"].cell(5, far).value == "已电话核实"
    assert after["规则"].cell(3, 12).value == "会议定的"


def test_the_value_that_the_bureau_types_into_the_rules_is_used(campaign: Path) -> None:
    set_rules(campaign / MASTER, {"县级先进集体名额": 1, "L12": "全部单位"})
    facts = json.loads(program("score", campaign, "--json").stdout)
    counties = [r["状态"] for r in facts["综合排名"] if r["层级"] == "县级"]
    assert counties.count("入选") <= 1
    book = CalamineWorkbook.from_path(str(campaign / MASTER))
    assert len({r["最高票数"] for r in table(book, "满意度得分", "最高票数")}) == 1


def test_text_that_looks_like_a_formula_stays_text(small: Path) -> None:
    file = small / "回收" / "昆山市（演示数据）.xlsx"
    book = load_workbook(file)
    page = book["处罚案件"]
    header = next(c for row in page.iter_rows(max_row=20) for c in row if plain(c.value) == "当事人名称")
    cell = page.cell(header.row + 1, header.column)
    cell.value, cell.data_type = '=HYPERLINK("http://example.com","演示")', "s"
    book.save(file)
    assert program("score", small).returncode == 1
    master = load_workbook(small / MASTER, keep_vba=True)
    hits = [c for row in master["案件汇总"].iter_rows() for c in row if "HYPERLINK" in str(c.value)]
    assert [c.data_type for c in hits] == ["s"]


# -- several cities ------------------------------------------------------------------------------------------------


def test_a4_a_roster_with_several_cities_takes_the_provinces_quotas(tmp_path: Path) -> None:
    text = "单位,层级,所属市,是否推荐\n甲市,市级,甲市,\n乙市,市级,乙市,\n子县,县级,甲市,是\n丑县,县级,乙市,\n"
    folder = tmp_path / "全省"
    assert program("new", folder, "--pack", "jiangsu-2017", "--units", units_csv(tmp_path, text)).returncode == 0
    assert program("score", folder).returncode in (0, 1)
    rows = table(CalamineWorkbook.from_path(str(folder / MASTER)), "综合排名", "名额")
    assert {r["层级"]: r["名额"] for r in rows} == {"县级": 10, "市级": 5}


# -- the door for analysts ----------------------------------------------------------------------------------------


def test_frames_of_a_campaign_carry_the_chinese_headers_and_change_nothing(demo: Callable[[str], Demo]) -> None:
    folder = demo("jiangsu-2017").folder
    before = fingerprint(folder)
    frames = Campaign(folder / MASTER).frames()
    assert fingerprint(folder) == before
    assert {
        "综合排名",
        "案件汇总",
        "回执登记",
        "校核结果",
        "先进个人得分",
        "案卷得分表",
        "查处案件得分表",
    } <= frames.keys()
    ranking = frames["综合排名"]
    assert list(ranking.columns[:8]) == ["名次", "单位", "层级", "案卷质量", "查处案件", "满意度", "加减分", "总分"]
    assert len(ranking) == 11 and ranking["总分"].dtype.kind == "f"
    assert set(frames["案件汇总"]["计入"]) == {"是"}
    everything = Campaign(folder).frames(accepted_only=False)["案件汇总"]
    assert len(everything) > len(frames["案件汇总"]) and set(everything["计入"]) == {"是", "否"}
    shown = table(CalamineWorkbook.from_path(str(folder / MASTER)), "综合排名", "名次")
    assert [r["单位"] for r in shown] == list(ranking["单位"])
    assert [r["总分"] for r in shown] == pytest.approx(list(ranking["总分"]))


def test_frames_of_no_campaign(tmp_path: Path) -> None:
    with pytest.raises(CampaignNotFound):
        Campaign(tmp_path)
