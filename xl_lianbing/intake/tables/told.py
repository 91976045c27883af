"""What a row below a header is: a record, or a sum, a note, a signature, a header once more. Its key cells tell."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import Enum, auto
from typing import Final

from xl_lianbing.intake.cells.aliases import PLACEHOLDERS, header_key
from xl_lianbing.intake.cells.document_form import DocumentForm, form_of
from xl_lianbing.intake.cells.values import as_typed
from xl_lianbing.intake.door.sheets import Cell
from xl_lianbing.intake.tables.header import Header
from xl_lianbing.records.column import CellType, Record
from xl_lianbing.records.documents import parsed, plain
from xl_lianbing.records.keys import squeeze


class Told(Enum):
    """What a row is."""

    RECORD = auto()
    BLANK = auto()
    NUMBER_ONLY = auto()
    TOTAL = auto()
    NOTE = auto()
    FIGURES = auto()
    COLUMN_NUMBERS = auto()
    HEADER = auto()


#: A cell that names a sum of other rows, squeezed: 合计, 合计：, 合计6件, 共6件, 本页小计, 总计（万元）, Grand Total.
_TOTAL: Final = re.compile(
    r"(?:[\d一二三四五六七八九十年月日季度上下半全至到截止目前本各页表市县区案件罚款金额数量件数以上-]{0,12}"
    r"(?:[合总小共累]计数?|汇总|总[数和]|求和|平均[值数]?|计数)|(?:GRAND|SUB)?TOTALS?|SUM|共(?=[\d一二三四五六七八九十百]))"
    r"[\d.,:()〔〕一二三四五六七八九十百千万亿元件起宗条笔家个份人次户项页行列篇期场处案例共计数罚款金额为是-]*"
)
#: How sums of groups are labelled in rows that name no record: 大气污染小计.
_SUM_OF: Final = re.compile(r".{0,20}(?:[合总小累]计|汇总|平均值)")
#: How the sums of a spreadsheet's own grouping are labelled: 大气污染 汇总.
_GROUP_TOTAL: Final = re.compile(r"\s(?:汇总|小计|合计|总计|计数|平均值|求和|Total|Count)$", re.IGNORECASE)
_LABELS: Final = (
    "注|备注|附注|说明|填表说明|填报说明|填写说明|填报要求|填表要求|注意|注意事项|示例|填写示例|样例|例|"
    "填表人?|填报人?|制表人?|制单人?|审核人?|复核人?|审批人?|核对人?|签发人?|经办人?|统计人?|报送人?|单位负责人|负责人|部门负责人|科室负责人|分管领导|"
    "分管负责人|主要负责人|法定代表人|领导签字|联系人|联络人|联系电话|联系方式|电话|填报单位|填表单位|报送单位|制表单位|单位盖章|单位公章|盖章|公章|签字|签名|"
    "填报日期|填表日期|填报时间|填表时间|制表日期|制表时间|报送日期|报送时间|统计时间|统计日期|截止日期|截止时间|日期|时间|"
    "上年同期|去年同期|同比|同比增长|同比增减|增幅|占比|环比|导出时间|导出日期|打印时间|打印日期|导出人|数据来源|资料来源|来源|单位|页码"
)
#: A cell that begins a note or a signature, squeezed: 注：…, 填表人：张三, （盖章）, or such a label alone.
_LABEL: Final = re.compile(rf"\(?(?:{_LABELS})(?:\(.{{1,8}}\))?\)?(?:[:]|$).*|\((?:盖章|公章|签字|签名)\).*", re.DOTALL)
_PAGE: Final = re.compile(r"第\d+页.*|共\d+页.*")
_FIGURE: Final = re.compile(r"[\d〇零一二三四五六七八九十]")
#: Signs that number columns, beside figures: each set in its order.
_NUMERALS: Final = (
    "甲乙丙丁戊己庚辛壬癸",
    "ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "一二三四五六七八九十十一十二十三十四十五十六十七十八十九二十二十一二十二二十三二十四",
)
_COLUMN_NUMBER: Final = re.compile(
    rf"\(?[第栏列项]?(\d{{1,3}}|二?十[一二三四五六七八九]?|[{''.join(_NUMERALS)}])[栏列项]?\)?(?:=[\d()+*/×÷-]+)?"
)
#: What fills cells that nobody needs, so that none stays empty; 〃 and the like repeat what stands above.
_FILLER: Final = re.compile(r"[-—–－―/／\\0'’‘]+")
_NUMBERING: Final = frozenset(("栏次", "列号", "列次", "行次", "栏号", "序号", "编号"))
_SERIAL: Final = re.compile(r"\(?第?\d+(?:\.0*)?[).、号]?")
#: Texts longer than any document number.
_LONG: Final = 60
#: First signs of all these, and of what stands in brackets.
_ODD: Final = frozenset(
    "合总小共累汇求平计本全上截以各年GgSsTt(（[［第栏列项页0'’‘"
    + "".join(word[0] for word in (*_LABELS.split("|"), *PLACEHOLDERS))
)
_FEW: Final = 3
_ENOUGH: Final = 5


class RowTeller:
    """Tells the rows of one table apart. Ordinary records take one quick look at a few cells."""

    def __init__(self, record: type[Record], header: Header, headers: Callable[[], Collection[str]]) -> None:
        """`headers`: the keys of all headers that sheets of returns have, asked for when a row needs a closer look."""
        columns, places = record.columns(), header.places
        texts = [n for n, c in columns.items() if c.type is CellType.TEXT and n in places]
        keys = [n for n in record.key if n in texts]
        self._headers = headers
        self._known = tuple(places.values())
        self._number = places.get("number")
        self._identity = [places[n] for n in keys or [n for n in texts if columns[n].required]]
        self._documents = frozenset(places[n] for n in texts if columns[n].document)
        self._numbers = frozenset(places[n] for n in texts if columns[n].identifier)
        self._named = tuple(
            places[n] for n in texts if (n in keys or columns[n].required) and not columns[n].evidence and n != "number"
        )
        own = {column.header[0] for column in columns.values()}
        self._odd = _ODD | own

    def tell(self, cells: Sequence[Cell]) -> Told:
        """What the row is."""
        if len(cells) - cells.count("") > _ENOUGH and self._plain(cells):
            return Told.RECORD
        return self._look(cells)

    def identity(self, cells: Sequence[Cell]) -> tuple[str, ...]:
        """What the row's key cells say, () if they name nothing."""
        found = tuple(squeeze(as_typed(cells[place])) for place in self._identity)
        return found if any(found) and self._identified(cells) else ()

    def _plain(self, cells: Sequence[Cell]) -> bool:
        """Whether the cells that name the record are ordinary at a glance."""
        if self._number is not None and type(cells[self._number]) is not float and cells[self._number] != "":
            return False
        for place in self._named:
            cell = cells[place]
            if type(cell) is not str or len(cell) < 2 or cell[0] in self._odd or cell[-1] in "汇总小合计":
                return False
        return bool(self._named)

    def _look(self, cells: Sequence[Cell]) -> Told:
        texts = {
            place: text for place in self._known if cells[place] != "" and (text := as_typed(cells[place]).strip())
        }
        if not texts:
            return Told.BLANK
        said = [place for place, text in texts.items() if place != self._number or not _SERIAL.fullmatch(squeeze(text))]
        if not said:
            return Told.NUMBER_ONLY
        if all(text in PLACEHOLDERS or _FILLER.fullmatch(text) for place, text in texts.items() if place in said):
            return Told.NOTE
        everywhere = [text for cell in cells if cell != "" and (text := as_typed(cell).strip())]
        if self._is_header(everywhere):
            return Told.HEADER
        if _are_column_numbers(everywhere):
            return Told.COLUMN_NUMBERS
        identified = self._identified(cells)
        if self._is_total(texts, identified):
            return Told.TOTAL
        if self._is_note(texts, said, identified):
            return Told.NOTE
        if not identified and all(isinstance(cells[place], float) for place in said):
            return Told.FIGURES
        return Told.RECORD

    def _identified(self, cells: Sequence[Cell]) -> bool:
        """Whether a key cell names something: a number with a figure in it, a name that is no label."""
        return any(self._names(place, squeeze(as_typed(cells[place]))) for place in self._identity)

    def _names(self, place: int, text: str) -> bool:
        if not text or _TOTAL.fullmatch(text.upper()) or _LABEL.fullmatch(text):
            return False
        return place not in self._numbers or (len(text) <= _LONG and _FIGURE.search(text) is not None)

    def _is_header(self, texts: Sequence[str]) -> bool:
        if len(texts) < _FEW:
            return False
        headers = self._headers()
        known = {key for text in texts if (key := header_key(text)) in headers}
        return len(known) >= _FEW and 2 * len(known) >= len(texts)

    def _is_total(self, texts: Mapping[int, str], identified: bool) -> bool:
        naming = (self._number, *self._named)
        asked = [text for place, text in texts.items() if place in naming or not identified]
        if any(_TOTAL.fullmatch(squeeze(text).upper()) for text in asked):
            return True
        if not identified and any(_SUM_OF.fullmatch(squeeze(text)) for text in asked):
            return True
        return len(texts) <= _FEW and any(map(_GROUP_TOTAL.search, asked))

    def _is_note(self, texts: Mapping[int, str], said: Sequence[int], identified: bool) -> bool:
        first = squeeze(texts[min(texts)])
        if (_LABEL.fullmatch(first) or _PAGE.fullmatch(first)) and (not identified or min(texts) == self._number):
            return True
        if identified:
            alone = said[0] if len(texts) == 1 else None
            if alone not in self._documents or parsed(plain(texts[alone])) is not None:
                return False
            return form_of(texts[alone]) in (DocumentForm.NONE, DocumentForm.ODD)
        if any(_LABEL.fullmatch(squeeze(text)) for text in texts.values()):
            return True
        return len(said) == 1 and not _is_figure(texts[said[0]])


def _are_column_numbers(texts: Sequence[str]) -> bool:
    """A row of 1 2 3 4 … as some tables have it beneath their header, also (1) (2) …, 甲 1 2 …, A B C, 栏次 1 2 …"""
    found = [_COLUMN_NUMBER.fullmatch(squeeze(text).upper()) for text in texts]
    if found and found[0] is None and squeeze(texts[0]) in _NUMBERING:
        found = found[1:]
    signs = [m[1] for m in found if m is not None]
    if len(signs) < len(found) or len(signs) <= _FEW:
        return False
    return _in_order(signs) or (signs[0] in _NUMERALS[0] and _in_order(signs[1:]))


def _in_order(signs: Sequence[str]) -> bool:
    if all(map(str.isdecimal, signs)):
        return [int(sign) for sign in signs] == list(range(int(signs[0]), int(signs[0]) + len(signs)))
    return any("".join(signs) in numerals for numerals in _NUMERALS)


def _is_figure(text: str) -> bool:
    try:
        float(text.replace(",", ""))
    except ValueError:
        return False
    return True
