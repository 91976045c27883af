"""The buttons of a workbook pressed in LibreOffice: bound to their macros, and with an effect."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.excel.button_book import FRONT, write_button_book
from tests.libreoffice import requires_libreoffice
from tests.libreoffice.bridge import bridge_environment, build_test_project
from tests.libreoffice.office import Document, Office, wait_for
from tests.libreoffice.uno_runtime import OfficeError
from xl_lianbing.excel.macros.buttons import BUTTON_MODULE, BUTTONS, Button
from xl_lianbing.excel.macros.ribbon import add_ribbon
from xl_lianbing.excel.macros.vba import sheet_code_names, shipped_code_names

ROOT = Path(__file__).parents[2]
MARKER = "LIANBING_TEST_MARKER"

RECORD_AND_ANSWER = f'''
import os, sys
from pathlib import Path
sys.path.insert(0, {str(ROOT)!r})
from tests.libreoffice.bridge import bridge_arguments
from tests.libreoffice.office import ADDRESS_VARIABLE, connect

command, book = bridge_arguments(sys.argv[1:])
context = connect(os.environ[ADDRESS_VARIABLE])
desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
document = next(document for document in desktop.Components if document.URL == book.as_uri())
document.Sheets.getByName("演示数据1").getCellRangeByName("A1").setString(command)
marker = Path(os.environ["{MARKER}"])
with marker.with_suffix(".log").open("a", encoding="utf-8") as log:
    log.write(command + "\\n")
unfinished = marker.with_suffix(".tmp")
unfinished.write_text(command + "\\n" + str(book), encoding="utf-8")
unfinished.replace(marker)
'''


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("大练兵 2017 & 'A'")


@pytest.fixture(scope="module")
def book(folder: Path) -> Path:
    """A workbook with the test build, as many sheets as the master has, and the ribbon."""
    path = folder / "总表 演示.xlsm"
    names = shipped_code_names()
    write_button_book(path, build_test_project(names), names)
    add_ribbon(path)
    return path


@pytest.fixture(scope="module")
def marker(folder: Path) -> Path:
    return folder / "marker.txt"


@pytest.fixture(scope="module")
def office(folder: Path, marker: Path) -> Iterator[Office]:
    script = folder / "record.py"
    script.write_text(RECORD_AND_ANSWER, encoding="utf-8")
    with Office(environment={**bridge_environment(script), MARKER: str(marker)}) as running:
        yield running


@pytest.fixture(scope="module")
def document(office: Office, book: Path) -> Iterator[Document]:
    opened = office.open(book)
    yield opened
    opened.close()


@requires_libreoffice
def test_each_button_is_bound_to_its_macro(document: Document) -> None:
    assert document.buttons(FRONT) == {
        button.caption: f"vnd.sun.star.script:VBAProject.{BUTTON_MODULE}.{button.macro}"
        "?language=Basic&location=document"
        for button in BUTTONS
    }


@requires_libreoffice
def test_the_document_holds_the_modules(document: Document) -> None:
    library = document.component.BasicLibraries.getByName("VBAProject")
    assert {"ThisWorkbook", *shipped_code_names(), BUTTON_MODULE, "xlwings"} <= set(library.ElementNames)


@requires_libreoffice
@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_a_pressed_button_reaches_python_and_the_open_workbook(
    document: Document, book: Path, marker: Path, button: Button
) -> None:
    marker.unlink(missing_ok=True)
    document.press(FRONT, button.caption)
    wait_for(marker.exists, f"the effect of {button.caption}")
    assert marker.read_text("utf-8").splitlines() == [button.python_command, str(book)]
    assert document.cells("演示数据1", "A1") == ((button.python_command,),)


@requires_libreoffice
def test_nothing_is_started_when_the_interpreter_is_missing(office: Office, marker: Path, tmp_path: Path) -> None:
    """Both answers of the check before RunPython: a file of Windows that isn't here, then a name without a folder."""
    path = tmp_path / "总表.xlsm"
    write_button_book(path, build_test_project(sheet_code_names(3)), sheet_code_names(3))
    opened = office.open(path)
    try:
        opened.component.Sheets.getByName("演示数据2").setName("xlwings.conf")
        opened.set_cells("xlwings.conf", "A1:B1", (("INTERPRETER_WIN", "C:\\没有\\pythonw.exe"),))
        log = marker.with_suffix(".log")
        marker.unlink(missing_ok=True)
        log.unlink(missing_ok=True)
        opened.press(FRONT, BUTTONS[0].caption)
        opened.set_cells("xlwings.conf", "A1:B1", (("INTERPRETER_WIN", "python"),))
        opened.press(FRONT, BUTTONS[1].caption)
        wait_for(marker.exists, "the effect of the second press")
        assert log.read_text("utf-8").splitlines() == [BUTTONS[1].python_command]
    finally:
        opened.close()


@requires_libreoffice
def test_a_button_that_is_not_there_is_named(document: Document) -> None:
    with pytest.raises(LookupError, match=BUTTONS[0].caption):
        document.press(FRONT, "没有这个按钮")


@requires_libreoffice
def test_a_saved_copy_holds_what_was_typed(office: Office, document: Document, folder: Path) -> None:
    document.set_cells("演示数据2", "A1:B1", (("演示数据", 7.5),))
    copy = folder / "副本.xlsx"
    document.save_as(copy)
    again = office.open(copy)
    try:
        assert again.cells("演示数据2", "A1:C1") == (("演示数据", 7.5, ""),)
    finally:
        again.close()


@requires_libreoffice
def test_a_workbook_open_elsewhere_is_refused(document: Document, book: Path) -> None:
    with Office() as second, pytest.raises(OfficeError, match=book.name):
        second.open(book)
    assert document.sheet_names()[0] == FRONT


@requires_libreoffice
def test_a_call_to_an_ended_office_fails_instead_of_hanging(tmp_path: Path) -> None:
    path = tmp_path / "总表.xlsm"
    write_button_book(path, build_test_project(sheet_code_names(2)), sheet_code_names(2))
    with Office() as office:
        document = office.open(path)
        office.end()
        with pytest.raises(OfficeError):
            document.sheet_names()
    assert [left.name for left in tmp_path.iterdir()] == [path.name]
