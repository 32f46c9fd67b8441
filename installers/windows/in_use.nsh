; A program that is running: seen, asked to close, waited for. For installing and for removing.

; Is the program in use? Whoever runs it has its files open, so they cannot be opened to write.
!macro InUseFunctions UN
Function ${UN}Look
  StrCpy $Held ""
  Push "$INSTDIR\${PROGRAM}"
  Call ${UN}LookAt
  Push "$INSTDIR\${CONSOLE}"
  Call ${UN}LookAt
FunctionEnd

Function ${UN}LookAt
  Pop $0
  ${If} ${FileExists} "$0"
    ClearErrors
    FileOpen $1 "$0" a
    ${If} ${Errors}
      StrCpy $Held "1"
    ${Else}
      FileClose $1
    ${EndIf}
  ${EndIf}
FunctionEnd

; Wait until the program is closed; asked to, it closes as if its window were closed.
Function ${UN}WaitClosed
  StrCpy $2 0
  ${Do}
    Call ${UN}Look
    ${If} $Held == ""
      Return
    ${EndIf}
    Sleep 500
    IntOp $2 $2 + 1
  ${LoopUntil} $2 >= ${CLOSE_PATIENCE}
  Call ${UN}Look
FunctionEnd

Function ${UN}CloseProgram
  Call ${UN}Look
  ${DoWhile} $Held == "1"
    ${If} ${Silent}
      Call ${UN}WaitClosed
      ${If} $Held == "1"
        SetErrorLevel ${RUNNING}
        Quit
      ${EndIf}
    ${Else}
      MessageBox MB_OKCANCEL|MB_ICONINFORMATION "$(StillOpen)" IDOK +3
      SetErrorLevel ${RUNNING}
      Quit
      nsExec::Exec 'taskkill /IM "${PROGRAM}"'
      Pop $0
      Call ${UN}WaitClosed
    ${EndIf}
  ${Loop}
FunctionEnd
!macroend
!insertmacro InUseFunctions ""
!insertmacro InUseFunctions "un."
