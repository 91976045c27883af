"""The VBA project of the master: shipped as built, rebuilt with ``python -m xl_lianbing.excel.macros.vba``.

The project holds a document module for the workbook and for each sheet, the button module, and ``xlwings.bas`` with
``Dictionary.cls`` of the installed xlwings (its BSD and MIT parts), so that ``RunPython`` needs no add-in. Building
needs pyOpenVBA (a development dependency); using the shipped project needs nothing.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Final, Literal

import xlsxwriter

from xl_lianbing.excel.macros.buttons import BUTTON_MODULE
from xl_lianbing.excel.macros.source import button_module_source

SHIPPED: Final = "vbaProject.bin"
_MACROS: Final = Path(__file__).resolve().parents[3] / "macros"
_PLACEHOLDER: Final = '"SheetNN"'
#: How the project's own listing names the document module of a sheet (MS-OVBA 2.3.1).
_DOCUMENT: Final = re.compile(rb"^Document=(Sheet[0-9]+)/", re.M)


@dataclass(frozen=True, slots=True)
class Module:
    """A module that is no document module: its name, its kind, and its text with the ``Attribute`` header."""

    name: str
    kind: Literal["standard", "class"]
    source: str


def sheet_code_names(count: int) -> tuple[str, ...]:
    """The code names of a workbook's sheets in tab order, for ``worksheet.set_vba_name``: Sheet01, Sheet02 …"""
    return tuple(f"Sheet{number:02}" for number in range(1, count + 1))


def shipped_code_names() -> tuple[str, ...]:
    """The code names of the sheets that the shipped project is made for."""
    return tuple(name.decode("ascii") for name in _DOCUMENT.findall(_shipped()))


def _shipped() -> bytes:
    return (resources.files("xl_lianbing.excel.macros") / "data" / SHIPPED).read_bytes()


def shipped_vba_project(code_names: Sequence[str]) -> bytes:
    """The shipped ``vbaProject.bin``, for XlsxWriter's ``add_vba_project(BytesIO(...), is_stream=True)``.

    Raises:
        ValueError: the workbook's code names are not those that the project was built for.
    """
    built = shipped_code_names()
    if tuple(code_names) != built:
        raise ValueError(
            f"the VBA project is built for {len(built)} sheets, the workbook has {len(code_names)}: "
            "run python -m xl_lianbing.workbooks.regenerate"
        )
    return _shipped()


def button_module() -> Module:
    """The module with one Sub a button."""
    return Module(BUTTON_MODULE, "standard", button_module_source())


def xlwings_modules() -> tuple[Module, Module]:
    """``xlwings`` and ``Dictionary`` as they lie in the installed xlwings."""
    folder = resources.files("xlwings")
    return (
        Module("xlwings", "standard", (folder / "xlwings.bas").read_bytes().decode("ascii")),
        Module("Dictionary", "class", (folder / "addin" / "Dictionary.cls").read_bytes().decode("ascii")),
    )


def build_vba_project(code_names: Sequence[str], modules: Sequence[Module], *, macros: Path = _MACROS) -> bytes:
    """Build a ``vbaProject.bin``: same input, same bytes.

    Args:
        code_names: the code name of each sheet in tab order (ASCII identifiers).
        modules: the other modules, in the order in which the VBA editor lists them.
        macros: folder with the text of the document modules, ``ThisWorkbook.cls`` and ``Sheet.cls``.

    Raises:
        ValueError: a name occurs twice or a text is not ASCII.
    """
    from pyopenvba import ExcelFile, VBAModuleKind

    documents = {"ThisWorkbook": _stream_text((macros / "ThisWorkbook.cls").read_text("ascii"))}
    sheet_text = _stream_text((macros / "Sheet.cls").read_text("ascii"))
    documents |= {name: sheet_text.replace(_PLACEHOLDER, f'"{name}"') for name in code_names}
    _check_names(["ThisWorkbook", *code_names, *(module.name for module in modules)])
    kinds = {"standard": VBAModuleKind.standard, "class": VBAModuleKind.other}
    with tempfile.TemporaryDirectory() as folder:
        book, built = Path(folder, "book.xlsm"), Path(folder, "built.xlsm")
        _write_empty_book(book, code_names)
        with ExcelFile(book) as package:
            project = package.add_vba_project()
            for name, text in documents.items():
                package.set_module(name, text)
            for module in modules:
                project.add_module(module.name, _stream_text(module.source), kind=kinds[module.kind])
            package.save(built)
        with ExcelFile(built) as package:
            problems = package.validate()
            if problems:
                raise ValueError("; ".join(problems))
            built_bytes: bytes = package.vba_project_bytes()
            return built_bytes


def build_master_project(code_names: Sequence[str]) -> bytes:
    """The project that the package ships, for a master with these sheets."""
    return build_vba_project(code_names, [button_module(), *xlwings_modules()])


def ship(code_names: Sequence[str]) -> Path:
    """Write the shipped project anew, for a master with these sheets."""
    shipped = Path(__file__).resolve().parent / "data" / SHIPPED
    shipped.write_bytes(build_master_project(code_names))
    return shipped


def _stream_text(source: str) -> str:
    if not source.isascii():
        raise ValueError("VBA source must be ASCII")
    return "\r\n".join(source.splitlines()) + "\r\n"


def _check_names(names: Sequence[str]) -> None:
    folded = [name.casefold() for name in names]
    for name in names:
        if folded.count(name.casefold()) > 1:
            raise ValueError(f"two modules are called {name}")
        if not (name.isascii() and name.isidentifier()):
            raise ValueError(f"not a name for a VBA module: {name!r}")


def _write_empty_book(path: Path, code_names: Sequence[str]) -> None:
    """A workbook with those code names; pyOpenVBA gives a sheet a document module by them."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name in code_names:
            book.add_worksheet().set_vba_name(name)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write ``macros/LianbingButtons.bas`` and the shipped project anew."""
    parser = argparse.ArgumentParser(prog="python -m xl_lianbing.excel.macros.vba", description=main.__doc__)
    parser.parse_args(arguments)
    text = _MACROS / f"{BUTTON_MODULE}.bas"
    text.write_bytes(_stream_text(button_module_source()).encode("ascii"))
    print(f"{text}\n{ship(shipped_code_names())}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
