Attribute VB_Name = "LianbingButtons"
' Generated from xl_lianbing/excel/macros/buttons.py by: python -m xl_lianbing.excel.macros.vba
' One Sub a button of the sheet, one OnRibbon... Sub a button of the ribbon.
Option Explicit

Public Sub CollectAndCheck()
    On Error GoTo Failed
    If InterpreterMissing() Then Exit Sub
    RunPython "from xl_lianbing import buttons; buttons.collect_and_check()"
    Exit Sub
Failed:
    ReportFailure Err.Description
End Sub

Public Sub OnRibbonCollectAndCheck(control As Object)
    CollectAndCheck
End Sub

Public Sub ImportFigures()
    On Error GoTo Failed
    If InterpreterMissing() Then Exit Sub
    RunPython "from xl_lianbing import buttons; buttons.import_figures()"
    Exit Sub
Failed:
    ReportFailure Err.Description
End Sub

Public Sub OnRibbonImportFigures(control As Object)
    ImportFigures
End Sub

Public Sub SendReviewForms()
    On Error GoTo Failed
    If InterpreterMissing() Then Exit Sub
    RunPython "from xl_lianbing import buttons; buttons.send_review_forms()"
    Exit Sub
Failed:
    ReportFailure Err.Description
End Sub

Public Sub OnRibbonSendReviewForms(control As Object)
    SendReviewForms
End Sub

Public Sub TakeReviewForms()
    On Error GoTo Failed
    If InterpreterMissing() Then Exit Sub
    RunPython "from xl_lianbing import buttons; buttons.take_review_forms()"
    Exit Sub
Failed:
    ReportFailure Err.Description
End Sub

Public Sub OnRibbonTakeReviewForms(control As Object)
    TakeReviewForms
End Sub

Public Sub ComputeScores()
    On Error GoTo Failed
    If InterpreterMissing() Then Exit Sub
    RunPython "from xl_lianbing import buttons; buttons.compute_scores()"
    Exit Sub
Failed:
    ReportFailure Err.Description
End Sub

Public Sub OnRibbonComputeScores(control As Object)
    ComputeScores
End Sub

Public Sub ShowShortlists()
    On Error GoTo Failed
    If InterpreterMissing() Then Exit Sub
    RunPython "from xl_lianbing import buttons; buttons.show_shortlists()"
    Exit Sub
Failed:
    ReportFailure Err.Description
End Sub

Public Sub OnRibbonShowShortlists(control As Object)
    ShowShortlists
End Sub

Public Sub IssueDispatch()
    On Error GoTo Failed
    If InterpreterMissing() Then Exit Sub
    RunPython "from xl_lianbing import buttons; buttons.issue_dispatch()"
    Exit Sub
Failed:
    ReportFailure Err.Description
End Sub

Public Sub OnRibbonIssueDispatch(control As Object)
    IssueDispatch
End Sub

Public Sub ExplainScore()
    On Error GoTo Failed
    If InterpreterMissing() Then Exit Sub
    RunPython "from xl_lianbing import buttons; buttons.explain_score()"
    Exit Sub
Failed:
    ReportFailure Err.Description
End Sub

Public Sub OnRibbonExplainScore(control As Object)
    ExplainScore
End Sub

Public Sub OpenFeedbackFolder()
    On Error GoTo Failed
    If InterpreterMissing() Then Exit Sub
    RunPython "from xl_lianbing import buttons; buttons.open_feedback_folder()"
    Exit Sub
Failed:
    ReportFailure Err.Description
End Sub

Public Sub OnRibbonOpenFeedbackFolder(control As Object)
    OpenFeedbackFolder
End Sub

Public Sub RemakeBlanks()
    On Error GoTo Failed
    If InterpreterMissing() Then Exit Sub
    RunPython "from xl_lianbing import buttons; buttons.remake_blanks()"
    Exit Sub
Failed:
    ReportFailure Err.Description
End Sub

Public Sub OnRibbonRemakeBlanks(control As Object)
    RemakeBlanks
End Sub

Public Sub SelfCheck()
    On Error GoTo Failed
    If InterpreterMissing() Then Exit Sub
    RunPython "from xl_lianbing import buttons; buttons.self_check()"
    Exit Sub
Failed:
    ReportFailure Err.Description
End Sub

Public Sub OnRibbonSelfCheck(control As Object)
    SelfCheck
End Sub

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
    If InStr(path, "\") = 0 Then Exit Function
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

Private Function InterpreterMissingText() As String
    Dim digits As String
    digits = digits & "627E4E0D52308FD0884C7A0B5E8F7528768400200050007900740068006F006EFF0C630994AE6CA1"
    digits = digits & "67096267884CFF0C8868683C6CA16709653952A83002000A591A534A662F603B886863624E867535"
    digits = digits & "8111621665874EF65939FF1A8BF753CC51FB540C4E0065874EF6593991CC76840020007300740061"
    digits = digits & "00720074002E0063006D0064FF0C62168FD0884C00200078006C002D006C00690061006E00620069"
    digits = digits & "006E006700200064006F00630074006F00720020002D002D006600690078FF0C518D62535F00603B"
    digits = digits & "886891CD8BD53002"
    InterpreterMissingText = Decode(digits)
End Function

Private Function StartFailedText() As String
    Dim digits As String
    digits = digits & "7A0B5E8F6CA16709542F52A8FF0C8868683C6CA16709653952A83002000A53EF80FD662F53554F4D"
    digits = digits & "76840020004F0066006600690063006500205B8951688BBE7F6E4E0D51418BB85B8F542F52A87A0B"
    digits = digits & "5E8FFF1A8BF74FDD6301603B886862535F00FF0C53CC51FB540C4E0065874EF6593991CC76840020"
    digits = digits & "00730074006100720074002E0063006D0064FF1B4ECD4E0D884C8BF7517395ED603B8868FF0C6539"
    digits = digits & "7528547D4EE400200078006C002D006C00690061006E00620069006E00673002"
    StartFailedText = Decode(digits)
End Function
