; Going: the program, its links and its keys; the data only when that is asked for.

Function un.onInit
  ReadRegStr $LANGUAGE HKCU "${OWN_KEY}" "Language"
  ${If} $LANGUAGE == ""
    StrCpy $LANGUAGE ${LANG_INDONESIAN}
  ${EndIf}
  !insertmacro ChooseLanguage
  SetOutPath "$TEMP"
  StrCpy $DeleteData ""
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/DELETEDATA" $1
  ${IfNot} ${Errors}
    StrCpy $DeleteData "1"
  ${EndIf}
FunctionEnd

Function un.DataPage
  !insertmacro MUI_HEADER_TEXT "$(RemoveTitle)" "$(RemoveSubtitle)"
  nsDialogs::Create 1018
  Pop $0
  ${NSD_CreateLabel} 0 0 100% 48u "$(RemoveText)"
  Pop $0
  ${NSD_CreateCheckBox} 0 56u 100% 12u "$(RemoveDataChoice)"
  Pop $DeleteBox
  ${If} $DeleteData == "1"
    ${NSD_Check} $DeleteBox
  ${EndIf}
  ${NSD_CreateLabel} 12u 70u 92% 36u "$(RemoveDataHint)"
  Pop $0
  GetDlgItem $0 $HWNDPARENT 1
  SendMessage $0 ${WM_SETTEXT} 0 "STR:$(RemoveButton)"
  nsDialogs::Show
FunctionEnd

Function un.DataPageLeft
  StrCpy $DeleteData ""
  ${NSD_GetState} $DeleteBox $0
  ${If} $0 == ${BST_CHECKED}
    StrCpy $DeleteData "1"
    MessageBox MB_YESNO|MB_ICONEXCLAMATION|MB_DEFBUTTON2 "$(RemoveDataSure)" IDYES +2
    Abort
  ${EndIf}
FunctionEnd

Section "Uninstall"
  Call un.CloseProgram
  RMDir /r "$INSTDIR\_internal"
  Delete "$INSTDIR\${PROGRAM}"
  Delete "$INSTDIR\${CONSOLE}"
  Delete "$INSTDIR\${MODULES}"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR" ; stays where someone put other files into it
  Delete "$SMPROGRAMS\${NAME}.lnk"
  Delete "$DESKTOP\${NAME}.lnk"
  !insertmacro Dissociate ".pdx" "${PACKAGE_CLASS}"
  !insertmacro Dissociate ".pdupdate" "${UPDATE_CLASS}"
  DeleteRegValue HKCU "${RUN_KEY}" "${NAME}"
  DeleteRegValue HKCU "${ONCE_KEY}" "${NAME}"
  DeleteRegKey HKCU "${OWN_KEY}"
  ${If} $DeleteData == "1"
    RMDir /r "${DATA}"
  ${EndIf}
  ${RefreshShellIcons}
SectionEnd
