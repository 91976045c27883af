"""The pictures of the user guide: `python -m docs.make_pictures`.

Makes a demonstration, opens its workbooks in LibreOffice windows on a screen of their own and takes pictures of the
sheets. Needs LibreOffice, Xvfb and ImageMagick.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.libreoffice.office import Document, Office
from xl_lianbing.demo.write import write_demo
from xl_lianbing.folder import CampaignFolder
from xl_lianbing.pipeline import run
from xl_lianbing.rules.pack import load_pack

IMAGES = Path(__file__).with_name("images")
PACK = "jiangsu-2017"
DAY = datetime(2017, 10, 30, 9, 30)
SCREEN = (1700, 1100)
DRAW_SECONDS = 4
COLOURS = 96
UNIT = "昆山市"
CORRECTED = "相城区"
_CASES = "处罚案件"
_BY_VALUE = 3  # com.sun.star.view.DocumentZoomType


@dataclass(frozen=True, slots=True)
class Shot:
    """A picture: name, sheet, how many pixels are kept, magnification in percent."""

    name: str
    sheet: str
    size: tuple[int, int]
    zoom: int = 100


OF_THE_MASTER = (
    Shot("首页", "首页", (1204, 898), 80),
    Shot("综合排名", "综合排名", (1335, 556), 80),
    Shot("回执登记", "回执登记", (1415, 450), 80),
    Shot("校核结果", "校核结果", (1576, 406), 65),
    Shot("规则", "规则", (1300, 420), 80),
    Shot("口径台账", "口径台账", (1375, 480), 80),
    Shot("得分说明", "得分说明", (985, 620), 80),
)
OF_FEEDBACK = (Shot("反馈副本", "校核反馈", (1210, 340), 80),)
OF_A_RETURN = (
    Shot("填报说明", "填报说明", (1256, 706), 75),
    Shot("填处罚案件", _CASES, (1420, 236), 80),
)


def cases() -> list[list[object]]:
    """Rows of 处罚案件 with the mistakes that its colours show; everything is made up."""
    party = ["演示染整01001有限公司", "", "水污染物排放", "超标排放水污染物", "罚款", 5.2, ""]
    days = ((1, date(2017, 3, 6)), (2, date(2017, 4, 18)), (2, date(2017, 5, 9)), (4, date(2016, 12, 5)))
    rows: list[list[object]] = [
        [number, f"昆环罚〔2017〕{number}号", *party, decided, "", "是", "", "", "是", "", "", "是"]
        + [f"昆环罚〔2017〕{number}号.pdf", "演示员05甲", "", "演示数据"]
        for number, decided in days
    ]
    return [*rows, [5, "昆环罚〔2017〕5号", "演示电镀01002有限公司", *[""] * 18, "演示数据"]]


def main() -> None:
    """Makes all pictures anew."""
    with tempfile.TemporaryDirectory() as scratch, screen() as display:
        folder = write_demo(Path(scratch) / "演示", load_pack(PACK))
        hand_in_all_but_one(folder)
        run(folder, now=DAY)
        environment = {"DISPLAY": display, "SAL_USE_VCLPLUGIN": "gen"}
        with Office(headless=False, environment=environment) as office:
            master = office.open(folder.master)
            take(master, OF_THE_MASTER, display)
            master.close()
            copy = office.open(folder.path / "反馈" / f"{CORRECTED}_反馈.xlsx")
            take(copy, OF_FEEDBACK, display)
            copy.close()
            filled = office.open(folder.blank(UNIT))
            fill(filled)
            take(filled, OF_A_RETURN, display)
            filled.close()


def hand_in_all_but_one(folder: CampaignFolder) -> None:
    """All returns are of a day in the campaign; one unit's is missing."""
    first, *others = sorted(folder.returns.rglob("*.xlsx"))
    first.unlink()
    for path in others:
        os.utime(path, (DAY.timestamp(), DAY.timestamp()))


def fill(document: Document) -> None:
    """Types the rows, dates as dates."""
    rows = tuple(tuple(_typed(value) for value in row) for row in cases())
    document.component.Sheets.getByName(_CASES).unprotect("")
    document.set_cells(_CASES, f"A5:V{4 + len(rows)}", rows)


def _typed(value: object) -> str | float:
    if isinstance(value, date):
        return float((value - date(1899, 12, 30)).days)
    return float(value) if isinstance(value, int | float) else str(value)


def take(document: Document, shots: tuple[Shot, ...], display: str) -> None:
    """Shows one sheet after the other and keeps a picture of each."""
    controller: Any = document.component.CurrentController
    frame = controller.Frame
    frame.LayoutManager.setVisible(False)
    frame.ContainerWindow.setPosSize(0, 0, *SCREEN, 15)
    for shot in shots:
        controller.setActiveSheet(document.component.Sheets.getByName(shot.sheet))
        controller.ZoomType, controller.ZoomValue = _BY_VALUE, shot.zoom
        controller.ShowPageBreaks = False
        time.sleep(DRAW_SECONDS)
        width, height = shot.size
        subprocess.run(
            f"import -window root -crop {width}x{height}+0+0 +repage -strip -colors {COLOURS}".split()
            + [f"PNG8:{IMAGES / shot.name}.png"],
            env={**os.environ, "DISPLAY": display},
            check=True,
        )


@contextmanager
def screen() -> Iterator[str]:
    """A virtual screen of its own; the X server chooses a free number."""
    reader, writer = os.pipe()
    size = f"{SCREEN[0]}x{SCREEN[1]}x24"
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", size, "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    try:
        os.close(writer)
        with os.fdopen(reader) as answer:
            yield f":{answer.readline().strip()}"
    finally:
        server.terminate()
        server.wait()


if __name__ == "__main__":
    main()
