; The installer for Windows, for one user and without administrator rights.
;
; makensis is called by installers/windows/setup.py, which says:
;   VERSION NUMBERS     as people read it, and as four numbers
;   PAYLOAD PAYLOAD_MB  the files of the frozen tree, and their size
;   OUT                 the installer to make
;   ICON SIDE           pictures
;   TEXTS_ID TEXTS_EN   the words
;   BRANDING            the small line at the bottom
;   NSIS_TARGET         how the installer itself runs; SIGN (optional) is the signing command
;
; in_use.nsh knows of a running program, removing.nsh is the uninstaller.
; What it promises is in docs/developers/rehearsal.md, "The installer".

Target ${NSIS_TARGET}
Unicode true
!pragma warning disable 6012 ; labels of LogicLib that nothing jumps to
!ifdef QUICK
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
  SetCompressorDictSize 64
!endif
ManifestDPIAware true
ManifestLongPathAware true
ManifestSupportedOS all
RequestExecutionLevel user
AllowSkipFiles off
ShowInstDetails nevershow
ShowUninstDetails nevershow

!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"
!include "Sections.nsh"
!include "WinVer.nsh"
!include "WordFunc.nsh"
!include "x64.nsh"
!include "nsDialogs.nsh"

!define NAME "PerpusDesk"
!define PROGRAM "${NAME}.exe"
!define CONSOLE "${NAME}.com"
!define MODULES "${NAME}.pkg"
!define OWN_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${NAME}"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define ONCE_KEY "Software\Microsoft\Windows\CurrentVersion\RunOnce"
!define CLASSES "Software\Classes"
!define PACKAGE_CLASS "${NAME}.Package"
!define UPDATE_CLASS "${NAME}.Update"
!define DATA "$LOCALAPPDATA\${NAME}"

; How it ended, for scripts (0: done, 1: given up by the user)
!define FAILED 2
!define RUNNING 10
!define OLDER 11
!define NO_ROOM 12
!define OLD_WINDOWS 13
!define FOREIGN_FOLDER 14

!define PID_PATIENCE_MS 120000
!define CLOSE_PATIENCE 20 ; times half a second
!define OLDEST_BUILD 18362 ; Windows 10, version 1903: the first with icuuc.dll, which Qt asks for

Name "${NAME}"
OutFile "${OUT}"
Icon "${ICON}"
UninstallIcon "${ICON}"
BrandingText "${BRANDING}"
InstallButtonText "$(InstallButton)"
InstallDir "$LOCALAPPDATA\Programs\${NAME}"
InstallDirRegKey HKCU "${OWN_KEY}" "InstallLocation"
VIProductVersion "${NUMBERS}"
VIFileVersion "${NUMBERS}"
VIAddVersionKey /LANG=0 "ProductName" "${NAME}"
VIAddVersionKey /LANG=0 "CompanyName" "${NAME}"
VIAddVersionKey /LANG=0 "ProductVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileVersion" "${VERSION}"
VIAddVersionKey /LANG=0 "FileDescription" "${NAME} ${VERSION} Setup"
VIAddVersionKey /LANG=0 "LegalCopyright" "${NAME}, MIT License"
!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"'
!endif

Var Before ; version that is installed, "" for none
Var Held ; "1" while files of the program are in use
Var Once ; command that brings the program back if the power goes during the change
Var DeleteData ; "1" when the data go too
Var DeleteBox

