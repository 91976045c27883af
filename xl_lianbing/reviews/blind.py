"""匿名对照.xlsx: each candidate's text beside its anonymised one, confirmed by a person before it goes out (R5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from xl_lianbing.folder import CampaignFolder
from xl_lianbing.glossary import YesNo
from xl_lianbing.reviews.anonymise import Blind, Suspect, anonymise
from xl_lianbing.reviews.arrangement import code_key
from xl_lianbing.reviews.places import place_names
from xl_lianbing.reviews.subjects import Deeds, Known
from xl_lianbing.reviews.tables import HEADER_ROW, TableColumn, new_workbook, open_book, read_table, write_table

SHEET: Final = "匿名对照"
_SUSPECTS: Final = "存疑"
_LOG: Final = "替换记录"
_HEADERS: Final = ("代号", "姓名", "原文", "匿名稿", "替换", "存疑", "已确认")
_SUSPECT_HEADERS: Final = ("代号", "词", "上下文", "像什么", "是否隐去")
_LOG_HEADERS: Final = ("代号", "次序", "原文位置", "原词", "替换为", "依据")
_HIDDEN: Final = "某某"
#: Signs of a cell.
_MOST: Final = 32_000


@dataclass(frozen=True, slots=True)
class Paired:
    """A text with its anonymised one, as the workbook has it. `ticked`: suspects that a person wants hidden."""

    code: str
    name: str
    original: str
    blind: str
    swaps: str
    suspects: Sequence[tuple[str, str, str, str]]
    log: Sequence[tuple[str, ...]]
    confirmed: bool

    @property
    def text(self) -> str:
        """What goes out: the anonymised text, with the ticked suspects hidden."""
        text = self.blind
        for word in sorted(
            {w for w, _, _, ticked in self.suspects if ticked == YesNo.YES and w}, key=len, reverse=True
        ):
            text = text.replace(word, _HIDDEN)
        return text


def blind_path(folder: CampaignFolder) -> Path:
    return folder.reviews / "匿名对照.xlsx"


def paired_texts(folder: CampaignFolder, deeds: Mapping[str, Deeds], known: Known) -> dict[str, Paired]:
    """What stands in 匿名对照.xlsx, made or added to where texts are new or were changed since: such a text has to be
    confirmed anew. What a person wrote stays."""
    had = _load(blind_path(folder))
    places = place_names(folder)
    made: dict[str, Paired] = {}
    for code, one in sorted(deeds.items()):
        old = had.get(code)
        if old is not None and old.original.split() == one.text.split():
            made[code] = old
        else:
            made[code] = _paired(code, one, anonymise(one.text, one.name, one.unit, known, places))
    kept = {code: old for code, old in had.items() if code not in made}
    if made != {code: had.get(code) for code in made} or not blind_path(folder).exists():
        _save(blind_path(folder), {**kept, **made})
    return made


def _paired(code: str, deeds: Deeds, blind: Blind) -> Paired:
    swaps = dict.fromkeys(f"{swap.old.strip()}→{swap.new}" for swap in blind.swaps)
    log = [(code, str(n), str(swap.start + 1), swap.old, swap.new, swap.why) for n, swap in enumerate(blind.swaps, 1)]
    suspects = [_suspect_row(s) for s in blind.suspects]
    return Paired(code, deeds.name, deeds.text, blind.text, "\n".join(swaps)[:_MOST], suspects, log, False)


def _suspect_row(suspect: Suspect) -> tuple[str, str, str, str]:
    return suspect.word, suspect.context, suspect.why, ""


def _load(path: Path) -> dict[str, Paired]:
    book = open_book(path)
    if book is None:
        return {}
    found: dict[str, Paired] = {}
    for row in read_table(book, SHEET, _HEADERS):
        code = code_key(row.text("代号"))
        confirmed = row.text("已确认") == YesNo.YES
        name, original, blind, swaps = (str(row[header]) for header in ("姓名", "原文", "匿名稿", "替换"))
        found[code] = Paired(code, name, original, blind, swaps, (), (), confirmed)
    for row in read_table(book, _SUSPECTS, _SUSPECT_HEADERS):
        code = code_key(row.text("代号"))
        if code in found:
            more = (row.text("词"), row.text("上下文"), row.text("像什么"), row.text("是否隐去"))
            found[code] = replace(found[code], suspects=[*found[code].suspects, more])
    for row in read_table(book, _LOG, _LOG_HEADERS):
        code = code_key(row.text("代号"))
        if code in found:
            more_log = (code, *(str(row[header]) for header in _LOG_HEADERS[1:]))
            found[code] = replace(found[code], log=[*found[code].log, more_log])
    return found


def _save(path: Path, pairs: Mapping[str, Paired]) -> None:
    answers = {"validate": "list", "source": [str(answer) for answer in YesNo]}
    with new_workbook(path) as (workbook, formats):
        columns: Sequence[TableColumn] = (
            TableColumn("代号", 8),
            TableColumn("姓名", 9),
            TableColumn("原文", 62, look="long_text"),
            TableColumn("匿名稿", 62, typed=True, look="long_text"),
            TableColumn("替换", 26, look="long_text"),
            TableColumn("存疑", 16, look="long_text"),
            TableColumn("已确认", 9, required=True, typed=True, look="choice"),
        )
        rows = [
            (p.code, p.name, p.original, p.blind, p.swaps, "\n".join(w for w, *_ in p.suspects), _answer(p))
            for p in pairs.values()
        ]
        note = (
            "左边是原文，右边是给评审人看的：逐份核对，匿名稿可以改；“存疑”的在“存疑”表里选是否隐去。"
            "核对过的“已确认”选“是”，再发出评审表；没有确认的不发。本表由市局保管。"
        )
        sheet = write_table(workbook, formats, SHEET, note, columns, rows, height=lambda row: 400)
        last = HEADER_ROW + max(1, len(rows)) - 1
        sheet.data_validation(HEADER_ROW, 6, last, 6, answers)
        note = "可能是人名、地名的词：要隐去的选“是”，再发出评审表时换成“某某”。"
        columns = tuple(
            TableColumn(h, w, typed=h == "是否隐去") for h, w in zip(_SUSPECT_HEADERS, (8, 16, 44, 12, 10), strict=True)
        )
        doubts = [(p.code, *row) for p in pairs.values() for row in p.suspects]
        sheet = write_table(workbook, formats, _SUSPECTS, note, columns, doubts)
        sheet.data_validation(HEADER_ROW, 4, HEADER_ROW + max(1, len(doubts)) - 1, 4, answers)
        columns = tuple(TableColumn(h, w) for h, w in zip(_LOG_HEADERS, (8, 8, 10, 30, 16, 20), strict=True))
        log = [row for p in pairs.values() for row in p.log]
        write_table(workbook, formats, _LOG, "按次序把“替换为”换回“原词”，就是原文。", columns, log)


def _answer(paired: Paired) -> str:
    return str(YesNo.YES) if paired.confirmed else ""
