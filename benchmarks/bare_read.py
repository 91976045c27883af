"""The yardstick: every row of every sheet of every return with python-calamine, one process, nothing else done."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from time import perf_counter

from python_calamine import CalamineWorkbook


def bare_read(folder: Path) -> dict[str, float]:
    """Seconds for all returns in `folder`, and how many rows they have."""
    files = sorted(folder.rglob("*.xlsx"))
    start = perf_counter()
    rows = 0
    for file in files:
        with CalamineWorkbook.from_path(file) as workbook:
            for name in workbook.sheet_names:
                rows += sum(1 for _ in workbook.get_sheet_by_name(name).iter_rows())
    return {"seconds": perf_counter() - start, "files": len(files), "rows": rows}


if __name__ == "__main__":
    print(json.dumps(bare_read(Path(sys.argv[1]))))