; Pages

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_CUSTOMFUNCTION_GUIINIT Shown
!define MUI_WELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEFINISHPAGE_BITMAP_STRETCH AspectFitHeight
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${SIDE}"
!define MUI_WELCOMEPAGE_TITLE "$(WelcomeTitle)"
!define MUI_WELCOMEPAGE_TEXT "$(WelcomeText)"
!insertmacro MUI_PAGE_WELCOME
!define MUI_PAGE_HEADER_TEXT "$(ChoicesTitle)"
!define MUI_PAGE_HEADER_SUBTEXT "$(ChoicesSubtitle)"
!define MUI_COMPONENTSPAGE_TEXT_TOP "$(ChoicesText)"
!define MUI_COMPONENTSPAGE_TEXT_COMPLIST "$(ChoicesList)"
!define MUI_COMPONENTSPAGE_TEXT_DESCRIPTION_INFO "$(ChoicesInfo)"
!define MUI_COMPONENTSPAGE_SMALLDESC
!insertmacro MUI_PAGE_COMPONENTS
!define MUI_PAGE_HEADER_TEXT "$(WorkingTitle)"
!define MUI_PAGE_HEADER_SUBTEXT "$(WorkingSubtitle)"
!define MUI_INSTFILESPAGE_FINISHHEADER_TEXT "$(DoneTitle)"
!define MUI_INSTFILESPAGE_FINISHHEADER_SUBTEXT "$(DoneSubtitle)"
!define MUI_INSTFILESPAGE_ABORTHEADER_TEXT "$(StoppedTitle)"
!define MUI_INSTFILESPAGE_ABORTHEADER_SUBTEXT "$(StoppedSubtitle)"
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "$(FinishTitle)"
!define MUI_FINISHPAGE_TEXT "$(FinishText)"
!define MUI_FINISHPAGE_RUN "$INSTDIR\${PROGRAM}"
!define MUI_FINISHPAGE_RUN_TEXT "$(FinishRun)"
!insertmacro MUI_PAGE_FINISH

UninstPage custom un.DataPage un.DataPageLeft
!define MUI_PAGE_HEADER_TEXT "$(RemovingTitle)"
!define MUI_PAGE_HEADER_SUBTEXT "$(RemovingSubtitle)"
!define MUI_UNINSTFILESPAGE_FINISHHEADER_TEXT "$(RemovedTitle)"
!define MUI_UNINSTFILESPAGE_FINISHHEADER_SUBTEXT "$(RemovedSubtitle)"
!insertmacro MUI_UNPAGE_INSTFILES

!insertmacro MUI_LANGUAGE "Indonesian" ; the first one is for systems in any other language
!insertmacro MUI_LANGUAGE "English"
!include "${TEXTS_ID}"
!include "${TEXTS_EN}"

; Starting

!macro ChooseLanguage
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/LANG=" $1
  ${IfNot} ${Errors}
    StrCpy $LANGUAGE ${LANG_INDONESIAN}
    ${If} $1 == "en"
      StrCpy $LANGUAGE ${LANG_ENGLISH}
    ${EndIf}
  ${EndIf}
!macroend

; Say why it does not go on, silently or not, and end with a code.
!macro Refuse TEXT CODE
  SetErrorLevel ${CODE}
  MessageBox MB_OK|MB_ICONEXCLAMATION "${TEXT}" /SD IDOK
  SetErrorLevel ${CODE}
  Quit
!macroend

Function .onInit
  !insertmacro ChooseLanguage
  SetOutPath "$TEMP" ; whoever started us may have us stand in the very folder that is replaced
  ReadRegStr $Before HKCU "${OWN_KEY}" "DisplayVersion"
  ${IfNot} ${RunningX64}
  ${OrIfNot} ${AtLeastWin10}
    !insertmacro Refuse "$(OldWindows)" ${OLD_WINDOWS}
  ${EndIf}
  ${WinVerGetBuild} $0
  ${If} $0 < ${OLDEST_BUILD}
    !insertmacro Refuse "$(OldWindows)" ${OLD_WINDOWS}
  ${EndIf}
  Call RefuseOlder
  Call RefuseForeignFolder
  Call RefuseWithoutRoom
  Call ChoicesBefore
FunctionEnd

Function Shown
  ${If} ${Cmd} `FindWindow $0 "#32770" "" $HWNDPARENT`
    BringToFront
  ${EndIf}
FunctionEnd

; A library that a newer program has opened is not opened by an older one.
Function RefuseOlder
  ${If} $Before == ""
    Return
  ${EndIf}
  ReadRegStr $0 HKCU "${OWN_KEY}" "Numbers"
  ${VersionCompare} "$0" "${NUMBERS}" $1
  ${If} $1 != 1
    Return
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/FORCE" $1
  ${If} ${Errors}
    !insertmacro Refuse "$(OlderThanInstalled)" ${OLDER}
  ${EndIf}
