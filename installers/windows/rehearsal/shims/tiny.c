/* The program of the short rehearsal: writes its first argument into the file named second,
   or, without arguments, lives on until it is ended. */
#include <windows.h>
#include <stdio.h>
#include <wchar.h>
int WINAPI wWinMain(HINSTANCE instance, HINSTANCE before, wchar_t *line, int show)
{
    int count = 0;
    wchar_t **words = CommandLineToArgvW(GetCommandLineW(), &count);
    FILE *file = count > 2 ? _wfopen(words[2], L"w") : 0;
    if (file == 0) { Sleep(count > 1 ? (DWORD)_wtoi(words[1]) : 20000); return 0; }
    fputws(words[1], file);
    return fclose(file);
}
