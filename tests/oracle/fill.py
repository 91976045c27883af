"""Puts a campaign of :mod:`tests.oracle.campaigns` into a campaign folder, the way other programs would.

Sheets, columns and rows are found by the header texts of the contract alone. The program is only called as
``python -m xl_lianbing``.
"""

from __future__ import annotations

import csv
import random
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook  # type: ignore[import-untyped, unused-ignore]
from openpyxl.worksheet.worksheet import Worksheet  # type: ignore[import-untyped, unused-ignore]

from tests.oracle import scorer
from tests.oracle.scorer import Campaign, Row

PROJECT = Path(__file__).resolve().parents[2]
ROSTER_COLUMNS = ("单位", "层级", "行政区划代码", "所属市", "是否推荐", "联络员", "邮箱")
FORMS: dict[str, tuple[str, ...]] = {
    "单位信息": (
        "单位名称*",
        "层级*",
        "填报年度*",
        "单位负责人",
        "联络员*",
        "联系电话*",
        "{key}*",
        "名录是否公布*",
        "名录公布日期",
        "名录扫描件",
        "执法人员总数*",
        "活动方案文号",
        "方案报送日期",
        "自评报告文件",
        "自评报告日期",
        "填报日期",
    ),
    "先进集体": ("是否申报*", "事迹材料文件", "典型案例文号", "典型案例办理过程"),
}
TABLES: dict[str, str] = {
    "处罚案件": "序号 处罚决定书文号* 当事人名称* 统一社会信用代码 违法行为类型* 案由 处罚种类* 罚款金额(万元) "
    "立案日期 决定日期* 结案日期 是否录入处罚系统* 系统录入日期 结案录入日期 是否公开* 公开日期 公开网址 移动执法平台* "
    "决定书扫描件 主办人员 协办人员 备注",
    "重大案件": "序号 重大案件类型* 文书文号* 当事人名称* 对应处罚决定书文号 文书日期* 金额(万元) 是否录入处罚系统* "
    "扫描件 备注",
    "行政复议": "序号 处罚决定书文号* 申请日期* 复议决定文号 复议决定日期 复议结果* 备注",
    "参评案卷": "序号 案卷类别* 文书文号* 案卷名称* 文书日期* 移动执法平台* 案卷PDF* 备注",
    "先进个人": "序号 姓名* 职务 执法证号* 证件有效期至* 参评案卷文号* 案件调查情况* 事迹材料* 廉洁证明文件* 备注",
    "个人办案": "序号 姓名* 处罚决定书文号* 担任角色* 证明材料* 备注",
    "宣传报道": "序号 日期* 类别* 标题* 媒体* 是否大练兵专栏* 网址或版面 备注 报送部门",
    "学习培训": "序号 日期* 形式* 主题* 参加人数* 备注",
    "任务进展": "任务编号* 任务 完成情况* 完成日期 说明",
}
INPUT_TABS = ("处罚系统数据", "案卷评审", "公众投票", "空气质量", "水质断面", "加减分", "事迹评审", "廉洁核查")
VARIANTS = ("blank", "scratch", "shuffled", "spelled")


class FillError(LookupError):
    """A sheet, header or item of the contract that is not there."""


def program(*args: str | Path, timeout: int = 300) -> subprocess.CompletedProcess[str]:
    """Run the program as a user would."""
    command = [sys.executable, "-X", "utf8", "-m", "xl_lianbing", *map(str, args)]
    return subprocess.run(
        command, cwd=PROJECT, capture_output=True, text=True, encoding="utf-8", timeout=timeout, check=False
    )


def tidy(cell: Any) -> str:
    """A header or item text without marks, spaces, line breaks and width of signs."""
    plain = unicodedata.normalize("NFKC", str(cell if cell is not None else ""))
    return "".join(plain.replace("*", "").split())


def header_row(page: Worksheet, wanted: list[str]) -> tuple[int, dict[str, int]]:
    """The row that holds the wanted header texts, and the column of each."""
    names = {tidy(name) for name in wanted}
    best: tuple[int, dict[str, int]] = (0, {})
    for cells in page.iter_rows(min_row=1, max_row=min(page.max_row, 40)):
        found: dict[str, int] = {}
        for cell in cells:
            if tidy(cell.value) in names:
                found.setdefault(tidy(cell.value), int(cell.column or 0))
        if len(found) > len(best[1]):
            best = (int(cells[0].row or 0), found)
    missing = names - set(best[1])
    if missing:
        raise FillError(f"工作表“{page.title}”中找不到表头：{'、'.join(sorted(missing))}")
    return best