FunctionEnd

; The folder is replaced as a whole: never one that holds something else.
Function RefuseForeignFolder
  ${IfNot} ${FileExists} "$INSTDIR\*.*"
  ${OrIf} ${FileExists} "$INSTDIR\uninstall.exe"
    Return
  ${EndIf}
  FindFirst $0 $1 "$INSTDIR\*.*"
  ${Do}
    ${If} $1 != "."
    ${AndIf} $1 != ".."
      ${ExitDo}
    ${EndIf}
    FindNext $0 $1
  ${Loop}
  FindClose $0
  ${If} $1 != ""
    !insertmacro Refuse "$(ForeignFolder)" ${FOREIGN_FOLDER}
  ${EndIf}
FunctionEnd

; Old and new lie side by side for a moment.
Function RefuseWithoutRoom
  ${GetRoot} "$INSTDIR" $0
  ClearErrors
  ${DriveSpace} "$0\" "/D=F /S=M" $1
  ${IfNot} ${Errors}
  ${AndIf} $1 < ${PAYLOAD_MB}
    !insertmacro Refuse "$(NoRoom)" ${NO_ROOM}
  ${EndIf}
FunctionEnd

; What was chosen before shows in the system itself, where the program changes it too.
!macro Preset SECTION CHOSEN
  ${If} ${CHOSEN}
    !insertmacro SelectSection ${SECTION}
  ${Else}
    !insertmacro UnselectSection ${SECTION}
  ${EndIf}
!macroend

!include "in_use.nsh"

; Whoever starts the installer says its process: it is about to end (docs/developers/upgrading.md).
Function WaitForCaller
  ReadEnvStr $0 "PERPUSDESK_PID"
  ${If} $0 == ""
    Return
  ${EndIf}
  System::Call "kernel32::OpenProcess(i 0x00100000, i 0, i r0) p .r1" ; SYNCHRONIZE
  ${If} $1 P<> 0
    System::Call "kernel32::WaitForSingleObject(p r1, i ${PID_PATIENCE_MS}) i .r2"
    System::Call "kernel32::CloseHandle(p r1)"
  ${EndIf}
FunctionEnd

; Replacing the program: the new one is complete beside the old one before the old one goes.

!macro Fail TEXT
  DetailPrint "${TEXT}"
  RMDir /r "$INSTDIR.new"
  SetErrorLevel ${FAILED}
  MessageBox MB_OK|MB_ICONSTOP "${TEXT}" /SD IDOK
  Call StartAgain
  SetErrorLevel ${FAILED}
  Abort "${TEXT}"
!macroend

Function Rename ; from $R0 to $R1, with patience for whoever looks into new files (virus scanners)
  StrCpy $R2 0
  ${Do}
    ClearErrors
    Rename "$R0" "$R1"
    ${IfNot} ${Errors}
      Return
    ${EndIf}
    Sleep 500
    IntOp $R2 $R2 + 1
  ${LoopUntil} $R2 >= 20
  SetErrors
FunctionEnd

; An earlier change was cut off between its two renamings: the old program comes back first.
Function Recover
  ${If} ${FileExists} "$INSTDIR.old\${PROGRAM}"
  ${AndIfNot} ${FileExists} "$INSTDIR\${PROGRAM}"
    RMDir "$INSTDIR"
    Rename "$INSTDIR.old" "$INSTDIR"
  ${EndIf}
  Push "$INSTDIR.old"
  Call DropProgram
  RMDir /r "$INSTDIR.new"
FunctionEnd

