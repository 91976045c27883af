"""`import`: what systems give is read, recognised, compared and appended (B2.6, B2.7, B3, B4, E8)."""

from __future__ import annotations

import hashlib
import shutil
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from tests.foreign import tab, take, text
from xl_lianbing.errors import LianbingError, MasterUnreadable
from xl_lianbing.excel.closed.book import ClosedBook
from xl_lianbing.excel.values import Cells
from xl_lianbing.faces.imports import import_facts, import_text
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.importing.plan import shown
from xl_lianbing.importing.recognise import NotRecognised, UnitAsked
from xl_lianbing.importing.run import Prepared, prepare
from xl_lianbing.intake.master.inputs import read_master

SYSTEM = ("处罚决定书文号", "罚款金额(万元)", "决定日期", "录入日期", "单位", "来源")
PORTAL = ("处罚决定书文号", "当事人名称", "罚款金额(万元)", "决定日期", "来源")
HEADER = "序号,行政处罚决定书文号,处罚对象,罚款金额（元）,处罚决定书下达时间,填报时间,处罚机关名称"


@pytest.fixture
def folder(fresh: Path, tmp_path: Path) -> CampaignFolder:
    return CampaignFolder(Path(shutil.copytree(fresh, tmp_path / "活动")))


def counts(prepared: Prepared) -> tuple[int, int, int, int, int]:
    facts = import_facts(prepared, written=False)
    numbers = [n if isinstance(n, int) else len(n) for n in (facts[k] for k in _COUNTS)]  # type: ignore[arg-type]
    return tuple(numbers)  # type: ignore[return-value]


_COUNTS = ("read", "appended", "already", "different", "refused")


def refusals(prepared: Prepared) -> list[str]:
    return [f"{r.where}：{r.why}" for p in prepared.plans for r in p.refused]


# formats


EXPORT = [
    "环境行政处罚案件信息系统导出,,,,,,",
    "导出时间：2017-10-31 10:00:00,,,,,,",
    HEADER,
    "1,苏环罚字【2017】001号,甲公司,50000,2017-3-1 09:30:00,2017/3/5,昆山市环境保护局",
    "2,苏环罚字【2017】002号,乙公司,100.5,2017年3月2日,,苏州工业园区国土环保局",
    "环境行政处罚案件信息系统导出,,,,,,",
    HEADER,
    "3,苏环罚字【2017】003号,丙公司,3万元,20170303,,南京市环保局",
    "合计,,,50100.5,,,",
    "制表人：张三,,,,,,",
]
READ = [
    ("苏环罚字【2017】001号", 5, date(2017, 3, 1), date(2017, 3, 5), "昆山市"),
    ("苏环罚字【2017】002号", 0.01005, date(2017, 3, 2), None, "苏州工业园区"),
    ("苏环罚字【2017】003号", 3, date(2017, 3, 3), None, "南京市环保局"),
]


