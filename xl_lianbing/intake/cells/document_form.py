"""Whether a text can be the number of a document (文号). Real ones vary: what has a year and a number passes.

文号 are taken from what bureaus, police and courts print: 龙环罚字〔2017〕12号, 昆环罚决2017-012, （2017）苏0583行审12号.
"""

from __future__ import annotations

import re
from enum import Enum, auto
from typing import Final

from xl_lianbing.intake.cells.dates import date_of_text
from xl_lianbing.records.documents import DocumentNumber, key_of, names_issuer, parsed, plain

#: Words that stand in place of a number: with one of them, a text without year and number is none.
#: Those say that there is none yet:
_PENDING: Final = tuple(
    [
        "待定",
        "待编",
        "待出",
        "待补",
        "待下",
        "待报",
        "待办",
        "待发",
        "待核",
        "待取",
        "正在",
        "办理中",
        "在办",
        "审理中",
        "审批中",
        "审核中",
        "调查中",
        "听证中",
        "流程中",
        "制作中",
        "拟稿",
        "草拟",
        "起草",
        "拟处罚",
        "拟下达",
        "未下",
        "未出",
        "未编",
        "未作",
        "未定",
        "未取",
        "未发",
        "未结",
        "未决",
        "未办",
        "未送",
        "尚未",
        "暂无",
        "暂缺",
        "暂未",
        "没有",
        "无文号",
        "无编号",
        "无号",
    ]
)
#: These that it stands elsewhere, or that nobody knows:
_ELSEWHERE: Final = tuple(
    [
        "待填",
        "待查",
        "见附",
        "详见",
        "附件",
        "附表",
        "附后",
        "另附",
        "后附",
        "后补",
        "补录",
        "补报",
        "同上",
        "同前",
        "同左",
        "同下",
        "如上",
        "不详",
        "不明",
        "不清",
        "未知",
        "空缺",
        "缺号",
    ]
)
#: Signs beside which a few figures are a count or a place in a list: 第3件, 共6起.
_COUNTING: Final = frozenset("件起宗份个页条例次案批行项第共约计序编见同附无空略新缺注备另详")
_BLANKS: Final = re.compile(r"[\W_X×○〇零]*")
_CHINESE_NUMBER: Final = re.compile(r"[〇零一二三四五六七八九十百]+号")
_ODD_YEAR: Final = re.compile(r"〔(\d{1,3}|\d{5,8})(?:年度?)?〕(?=[^〕]*\d)")
_MONTH: Final = re.compile(r"\d{4}年度?|(?:\d{4}年)?\d{1,2}月(?:\d{1,2}[日号]?)?|\d{4}\.\d{1,2}")
_BY_MONTH: Final = re.compile(r"\d{1,2}月")
#: A year and a number that nothing keeps apart: 第2120170034号, 昆环罚201712号.
_RUN_TOGETHER: Final = re.compile(r"\d{0,4}(?:19|20)\d\d\d{2,}")
_ISSUED: Final = re.compile(r".*(?:[罚字决移令扣封限停改拘执复定告].*\d|\d号)")
#: Figures by themselves are no number of a document up to so many.
_BARE_FIGURES: Final = 5


class DocumentForm(Enum):
    """What the form of a text says of it; all but NONE may be a number."""

    NONE = auto()
    ODD = auto()
    WITHOUT_YEAR = auto()
    ODD_YEAR = auto()
    USUAL = auto()


def form_of(text: str) -> DocumentForm:
    """The form of a text in a column of document numbers."""
    whole = plain(text)
    if date_of_text(text) is not None or _MONTH.fullmatch(whole):
        return DocumentForm.NONE
    number = parsed(whole)
    stands_in = any(word in whole for word in (*_PENDING, *_ELSEWHERE))
    if number is not None:
        return _of_parts(number, stands_in)
    if stands_in or _is_none(whole):
        return DocumentForm.NONE
    if _ODD_YEAR.search(whole):
        return DocumentForm.ODD_YEAR
    if not names_issuer(key_of(whole)) or whole.isdigit():
        return DocumentForm.ODD
    if _RUN_TOGETHER.search(whole):
        return DocumentForm.USUAL
    return DocumentForm.WITHOUT_YEAR if _ISSUED.match(whole) else DocumentForm.ODD


def is_pending(text: str) -> bool:
    """Whether a text that is no number says that there is none yet."""
    whole = plain(text)
    return any(word in whole for word in _PENDING)


def odd_year(text: str) -> str:
    """What stands in brackets where a year should, of a text of that form: 207 of 昆环罚〔207〕3号."""
    found = _ODD_YEAR.search(plain(text))
    return found[1] if found else ""


def _of_parts(number: DocumentNumber, stands_in: bool) -> DocumentForm:
    if not any(map(str.isdigit, number.number)) and not _CHINESE_NUMBER.match(f"{number.number}号"):
        nothing = stands_in or _BLANKS.fullmatch(number.number)
        return DocumentForm.NONE if nothing else DocumentForm.ODD
    if _BY_MONTH.match(number.number):
        return DocumentForm.NONE
    issued = any(map(str.isalpha, number.issuer + number.number))
    return DocumentForm.USUAL if issued and not stands_in else DocumentForm.ODD


def _is_none(whole: str) -> bool:
    figures = sum(map(str.isdigit, whole))
    if not figures:
        return not _CHINESE_NUMBER.search(whole)
    return figures <= _BARE_FIGURES and _COUNTING.issuperset(filter(str.isalpha, whole))