; Remove what an installer put into a folder, and give what others put there to the new one.
Function DropProgram
  Pop $R0
  RMDir /r "$R0\_internal"
  Delete "$R0\${PROGRAM}"
  Delete "$R0\${CONSOLE}"
  Delete "$R0\${MODULES}"
  Delete "$R0\uninstall.exe"
  RMDir "$R0"
  ${IfNot} ${FileExists} "$R0\*.*"
    Return
  ${EndIf}
  FindFirst $R1 $R2 "$R0\*.*"
  ${DoWhile} $R2 != ""
    ${If} $R2 != "."
    ${AndIf} $R2 != ".."
      Rename "$R0\$R2" "$INSTDIR\$R2"
    ${EndIf}
    FindNext $R1 $R2
  ${Loop}
  FindClose $R1
  RMDir "$R0"
FunctionEnd

Function Swap
  ${If} ${FileExists} "$INSTDIR\*.*"
    StrCpy $Once 'cmd.exe /d /c if not exist "$INSTDIR\${PROGRAM}" move "$INSTDIR.old" "$INSTDIR"'
    WriteRegStr HKCU "${ONCE_KEY}" "${NAME}" "$Once"
    StrCpy $R0 "$INSTDIR"
    StrCpy $R1 "$INSTDIR.old"
    Call Rename
    ${If} ${Errors}
      DeleteRegValue HKCU "${ONCE_KEY}" "${NAME}"
      !insertmacro Fail "$(InUse)"
    ${EndIf}
  ${EndIf}
  StrCpy $R0 "$INSTDIR.new"
  StrCpy $R1 "$INSTDIR"
  Call Rename
  ${If} ${Errors}
    Rename "$INSTDIR.old" "$INSTDIR"
    DeleteRegValue HKCU "${ONCE_KEY}" "${NAME}"
    !insertmacro Fail "$(InUse)"
  ${EndIf}
  DeleteRegValue HKCU "${ONCE_KEY}" "${NAME}"
  Push "$INSTDIR.old"
  Call DropProgram
FunctionEnd

; The program that asked for its update is started again, whichever version there is then.
Function StartAgain
  ReadEnvStr $0 "PERPUSDESK_PID"
  ${If} ${Silent}
  ${AndIf} $0 != ""
  ${AndIf} ${FileExists} "$INSTDIR\${PROGRAM}"
    System::Call 'kernel32::SetEnvironmentVariable(t "PERPUSDESK_PID", p 0)'
    Exec '"$INSTDIR\${PROGRAM}"'
  ${EndIf}
FunctionEnd

Section "$(ProgramChoice)" ProgramPart
  SectionIn RO
  Call WaitForCaller
  Call CloseProgram
  Call Recover
  ClearErrors
  SetOutPath "$INSTDIR.new"
  File /r "${PAYLOAD}"
  WriteUninstaller "$INSTDIR.new\uninstall.exe"
  SetOutPath "$TEMP"
  ${If} ${Errors}
    !insertmacro Fail "$(NotWritten)"
  ${EndIf}
  Call Swap
  WriteRegStr HKCU "${OWN_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${OWN_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${OWN_KEY}" "Numbers" "${NUMBERS}"
  WriteRegStr HKCU "${OWN_KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${OWN_KEY}" "DisplayIcon" "$INSTDIR\${PROGRAM}"
  WriteRegStr HKCU "${OWN_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${OWN_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${OWN_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegStr HKCU "${OWN_KEY}" "Language" "$LANGUAGE"
  WriteRegDWORD HKCU "${OWN_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${OWN_KEY}" "NoRepair" 1
  SectionGetSize ${ProgramPart} $0
  WriteRegDWORD HKCU "${OWN_KEY}" "EstimatedSize" $0
SectionEnd

!macro Associate ENDING CLASS TITLE
  WriteRegStr HKCU "${CLASSES}\${ENDING}" "" "${CLASS}"
  WriteRegStr HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "${CLASS}" ""
  WriteRegStr HKCU "${CLASSES}\${CLASS}" "" "${TITLE}"
  WriteRegStr HKCU "${CLASSES}\${CLASS}\DefaultIcon" "" '"$INSTDIR\${PROGRAM}",0'
  WriteRegStr HKCU "${CLASSES}\${CLASS}\shell\open\command" "" '"$INSTDIR\${PROGRAM}" "%1"'
!macroend

