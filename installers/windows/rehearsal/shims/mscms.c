/* mscms.dll for Wine, whose own stops the program where Qt asks for a screen's colour profile:
   here no screen has one. Never part of a package. */
#define OFFERED __declspec(dllexport)
OFFERED int GetColorProfileFromHandle(void *profile, unsigned char *data, unsigned *size) { return 0; }
OFFERED int CloseColorProfile(void *profile) { return 1; }
OFFERED void *WcsCreateIccProfile(void *profile, unsigned options) { return 0; }
OFFERED void *OpenColorProfileW(void *profile, unsigned access, unsigned share, unsigned create)
{ return 0; }