@pytest.mark.parametrize(
    ("name", "encoding", "separator"),
    [
        ("处罚.csv", "gb18030", ","),
        ("处罚.csv", "utf-8-sig", ","),
        ("处罚.csv", "utf-8", ";"),
        ("处罚.xls", "gb18030", "\t"),
        ("处罚.xls", "utf-16", "\t"),
    ],
)
def test_b2_6_titles_page_breaks_sums_and_notes_of_a_text(
    folder: CampaignFolder, tmp_path: Path, name: str, encoding: str, separator: str
) -> None:
    file = text(tmp_path / name, EXPORT, encoding, separator)
    made = take(folder, file)
    assert counts(made) == (3, 3, 0, 0, 0)
    assert [row[:5] for row in tab(folder, "处罚系统数据", *SYSTEM)] == READ
    assert [row[5] for row in tab(folder, "处罚系统数据", *SYSTEM)] == [f"{name} 第{n}行" for n in (4, 5, 8)]
    assert dict(made.plans[0].taken.unknown_units) == {"南京市环保局": 1}
    assert made.files[0].left_out == {"重复的标题": 1, "重复的表头": 1, "合计行": 1, "说明行": 1}


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_b2_6_a_workbook_and_a_page_named_xls(folder: CampaignFolder, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"处罚.{ending}"
    rows = [line.split(",") for line in EXPORT]
    if ending == "xlsx":
        book = openpyxl.Workbook()
        page = book.active
        assert page is not None
        for row in rows:
            page.append(row)
        page.merge_cells("A1:G1")
        page["D4"] = 50000
        book.create_sheet("说明").append(["没有表格"])
        book.save(file)
    else:
        cells = "".join(f"<tr>{''.join(f'<td>{c}' for c in row)}</tr>" for row in rows)
        file.write_bytes(f"<html><head><meta charset=gb2312></head><table>{cells}</table></html>".encode("gbk"))
    made = take(folder, file)
    assert [row[:5] for row in tab(folder, "处罚系统数据", *SYSTEM)] == READ
    assert made.files[0].unread_sheets == (["说明"] if ending == "xlsx" else [])


PAGE = """<html><style>td {color: red}</style><table border=1>
<tr><td colspan=7 align=center>行政处罚信息公示</td></tr>
<tr><th rowspan=2>序号</th><th colspan=2>行政处罚决定</th><th rowspan=2>行政相对人名称</th>
<th rowspan=2>违法行为类型</th><th colspan=2>罚没</th></tr>
<tr><th>文书号</th><th>日期</th><th>罚款金额（万元）</th><th>没收违法所得金额（万元）</th></tr>
<tr><td>1<td>昆环罚【2017】50号<td>2017-5-6<td>甲公司<td>大气<td>5.5<td>0
<tr><td>2<td>昆环罚【2017】51号<td>2017-5-7<td>乙公司<td>水<td>1<td>&nbsp;
</table></html>"""


def test_b2_7_two_header_rows_of_a_page(folder: CampaignFolder, tmp_path: Path) -> None:
    (tmp_path / "公示.xls").write_bytes(PAGE.encode("gb18030"))
    made = take(folder, tmp_path / "公示.xls")
    assert made.files[0].kind.name == "公示"
    assert tab(folder, "公示数据", *PORTAL) == [
        ("昆环罚【2017】50号", "甲公司", 5.5, date(2017, 5, 6), "公示.xls 第4行"),
        ("昆环罚【2017】51号", "乙公司", 1, date(2017, 5, 7), "公示.xls 第5行"),
    ]


def test_b2_6_amounts_in_two_header_rows_keep_their_unit(folder: CampaignFolder, tmp_path: Path) -> None:
    lines = [
        "文书文号,当事人,立案时间,罚款,,结案时间",
        ",,,金额（元）,是否缴纳,",
        "昆环罚〔2017〕1号,甲公司,2017-1-1,20000,是,2017-2-2",
    ]
    made = take(folder, text(tmp_path / "表.csv", lines), kind="处罚系统")
    assert tab(folder, "处罚系统数据", "处罚决定书文号", "罚款金额(万元)") == [("昆环罚〔2017〕1号", 2)]
    assert made.files[0].tables[0][0].money == "元"


XML_2003 = """<?xml version="1.0" encoding="gb2312"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="1"><Table>
<Row><Cell ss:MergeAcross="3"><Data ss:Type="String">导出</Data></Cell></Row>
<Row ss:Index="3"><Cell><Data ss:Type="String">决定书文号</Data></Cell>
<Cell><Data ss:Type="String">罚款(元)</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="String">录入时间</Data></Cell></Row>
<Row><Cell><Data ss:Type="String">昆环罚〔2017〕1号</Data></Cell><Cell><Data ss:Type="Number">10000</Data></Cell>
<Cell ss:Index="4"><Data ss:Type="DateTime">2017-03-04T00:00:00.000</Data></Cell></Row>
</Table></Worksheet></Workbook>"""


def test_the_xml_of_excel_2003_named_xls(folder: CampaignFolder, tmp_path: Path) -> None:
    (tmp_path / "表.xls").write_bytes(XML_2003.encode("gb2312"))
    take(folder, tmp_path / "表.xls")
    assert tab(folder, "处罚系统数据", "处罚决定书文号", "罚款金额(万元)", "录入日期", "来源") == [
        ("昆环罚〔2017〕1号", 1, date(2017, 3, 4), "表.xls 第4行")
    ]


def test_texts_that_stay_texts_in_a_csv(folder: CampaignFolder, tmp_path: Path) -> None:
    lines = [
        "检查记录编号,执法单位,被检查单位,检查时间",
        '="0001",昆山,"甲,公司",2017-3-2 10:11',
        '0002\t,吴江,乙"公司,2017.3.5',
    ]
    take(folder, text(tmp_path / "移动.csv", lines))
    assert tab(folder, "移动执法记录", "记录编号", "单位", "当事人名称", "检查日期") == [
        ("0001", "昆山市", "甲,公司", date(2017, 3, 2)),
        ("0002", "吴江区", '乙"公司', date(2017, 3, 5)),
    ]


def test_a_quote_that_is_never_closed_swallows_no_rows(folder: CampaignFolder, tmp_path: Path) -> None:
    lines = [
        "决定书文号,当事人,录入时间",
        *(f"昆环罚〔2017〕{n}号,{chr(34) if n == 2 else ''}甲公司," for n in range(1, 60)),
    ]
    assert counts(take(folder, text(tmp_path / "表.csv", lines)))[:2] == (59, 59)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "是空的"),
        (b"%PDF-1.4 \x00\x01", "PDF"),
        ("你好".encode(), "找不到认识的表头"),
        (b"PK\x03\x04broken", "损坏"),
        (b"\xff\xd8\xff\xe0" + bytes(100), "图片"),
        (b"\x81" * 3 + b"\xff\xff,\xff", "编码"),
    ],
)
def test_what_is_no_table_is_told_and_nothing_changes(
    folder: CampaignFolder, tmp_path: Path, content: bytes, said: str
) -> None:
    (tmp_path / "表.xls").write_bytes(content)
    before = folder.master.read_bytes()
    with pytest.raises(LianbingError, match=said):
        take(folder, tmp_path / "表.xls")
    assert folder.master.read_bytes() == before