!macro Dissociate ENDING CLASS
  ReadRegStr $0 HKCU "${CLASSES}\${ENDING}" ""
  ${If} $0 == "${CLASS}"
    DeleteRegValue HKCU "${CLASSES}\${ENDING}" ""
  ${EndIf}
  DeleteRegValue HKCU "${CLASSES}\${ENDING}\OpenWithProgids" "${CLASS}"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}\OpenWithProgids"
  DeleteRegKey /ifempty HKCU "${CLASSES}\${ENDING}"
  DeleteRegKey HKCU "${CLASSES}\${CLASS}"
!macroend

Section "$(MenuChoice)" MenuPart
  SetOutPath "$PROFILE" ; where the program stands when it starts: never its own folder
  CreateShortCut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

Section "$(DesktopChoice)" DesktopPart
  SetOutPath "$PROFILE"
  CreateShortCut "$DESKTOP\${NAME}.lnk" "$INSTDIR\${PROGRAM}"
SectionEnd

Section "$(FilesChoice)" FilesPart
  !insertmacro Associate ".pdx" "${PACKAGE_CLASS}" "$(PackageTitle)"
  !insertmacro Associate ".pdupdate" "${UPDATE_CLASS}" "$(UpdateTitle)"
SectionEnd

Section /o "$(AutostartChoice)" AutostartPart
  ReadRegStr $0 HKCU "${RUN_KEY}" "${NAME}"
  ${If} $0 == ""
    WriteRegStr HKCU "${RUN_KEY}" "${NAME}" '"$INSTDIR\${PROGRAM}"'
  ${EndIf}
SectionEnd

; What is not chosen goes, also where it was chosen before.
Section "-Rest"
  SetOutPath "$TEMP"
  ${IfNot} ${SectionIsSelected} ${MenuPart}
    Delete "$SMPROGRAMS\${NAME}.lnk"
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${DesktopPart}
    Delete "$DESKTOP\${NAME}.lnk"
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${FilesPart}
    !insertmacro Dissociate ".pdx" "${PACKAGE_CLASS}"
    !insertmacro Dissociate ".pdupdate" "${UPDATE_CLASS}"
  ${EndIf}
  ${IfNot} ${SectionIsSelected} ${AutostartPart}
    DeleteRegValue HKCU "${RUN_KEY}" "${NAME}"
  ${EndIf}
  ${RefreshShellIcons}
  Call StartAgain
SectionEnd

Function ChoicesBefore
  ${If} $Before != ""
    !insertmacro Preset ${MenuPart} `${FileExists} "$SMPROGRAMS\${NAME}.lnk"`
    !insertmacro Preset ${DesktopPart} `${FileExists} "$DESKTOP\${NAME}.lnk"`
    ReadRegStr $0 HKCU "${CLASSES}\${PACKAGE_CLASS}" ""
    !insertmacro Preset ${FilesPart} `$0 != ""`
    ReadRegStr $0 HKCU "${RUN_KEY}" "${NAME}"
    !insertmacro Preset ${AutostartPart} `$0 != ""`
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/AUTOSTART" $1
  ${IfNot} ${Errors}
    !insertmacro SelectSection ${AutostartPart}
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/NODESKTOP" $1
  ${IfNot} ${Errors}
    !insertmacro UnselectSection ${DesktopPart}
  ${EndIf}
FunctionEnd

!insertmacro MUI_FUNCTION_DESCRIPTION_BEGIN
  !insertmacro MUI_DESCRIPTION_TEXT ${ProgramPart} "$(ProgramHint)"
  !insertmacro MUI_DESCRIPTION_TEXT ${MenuPart} "$(MenuHint)"
  !insertmacro MUI_DESCRIPTION_TEXT ${DesktopPart} "$(DesktopHint)"
  !insertmacro MUI_DESCRIPTION_TEXT ${FilesPart} "$(FilesHint)"
  !insertmacro MUI_DESCRIPTION_TEXT ${AutostartPart} "$(AutostartHint)"
!insertmacro MUI_FUNCTION_DESCRIPTION_END

!include "removing.nsh"
