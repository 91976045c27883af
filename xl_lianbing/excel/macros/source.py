"""The text of the master's own VBA module, made from the table of buttons.

VBA source is stored in an ANSI code page, so all of it is ASCII. The few Chinese sentences that a user may see are kept
as four hexadecimal digits a character and decoded when shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from xl_lianbing.excel.macros.buttons import BUTTON_MODULE, BUTTONS, Button

INTERPRETER_MISSING: Final = (
    "找不到运行程序用的 Python，按钮没有执行，表格没有改动。\n"
    "多半是总表换了电脑或文件夹：请双击同一文件夹里的 start.cmd，或运行 xl-lianbing doctor --fix，再打开总表重试。"
)
"""Shown when the interpreter named on the sheet ``xlwings.conf`` is not on this PC."""

START_FAILED: Final = (
    "程序没有启动，表格没有改动。\n"
    "可能是单位的 Office 安全设置不允许宏启动程序：请保持总表打开，双击同一文件夹里的 start.cmd；仍不行请关闭总表，"
    "改用命令 xl-lianbing。"
)
"""Shown above VBA's own error text when Python could not be started."""

_HEX_LINE: Final = 80


def encode_message(text: str) -> str:
    """Text as four hexadecimal digits a UTF-16 unit, for the VBA function ``Decode``.

    Raises:
        ValueError: a character lies outside the Basic Multilingual Plane.
    """
    if any(ord(character) > 0xFFFF for character in text):
        raise ValueError(f"not in the Basic Multilingual Plane: {text!r}")
    return "".join(f"{ord(character):04X}" for character in text)


def _hex_function(name: str, text: str) -> list[str]:
    digits = encode_message(text)
    pieces = [digits[start : start + _HEX_LINE] for start in range(0, len(digits), _HEX_LINE)]
    lines = [f"Private Function {name}() As String", "    Dim digits As String"]
    lines += [f'    digits = digits & "{piece}"' for piece in pieces]
    return [*lines, f"    {name} = Decode(digits)", "End Function", ""]


def _button_subs(button: Button) -> list[str]:
    return [
        f"Public Sub {button.macro}()",
        "    On Error GoTo Failed",
        "    If InterpreterMissing() Then Exit Sub",
        f'    RunPython "{button.python_command}"',
        "    Exit Sub",
        "Failed:",
        "    ReportFailure Err.Description",
        "End Sub",
        "",
        f"Public Sub {button.ribbon_macro}(control As Object)",
        f"    {button.macro}",
        "End Sub",
        "",
    ]


_SHARED: Final = """\
Private Function InterpreterMissing() As Boolean
    ' The file named on the sheet xlwings.conf; without such a row xlwings looks for Python itself.
    Dim sheet As Object
    Dim row As Integer
    Dim missing As Boolean
    missing = False
    For Each sheet In ThisWorkbook.Worksheets
        If sheet.Name = "xlwings.conf" Then
            For row = 1 To 30
                If UCase(CellText(sheet.Cells(row, 1))) = "INTERPRETER_WIN" Then
                    missing = IsMissingFile(CellText(sheet.Cells(row, 2)))
                End If
            Next row
        End If
    Next sheet
    If missing Then MsgBox InterpreterMissingText(), vbExclamation
    InterpreterMissing = missing
End Function

Private Function CellText(cell As Object) As String
    ' Nothing for a cell that shows an error, which is no text and would stop the macro.
    CellText = ""
    If Not IsError(cell.Value) Then CellText = CStr(cell.Value)
End Function

Private Function IsMissingFile(path As String) As Boolean
    ' Asked in the way of xlwings; a bare name or a path with variables is left to it.
    Dim flags As Long
    IsMissingFile = False
    If InStr(path, "\\") = 0 Then Exit Function
    If InStr(path, "%") > 0 Then Exit Function
    On Error GoTo NotThere
    flags = GetAttr(path)
    Exit Function
NotThere:
    IsMissingFile = True
End Function

Private Sub ReportFailure(details As String)
    Application.StatusBar = False
    MsgBox StartFailedText() & vbCrLf & vbCrLf & details, vbCritical
End Sub

Private Function Decode(digits As String) As String
    ' Four hexadecimal digits a character: VBA source holds no Chinese.
    Dim position As Long
    Dim text As String
    For position = 1 To Len(digits) Step 4
        text = text & ChrW(CLng("&H" & Mid(digits, position, 4)))
    Next position
    Decode = text
End Function
"""


def button_module_source(buttons: Sequence[Button] = BUTTONS) -> str:
    """The text of ``LianbingButtons.bas``: for each button a Sub and its ribbon callback; ASCII, lines end in LF."""
    lines = [
        f'Attribute VB_Name = "{BUTTON_MODULE}"',
        "' Generated from xl_lianbing/excel/macros/buttons.py by: python -m xl_lianbing.excel.macros.vba",
        "' One Sub a button of the sheet, one OnRibbon... Sub a button of the ribbon.",
        "Option Explicit",
        "",
    ]
    for button in buttons:
        lines += _button_subs(button)
    lines += _SHARED.splitlines()
    lines.append("")
    lines += _hex_function("InterpreterMissingText", INTERPRETER_MISSING)
    lines += _hex_function("StartFailedText", START_FAILED)
    return "\n".join(lines)