# what is asked


def test_an_amount_without_a_unit_is_asked_about(folder: CampaignFolder, tmp_path: Path) -> None:
    file = text(tmp_path / "表.csv", ["决定书文号,罚款,录入时间", "昆环罚〔2017〕1号,50000,2017-3-1"])
    with pytest.raises(UnitAsked, match="没有写明是元还是万元"):
        prepare(folder, [file])
    take(folder, file, unit="元")
    assert tab(folder, "处罚系统数据", "罚款金额(万元)") == [(5,)]


@pytest.mark.parametrize(
    "lines",
    [
        ["决定书文号,罚款,录入时间", "昆环罚〔2017〕1号,5万元,2017-3-1"],
        ["单位：万元,,", "决定书文号,罚款,录入时间", "昆环罚〔2017〕1号,5,2017-3-1"],
        ["决定书文号,罚款(万),录入时间", "昆环罚〔2017〕1号,5.00,2017-3-1"],
        ["决定书文号,罚款_元,录入时间", '昆环罚〔2017〕1号,"50,000.00",2017-3-1'],
    ],
)
def test_where_the_unit_of_money_is_told(folder: CampaignFolder, tmp_path: Path, lines: list[str]) -> None:
    take(folder, text(tmp_path / "表.csv", lines))
    assert tab(folder, "处罚系统数据", "罚款金额(万元)") == [(5,)]


