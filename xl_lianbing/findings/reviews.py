"""What can be wrong with a draw of reviewers and with the forms that come back (R1–R5)."""

from __future__ import annotations

from typing import Final

from xl_lianbing.findings import Kind
from xl_lianbing.glossary import Audience, Severity

B, W, N = Severity.BLOCKING, Severity.WARNING, Severity.NOTE
_REST = "改好后再收回一次；这份表的其他行已经收下。"


def _kind(code: str, severity: Severity, problem: str, fix: str, rule: str, title: str) -> Kind:
    return Kind(code, severity, problem, fix, rule, title, audience=Audience.BUREAU)


FORM_UNREADABLE = _kind("V01", B, "评审表无法读取：{why}，没有收。", "{fix}", "R3", "评审表无法读取")
NO_FORM = _kind(
    "V02",
    W,
    "这个文件不是评审表（没有“案卷评审”“事迹评审”表，或表头改动过），没有收。",
    "不是评审表的，移出“评审/收回”；是评审表的，恢复表名和表头后再收回一次。",
    "R3",
    "不是评审表",
)
OTHER_CAMPAIGN = _kind(
    "V03",
    B,
    "这是另一个活动的评审表（{found}），没有收。",
    "请移出“评审/收回”；要收的是本活动发出的评审表。",
    "R5",
    "别的活动的评审表",
)
NOBODYS = _kind(
    "V04",
    B,
    "看不出这份评审表是谁评的，没有收。",
    "把文件名改成“评审表_评审人姓名.xlsx”，再收回一次。",
    "R3",
    "评审人不明",
)
CODE_NOT_GIVEN = _kind(
    "V05",
    B,
    "代号“{code}”没有分给{reviewer}评，本行没有收。",
    "核对代号；确实由他评的，请在“评审安排”中查清楚是谁的卷。" + _REST,
    "R5",
    "代号不是他的",
)
OUT_OF_RANGE = _kind(
    "V06",
    B,
    "{code}的“{item}”填的是{value}，应在0～{full}之间，本行没有收。",
    "请评审人改正。" + _REST,
    "R3",
    "得分超出范围",
)
NO_NUMBER = _kind(
    "V07",
    B,
    "{code}的“{item}”填的是“{value}”，不是数字，本行没有收。",
    "请评审人改成数字。" + _REST,
    "R3",
    "得分不是数字",
)
ANSWER_MISSING = _kind(
    "V08",
    B,
    "{code}的“{item}”没有填，本行没有收。",
    "请评审人补填。" + _REST,
    "R3",
    "评审表缺项",
)
NEITHER = _kind(
    "V09",
    B,
    "{code}的“是否造假”填的是“{value}”，应填“是”或“否”，本行没有收。",
    "请评审人改成“是”或“否”。" + _REST,
    "B1.5",
    "是否造假填写有误",
)
CHANGED = _kind(
    "V10",
    W,
    "{reviewer}又交了一份评审表，{code}与收下的不同：{changes}{taken}。",
    "{fix}",
    "R3",
    "再交的评审表有改动",
)
CODE_TWICE = _kind(
    "V11",
    B,
    "代号{code}在这份表里有两行，内容不同，这两行都没有收。",
    "请评审人删去一行。" + _REST,
    "R3",
    "同一代号两行",
)
NOT_READ = _kind(
    "V12",
    W,
    "{code}整行没有评，没有收。",
    "请评审人补评后再交。",
    "R3",
    "还没有评",
)
COLUMN_MISSING = _kind(
    "V13",
    B,
    "“{sheet}”表缺少“{column}”列，这张表没有收。",
    "请用发出的评审表重新填写，表头不要改动。",
    "R3",
    "评审表缺列",
)
ZIP_UNREADABLE = _kind(
    "V14",
    B,
    "压缩文件打不开（{why}），里面的评审表没有收。",
    "请解压后把评审表直接放进“评审/收回”。",
    "R3",
    "压缩文件打不开",
)
TYPED_DIFFERENT = _kind(
    "V15",
    W,
    "{reviewer}的{code}在总表里是人工录入的，与评审表不同：{changes}；没有改动。",
    "以评审表为准的，请在总表里改。",
    "R3",
    "与人工录入的不同",
)

REVIEWER_DOUBLED = _kind(
    "V20",
    B,
    "“评审人员”里有两行“{name}”，分不清是谁，后一行没有抽签。",
    "同一个人的删去一行；同名的两个人，在姓名后加一个字区别。",
    "R1",
    "评审人重名",
)
REVIEWER_NAME = _kind(
    "V21",
    B,
    "评审人“{name}”的姓名不能作文件夹的名称，没有抽签。",
    "请改正姓名。",
    "R1",
    "评审人姓名不能用",
)
PEER_WITHOUT_UNIT = _kind(
    "V22",
    B,
    "交叉评审人{name}没有填单位，不知道要回避谁，没有抽签。",
    "请在“评审人员”填写所在单位。",
    "R1",
    "交叉评审人没有单位",
)
AVOIDED_UNKNOWN = _kind(
    "V23",
    W,
    "{name}的回避单位“{avoided}”在单位名册里对不上，没有起作用。",
    "请照单位名册的写法改正；不参评的单位不用填。",
    "R1",
    "回避单位对不上",
)
PEER_UNIT_UNKNOWN = _kind(
    "V24",
    W,
    "交叉评审人{name}的单位“{unit}”在单位名册里对不上，按不参评的单位处理。",
    "是参评单位的，请照单位名册的写法改正，再抽签。",
    "R1",
    "交叉评审人的单位对不上",
)
NOT_COVERED = _kind(
    "V25",
    B,
    "{what}还缺{kind}评审人：{why}。",
    "在“评审人员”增加可以评的人，再发出评审表，只补抽缺的。",
    "R1",
    "案卷没有人评",
)
SCAN_UNUSABLE = _kind(
    "V26",
    W,
    "{unit}的案卷{number}（{code}）没有可用的扫描件：{why}；已抽签，评审表里没有附件。",
    "补齐佐证后，把扫描件另发给评审人，文件名用{code}.pdf。",
    "R5",
    "案卷没有扫描件",
)
NUMBER_MISSING = _kind(
    "V27",
    B,
    "这份案卷没有文书文号，不能编代号，没有抽签。",
    "请单位补填文书文号。",
    "R1",
    "案卷没有文号",
)
INSTEAD = _kind(
    "V28",
    W,
    "{what}没有可以评的{kind}评审人，改由{other}评审人{reviewer}评。",
    "有了可以评的{kind}评审人，再发出评审表，会补抽。",
    "R1",
    "由另一类评审人评",
)

CATALOGUE: Final[tuple[Kind, ...]] = tuple(v for v in dict(globals()).values() if isinstance(v, Kind))
