/* bcryptprimitives.dll for Wine 8, which has none: programs in Rust draw their chance from it.
   Windows' other door to the same chance gives it here. Never part of a package. */
__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *data, unsigned length);
__declspec(dllexport) int __stdcall ProcessPrng(void *data, unsigned long long length)
{ return SystemFunction036(data, (unsigned)length); }
