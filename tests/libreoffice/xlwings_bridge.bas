Attribute VB_Name = "xlwings"
' Stands in for xlwings.bas in LibreOffice: the same RunPython, through Shell.
' It does not wait: while Shell waits, LibreOffice answers nobody, and the started program may want to speak to it.
Public Function RunPython(PythonCommand As String)
    Dim script As String
    script = """" & Environ("LIANBING_BRIDGE_SCRIPT") & """"
    Shell Environ("LIANBING_BRIDGE_PYTHON"), 0, script & " " & Quoted(PythonCommand) & " " & Quoted(ThisWorkbook.Path & "/" & ThisWorkbook.Name), False
End Function

Private Function Quoted(text As String) As String
    ' Shell takes its arguments as one text: quotes and spaces are sent as in a URL.
    Quoted = Replace(Replace(Replace(Replace(text, "%", "%25"), " ", "%20"), """", "%22"), "'", "%27")
End Function
