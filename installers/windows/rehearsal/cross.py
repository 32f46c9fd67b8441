"""numpy for Windows without an algebra library, built here by the cross-compiler.

The same source and the same settings as of a release (``installers/numpy_alone.py``), which builds
it on Windows with the compiler of CPython itself; here it is gcc, which numpy provides for.
CPython's headers are those of the Python that plays the rehearsal, but for the one about the
system; the library to link to is read from the interpreter's. Some minutes, once for each version.
Built so numpy warns, when it is imported, that it is for trying only: so is all of the rehearsal.
"""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
import sysconfig
import tempfile
from importlib.metadata import version
from pathlib import Path
from typing import Final

from installers import numpy_alone
from installers.freezing import BuildError
from installers.windows.rehearsal.exports import exported
from installers.windows.rehearsal.places import DLL, HERE, kept
from installers.windows.rehearsal.shims import DLLTOOL, SOURCES

AS_ELSEWHERE: Final = "setup-args=-Doptimization=2"
"""As CPython's own compiler does it: gcc would unroll more, for speed that nobody asks for here."""
POSING: Final = HERE / "posing.py"
TOOLS: Final = "x86_64-w64-mingw32-"
MACHINE: Final = """\
[binaries]
c = '{tools}gcc'
cpp = '{tools}g++'
ar = '{tools}ar'
strip = '{tools}strip'
python = '{python}'

[host_machine]
system = 'windows'
cpu_family = 'x86_64'
cpu = 'x86_64'
endian = 'little'

[properties]
needs_exe_wrapper = true
longdouble_format = 'IEEE_DOUBLE_LE'

[built-in options]
c_link_args = ['-s', '-L{libraries}', '-l{library}']
cpp_link_args = ['-s', '-L{libraries}', '-l{library}']
"""
"""What meson has to know of the machine that is built for; nothing of it can be run here."""


def numpy(interpreter: Path) -> Path:
    """Return the folder with numpy, built where it is not there.

    ``interpreter`` is the ``python.exe`` of the Windows Python.
    """
    target = kept("numpy") / f"{version(numpy_alone.NAME)}-{DLL}"
    if not numpy_alone.there(target):
        with tempfile.TemporaryDirectory() as folder:
            described = machine(Path(folder), interpreter.with_name(f"{DLL}.dll"))
            numpy_alone.build(target, AS_ELSEWHERE, f"setup-args=--cross-file={described}")
        if not any(target.rglob("*.pyd")):
            shutil.rmtree(target)
            raise BuildError("numpy was not built for Windows")
    return target


def machine(folder: Path, library: Path) -> Path:
    """Put headers and the library to link to into ``folder``; return the description of all."""
    headers, libraries = folder / "include", folder / "lib"
    shutil.copytree(sysconfig.get_path("include"), headers)
    shutil.copyfile(SOURCES / "pyconfig.h", headers / "pyconfig.h")
    libraries.mkdir()
    listed = libraries / "interpreter.def"
    listed.write_text(
        "\n".join([f"LIBRARY {library.name}", "EXPORTS", *exported(library)]), "ascii"
    )
    subprocess.run([DLLTOOL, "-d", listed, "-l", libraries / f"lib{DLL}.a"], check=True)
    python, described = folder / "python", folder / "machine.ini"
    words = shlex.join(map(str, (sys.executable, POSING, headers)))
    python.write_text(f'#!/bin/sh\nexec {words} "$@"\n', "utf-8")
    python.chmod(0o755)
    told = {"tools": TOOLS, "python": python, "libraries": libraries, "library": DLL}
    described.write_text(MACHINE.format(**told), "utf-8")
    return described
