"""``build opencv``: OpenCV's Python module with the parts the program uses, from its source.

The wheel on PyPI carries decoders for films, a neural network engine and an algebra library:
150 MB of which a desk uses nothing. The same version is built here from the source that PyPI
keeps beside the wheel, whose sum is in ``requirements.lock``. Cameras are read through V4L2.

Needs cmake, ninja, nasm and a C++ compiler; about ten minutes on two cores, once. Where it was
not built the frozen program holds the wheel's.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
from pathlib import Path
from typing import Final

from installers import sources
from installers.freezing import BuildError, environment

NAME: Final = "opencv-python-headless"
MODULES: Final = ("core", "imgproc", "imgcodecs", "videoio", "objdetect", "python3")
OFF: Final = """
    BUILD_SHARED_LIBS BUILD_TESTS BUILD_PERF_TESTS BUILD_DOCS BUILD_EXAMPLES BUILD_JAVA
    BUILD_opencv_apps BUILD_opencv_dnn WITH_FFMPEG WITH_GSTREAMER WITH_LAPACK WITH_IPP WITH_ITT
    WITH_OPENCL WITH_PROTOBUF WITH_ADE WITH_EIGEN WITH_OPENEXR WITH_JASPER WITH_OPENJPEG
    WITH_AVIF WITH_1394 WITH_VTK WITH_GTK WITH_QT WITH_KLEIDICV WITH_OBSENSOR
"""
ON: Final = "WITH_V4L BUILD_JPEG BUILD_PNG BUILD_TIFF BUILD_WEBP BUILD_ZLIB PYTHON3_LIMITED_API"
LIBRARY: Final = "cv2.abi3.so"


def first() -> list[Path]:
    """Return the folder to look in before the environment's own, none where it was not built."""
    place = sources.place_of(NAME)
    return [place] if (place / "cv2" / LIBRARY).is_file() else []


def make() -> list[Path]:
    """Build the package, or leave it as it is where that version was built before."""
    target = sources.place_of(NAME)
    if not first():
        with tempfile.TemporaryDirectory() as folder:
            library = _compile(_source(Path(folder)), Path(folder) / "build")
            _put_together(library, target)
    return [target]


def _source(folder: Path) -> Path:
    with tarfile.open(sources.pip("download", NAME, folder)) as packed:
        packed.extractall(folder, filter="data")
    return next(folder.glob("opencv*/opencv"))


def _compile(source: Path, folder: Path) -> Path:
    python = sysconfig.get_config_vars()
    settings = {
        **dict.fromkeys(OFF.split(), "OFF"),
        **dict.fromkeys(ON.split(), "ON"),
        "BUILD_LIST": ",".join(MODULES),
        "CMAKE_BUILD_TYPE": "Release",
        "CMAKE_INSTALL_PREFIX": str(folder / "installed"),
        "CPU_BASELINE": "SSE3",
        "CPU_DISPATCH": "SSE4_1;AVX2",
        "OPENCV_PYTHON3_INSTALL_PATH": "python",
        "PYTHON_DEFAULT_EXECUTABLE": sys.executable,
        "PYTHON3_EXECUTABLE": sys.executable,
        "PYTHON3_INCLUDE_DIR": sysconfig.get_path("include"),
        "PYTHON3_LIBRARY": f"{python['LIBDIR']}/{python['LDLIBRARY']}",
        "PYTHON3_NUMPY_INCLUDE_DIRS": _numpy_headers(),
    }
    words = [f"-D{name}={value}" for name, value in settings.items()]
    configure = ["cmake", "-G", "Ninja", "-S", str(source), "-B", str(folder), *words]
    for command in (configure, ["cmake", "--build", str(folder), "--target", "install"]):
        done = subprocess.run(command, env=environment(), capture_output=True, check=False)
        if done.returncode != 0:
            raise BuildError(f"OpenCV was not built:\n{done.stdout[-2000:].decode()}")
    return next((folder / "installed").rglob(LIBRARY))


def _numpy_headers() -> str:
    import numpy

    return numpy.get_include()


def _put_together(library: Path, target: Path) -> None:
    """Lay the built library among the Python files of the wheel of the same version."""
    wheel = Path(sysconfig.get_path("platlib")) / "cv2"
    leave = shutil.ignore_patterns("*.so", "*.pyi", "__pycache__", "data")
    shutil.copytree(wheel, target / "cv2", ignore=leave, dirs_exist_ok=True)
    shutil.copyfile(library, target / "cv2" / LIBRARY)
    subprocess.run(["strip", "--strip-unneeded", target / "cv2" / LIBRARY], check=True)
