"""Do two checkouts of the project give the same results? Every cell of every tab of scored masters, formula and value.

    python -m tests.two_checkouts OLD NEW [--seeds 2]

Each checkout scores the demonstrations of both packs, and test campaigns of `tests/oracle/campaigns.py` filled by the
old checkout. What a run says of itself (times, versions, fingerprints) is left out.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from openpyxl import load_workbook  # type: ignore[import-untyped, unused-ignore]

MASTER = "总表.xlsm"
PACKS = ("jiangsu-2016", "jiangsu-2017")
#: What differs from run to run: when it was, how long it took, what the files weigh.
OF_THE_RUN = re.compile(r"\d{4}-\d\d-\d\d[ T]\d\d:\d\d(:\d\d)?|\b[0-9a-f]{16,64}\b|用时.*")
LEFT_OUT = {"运行记录", "xlwings.conf", "_xl_lianbing"}
_FILL = (
    "import sys; from pathlib import Path; from tests.oracle import campaigns, fill;"
    "pack, seed, province, target = sys.argv[1], int(sys.argv[2]), sys.argv[3] == '1', Path(sys.argv[4]);"
    "fill.build(target, campaigns.make(pack, seed, province=province, quotas=seed != 3), seed)"
)

Cells = dict[tuple[str, str], tuple[str, str]]


def run(checkout: Path, *arguments: str | Path) -> None:
    """A Python of this environment that sees one checkout alone. Raises CalledProcessError if it fails."""
    environment = {**os.environ, "PYTHONPATH": str(checkout), "PYTHONSAFEPATH": "1"}
    done = subprocess.run([sys.executable, *map(str, arguments)], cwd=checkout, env=environment, capture_output=True)
    if done.returncode not in (0, 1):
        sys.stderr.write(done.stdout.decode() + done.stderr.decode())
        done.check_returncode()


def campaigns(old: Path, new: Path, work: Path, seeds: int) -> Iterator[tuple[str, Path, Path]]:
    """A name, and the same campaign scored by the old and by the new checkout."""
    for pack in PACKS:
        pair = [work / f"{pack}-{which}" for which in ("old", "new")]
        for checkout, folder in zip((old, new), pair, strict=True):
            run(checkout, "-m", "xl_lianbing", "demo", folder, "--pack", pack)
        yield f"demo {pack}", *pair
        for seed in range(1, seeds + 1):
            province = seed % 2 == 0
            filled, scored = work / f"{pack}-{seed}-old", work / f"{pack}-{seed}-new"
            run(old, "-c", _FILL, pack, str(seed), "01"[province], filled)
            shutil.copytree(filled, scored)
            for checkout, folder in ((old, filled), (new, scored)):
                run(checkout, "-m", "xl_lianbing", "score", folder)
            yield f"{pack} seed {seed}{' province' if province else ''}", filled, scored


def cells(folder: Path) -> Cells:
    """Every cell of a master: what stands in it (a formula as such), and the value it shows."""
    formulas, values = load_workbook(folder / MASTER), load_workbook(folder / MASTER, data_only=True)
    return {
        (sheet.title, cell.coordinate): (_told(cell.value), _told(values[sheet.title][cell.coordinate].value))
        for sheet in formulas.worksheets
        if sheet.title not in LEFT_OUT
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


def _told(value: object) -> str:
    return OF_THE_RUN.sub("…", "" if value is None else str(value))


def differences(old: Cells, new: Cells) -> list[str]:
    """One line a cell that differs."""
    return [
        f"{sheet}!{cell}: {old.get((sheet, cell))} → {new.get((sheet, cell))}"
        for sheet, cell in sorted(old.keys() | new.keys())
        if old.get((sheet, cell)) != new.get((sheet, cell))
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """0: the same; 1: something differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("old", type=Path)
    parser.add_argument("new", type=Path)
    parser.add_argument("--seeds", type=int, default=2, help="test campaigns a pack")
    parser.add_argument("--most", type=int, default=40, help="differences shown a campaign")
    given = parser.parse_args(arguments)
    differ = False
    with tempfile.TemporaryDirectory() as work:
        for name, old, new in campaigns(given.old.resolve(), given.new.resolve(), Path(work), given.seeds):
            before, after = cells(old), cells(new)
            found = differences(before, after)
            differ |= bool(found)
            tabs = Counter(line.partition("!")[0] for line in found)
            where = "".join(f", {tab} {number}" for tab, number in tabs.items())
            print(
                f"{name}: {len(before)} cells, {len(found)} differ{where}", *found[: given.most], sep="\n  ", flush=True
            )
    return int(differ)


if __name__ == "__main__":
    raise SystemExit(main())