def test_a_column_that_is_not_recognised_is_named_and_the_campaigns_own_table_helps(
    folder: CampaignFolder, tmp_path: Path
) -> None:
    file = text(tmp_path / "表.csv", ["案卷代号,录入时间,立案时间,罚款(元)", "昆环罚〔2017〕1号,2017-3-1,,10"])
    with pytest.raises(NotRecognised) as raised:
        prepare(folder, [file])
    assert "缺少列：处罚决定书文号" in raised.value.message and "案卷代号、录入时间、立案时间" in raised.value.message
    assert raised.value.headers == ["案卷代号"] and list(raised.value.lacking) == ["处罚决定书文号"]
    (folder.path / "导入对照.csv").write_bytes(
        "种类,本表列名,对方列名\n处罚系统,处罚决定书文号,案卷代号\n".encode("gb18030")
    )
    take(folder, file)
    assert tab(folder, "处罚系统数据", "处罚决定书文号") == [("昆环罚〔2017〕1号",)]


def test_a_faulty_line_of_the_campaigns_own_table_is_named(folder: CampaignFolder, tmp_path: Path) -> None:
    (folder.path / "导入对照.csv").write_text("种类,本表列名,对方列名\n处罚,文号,案号\n", "utf-8")
    with pytest.raises(LianbingError, match="第2行的种类“处罚”应是处罚系统、公示"):
        prepare(folder, [text(tmp_path / "表.csv", EXPORT)])


def test_a_list_that_may_be_the_portals_says_so(folder: CampaignFolder, tmp_path: Path) -> None:
    file = text(tmp_path / "表.csv", ["决定书文号,罚款(元),决定日期", "昆环罚〔2017〕1号,10,2017-3-1"])
    made = prepare(folder, [file])
    assert made.files[0].kind.name == "处罚系统"
    assert "表头也像公示的" in import_text(made, written=False, preview=True)
    assert prepare(folder, [file], kind="公示").files[0].kind.name == "公示"


# twice, otherwise, both


def test_twice_appends_nothing_and_leaves_the_master_as_it_is(folder: CampaignFolder, tmp_path: Path) -> None:
    file = text(tmp_path / "表.csv", EXPORT, "gb18030")
    take(folder, file)
    before = folder.master.read_bytes()
    again = take(folder, file)
    assert counts(again) == (3, 0, 3, 0, 0) and "导入过，不再新增" in import_text(again, written=False, preview=False)
    assert folder.master.read_bytes() == before
    other = text(tmp_path / "另存.csv", EXPORT, "utf-8")
    assert counts(take(folder, other)) == (3, 0, 3, 0, 0)
    assert folder.master.read_bytes() == before


def test_a_file_imported_before_brings_no_deleted_row_back(folder: CampaignFolder, tmp_path: Path) -> None:
    file = text(tmp_path / "表.csv", EXPORT)
    take(folder, file)
    row = prepare(folder, [file]).plans[0].tab.rows[1]
    assert row.values["decision_number"] == "苏环罚字【2017】002号"
    ClosedBook(folder.master).write([Cells("处罚系统数据", {f"{c}{row.number}": None for c in "ABCDEFGHIJKLM"})])
    assert counts(take(folder, file)) == (3, 0, 3, 0, 0)


def test_other_values_are_listed_and_only_replace_takes_them(folder: CampaignFolder, tmp_path: Path) -> None:
    take(folder, text(tmp_path / "旧.csv", EXPORT))
    ClosedBook(folder.master).write([Cells("处罚系统数据", {"A8": "昆环罚〔2017〕9号", "B8": Decimal(1)})])
    lines = [HEADER, EXPORT[3].replace("50000", "60000"), EXPORT[4], "9,昆环罚〔2017〕9号,己公司,20000,,,"]
    file = text(tmp_path / "新.csv", lines)
    listed = take(folder, file)
    assert counts(listed) == (3, 0, 1, 2, 0)
    told = import_text(listed, written=False, preview=False)
    assert "第5行 苏环罚字【2017】001号 罚款金额(万元)：5→6" in told
    assert "第8行 昆环罚〔2017〕9号 罚款金额(万元)：1→2（人工录入，不改）" in told
    assert [row[0] for row in tab(folder, "处罚系统数据", "罚款金额(万元)")] == [5, 0.01005, 3, 1]
    take(folder, file, replace=True)
    assert [row[0] for row in tab(folder, "处罚系统数据", "罚款金额(万元)")] == [6, 0.01005, 3, 1]
    assert tab(folder, "处罚系统数据", "来源")[0] == ("新.csv 第2行",)
    log = tab(folder, "运行记录", "操作", "输入摘要", "读入与计入")
    assert [row[:2] for row in log] == [
        ("导入数据", hashlib.sha256((tmp_path / name).read_bytes()).hexdigest()) for name in ("旧.csv", "新.csv")
    ]
    assert "第5行 苏环罚字【2017】001号 罚款金额(万元)：5→6" in str(log[1][2])


