"""The VBA project: read back by two programs that had no part in each other, and run without Excel."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import olefile
import pytest
from pyopenvba import ExcelFile
from pyopenvba.apps.excel import ExcelApplication

from tests.excel.button_book import write_button_book
from xl_lianbing.excel.macros import vba
from xl_lianbing.excel.macros.buttons import BUTTON_MODULE, BUTTONS, Button
from xl_lianbing.excel.macros.source import INTERPRETER_MISSING, START_FAILED, button_module_source, encode_message

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from oletools.olevba import VBA_Parser

MACROS = Path(__file__).parents[2] / "macros"
RECORDER = vba.Module(
    "xlwings",
    "standard",
    'Attribute VB_Name = "xlwings"\n'
    "Public Function RunPython(PythonCommand As String)\n"
    '    ThisWorkbook.Worksheets(1).Range("Z1").Value = PythonCommand\n'
    "End Function\n",
)


@pytest.fixture(scope="module")
def shipped() -> bytes:
    return vba.shipped_vba_project(vba.shipped_code_names())


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory, shipped: bytes) -> Path:
    path = tmp_path_factory.mktemp("vba") / "总表.xlsm"
    write_button_book(path, shipped, vba.shipped_code_names())
    return path


def sources_by_olevba(path: Path) -> dict[str, str]:
    with_paths = VBA_Parser(str(path)).extract_macros()
    return {stream.removeprefix("VBA/"): code.replace("\r\n", "\n") for _, stream, _, code in with_paths}


def test_the_shipped_project_is_not_stale(shipped: bytes) -> None:
    assert vba.build_master_project(vba.shipped_code_names()) == shipped, "run: python -m xl_lianbing.excel.macros.vba"


def test_the_button_module_in_macros_is_not_stale() -> None:
    written = (MACROS / f"{BUTTON_MODULE}.bas").read_text("ascii")
    assert written == button_module_source(), "run: python -m xl_lianbing.excel.macros.vba"


def test_the_same_input_gives_the_same_bytes() -> None:
    modules = [vba.button_module(), *vba.xlwings_modules()]
    names = vba.sheet_code_names(3)
    assert vba.build_vba_project(names, modules) == vba.build_vba_project(names, modules)
    assert vba.build_vba_project(names, modules) != vba.build_vba_project(vba.sheet_code_names(4), modules)


def test_both_readers_find_every_module_and_the_same_text(master: Path) -> None:
    by_olevba = sources_by_olevba(master)
    with ExcelFile(master) as package:
        assert package.validate() == []
        by_pyopenvba = {name: package.get_module(name).replace("\r\n", "\n") for name in package.module_names()}
    documents = ["ThisWorkbook", *vba.shipped_code_names()]
    assert list(by_pyopenvba) == [*documents, BUTTON_MODULE, "xlwings", "Dictionary"]
    assert {name: text.rstrip("\n") for name, text in by_olevba.items()} == {
        name: text.rstrip("\n") for name, text in by_pyopenvba.items()
    }
    assert all(text.isascii() for text in by_olevba.values())


def test_document_modules_are_the_text_in_macros(master: Path) -> None:
    found = sources_by_olevba(master)
    sheet = (MACROS / "Sheet.cls").read_text("ascii")
    assert found["ThisWorkbook"].rstrip("\n") == (MACROS / "ThisWorkbook.cls").read_text("ascii").rstrip("\n")
    for name in vba.shipped_code_names():
        assert found[name].rstrip("\n") == sheet.replace("SheetNN", name).rstrip("\n")


def test_the_project_names_as_documents_exactly_the_code_names(shipped: bytes) -> None:
    with olefile.OleFileIO(shipped) as container:
        listing = container.openstream("PROJECT").read().decode("ascii")
    assert re.findall(r"^Document=(\w+)/", listing, re.M) == ["ThisWorkbook", *vba.shipped_code_names()]
    assert re.findall(r"^Module=(\w+)", listing, re.M) == [BUTTON_MODULE, "xlwings"]
    assert re.findall(r"^Class=(\w+)", listing, re.M) == ["Dictionary"]


def test_xlwings_is_the_installed_one_and_holds_run_python(master: Path) -> None:
    found = sources_by_olevba(master)
    installed, dictionary = vba.xlwings_modules()
    assert found["xlwings"].split("\n") == installed.source.splitlines() + [""]
    assert "Public Function RunPython(PythonCommand As String)" in found["xlwings"]
    body = dictionary.source.splitlines()
    assert "\n".join(body[body.index("Option Explicit") :]) in found["Dictionary"]


def test_a_workbook_with_other_code_names_is_refused() -> None:
    with pytest.raises(ValueError, match="regenerate"):
        vba.shipped_vba_project(vba.shipped_code_names()[:-1])


@pytest.mark.parametrize(
    ("names", "source"),
    [
        (["Sheet01", "sheet01"], "Sub A()\nEnd Sub\n"),
        (["Buttons"], "Sub A()\nEnd Sub\n"),
        (["表一"], "Sub A()\nEnd Sub\n"),
        (["Sheet01"], 'Sub A()\nMsgBox "计算"\nEnd Sub\n'),
    ],
    ids=["same code name twice", "module named as a sheet", "Chinese code name", "Chinese source"],
)
def test_input_that_excel_could_not_open_is_refused(names: list[str], source: str) -> None:
    with pytest.raises(ValueError):
        vba.build_vba_project(names, [vba.Module("Buttons", "standard", source)])


# The buttons ---------------------------------------------------------------------------------------------------------


def test_the_table_of_buttons_is_sound() -> None:
    for field in ("macro", "function", "caption"):
        values = [getattr(button, field).casefold() for button in BUTTONS]
        assert len(set(values)) == len(values), field
    for button in BUTTONS:
        assert button.macro.isascii() and button.macro.isidentifier()
        assert button.function.isascii() and button.function.isidentifier()
        assert button.tip.endswith("。")


@pytest.fixture(scope="module")
def recording(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workbook with the shipped button module, whose RunPython writes down what it was given."""
    path = tmp_path_factory.mktemp("recording") / "总表.xlsm"
    names = vba.sheet_code_names(2)
    write_button_book(path, vba.build_vba_project(names, [vba.button_module(), RECORDER]), names)
    return path


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_a_button_sends_its_exact_text_to_run_python(recording: Path, button: Button) -> None:
    application = ExcelApplication.open(recording)
    application.run(button.macro)
    expected = f"from xl_lianbing import buttons; buttons.{button.function}()"
    assert application.sheet(1).value("Z1") == expected


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_a_ribbon_button_does_what_the_button_does(recording: Path, button: Button) -> None:
    application = ExcelApplication.open(recording)
    application.add_module(f"Sub Press()\n    {button.ribbon_macro} ThisWorkbook\nEnd Sub\n", name="Ribbon")
    application.run("Press")
    assert application.sheet(1).value("Z1") == button.python_command


