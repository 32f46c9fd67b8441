/* The complex functions of ucrtbase.dll, which Wine names but does not have; NumPy wants them.
   A long double is a double on Windows, so each l-name does what its plain name does.
   Everything else is handed on to a copy of Wine's own library. Never part of a package. */
#include <complex.h>
typedef struct { double real, imaginary; } Pair;
typedef struct { float real, imaginary; } ShortPair;
#define LONG(pair) (*(double _Complex *)&(pair))
#define SHORT(pair) (*(float _Complex *)&(pair))

#define TO_COMPLEX(name) \
    Pair shim_##name(Pair z) { double _Complex it = name(LONG(z)); return *(Pair *)&it; } \
    Pair shim_##name##l(Pair z) { double _Complex it = name(LONG(z)); return *(Pair *)&it; } \
    ShortPair shim_##name##f(ShortPair z) \
    { float _Complex it = name##f(SHORT(z)); return *(ShortPair *)&it; }
#define TO_REAL(name) \
    double shim_##name(Pair z) { return name(LONG(z)); } \
    double shim_##name##l(Pair z) { return name(LONG(z)); } \
    float shim_##name##f(ShortPair z) { return name##f(SHORT(z)); }

TO_COMPLEX(cexp) TO_COMPLEX(clog) TO_COMPLEX(csqrt) TO_COMPLEX(cproj)
TO_COMPLEX(csin) TO_COMPLEX(ccos) TO_COMPLEX(ctan)
TO_COMPLEX(csinh) TO_COMPLEX(ccosh) TO_COMPLEX(ctanh)
TO_COMPLEX(casin) TO_COMPLEX(cacos) TO_COMPLEX(catan)
TO_COMPLEX(casinh) TO_COMPLEX(cacosh) TO_COMPLEX(catanh)
TO_REAL(creal) TO_REAL(cimag) TO_REAL(cabs) TO_REAL(carg)

Pair shim_cpow(Pair z, Pair w)
{ double _Complex it = cpow(LONG(z), LONG(w)); return *(Pair *)&it; }
Pair shim_cpowl(Pair z, Pair w)
{ double _Complex it = cpow(LONG(z), LONG(w)); return *(Pair *)&it; }
ShortPair shim_cpowf(ShortPair z, ShortPair w)
{ float _Complex it = cpowf(SHORT(z), SHORT(w)); return *(ShortPair *)&it; }
