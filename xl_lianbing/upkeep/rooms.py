"""docs/rooms.md: the rooms of the house by their plates, each module with the first sentence that it says of itself."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).resolve().parents[1]

_INTRODUCTION = """# The rooms

Generated from the plates (the docstrings of the packages) and the first sentence of each module; not to be edited by
hand. Again: `python -m xl_lianbing.upkeep.documents`. Why it is laid out like this: [architecture](architecture.md)."""


def rooms() -> str:
    """Every package with its plate and its modules, as Markdown."""
    lines = [_INTRODUCTION]
    for folder in sorted({PACKAGE, *(file.parent for file in PACKAGE.rglob("__init__.py"))}):
        lines += ["", *_room(folder)]
    return "\n".join(lines) + "\n"


def _room(folder: Path) -> Iterator[str]:
    name = folder.relative_to(PACKAGE.parent).as_posix()
    yield f"{'#' * (2 + min(name.count('/'), 2))} {name}/"
    yield ""
    yield " ".join(_docstring(folder / "__init__.py").split())
    modules = sorted(file for file in folder.glob("*.py") if not file.name.startswith("__"))
    if modules:
        yield ""
    yield from (f"- `{file.name}`: {_first(_docstring(file))}" for file in modules)


def _docstring(file: Path) -> str:
    return ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""


def _first(text: str) -> str:
    return " ".join(text.split("\n\n", 1)[0].split())
