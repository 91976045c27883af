"""A round of reviews: drawn, sent out blind, filled in by another program, brought back, third reviews (R1–R6, E7)."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from pypdf import PdfReader, PdfWriter

from tests.cells import header_row
from tests.commands import fingerprint, program
from tests.tables import a_return, case, headers
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import Tier
from xl_lianbing.intake.master.inputs import read_master
from xl_lianbing.records.inputs import RosterUnit
from xl_lianbing.records.returns import Candidate, CaseFile
from xl_lianbing.records.stamp import Stamp
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.setup import new_campaign

UNITS = {"苏州市": Tier.CITY, "吴中区": Tier.COUNTY, "昆山市": Tier.COUNTY}
DEEDS = "陆建国同志在昆山市环保局工作，电话0512-57381234。"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    roster = [RosterUnit(unit=unit, tier=tier, city="苏州市") for unit, tier in UNITS.items()]
    people = [
        *({"姓名": f"律师{n}", "类型": "专家", "单位": f"律所{n}"} for n in "甲乙丙"),
        *({"姓名": f"{unit[:2]}员", "类型": "交叉", "单位": unit} for unit in UNITS),
    ]
    systems = [
        {"处罚决定书文号": f"昆环罚〔2017〕{n}号", "单位": "昆山市", "决定日期": date(2017, 3, n + 1)} for n in range(9)
    ]
    folder = new_campaign(
        tmp_path_factory.mktemp("评审") / "活动",
        load_pack("jiangsu-2017"),
        roster,
        inputs={"评审人员": people, "处罚系统数据": systems},
    )
    for unit in ("吴中区", "昆山市"):
        letter = unit[0]
        rows = [
            [n, "行政处罚", f"{letter}环罚〔2017〕{n}号", "卷", date(2017, 3, 1), "是", f"{letter}{n}.pdf"]
            for n in (1, 2)
        ]
        tables = {
            "处罚案件": [headers_of(), case(处罚决定书文号=f"{letter}环罚〔2017〕3号", 决定书扫描件=f"{letter}3.pdf")],
            "参评案卷": [headers(CaseFile), *rows],
        }
        if unit == "昆山市":
            person = [1, "陆建国", "队长", "Y1", date(2030, 1, 1), "昆环罚〔2017〕3号", "调查", DEEDS, "廉洁.pdf"]
            tables["先进个人"] = [headers(Candidate), person]
        stamp = Stamp("jiangsu-2017", "1.0", unit, 2017)
        a_return(folder.returns / f"{unit}.xlsx", tables, info={"单位名称": unit}, stamp=stamp)
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    writer.add_metadata({"/Author": "昆山市环境监察大队", "/Title": "昆环罚〔2017〕1号"})
    writer.write(folder.evidence / "昆山市" / "昆1.pdf")
    (folder.evidence / "昆山市" / "昆3.pdf").write_bytes((folder.evidence / "昆山市" / "昆1.pdf").read_bytes())
    return folder.path


def headers_of() -> list[str]:
    from xl_lianbing.records.returns import PenaltyCase

    return headers(PenaltyCase)


@pytest.fixture
def campaign(made: Path, tmp_path: Path) -> CampaignFolder:
    import shutil

    return CampaignFolder(Path(shutil.copytree(made, tmp_path / "活动")))


def told(folder: CampaignFolder, *arguments: object, ends: int | None = None) -> dict[str, Any]:
    done = program("review", folder.path, *arguments, "--json")
    assert done.returncode in ((0, 1) if ends is None else (ends,)), done.stdout + done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def rows(path: Path, sheet: str, *names: str) -> list[dict[str, Any]]:
    page = load_workbook(path)[sheet]
    top, column = header_row(page, *names)
    found = [
        {name: page.cell(row, at).value for name, at in column.items()} for row in range(top + 1, page.max_row + 1)
    ]
    return [row for row in found if any(value is not None for value in row.values())]


def arrangement(folder: CampaignFolder) -> list[dict[str, Any]]:
    return rows(folder.reviews / "评审安排.xlsx", "评审安排", "代号", "评审人")


def forms(folder: CampaignFolder) -> Iterator[Path]:
    yield from sorted((folder.reviews / "发出").rglob("评审表_*.xlsx"))


def fill(path: Path, target: Path, points: dict[str, float], forged: str = "否") -> Workbook:
    """Every file of the form gets so many points an item by its code, or 20; deeds 15 each."""
    book = load_workbook(path)
    page = book["案卷评审"]
    top, column = header_row(page, "代号", "是否造假")
    for row in range(top + 1, page.max_row + 1):
        code = page.cell(row, column["代号"]).value
        if code:
            for name, at in column.items():
                if name.endswith("分）"):
                    page.cell(row, at).value = points.get(code, 20)
            page.cell(row, column["是否造假"]).value = forged
            page.cell(row, column["说明"]).value = f"{code}看过"
    page = book["事迹评审"]
    top, column = header_row(page, "代号", "综合素质")
    for row in range(top + 1, page.max_row + 1):
        if page.cell(row, column["代号"]).value:
            for name in ("综合素质", "工作能力", "工作态度", "工作成效"):
                page.cell(row, column[name]).value = 15
    target.parent.mkdir(parents=True, exist_ok=True)
    book.save(target)
    return book


def confirm(folder: CampaignFolder) -> None:
    path = folder.reviews / "匿名对照.xlsx"
    book = load_workbook(path)
    page = book["匿名对照"]
    top, column = header_row(page, "代号", "已确认")
    for row in range(top + 1, page.max_row + 1):
        page.cell(row, column["已确认"]).value = "是"
    book.save(path)


def test_r1_r5_drawn_and_sent_out_blind(campaign: CampaignFolder) -> None:
    found = told(campaign, "--out", "--seed", "签")
    assert (found["files"], found["deeds"], found["drawn"], found["waiting"]) == (5, 1, 11, 1)
    given = arrangement(campaign)
    by_code: dict[str, list[dict[str, Any]]] = {}
    for row in given:
        by_code.setdefault(row["代号"], []).append(row)
    for own in by_code.values():
        if own[0]["文书文号"]:
            assert sorted(row["评审类型"] for row in own) == ["专家", "交叉"]
        assert all(row["评审人"][:2] != row["单位"][:2] for row in own)
    seeds = load_workbook(campaign.reviews / "评审安排.xlsx")["评审安排"]["A2"].value
    assert seeds is not None and "种子：签" in seeds
    said = "".join(
        str(cell.value)
        for path in forms(campaign)
        for page in load_workbook(path)
        for line in page.iter_rows()
        for cell in line
    )
    assert "环罚" not in said and "陆建国" not in said and "57381234" not in said
    scans = sorted((campaign.reviews / "发出").rglob("*.pdf"))
    assert len(scans) == 4  # two files with a scan, each read by two
    for scan in scans:
        reader = PdfReader(scan)
        assert not reader.metadata and "昆山" not in scan.name and len(reader.pages) == 1
        assert "昆山市环境监察大队".encode("utf-16-be") not in scan.read_bytes()
    key = rows(campaign.reviews / "密钥.xlsx", "密钥", "代号", "文书文号")
    assert len(key) == 6 and {row["代号"] for row in key} == set(by_code)


def test_r2_the_same_seed_draws_the_same_and_a_later_draw_keeps_it(campaign: CampaignFolder, tmp_path: Path) -> None:
    import shutil

    other = CampaignFolder(Path(shutil.copytree(campaign.path, tmp_path / "另一个")))
    told(campaign, "--out", "--seed", "签")
    told(other, "--out", "--seed", "签")
    assert arrangement(campaign) == arrangement(other)
    before = fingerprint(campaign.reviews / "发出")
    again = told(campaign, "--out")
    assert again["drawn"] == 0 and again["seed"] == "签" and fingerprint(campaign.reviews / "发出") == before
    assert [(r["代号"], r["评审人"]) for r in arrangement(campaign)] == [
        (r["代号"], r["评审人"]) for r in arrangement(other)
    ]


def test_r2_the_open_files_of_a_silent_reviewer_go_to_others(campaign: CampaignFolder) -> None:
    told(campaign, "--out", "--seed", "签")
    silent = next(r["评审人"] for r in arrangement(campaign) if r["评审类型"] == "专家" and r["文书文号"])
    kept = {(r["代号"], r["评审人"]) for r in arrangement(campaign) if r["评审人"] != silent}
    told(campaign, "--out", "--again", silent)
    now = {(r["代号"], r["评审人"]) for r in arrangement(campaign)}
    assert kept < now and silent not in {name for _, name in now}
    assert program("review", campaign.path, "--out", "--again", "没有这个人").returncode == 2


def test_r5_deeds_go_out_only_when_confirmed(campaign: CampaignFolder) -> None:
    told(campaign, "--out", "--seed", "签")
    (pair,) = rows(campaign.reviews / "匿名对照.xlsx", "匿名对照", "代号", "原文", "匿名稿", "替换", "存疑", "已确认")
    assert pair["原文"] == DEEDS and pair["匿名稿"] == "候选人同志在某地1工作，电话号码1。"
    assert not [text for path in forms(campaign) for text in rows(path, "事迹材料", "代号", "材料")]
    confirm(campaign)
    assert told(campaign, "--out")["waiting"] == 0
    texts = [text for path in forms(campaign) for text in rows(path, "事迹材料", "代号", "材料")]
    assert [text["材料"] for text in texts] == ["候选人同志在某地1工作，电话号码1。"]


def test_e7_in_third_and_the_mean_of_its_kind(campaign: CampaignFolder) -> None:
    told(campaign, "--out", "--seed", "签")
    confirm(campaign)
    told(campaign, "--out")
    code = next(r["代号"] for r in arrangement(campaign) if r["文书文号"] == "昆环罚〔2017〕1号")
    back = campaign.reviews / "收回"
    for number, path in enumerate(forms(campaign)):
        expert = path.parent.name.startswith("律师")
        fill(path, back / "子" / f"{number}.xlsx", {code: 22.5 if expert else 15})
    with zipfile.ZipFile(back / "包.zip", "w") as package:
        package.write(back / "子" / "0.xlsx", "里面/x.xlsx")
    (back / "子" / "0.xlsx").unlink()
    found = told(campaign, "--in", ends=0)
    assert (found["appended"], found["refused"], found["findings"]) == (11, 0, [])
    reviews = read_master(campaign.master).inputs.reviews
    assert len(reviews) == 10 and {str(r.points) for r in reviews} == {"90", "60", "80"}
    assert all(r.note and r.note.endswith("看过") and r.source for r in reviews)
    (deeds,) = read_master(campaign.master).inputs.deeds
    assert (deeds.name, deeds.quality) == ("陆建国", 15)
    again = told(campaign, "--in", ends=0)
    assert (again["forms"], again["appended"], again["written"]) == (0, 0, False)
    before = {path: path.read_bytes() for path in forms(campaign)}
    third = told(campaign, "--third")
    assert third["thirds"] == 1 and len(third["written"]) == 1
    (name,) = third["written"]
    assert {path.parent.name for path in forms(campaign) if before[path] != path.read_bytes()} == {name}
    (form,) = [path for path in forms(campaign) if path.parent.name == name]
    assert [row["代号"] for row in rows(form, "案卷评审", "代号", "是否造假")] == [code]
    assert told(campaign, "--third")["thirds"] == 0
    fill(form, back / "第三.xlsx", {code: 17.5})
    told(campaign, "--in", ends=0)
    assert program("score", campaign.path).returncode in (0, 1)
    points = rows(campaign.master, "案卷质量得分", "文书文号", "专家评审", "交叉评审")
    (own,) = [row for row in points if row["文书文号"] == "昆环罚〔2017〕1号"]
    cached = load_workbook(campaign.master, data_only=True)["案卷质量得分"]
    top, column = header_row(cached, "文书文号", "专家评审", "交叉评审", "案卷得分")
    (row,) = [
        r for r in range(top + 1, cached.max_row + 1) if cached.cell(r, column["文书文号"]).value == own["文书文号"]
    ]
    assert [cached.cell(row, column[h]).value for h in ("专家评审", "交叉评审", "案卷得分")] == [80, 60, 140]
    assert f"专家评审说明：{code}看过" in program("explain", campaign.path, "昆山市").stdout
    progress = rows(campaign.master, "评审进度", "评审人", "应评", "已评", "状态")
    assert {line["状态"] for line in progress} == {"完成"} and sum(line["应评"] for line in progress) == 12


def test_faults_are_findings_each_and_the_other_rows_are_taken(campaign: CampaignFolder, made: Path) -> None:
    told(campaign, "--out", "--seed", "签")
    path = max(forms(campaign), key=lambda p: len(rows(p, "案卷评审", "代号", "是否造假")))
    count = len(rows(path, "案卷评审", "代号", "是否造假"))
    assert count >= 2
    book = fill(path, campaign.reviews / "收回" / "好.xlsx", {})
    first = book["案卷评审"]
    top, column = header_row(first, "代号", "是否造假")
    items = [at for name, at in column.items() if name.endswith("分）")]
    row = [first.cell(top + 1, at).value for at in range(1, first.max_column + 1)]
    faults = (("items", 26, "V06"), ("items", -1, "V06"), ("items", "好", "V07"), ("items", None, "V08"))
    faults += (("forged", "可能", "V09"), ("forged", None, "V08"), ("code", "A999", "V05"))
    for what, value, code in faults:
        for at, old in enumerate(row, 1):
            first.cell(top + 1, at).value = old
        place = {"items": items[0], "forged": column["是否造假"], "code": column["代号"]}[what]
        first.cell(top + 1, place).value = value
        book.save(campaign.reviews / "收回" / "好.xlsx")
        found = told(campaign, "--in")
        (one,) = [f for f in found["findings"] if f["编码"] not in ("V10",)]
        assert one["编码"] == code and one["单元格"] and found["refused"] == 1
        assert found["appended"] + found["already"] == count - 1
    other = load_workbook(path)
    sheet = other["_xl_lianbing"]
    for line in range(1, sheet.max_row + 1):
        if sheet.cell(line, 1).value == "xl_lianbing.campaign":
            sheet.cell(line, 2).value = "另一个活动"
    other.custom_doc_props["xl_lianbing.campaign"].value = "另一个活动"
    other.save(campaign.reviews / "收回" / "好.xlsx")
    assert [f["编码"] for f in told(campaign, "--in", ends=1)["findings"]] == ["V03"]


def test_what_a_second_hand_in_changes_is_listed_and_replaces_on_request(campaign: CampaignFolder) -> None:
    told(campaign, "--out", "--seed", "签")
    path = next(iter(forms(campaign)))
    code = rows(path, "案卷评审", "代号", "是否造假")[0]["代号"]
    back = campaign.reviews / "收回"
    fill(path, back / "一.xlsx", {})
    told(campaign, "--in", ends=0)
    fill(path, back / "二.xlsx", {code: 10})
    found = told(campaign, "--in")
    assert [(f["编码"], "得分：80→40" in f["问题"]) for f in found["findings"]] == [("V10", True)]
    assert (found["appended"], found["replaced"], found["written"]) == (0, 0, False)
    found = told(campaign, "--in", "--replace")
    assert found["replaced"] == 1
    points = {str(r.points) for r in read_master(campaign.master).inputs.reviews}
    assert "40" in points
    assert list((campaign.path / "备份").glob("总表_*.xlsm"))


def test_r6_decisions_are_drawn_at_random_by_the_seed(campaign: CampaignFolder) -> None:
    first = told(campaign, "--draw", 3, "--seed", "签")["drawn"]
    assert len(first["昆山市"]) == len(set(first["昆山市"])) == 3
    assert told(campaign, "--draw", 3, "--seed", "签")["drawn"] == first
    drawn = rows(campaign.reviews / "抽取案卷.xlsx", "抽取案卷", "单位", "处罚决定书文号")
    assert [row["处罚决定书文号"] for row in drawn] == first["昆山市"]


def test_without_reviewers_nothing_is_done(made: Path, tmp_path: Path) -> None:
    folder = new_campaign(tmp_path / "空", load_pack("jiangsu-2017"), [RosterUnit(unit="苏州市", tier=Tier.CITY)])
    before = fingerprint(folder.path)
    for option in ("--out", "--in", "--draw=1"):
        done = program("review", folder.path, option)
        assert done.returncode == 2 and "怎么办：" in done.stdout
    assert fingerprint(folder.path) == before
    assert "还没有发出评审表" in program("review", folder.path).stdout


def took(folder: CampaignFolder) -> list[str]:
    return sorted(found["编码"] for found in told(folder, "--in")["findings"])


def test_what_is_no_form_of_this_round_is_refused_and_said(campaign: CampaignFolder) -> None:
    sent = told(campaign, "--out", "--seed", "签")
    assert {found["编码"] for found in sent["findings"]} == {"V26"}, "files without a scan are drawn and named"
    back = campaign.reviews / "收回"
    back.mkdir(exist_ok=True)
    (back / "坏.xlsx").write_bytes(b"PK\x03\x04broken")
    (back / "坏.zip").write_bytes(b"PK\x03\x04broken")
    plain = Workbook()
    plain.active["A1"] = "别的表"  # type: ignore[index]
    plain.save(back / "别的.xlsx")
    assert took(campaign) == ["V01", "V02", "V14"]


def test_a_form_with_rows_left_open_or_doubled_and_a_column_lost(campaign: CampaignFolder) -> None:
    told(campaign, "--out", "--seed", "签")
    path = max(forms(campaign), key=lambda p: len(rows(p, "案卷评审", "代号", "是否造假")))
    target = campaign.reviews / "收回" / "表.xlsx"
    book = fill(path, target, {})
    page = book["案卷评审"]
    top, column = header_row(page, "代号", "是否造假")
    items = [at for name, at in column.items() if name.endswith("分）")]
    kept = {at: page.cell(top + 1, at).value for at in (*items, column["是否造假"], column["说明"], column["代号"])}
    for at in kept:
        if at != column["代号"]:
            page.cell(top + 1, at).value = None
    book.save(target)
    assert took(campaign) == ["V12"]
    for at, value in kept.items():
        page.cell(top + 1, at).value = value
    page.cell(top + 2, column["代号"]).value = kept[column["代号"]]
    page.cell(top + 2, items[0]).value = 7
    book.save(target)
    assert "V11" in took(campaign)
    page.cell(top, items[0]).value = "改了的表头"
    book.save(target)
    assert took(campaign) == ["V13"]


def test_what_was_typed_by_hand_stays_and_the_difference_is_said(campaign: CampaignFolder) -> None:
    told(campaign, "--out", "--seed", "签")
    path = next(iter(forms(campaign)))
    code = rows(path, "案卷评审", "代号", "是否造假")[0]["代号"]
    own = next(r for r in arrangement(campaign) if r["代号"] == code and r["评审人"] == path.parent.name)
    book = load_workbook(campaign.master, keep_vba=True)
    page = book["案卷评审"]
    top, column = header_row(page, "单位", "文书文号", "评审人", "得分")
    typed = {
        "单位": own["单位"],
        "文书文号": own["文书文号"],
        "评审类型": own["评审类型"],
        "评审人": own["评审人"],
        "得分": 33,
    }
    for header, value in typed.items():
        page.cell(top + 1, column[header]).value = value
    book.save(campaign.master)
    fill(path, campaign.reviews / "收回" / "表.xlsx", {})
    assert took(campaign) == ["V15"]
    assert "33" in {str(r.points) for r in read_master(campaign.master).inputs.reviews}


LAWYERS = (("律师甲", "专家", "律所甲"), ("律师乙", "专家", "律所乙"))


@pytest.mark.parametrize(("people", "code"), [(LAWYERS, "V28"), ((("昆员", "交叉", "昆山市"),), "V25")])
def test_where_nobody_of_a_kind_may_read_it_is_said(
    campaign: CampaignFolder, people: tuple[tuple[str, str, str], ...], code: str
) -> None:
    book = load_workbook(campaign.master, keep_vba=True)
    page = book["评审人员"]
    top, column = header_row(page, "姓名", "类型", "单位")
    for row in range(top + 1, page.max_row + 1):
        person = people[row - top - 1] if row - top <= len(people) else (None,) * 3
        for header, value in zip(("姓名", "类型", "单位"), person, strict=True):
            page.cell(row, column[header]).value = value
    book.save(campaign.master)
    assert code in {found["编码"] for found in told(campaign, "--out", "--seed", "签")["findings"]}


def test_a_file_without_a_number_gets_no_code(campaign: CampaignFolder) -> None:
    path = campaign.returns / "昆山市.xlsx"
    book = load_workbook(path)
    page = book["参评案卷"]
    page.cell(2, [cell.value for cell in page[1]].index("文书文号*") + 1).value = None
    book.save(path)
    assert "V27" in {found["编码"] for found in told(campaign, "--out", "--seed", "签")["findings"]}


def test_a_form_that_names_nobody_is_not_guessed(campaign: CampaignFolder) -> None:
    told(campaign, "--out", "--seed", "签")
    book = load_workbook(next(iter(forms(campaign))))
    for sheet in book:
        for line in sheet.iter_rows():
            for cell in line:
                if isinstance(cell.value, str) and ("员" in cell.value or "律师" in cell.value):
                    cell.value = None
                elif isinstance(cell.value, str) and cell.value[:1] in "AS" and cell.value[1:].isdigit():
                    cell.value = "A999"
    for name in list(book.custom_doc_props.names):
        if "reviewer" in name:
            del book.custom_doc_props[name]
    target = campaign.reviews / "收回" / "表.xlsx"
    target.parent.mkdir(exist_ok=True)
    book.save(target)
    assert took(campaign) == ["V04"]