def page_of(book: Workbook, name: str) -> Worksheet:
    for page in book.worksheets:
        if tidy(page.title) == name:
            return page
    raise FillError(f"找不到工作表“{name}”，现有：{'、'.join(book.sheetnames)}")


def cell_value(value: Any) -> Any:
    return float(value) if isinstance(value, Decimal) else value


def wide(digits: str) -> str:
    return digits.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789."})


def spelled(rng: random.Random, value: Any) -> Any:
    """The same value as a careless hand would write it."""
    if rng.random() > 0.3:
        return cell_value(value)
    if isinstance(value, date):
        y, m, d = value.year, value.month, value.day
        forms = (
            f"{y}-{m:02d}-{d:02d}",
            f"{y}年{m}月{d}日",
            f"{y}/{m}/{d}",
            f"{y}.{m}.{d}",
            f"{y}{m:02d}{d:02d}",
            wide(f"{y}") + f"年{m}月{d}日",
        )
        return rng.choice(forms)
    if isinstance(value, (int, Decimal)):
        return rng.choice([f"{value}", wide(f"{value}"), f" {value} "])
    if isinstance(value, str) and value and len(value) < 40:
        return rng.choice([f" {value}", f"{value} ", value])
    return value


def data_columns(name: str) -> list[str]:
    return [tidy(text) for text in TABLES[name].split()]


def form_items(c: Campaign, name: str) -> list[str]:
    return [item.format(key=scorer.pack_of(c).key_item) for item in FORMS[name]]


# --- returns -----------------------------------------------------------------------------------------------------


def into_blank(source: Path, target: Path, c: Campaign, unit: str, rng: random.Random, careless: bool) -> None:
    """Load the blank return, write below the headers, save."""
    book = load_workbook(source)
    pages: dict[str, Any] = c["returns"][unit]
    for name in FORMS:
        page = page_of(book, name)
        row, columns = header_row(page, ["项目", "填写内容"])
        lines = {tidy(page.cell(n, columns["项目"]).value): n for n in range(row + 1, page.max_row + 1)}
        for item, value in pages[name].items():
            if tidy(item) not in lines:
                raise FillError(f"工作表“{name}”中找不到项目：{item}")
            if value is not None:
                written = spelled(rng, value) if careless else cell_value(value)
                page.cell(lines[tidy(item)], columns["填写内容"]).value = written
    for name in TABLES:
        page = page_of(book, name)
        row, columns = header_row(page, data_columns(name))
        for n, record in enumerate(pages.get(name, []), row + 1):
            for key, value in record.items():
                if not key.startswith("_") and value is not None:
                    page.cell(n, columns[tidy(key)]).value = spelled(rng, value) if careless else cell_value(value)
    book.save(target)


def header_text(rng: random.Random, name: str, careless: bool) -> str:
    if not careless:
        return name
    return rng.choice(
        [name, tidy(name), name.replace("(", "\n("), name.replace("(", "（").replace(")", "）"), f" {name}"]
    )


def into_scratch(target: Path, c: Campaign, unit: str, rng: random.Random, careless: bool) -> None:
    """A new workbook with just the sheets and headers; careless: moved columns, rows above, gaps, odd spellings."""
    book = Workbook()
    book.remove(book.active)
    pages: dict[str, Any] = c["returns"][unit]
    for name in [*FORMS, *TABLES]:
        page = book.create_sheet(name)
        above, left = (rng.randint(0, 3), rng.randint(0, 2)) if careless else (0, 0)
        if above:
            page.cell(1, 1).value = f"{unit} {name}（演示数据）"
        headers = ["项目", "填写内容"] if name in FORMS else TABLES[name].split()
        if careless and name in TABLES:
            rng.shuffle(headers)
        places = {tidy(header): left + n for n, header in enumerate(headers, 1)}
        for header in headers:
            page.cell(above + 1, places[tidy(header)]).value = header_text(rng, header, careless)
        row = above + 1
        if name in FORMS:
            for item in form_items(c, name):
                row += 1
                value = pages[name].get(tidy(item))
                page.cell(row, places["项目"]).value = item
                page.cell(row, places["填写内容"]).value = spelled(rng, value) if careless else cell_value(value)
            continue
        for record in pages.get(name, []):
            row += 1 + (careless and rng.random() < 0.05)
            for key, value in record.items():
                if not key.startswith("_") and value is not None:
                    page.cell(row, places[tidy(key)]).value = spelled(rng, value) if careless else cell_value(value)
    book.save(target)


