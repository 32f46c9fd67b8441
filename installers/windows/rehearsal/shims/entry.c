/* The entry point of a library that only hands calls on, or answers them without any runtime. */
int __stdcall DllMainCRTStartup(void *instance, unsigned reason, void *reserved) { return 1; }
