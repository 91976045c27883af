"""Writes the generated files of the repository anew: `python -m xl_lianbing.workbooks.regenerate` (for developers)."""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from xl_lianbing.excel.macros.vba import ship, shipped_code_names
from xl_lianbing.glossary import Tier
from xl_lianbing.rules.pack import SHIPPED, load_pack
from xl_lianbing.workbooks.master.book import master_code_names, write_blank_masters
from xl_lianbing.workbooks.returns.blank_return import write_return

ROOT: Final = Path(__file__).resolve().parents[2]


def make_templates(folder: Path) -> None:
    """Blank returns for nobody in particular: one a pack and tier."""
    for pack_id in SHIPPED:
        pack = load_pack(pack_id)
        (folder / pack_id).mkdir(parents=True)
        for tier in Tier:
            path = folder / pack_id / f"填报表_{tier}.xlsx"
            write_return(path, pack, "", tier, city=tier is Tier.CITY)


#: Folder of the repository -> what fills it (an existing, empty folder is handed in).
GENERATED: Final[Mapping[str, Callable[[Path], None]]] = {
    "templates": make_templates,
    "workbooks": write_blank_masters,
}


def regenerate(root: Path = ROOT) -> list[Path]:
    """Replace the generated folders below `root`; returns the files written, relative to it.

    With other tabs than before, the VBA project of the package, which names them, is built anew first.
    """
    if shipped_code_names() != master_code_names():
        ship(master_code_names())
    written: list[Path] = []
    with tempfile.TemporaryDirectory(prefix="xl-lianbing-") as scratch:
        for name, make in GENERATED.items():
            fresh = Path(scratch) / name
            fresh.mkdir()
            make(fresh)
            if (root / name).exists():
                shutil.rmtree(root / name)
            shutil.copytree(fresh, root / name)
            written += [path.relative_to(scratch) for path in sorted(fresh.rglob("*")) if path.is_file()]
    return written


def main() -> None:
    parser = argparse.ArgumentParser(description="重新生成仓库中的空白表等文件")
    parser.add_argument("--root", type=Path, default=ROOT, help="仓库目录（默认：本仓库）")
    for path in regenerate(parser.parse_args().root):
        print(path)


if __name__ == "__main__":
    main()
