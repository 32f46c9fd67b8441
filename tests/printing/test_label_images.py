"""Pictures of labels are read by the decoder that the webcam uses."""

import cv2
import numpy as np
import pytest
import zxingcpp

from perpusdesk.common.errors import KnownError
from perpusdesk.printing.barcodes import Symbology
from perpusdesk.printing.label_images import LabelPhoto, label_photo, table_photo

CODES = {
    Symbology.CODE128: "B{:08d}",
    Symbology.CODE39: "{:05d}/PD/H/2024",
    Symbology.EAN13: "9789793062792",
    Symbology.QR: "B{:08d}",
}


def _photo(seed: int) -> LabelPhoto:
    symbology = list(CODES)[seed % 4]
    text = CODES[symbology].format(seed)
    return LabelPhoto(text, symbology, "Perpustakaan Kota Contoh", "Laskar pelangi")


def _seen(data: bytes) -> list[str]:
    picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_COLOR)
    assert picture is not None
    assert picture.shape == (720, 1280, 3)
    return [code.text for code in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("seed", range(50))
def test_every_picture_is_read_once_and_right(seed: int) -> None:
    photo = _photo(seed)
    assert _seen(label_photo(photo, seed, ".jpg" if seed % 2 else ".png")) == [photo.code]


def test_the_seed_makes_the_picture() -> None:
    photo = _photo(0)
    assert label_photo(photo, 7) == label_photo(photo, 7)
    assert label_photo(photo, 7) != label_photo(photo, 8)


def test_an_empty_table_has_no_code() -> None:
    assert _seen(table_photo(3)) == []


def test_a_code_too_long_for_a_webcam_is_refused() -> None:
    with pytest.raises(KnownError):
        label_photo(LabelPhoto("1" * 40, Symbology.CODE39), 1)