def test_rows_go_below_everything_and_overwrite_nothing(folder: CampaignFolder, tmp_path: Path) -> None:
    typed = {"A5": "昆环罚〔2017〕1号", "B5": Decimal(2), "A9": "合计", "B9": Decimal(2), "P12": "我的备注"}
    ClosedBook(folder.master).write([Cells("处罚系统数据", typed)])
    take(folder, text(tmp_path / "表.csv", EXPORT))
    page = openpyxl.load_workbook(folder.master)["处罚系统数据"]
    assert [page[cell].value for cell in typed] == ["昆环罚〔2017〕1号", 2, "合计", 2, "我的备注"]
    assert [page[f"A{n}"].value for n in (13, 14, 15)] == [row[0] for row in READ]


def test_a_backup_is_made_before(folder: CampaignFolder, tmp_path: Path) -> None:
    before = folder.master.read_bytes()
    take(folder, text(tmp_path / "表.csv", EXPORT))
    assert [file.read_bytes() for file in folder.backups.iterdir()] == [before]


def test_several_files_are_all_or_nothing(folder: CampaignFolder, tmp_path: Path) -> None:
    good, bad = text(tmp_path / "好.csv", EXPORT), text(tmp_path / "坏.csv", ["甲,乙", "1,2"])
    before = folder.master.read_bytes()
    with pytest.raises(NotRecognised, match="坏"):
        take(folder, good, bad)
    assert folder.master.read_bytes() == before
    votes = text(tmp_path / "票.csv", ["参评单位,得票数", "昆山,12"])
    assert counts(take(folder, good, votes)) == (4, 4, 0, 0, 0)
    assert len(tab(folder, "运行记录", "输入摘要")) == 2


def test_the_same_number_twice_in_a_file(folder: CampaignFolder, tmp_path: Path) -> None:
    lines = [HEADER, EXPORT[3], EXPORT[3], EXPORT[3].replace("50000", "1"), "9,,庚公司,1,,,", "10,待定,辛公司,1,,,"]
    made = take(folder, text(tmp_path / "表.csv", lines))
    assert counts(made) == (5, 1, 1, 0, 3)
    assert refusals(made) == [
        "表.csv 第5行：处罚决定书文号为空",
        "表.csv 第6行：处罚决定书文号“待定”认不出",
        "表.csv 第4行：与表.csv 第2行是同一条，内容不同，按先出现的",
    ]


