/* The program of the short rehearsal, which shows what the installer does with a program.
     tiny               writes started.txt into the data folder: who it is
     tiny FILE          writes FILE.opened: a double click reached it
     tiny stay SECONDS  writes its process into pid.txt of the data folder, and stays */
#include <windows.h>
#include <shellapi.h>
#include <stdio.h>
#include <wchar.h>

static int say(const wchar_t *folder, const wchar_t *name, const wchar_t *text)
{
    wchar_t path[2048];
    swprintf(path, 2048, L"%ls%ls", folder, name);
    FILE *file = _wfopen(path, L"w, ccs=UTF-8");
    if (file == 0) return 1;
    fputws(text, file);
    return fclose(file);
}

int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, wchar_t *line, int show)
{
    wchar_t data[1024], text[1024];
    int count = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    swprintf(data, 1024, L"%ls\\PerpusDesk\\", _wgetenv(L"LOCALAPPDATA"));
    CreateDirectoryW(data, 0);
    if (count == 2) return say(words[1], L".opened", L"opened");
    if (count == 1) { GetModuleFileNameW(0, text, 1024); return say(data, L"started.txt", text); }
    swprintf(text, 1024, L"%lu", GetCurrentProcessId());
    say(data, L"pid.txt", text);
    Sleep(1000 * _wtoi(words[2]));
    return 0;
}
