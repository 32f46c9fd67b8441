/* icuuc.dll for Wine, which has none: every call says "unsupported" (16, U_UNSUPPORTED_ERROR).
   Windows 10 1903 and newer have the real one. Never part of a package. */
#define OFFERED __declspec(dllexport)
#define UNSUPPORTED 16
static void unsupported(int *error) { if (error) *error = UNSUPPORTED; }

OFFERED void *ucnv_open(const char *name, int *error) { unsupported(error); return 0; }
OFFERED void ucnv_close(void *converter) {}
OFFERED void ucnv_reset(void *converter) {}
OFFERED signed char ucnv_getMaxCharSize(void *converter) { return 4; }
OFFERED const char *ucnv_getName(void *converter, int *error) { unsupported(error); return ""; }
OFFERED int ucnv_countAvailable(void) { return 0; }
OFFERED const char *ucnv_getAvailableName(int index) { return 0; }
OFFERED const char *ucnv_getStandardName(const char *name, const char *standard, int *error)
{ unsupported(error); return 0; }
OFFERED int ucnv_toUCountPending(void *converter, int *error) { unsupported(error); return -1; }
OFFERED int ucnv_fromUCountPending(void *converter, int *error) { unsupported(error); return -1; }
OFFERED void UCNV_FROM_U_CALLBACK_SUBSTITUTE(void) {}
OFFERED void UCNV_TO_U_CALLBACK_SUBSTITUTE(void) {}
OFFERED void ucnv_getToUCallBack(void *converter, void **action, void **context)
{ if (action) *action = 0; if (context) *context = 0; }
OFFERED void ucnv_getFromUCallBack(void *converter, void **action, void **context)
{ if (action) *action = 0; if (context) *context = 0; }
OFFERED void ucnv_setToUCallBack(void *converter, void *action, void *context, void **old_action,
                                 void **old_context, int *error) { unsupported(error); }
OFFERED void ucnv_setFromUCallBack(void *converter, void *action, void *context, void **old_action,
                                   void **old_context, int *error) { unsupported(error); }
OFFERED void ucnv_cbToUWriteUChars(void *arguments, void *source, int length, int offset,
                                   int *error) { unsupported(error); }
OFFERED void ucnv_cbFromUWriteUChars(void *arguments, void **source, void *end, int offset,
                                     int *error) { unsupported(error); }
OFFERED void ucnv_toUnicode(void *converter, void *target, void *target_end, void *source,
                            void *source_end, int *offsets, int flush, int *error)
{ unsupported(error); }
OFFERED void ucnv_fromUnicode(void *converter, void *target, void *target_end, void *source,
                              void *source_end, int *offsets, int flush, int *error)
{ unsupported(error); }
