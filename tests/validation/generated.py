"""The workbooks that are looked at, as the program generates them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final

from tests.conftest import Once
from xl_lianbing.feedback.listing import Heading
from xl_lianbing.feedback.mark import marked_copy
from xl_lianbing.feedback.select import Answer
from xl_lianbing.glossary import Tier
from xl_lianbing.intake.returned.read import read_return
from xl_lianbing.roster import SUZHOU
from xl_lianbing.rules.pack import load_pack
from xl_lianbing.rules.ruleset import Ruleset
from xl_lianbing.workbooks.master.book import write_master
from xl_lianbing.workbooks.returns.blank_return import Rows, write_return

SCORED: Final = "master scored"
SCORED_2016: Final = "master scored by the rules of 2016"
RESCORED: Final = "master scored three times with ever fewer returns"
_PACKS: Final = ("jiangsu-2016", "jiangsu-2017")
_ROWS: Final = 60
_STRANGE: Final = (
    "=1+1",
    "+8613800000000",
    "-1",
    "@SUM(A1)",
    '<b>&amp;"引号"</b>',
    "第一行\n第二行",
    "_x0041_",
    "_x0001_",
    "𠮷😀",
    "'单引号",
    "长" * 3000,
    " 前后空格 ",
)
"""Texts that a careless writer turns into something else."""


def filled_rows() -> Rows:
    """Made-up rows, strange texts among them."""
    texts = [(number, _STRANGE[number % len(_STRANGE)]) for number in range(1, _ROWS + 1)]
    return {
        "处罚案件": [
            {
                "序号": number,
                "处罚决定书文号": f"演示罚〔2017〕{number}号",
                "当事人名称": text,
                "罚款金额(万元)": number / 10,
                "决定日期": date(2017, 3, 1),
                "备注": text,
            }
            for number, text in texts
        ],
        "宣传报道": [
            {"序号": number, "日期": date(2017, 3, 1), "标题": text, "网址或版面": "https://example.org/?a=1&b=2"}
            for number, text in texts
        ],
    }


def write_filled_return(path: Path, pack: str, tier: Tier, *, filled: bool) -> None:
    """A return of a unit of that tier; its rows are made up."""
    city = tier is Tier.CITY
    rows = filled_rows() if filled else None
    write_return(path, load_pack(pack), "苏州市" if city else "昆山市", tier, city=city, rows=rows)


def write_feedback_copy(path: Path) -> None:
    """A filled return with something wrong in many cells, marked."""
    write_filled_return(path, _PACKS[1], Tier.COUNTY, filled=True)
    intake = read_return(path, f"回收/{path.name}", Ruleset(load_pack(_PACKS[1])))
    assert intake.findings
    answer = Answer("昆山市", intake.file, intake.sha256, True, intake.findings, path.name)
    path.write_bytes(marked_copy(path.read_bytes(), answer, Heading(date(2017, 10, 30), date(2017, 11, 10)), "0"))


def _master(pack: str) -> Callable[[Path], None]:
    return lambda path: write_master(path, load_pack(pack), SUZHOU)


def _return(pack: str, tier: Tier, *, filled: bool) -> Callable[[Path], None]:
    return lambda path: write_filled_return(path, pack, tier, filled=filled)


WRITERS: Final[dict[str, Callable[[Path], None]]] = {
    **{f"master {pack} blank.xlsm": _master(pack) for pack in _PACKS},
    **{
        f"return {pack} {tier.name.lower()} {'filled' if filled else 'blank'}.xlsx": _return(pack, tier, filled=filled)
        for pack in _PACKS
        for tier in Tier
        for filled in (False, True)
    },
    "feedback copy.xlsx": write_feedback_copy,
}
"""File name, which tells what it is → who writes it."""

NAMES: Final = (*WRITERS, SCORED, SCORED_2016, RESCORED)


class Workbooks:
    """Each workbook is made once a run, when it is first asked for; nobody may change it."""

    def __init__(self, once: Once, others: dict[str, Callable[[], Path]]) -> None:
        self._once = once
        self._others = others

    def get(self, name: str) -> Path:
        if name in self._others:
            return self._others[name]()

        def make(path: Path) -> str:
            WRITERS[name](path)
            return ""

        return self._once(name, make)[0]
