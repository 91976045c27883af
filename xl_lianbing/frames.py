"""The Python door for analysts: a campaign's rows, findings and scores as pandas DataFrames."""

from __future__ import annotations

import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from xl_lianbing import pipeline
from xl_lianbing.drafts import scratch
from xl_lianbing.exact import Fraction
from xl_lianbing.excel.values import Formula, Table
from xl_lianbing.folder import open_campaign
from xl_lianbing.progress import Stopwatch
from xl_lianbing.records.results import RESULT_TABS, SUMMARIES, Grid

if TYPE_CHECKING:
    from pandas import DataFrame


class Campaign:
    """A campaign folder (or the master inside it). Reading it changes nothing.

    >>> frames = Campaign("2017年大练兵").frames()  # doctest: +SKIP
    >>> frames["综合排名"].sort_values("总分")  # doctest: +SKIP
    """

    def __init__(self, place: str | os.PathLike[str]) -> None:
        """Raises CampaignNotFound if that is no campaign folder."""
        self.folder = open_campaign(Path(place))

    def frames(self, *, accepted_only: bool = True) -> dict[str, DataFrame]:
        """DataFrames by table name with the Chinese headers: the accepted rows of the returns (案件汇总 …; with
        `accepted_only=False` all rows, with 计入 and 不计原因), 回执登记, 校核结果 and every scoring table.

        Points are floats for analysis; ranks were decided on exact numbers. Fines in 万元. Raises LianbingError.
        """
        import pandas as pd

        summaries = {tab.name for tab in SUMMARIES.values()}
        frames: dict[str, DataFrame] = {}
        with scratch() as spool:
            computed = pipeline.compute(self.folder, Stopwatch(), spool)
            months = [month for _, month in computed.master.pack.months]
            tabs = [tab.of_months(months) for tab in RESULT_TABS]
            grids = {(t.name, g.header_row, g.first_column): g for t in tabs for g in t.grids}
            for block in pipeline.result_blocks(pipeline.with_ledger(computed), date.today()):
                if not isinstance(block, Table):
                    continue
                grid: Grid = grids[block.sheet, block.header_row, block.first_column]
                frame = pd.DataFrame([[_plain(c) for c in row] for row in block.rows], columns=list(grid.headers))
                if accepted_only and block.sheet in summaries:
                    frame = frame[frame["计入"] == "是"].reset_index(drop=True)
                frames[grid.name if grid.name not in summaries else block.sheet] = frame
        return frames


def _plain(cell: object) -> object:
    value = cell.value if isinstance(cell, Formula) else cell
    return float(value) if isinstance(value, Decimal | Fraction) else value