def test_a_master_of_an_earlier_version_gets_the_columns_and_is_told_of_missing_tabs(
    folder: CampaignFolder, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(folder.master, keep_vba=True)
    page = book["处罚系统数据"]
    for column in range(6, page.max_column + 1):
        for row in (3, 4):
            page.cell(row, column).value = None
    for name in ("公示数据", "移动执法记录", "评审人员"):
        del book[name]
    book.save(folder.master)
    assert read_master(folder.master).inputs.published == ()
    assert [f.code for f in read_master(folder.master).findings] == []
    take(folder, text(tmp_path / "表.csv", EXPORT))
    assert [row[:5] for row in tab(folder, "处罚系统数据", *SYSTEM)] == READ
    assert tab(folder, "处罚系统数据", "当事人名称", "来源")[0] == ("甲公司", "表.csv 第4行")
    (tmp_path / "公示.xls").write_bytes(PAGE.encode("gb18030"))
    with pytest.raises(MasterUnreadable, match="没有“公示数据”表"):
        take(folder, tmp_path / "公示.xls")


def test_text_is_never_a_formula(folder: CampaignFolder, tmp_path: Path) -> None:
    file = text(tmp_path / "表.csv", ["决定书文号,当事人,录入时间", "昆环罚〔2017〕1号,=1+1,2017-3-1"])
    take(folder, file)
    cell = next(c for c in openpyxl.load_workbook(folder.master)["处罚系统数据"][5] if c.value == "=1+1")
    assert cell.data_type == "s"


# votes


VOTES = ("对象类型", "单位", "姓名", "票数")


def test_b3_votes_of_named_columns(folder: CampaignFolder, tmp_path: Path) -> None:
    lines = [
        "类型,单位名称,姓名,得票数",
        '单位,昆山市环保局,,"1,234"',
        "个人,太仓,张三,5",
        ",常熟,李四,6",
        "个人,吴江,,7",
    ]
    made = take(folder, text(tmp_path / "票.csv", lines))
    assert tab(folder, "公众投票", *VOTES) == [
        ("集体", "昆山市", None, 1234),
        ("个人", "太仓市", "张三", 5),
        ("个人", "常熟市", "李四", 6),
    ]
    assert refusals(made) == ["票.csv 第5行：对象类型是个人，但没有姓名"]


def test_c3_persons_without_a_unit_are_found_in_the_returns(
    folder: CampaignFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = {"张三": {"昆山市"}, "李四": {"太仓市", "常熟市"}, "王五": {"吴江区"}}
    monkeypatch.setattr("xl_lianbing.importing.run._people", lambda *_: people)
    lines = ["候选人;票数", "昆山;100", "张三;50票", "李四;3", "王五;1", "王 五;2", "赵六;9"]
    made = take(folder, text(tmp_path / "票.csv", lines))
    assert tab(folder, "公众投票", *VOTES) == [("集体", "昆山市", None, 100), ("个人", "昆山市", "张三", 50)]
    assert [why.split("：", 1)[0][-3:-1] for why in refusals(made)] == ["第4", "第5", "第6", "第7"]
    assert "都有候选人“李四”" in refusals(made)[0] and "有2行，分不清是谁" in refusals(made)[1]


# water, reviewers


WATER = ("单位", "断面名称", "上年类别", "本年类别", "数据是否齐备")


@pytest.mark.parametrize(
    "lines",
    [
        ["断面名称,责任县区,2016年水质类别,2017年水质类别", "望虞河,常熟,Ⅲ类,IV", "京杭,吴江区,劣V类,断流"],
        ["断面,所在县区,水质类别,", ",,2016,2017年", "望虞河,常熟,3,Ⅳ类", "京杭,吴江区,劣Ⅴ,-"],
        ["断面,区县,年份,水质类别", "望虞河,常熟,2016,Ⅲ", "望虞河,常熟,2017,Ⅳ", "京杭,吴江区,2016年,劣Ⅴ"],
    ],
)
def test_b4_2_classes_of_both_years(folder: CampaignFolder, tmp_path: Path, lines: list[str]) -> None:
    take(folder, text(tmp_path / "水质.csv", lines))
    assert tab(folder, "水质断面", *WATER) == [
        ("常熟市", "望虞河", "Ⅲ", "Ⅳ", None),
        ("吴江区", "京杭", "劣Ⅴ", None, "否"),
    ]


def test_b4_2_a_class_that_is_none_is_refused(folder: CampaignFolder, tmp_path: Path) -> None:
    lines = ["断面名称,责任县区,2016年水质类别,2017年水质类别", "望虞河,常熟,Ⅲ类,Ⅶ", "京杭,,Ⅲ,Ⅲ"]
    made = take(folder, text(tmp_path / "水质.csv", lines))
    assert refusals(made) == ["水质.csv 第2行：本年类别“Ⅶ”认不出", "水质.csv 第3行：单位为空"]


def test_r1_reviewers(folder: CampaignFolder, tmp_path: Path) -> None:
    lines = [
        "姓名,类型,工作单位,回避单位,最多份数,电子邮箱",
        "王五,法律专家,苏州大学,,20,a@b.cn",
        "赵六,交叉互评,昆山,太仓市、常熟市,,",
    ]
    take(folder, text(tmp_path / "评审.csv", lines))
    assert tab(folder, "评审人员", "姓名", "类型", "单位", "回避单位", "最多份数", "邮箱") == [
        ("王五", "专家", "苏州大学", None, 20, "a@b.cn"),
        ("赵六", "交叉", "昆山市", "太仓市、常熟市", None, None),
    ]


# air


AIR = ("单位", "点位", "指标", "上年均值", "本年均值", "上年有效天数", "本年有效天数", "有效天数不足的月份")


def days(year: int, *, without: dict[int, int] | None = None) -> list[date]:
    """All days of a year but the last ones of some months (month → how many)."""
    every = [date(year, 1, 1) + timedelta(n) for n in range(366) if (date(year, 1, 1) + timedelta(n)).year == year]
    kept = []
    for month in range(1, 13):
        own = [day for day in every if day.month == month]
        kept += own[: len(own) - (without or {}).get(month, 0)]
    return kept


def daily(path: Path, values: dict[date, str], point: str = "南门") -> Path:
    return text(path, ["监测日期,站点名称,PM10(μg/m³),PM2.5", *(f"{d},{point},{v},7" for d, v in values.items())])


def test_e8_means_of_daily_values_are_exact_and_unrounded(folder: CampaignFolder, tmp_path: Path) -> None:
    last, this = days(2016), days(2017)
    values = dict.fromkeys(last, "40") | {last[0]: "41", last[1]: "—"} | dict.fromkeys(this, "40.5")
    made = take(folder, daily(tmp_path / "日均.csv", values))
    rows = tab(folder, "空气质量", *AIR)
    assert rows[0] == ("苏州市", "南门", "PM10", 40 + 1 / 365, 40.5, 365, 365, None)
    assert rows[1] == ("苏州市", "南门", "PM2.5", 7, 7, 366, 365, None)
    assert tab(folder, "空气质量", "来源")[0] == ("日均.csv 第2～732行",)
    assert made.plans[0].taken.notes == []
    point = read_master(folder.master).inputs.air[0]
    assert point.last_days == 365 and shown(point.last_year) == "40.0027397260274"
    assert read_master(folder.master).findings == ()
    assert counts(take(folder, text(tmp_path / "又.csv", (tmp_path / "日均.csv").read_text("utf-8").split("\r\n"))))[
        1:4
    ] == (0, 2, 0)


@pytest.mark.parametrize(
    ("without", "told"),
    [
        ({m: 3 for m in range(1, 12) if m != 2} | {2: 3, 12: 4, 1: 4, 3: 4, 5: 4, 7: 4}, ""),
        ({3: 4}, ""),
        ({3: 5}, "有效天数不足的月份：2017年3月26天"),
        ({2: 3}, ""),
        ({2: 4}, "有效天数不足的月份：2017年2月24天"),
        ({1: 4, 3: 4, 4: 3, 5: 4, 6: 3, 7: 4, 8: 4, 9: 3, 10: 4, 11: 3, 12: 4, 2: 1}, ""),
        ({1: 4, 3: 4, 4: 3, 5: 4, 6: 3, 7: 4, 8: 4, 9: 3, 10: 4, 11: 3, 12: 4, 2: 2}, "2017年有效323天，少于324天"),
    ],
)
def test_e8_valid_days_of_the_year_and_of_every_month(
    folder: CampaignFolder, tmp_path: Path, without: dict[int, int], told: str
) -> None:
    values = dict.fromkeys([*days(2016), *days(2017, without=without)], "40")
    made = prepare(folder, [daily(tmp_path / "日均.csv", values)])
    expected = [f"提醒：南门{p}{told}。" for p in ("PM10", "PM2.5")] if told else []
    assert len(days(2017, without=without)) >= 324 or "323" in told
    assert made.plans[0].taken.notes == expected and len(made.plans[0].new) == 2


def test_b4_1_both_years_are_needed_and_the_later_is_the_campaigns(folder: CampaignFolder, tmp_path: Path) -> None:
    one = daily(tmp_path / "今年.csv", dict.fromkeys(days(2017), "40"))
    other = daily(tmp_path / "去年.csv", dict.fromkeys(days(2016), "39"))
    with pytest.raises(LianbingError, match="只有2017年的，没有2016年的"):
        prepare(folder, [one])
    with pytest.raises(LianbingError, match="最晚是2016年的"):
        prepare(folder, [other])
    take(folder, one, other)
    assert tab(folder, "空气质量", *AIR)[0][3:5] == (39, 40)


@pytest.mark.parametrize(
    "lines",
    [
        ["点位名称,污染物,2016年均值,2017年均值", "南门,PM10,70.5,69", "南门,细颗粒物,40,41.25"],
        ["站点,PM10,,PM2.5,", ",2016年,2017年,2016年,2017年", "南门,70.5,69,40,41.25"],
        ["点位,年度,PM10,PM2.5", "南门,2016,70.5,40", "南门,2017,69,41.25"],
        [
            "点位,日期,指标,浓度",
            "南门,2016年,PM10,70.5",
            "南门,2017年,PM10,69",
            "南门,2016年,PM2.5,40",
            "南门,2017年,PM2.5,41.25",
        ],
    ],
)
def test_b4_1_yearly_means_in_any_layout(folder: CampaignFolder, tmp_path: Path, lines: list[str]) -> None:
    take(folder, text(tmp_path / "年均.csv", lines))
    assert [row[:5] for row in tab(folder, "空气质量", *AIR)] == [
        ("苏州市", "南门", "PM10", 70.5, 69),
        ("苏州市", "南门", "PM2.5", 40, 41.25),
    ]


def test_every_line_of_the_shipped_table_names_a_column(folder: CampaignFolder) -> None:
    from importlib.resources import files

    from xl_lianbing.importing.kinds import KINDS

    lines = files("xl_lianbing.importing").joinpath("synonyms.csv").read_text("utf-8").splitlines()
    assert lines[0] == "种类,本表列名,对方列名" and len(lines) == len(set(lines))
    for line in lines[1:]:
        kind, ours, _ = line.split(",", 2)
        assert not ours or ours in KINDS[kind].columns, line


def test_b4_1_milligrams_are_micrograms(folder: CampaignFolder, tmp_path: Path) -> None:
    values = dict.fromkeys([*days(2016), *days(2017)], "0.0705")
    file = daily(tmp_path / "日均.csv", values)
    file.write_text(file.read_text("utf-8").replace("μg/m³", "mg/m³"), "utf-8")
    take(folder, file)
    assert [row[3:5] for row in tab(folder, "空气质量", *AIR)] == [(70.5, 70.5), (7, 7)]


def test_of_several_columns_for_one_the_first_of_the_synonyms_is_taken(folder: CampaignFolder, tmp_path: Path) -> None:
    lines = ["地区,填报单位,处罚机关,决定书文号,录入时间", "全市,某某,昆山市环保局,昆环罚〔2017〕1号,2017-3-1"]
    made = take(folder, text(tmp_path / "表.csv", lines))
    assert tab(folder, "处罚系统数据", "单位") == [("昆山市",)]
    assert made.files[0].tables[0][0].header.unused == ["地区", "填报单位"]
