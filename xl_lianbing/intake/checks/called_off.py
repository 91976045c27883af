"""Rows that their own words call void or double (作废, 已撤销, 重复, 误录): they count, and are asked about."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Final

from xl_lianbing.findings import reading as c
from xl_lianbing.intake.checks.scene import Check, Scene
from xl_lianbing.intake.tables.table import RowBlock
from xl_lianbing.records.column import Record
from xl_lianbing.records.returns import CaseFile, MajorCase, OfficerCase, PenaltyCase

#: What is looked into. A reconsideration may well have annulled something: that is its result.
_FIELDS: Final[Mapping[type[Record], tuple[str, ...]]] = {
    PenaltyCase: ("decision_number", "party", "remark"),
    MajorCase: ("document_number", "party", "remark"),
    CaseFile: ("document_number", "remark"),
    OfficerCase: ("decision_number", "remark"),
}

_WORDS: Final = (
    "作废",
    "撤销",
    "撤消",
    "重复",
    "重报",
    "取消",
    "误录",
    "误填",
    "误报",
    "错录",
    "多录",
    "废止",
    "不计入",
    "删除",
)
_ANY: Final = "|".join(_WORDS)
#: In a name: at its end, or apart from it: 某某公司（已作废）. Companies have such signs in their names.
_IN_NAME: Final = re.compile(
    rf"(?:^|[^\w])(?:已经?|被|系|应)?({_ANY})(?:件|录入|填报)?(?:$|[^\w])|(作废|误录|已撤销|已取消)$"
)
#: In a remark, clause by clause. Of the row itself, whatever else is said:
_PLAIN: Final = re.compile(
    r"作废|误录|误填|误报|错录|多录|不计入|重报|(?:重复|取消|撤销|撤消)(?:录入|填报|报送|上报|登记|统计|申报|填写|计算|本[案条行件])"
    r"|(?:[与和同跟]|见)[^重]*重复$|删除(?:本|此|该)?(?:[行条件案]|$)"
)
#: With nothing but the case, its decision or its row beside the word.
_OF_ROW: Final = re.compile(
    r"(?:[本该此原这经由因后被为是系拟应需]|行政|处罚|强制|查封|决定书?|案卷?件?|[条行件号]|文[书号]|记录|数据|移送|措施|第?\d+[号条行件]"
    r"|复议|诉讼|判决|法院|上级|机关|市局|省厅|局里|人民政府|已经?|予以|应该|需要|属于?|可能|疑似|自行|依法|全部|内容|号码)*+"
    r"(?:(?:撤销|撤消|取消|废止)(?:了|的|案?件|[条行项]|处罚|行政|决定书?|原|该|本案?|文号|记录|数据)*+|重复(?:了|的|案?件|[条行项])*+)"
)
_NOT: Final = re.compile(r"[未不没无非勿免]|防止|是否|如果|若")
_CLAUSES: Final = re.compile(r"[\s,，。.;；:：、!！?？/|()（）\[\]【】〔〕《》“”\"—-]+")


def called_off(scene: Scene) -> list[Check]:
    """A check of the fields of a sheet that may call a row off."""
    return [_check(scene, name) for name in _FIELDS.get(scene.record, ())]


def _check(scene: Scene, name: str) -> Check:
    word_of: Callable[[str], str] = {"remark": word_in_remark, "party": word_in_name}.get(name, word_in_number)

    def check(block: RowBlock) -> None:
        values = block.columns[name]
        together = "\0".join({str(value) for value in values if value is not None})
        if not any(word in together for word in _WORDS):
            return
        for row, value in zip(block.numbers, values, strict=True):
            if value is not None and (word := word_of(str(value))):
                scene.add(c.CALLED_OFF, name, row, value, header=scene.title(name), word=word)

    return check


def word_in_number(text: str) -> str:
    """The word in a document number that calls its row off, '' if there is none."""
    return next((word for word in _WORDS if word in text), "")


def word_in_name(text: str) -> str:
    """The same in the name of a party."""
    found = _IN_NAME.search(unicodedata.normalize("NFKC", text).strip())
    return (found[1] or found[2]) if found else ""


def word_in_remark(text: str) -> str:
    """The same in a remark: 未重复, 重复违法 and 取消听证 say nothing of the row."""
    for clause in _CLAUSES.split(unicodedata.normalize("NFKC", text)):
        if not any(word in clause for word in _WORDS):
            continue
        plain = _PLAIN.search(clause)
        of_row = _OF_ROW.fullmatch(clause)
        found = plain or of_row
        if found and not _NOT.search(clause[: found.end()].replace("不计入", "")):
            return next(word for word in _WORDS if word in found[0])
    return ""