def through_libreoffice(files: list[Path], scratch: Path) -> None:
    """Open and save files by LibreOffice (profile of its own), in place."""
    out = scratch / "out"
    out.mkdir(parents=True)
    profile = (scratch / "profile").as_uri()
    command = ["soffice", f"-env:UserInstallation={profile}", "--headless", "--convert-to", "xlsx", "--outdir", out]
    subprocess.run([*map(str, command), *map(str, files)], check=True, capture_output=True, timeout=240)
    for file in files:
        shutil.move(out / file.name, file)


def target_names(root: Path, rng: random.Random) -> Iterator[Path]:
    """Arbitrary names in sub-folders."""
    number = 0
    while True:
        number += 1
        folder = root / rng.choice(["", "第一批", "第二批/补报", "微信收到的文件"])
        folder.mkdir(parents=True, exist_ok=True)
        yield folder / f"{rng.choice(['大练兵材料', '新建工作表', '上报表(最终)', '复件 填报'])}{number}.xlsx"


def fill_returns(folder: Path, c: Campaign, seed: int, *, libreoffice: bool = False) -> dict[str, str]:
    """Fill every return into DIR/回收; gives the variant used for each unit."""
    rng = random.Random(seed)
    names = target_names(folder / "回收", rng)
    used: dict[str, str] = {}
    resaved = []
    for n, unit in enumerate(c["returns"]):
        variant = VARIANTS[n % len(VARIANTS)]
        target = next(names)
        if variant in ("blank", "spelled"):
            blank = folder / "下发" / f"填报表_{unit}.xlsx"
            into_blank(blank, target, c, unit, rng, variant == "spelled")
            if libreoffice:
                resaved.append(target)
                variant += "+libreoffice"
        else:
            into_scratch(target, c, unit, rng, variant == "shuffled")
        used[unit] = variant
    if resaved:
        through_libreoffice(resaved, folder.parent / f"{folder.name}-lo")
    return used


# --- the master --------------------------------------------------------------------------------------------------


def write_rules(book: Workbook, rules: dict[str, Any]) -> None:
    """规则: 取值 by 编号 (switches) or 项目."""
    page = page_of(book, "规则")
    row, columns = header_row(page, ["编号", "项目", "取值"])
    lines: dict[str, int] = {}
    for n in range(row + 1, page.max_row + 1):
        for column in ("编号", "项目"):
            lines.setdefault(tidy(page.cell(n, columns[column]).value), n)
    for item, value in rules.items():
        if tidy(item) not in lines:
            raise FillError(f"规则中找不到：{item}")
        page.cell(lines[tidy(item)], columns["取值"]).value = cell_value(value)


def write_rows(book: Workbook, name: str, rows: list[Row]) -> None:
    """Append rows to an input tab, below its header and what is there."""
    if not rows:
        return
    page = page_of(book, name)
    wanted = list(dict.fromkeys(key for row in rows for key in row if not key.startswith("_")))
    line, columns = header_row(page, wanted)
    line += 1
    while any(page.cell(line, column).value not in (None, "") for column in columns.values()):
        line += 1
    for n, row in enumerate(rows, line):
        for key, value in row.items():
            if not key.startswith("_") and value is not None:
                page.cell(n, columns[tidy(key)]).value = cell_value(value)


def set_rules(folder: Path, rules: dict[str, Any]) -> None:
    """Change values of 规则 in an existing campaign folder."""
    master = folder / "总表.xlsm"
    book = load_workbook(master, keep_vba=True)
    write_rules(book, rules)
    book.save(master)


def fill_master(folder: Path, c: Campaign) -> None:
    """The bureau's inputs."""
    master = folder / "总表.xlsm"
    book = load_workbook(master, keep_vba=True)
    write_rules(book, c["规则"])
    for name in INPUT_TABS:
        write_rows(book, name, c[name])
    book.save(master)


def new_campaign(folder: Path, c: Campaign, seed: int) -> None:
    """``xl-lianbing new`` with the campaign's roster."""
    units_csv = folder.parent / f"{folder.name}-units.csv"
    with units_csv.open("w", encoding="utf-8-sig" if seed % 2 else "gb18030", newline="") as file:
        writer = csv.DictWriter(file, ROSTER_COLUMNS)
        writer.writeheader()
        writer.writerows({key: row.get(key) or "" for key in ROSTER_COLUMNS} for row in c["单位名册"])
    done = program("new", folder, "--pack", c["pack"], "--units", units_csv)
    if done.returncode != 0:
        raise FillError(f"new 返回 {done.returncode}：{done.stdout}{done.stderr}")


def build(folder: Path, c: Campaign, seed: int, *, libreoffice: bool = False) -> dict[str, str]:
    """A filled campaign folder, ready to be scored."""
    new_campaign(folder, c, seed)
    used = fill_returns(folder, c, seed, libreoffice=libreoffice)
    fill_master(folder, c)
    return used
