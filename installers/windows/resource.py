"""What Windows shows of a file under Properties, Details: name, version, whose it is."""

from __future__ import annotations

import re
from typing import Final

from installers.version import NAME, version

NEUTRAL_UNICODE: Final = "000004B0"
"""Language neutral, Unicode: the texts are names, which no language changes."""
LEGAL: Final = "PerpusDesk, MIT License"
COMPANY: Final = "PerpusDesk"
NUMBER: Final = re.compile(r"\d+")


def four_numbers(text: str) -> tuple[int, int, int, int]:
    """Return a version as the four numbers that Windows knows ("1.2.3rc1" is 1, 2, 3, 0)."""
    release = re.match(r"\d+(?:\.\d+)*", text)
    found = [int(number) for number in NUMBER.findall(release[0] if release else "")][:4]
    one, two, three, four = found + [0] * (4 - len(found))
    return one, two, three, four


def version_text(file: str, description: str) -> str:
    """Return the version resource of ``file`` as PyInstaller reads it."""
    told, numbers = version(), four_numbers(version())
    texts = {
        "CompanyName": COMPANY,
        "FileDescription": description,
        "FileVersion": told,
        "InternalName": NAME,
        "LegalCopyright": LEGAL,
        "OriginalFilename": file,
        "ProductName": NAME,
        "ProductVersion": told,
    }
    listed = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, "
        "flags=0x0, OS=0x40004, fileType=0x1, subtype=0x0, date=(0, 0)), "
        f"kids=[StringFileInfo([StringTable({NEUTRAL_UNICODE!r}, [{listed}])]), "
        "VarFileInfo([VarStruct('Translation', [0, 1200])])])\n"
    )
