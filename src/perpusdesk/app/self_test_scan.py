"""The self-test's codes: pictures of a label and a card, read by every decoder and by the camera.

What stands on them is made here; the library of the next steps gives copy and member these codes.
"""

from __future__ import annotations

from typing import Any, Final

from perpusdesk.app.self_test import Stage, Step

COPY: Final = "UJI000123"
CARD: Final = "A-UJI-0457"
_SEED: Final = 7


def _pictures(stage: Stage) -> str:
    """Take the photos: the label of the copy in bars, the card of the member as a square."""
    from perpusdesk.printing.barcodes import Symbology
    from perpusdesk.printing.label_images import LabelPhoto, label_photo, table_photo
    from perpusdesk.scan.pictures import load_picture

    label = LabelPhoto(COPY, heading="899.221 AND p", title="Pelaut Kertas")
    card = LabelPhoto(CARD, Symbology.QR, heading="Kartu anggota", title="Siti Misalnya")
    made = {
        "label": label_photo(label, _SEED),
        "card": label_photo(card, _SEED + 1),
        "table": table_photo(_SEED),
    }
    for name, data in made.items():
        file = stage.folder / f"{name}.png"
        file.write_bytes(data)
        stage.give(**{f"{name} picture": load_picture(file)})
    return ", ".join(f"{name} {len(data) // 1024} KiB" for name, data in made.items())


def _zxing(stage: Stage) -> str:
    import zxingcpp

    from perpusdesk.scan import zxing
    from perpusdesk.scan.pictures import gray

    for name, code in (("label", COPY), ("card", CARD)):
        light = gray(stage.take(f"{name} picture"))
        assert light is not None
        _same([found.text for found in zxing.read(light, patient=True)], code)
    return f"zxing-cpp {getattr(zxingcpp, '__version__', '')} read bars and square".replace(
        "  ", " "
    )


def _zbar(stage: Stage) -> str:
    """Read the bars by zbar; its library is what frozen programs most easily lack."""
    from perpusdesk.scan import zbar
    from perpusdesk.scan.pictures import gray

    light = gray(stage.take("label picture"))
    if not zbar.available() or light is None:
        from pyzbar import pyzbar  # tells what is missing

        raise ImportError(f"no zbar behind {pyzbar.__name__}")
    _same([found.text for found in zbar.read(light)], COPY)
    return "pyzbar read the bars"


def _opencv(stage: Stage) -> str:
    import cv2

    text, corners, _straight = cv2.QRCodeDetector().detectAndDecode(stage.take("card picture"))
    if corners is None:
        raise LookupError("OpenCV sees no square")
    _same([text], CARD)
    return f"OpenCV {cv2.__version__} read the square"


def _cascade(stage: Stage) -> str:
    """Read both as the desk does, and as a camera does: a second frame has to agree."""
    from perpusdesk.scan.agree import Agreement
    from perpusdesk.scan.cascade import Cascade
    from perpusdesk.scan.decode import Effort

    decoder, read = Cascade(), []
    for name, code in (("label", COPY), ("card", CARD)):
        agreement, counted = Agreement(), list[Any]()
        for moment in (0.0, 0.1, 0.2):
            codes = decoder.read(stage.take(f"{name} picture"), Effort.FULL).codes
            counted += agreement.take(codes, moment)
        _same([one.text for one in counted], code)
        read.append(f"{counted[0].symbology.value} {code}")
    return ", ".join(read)


def _same(found: list[str], wanted: str) -> None:
    if wanted not in found:
        raise ValueError(f"read {found}, not {wanted}")


STEPS: Final[dict[str, Step]] = {
    "pictures": _pictures,
    "zxing": _zxing,
    "zbar": _zbar,
    "opencv": _opencv,
    "scan": _cascade,
}