def application_with(run_python: str, interpreter: str = "") -> ExcelApplication:
    """The button module beside a RunPython of that body; ``interpreter`` stands on the sheet xlwings.conf."""
    application = ExcelApplication()
    application.add_workbook()
    application.add_module('Sub Name1()\n    Worksheets(1).Name = "xlwings.conf"\nEnd Sub\n', name="Setup")
    application.run("Name1")
    application.sheet(1).set_value("A1", "ADD_WORKBOOK_TO_PYTHONPATH")
    application.sheet(1).set_value("A2", "Interpreter_Win")
    application.sheet(1).set_value("B2", interpreter)
    application.add_module(
        f"Public Function RunPython(PythonCommand As String)\n    {run_python}\nEnd Function\n"
        "Public Function GetAttr(PathName As String) As Long\n"
        '    If InStr(PathName, "missing") + InStr(PathName, "python") > 0 Then Err.Raise 53\n'
        "    GetAttr = 32\nEnd Function\n",
        name="xlwings",
    )
    application.add_module(button_module_source(), name=BUTTON_MODULE)
    return application


WRITE_COMMAND = 'Worksheets(1).Range("Z1").Value = PythonCommand'


def test_a_missing_interpreter_is_told_and_nothing_is_started() -> None:
    application = application_with(WRITE_COMMAND, "C:\\missing\\pythonw.exe")
    application.run(BUTTONS[0].macro)
    assert [dialog[1].replace("\r\n", "\n") for dialog in application.dialogs] == [INTERPRETER_MISSING]
    assert application.sheet(1).value("Z1") is None


@pytest.mark.parametrize("interpreter", ["C:\\Programs\\py.exe", "%LOCALAPPDATA%\\missing.exe", "python", ""])
def test_an_interpreter_that_may_be_there_is_used(interpreter: str) -> None:
    application = application_with(WRITE_COMMAND, interpreter)
    application.run(BUTTONS[0].macro)
    assert application.dialogs == []
    assert application.sheet(1).value("Z1") == BUTTONS[0].python_command


@pytest.mark.parametrize("cell", ["A1", "A30", "B2"])
def test_a_cell_that_shows_an_error_stops_no_button(cell: str) -> None:
    application = application_with(WRITE_COMMAND)
    application.add_module(
        f'Sub Spoil()\n    Worksheets(1).Range("{cell}").Value = CVErr(2042)\nEnd Sub\n', name="Spoil"
    )
    application.run("Spoil")
    application.run(BUTTONS[0].macro)
    assert application.dialogs == []
    assert application.sheet(1).value("Z1") == BUTTONS[0].python_command


def test_whatever_fails_before_python_is_started_is_told() -> None:
    """No sentence of a macro stands before its handler of errors."""
    for sub in re.findall(r"Public Sub \w+\(\)\n(.*?)End Sub", button_module_source(), re.DOTALL):
        assert sub.lstrip().startswith("On Error GoTo Failed")


@pytest.mark.parametrize("button", BUTTONS, ids=lambda button: button.macro)
def test_an_error_while_starting_is_told_in_chinese_with_its_own_words(button: Button) -> None:
    application = application_with('Err.Raise 70, "xlwings", "Permission denied"')
    application.run(button.macro)
    assert [dialog[1] for dialog in application.dialogs] == [f"{START_FAILED}\r\n\r\nPermission denied"]


@pytest.mark.parametrize(
    ("function", "message"), [("InterpreterMissingText", INTERPRETER_MISSING), ("StartFailedText", START_FAILED)]
)
def test_messages_are_decoded_to_the_chinese_text(function: str, message: str) -> None:
    public = button_module_source().replace(f"Private Function {function}", f"Public Function {function}")
    application = ExcelApplication()
    application.add_workbook()
    application.add_module(public, name=BUTTON_MODULE)
    application.add_module(f'Sub Show()\n    Range("A1").Value = {function}()\nEnd Sub\n', name="Caller")
    application.run("Show")
    assert application.sheet(1).value("A1") == message


def test_a_message_beyond_the_basic_plane_is_refused() -> None:
    assert encode_message("得分") == "5F975206"
    with pytest.raises(ValueError):
        encode_message("𠮷")
