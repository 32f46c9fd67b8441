"""The cascade reads what a desk shows it, and is safe on everything else."""

from __future__ import annotations

import numpy as np
import pytest
from drawn import FORMATS, code, on_desk
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from perpusdesk.domain.codes import Check, CodeMask, CodeUse
from perpusdesk.scan import zbar
from perpusdesk.scan.cascade import Cascade
from perpusdesk.scan.decode import Effort
from perpusdesk.scan.pictures import MAX_SIDE, even, gray
from perpusdesk.scan.types import Symbology

TEXTS = {
    "code128": "B000457",
    "code39": "B000457",
    "codabar": "A30712345B",
    "itf": "3071234500",
    "ean13": "9786020324784",
    "qr": "https://contoh.id/b/B000457",
    "datamatrix": "LIB0004571",
}


@pytest.mark.parametrize("kind", [kind for kind in FORMATS if kind != "ean8"])
def test_every_symbology_of_a_library_is_read_by_the_fast_pass(kind: str) -> None:
    text = TEXTS[kind][:12] if kind == "ean13" else TEXTS[kind]
    (found,) = Cascade().read(on_desk(code(text, kind, 3)), Effort.FAST).codes
    assert found.symbology == kind
    assert found.text.startswith(text)


@pytest.mark.parametrize("turned", [30.0, 77.0, 118.0, 200.0, 290.0])
def test_a_turned_code_is_read_in_a_strip(turned: float) -> None:
    frame = on_desk(code("B000457", "code128", 3), turned=turned)
    (found,) = Cascade().read(frame, Effort.FULL).codes
    assert found.text == "B000457"


def test_a_pale_noisy_code_needs_the_strips() -> None:
    frame = on_desk(code("B000457", "code128", 2), turned=14.0, contrast=0.16, noise=7.0)
    assert Cascade().read(frame, Effort.FAST).codes == ()
    assert [found.text for found in Cascade().read(frame, Effort.FULL).codes] == ["B000457"]


def test_strips_alone_work_without_zbar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zbar, "_scanner", lambda: None)
    assert not zbar.available()
    frame = on_desk(code("B000457", "code128", 3), turned=40.0)
    assert [found.text for found in Cascade().read(frame).codes] == ["B000457"]
    assert Cascade().read(on_desk(code("1", "code128")), Effort.THOROUGH).codes == ()


def test_the_quad_lies_round_the_code() -> None:
    frame = on_desk(code("B000457", "code128", 3), turned=60.0)
    (found,) = Cascade().read(frame).codes
    assert found.quad is not None
    middle = np.mean(found.quad, axis=0)
    assert abs(middle[0] - 640) < 40
    assert abs(middle[1] - 360) < 40


def test_quads_of_a_large_picture_are_in_its_own_pixels() -> None:
    frame = on_desk(code("B000457", "code128", 12), size=(6000, 3000))
    assert max(frame.shape) > MAX_SIDE
    (found,) = Cascade().read(frame).codes
    assert found.quad is not None
    assert abs(np.mean(found.quad, axis=0)[0] - 3000) < 200


def test_a_strip_read_wants_a_second_frame_and_a_direct_one_does_not() -> None:
    upright = Cascade().read(on_desk(code("B000457", "code128", 3)))
    turned = Cascade().read(on_desk(code("B000457", "code128", 3), turned=40.0))
    assert [found.confident for found in upright.codes] == [True]
    assert [found.confident for found in turned.codes] == [False]


@pytest.mark.parametrize("kind", ["code39", "codabar", "itf", "ean13"])
def test_symbologies_that_prove_little_want_a_second_frame(kind: str) -> None:
    text = TEXTS[kind][:12] if kind == "ean13" else TEXTS[kind]
    (found,) = Cascade().read(on_desk(code(text, kind, 3))).codes
    assert not found.confident


def test_the_librarys_own_check_character_makes_one_read_enough() -> None:
    mask = CodeMask(CodeUse.COPY, 10, "307", check=Check.MOD10)
    text = mask.make(4571)
    (found,) = Cascade([mask]).read(on_desk(code(text, "itf", 3))).codes
    assert (found.text, found.confident) == (text, True)


def test_what_no_library_has_is_not_reported() -> None:
    assert Cascade().read(on_desk(code("9638507", "ean8", 3))).codes == ()
    assert Cascade().read(on_desk(code("1234", "itf", 3))).codes == ()


def test_itf_must_have_the_length_the_library_uses() -> None:
    mask = CodeMask(CodeUse.COPY, 12)
    assert Cascade([mask]).read(on_desk(code("3071234500", "itf", 3))).codes == ()


def test_upc_is_given_as_scanners_send_it() -> None:
    (found,) = Cascade().read(on_desk(code("003660230146", "ean13", 3))).codes
    assert (found.symbology, len(found.text)) == (Symbology.UPCA, 12)


def test_small_letters_in_code_39() -> None:
    (small,) = Cascade().read(on_desk(code("12+A+B", "code39", 3))).codes
    (slash,) = Cascade().read(on_desk(code("12/PERPUS/2020", "code39", 2))).codes
    assert (small.text, slash.text) == ("12ab", "12/PERPUS/2020")


ODD = [
    np.zeros((1, 1), np.uint8),
    np.zeros((1, 2000), np.uint8),
    np.zeros((2000, 1), np.uint8),
    np.zeros((0, 0), np.uint8),
    np.zeros((0, 5, 3), np.uint8),
    np.full((7, 7, 4), 200, np.uint8),
    np.full((9, 9, 1), 200, np.uint8),
    np.full((9, 9, 2), 200, np.uint8),
    np.full((64, 64), 60000, np.uint16),
    np.full((64, 64, 3), -5, np.int16),
    np.full((64, 64), np.nan, np.float32),
    np.full((64, 64), np.inf, np.float64),
    np.ones((64, 64), np.bool_),
    np.zeros((64, 64), np.complex64),
    np.arange(4096, dtype=np.uint8).reshape(64, 64)[::-1, ::2],
]


@pytest.mark.parametrize("frame", ODD, ids=lambda frame: f"{frame.shape}-{frame.dtype}")
def test_odd_frames_are_harmless(frame: np.ndarray) -> None:
    for effort in Effort:
        assert Cascade().read(frame, effort).codes == ()


@given(
    arrays.arrays(
        st.sampled_from([np.uint8, np.uint16, np.float32, np.bool_]),
        st.one_of(
            arrays.array_shapes(min_dims=2, max_dims=2, max_side=70),
            st.tuples(st.integers(1, 40), st.integers(1, 40), st.integers(1, 4)),
        ),
    )
)
def test_any_frame_is_harmless(frame: np.ndarray) -> None:
    Cascade().read(frame, Effort.THOROUGH)


def test_sixteen_bits_and_transparency_are_read() -> None:
    drawn = on_desk(code("B000457", "code128", 3))
    deep = drawn.astype(np.uint16) << 8
    clear = np.dstack([np.zeros_like(drawn)] * 3 + [255 - drawn])  # black where opaque
    for frame in (deep, clear, np.dstack([drawn] * 3), drawn.astype(np.float32) / 255):
        assert [found.text for found in Cascade().read(frame).codes] == ["B000457"]


def test_even_and_gray_keep_the_size() -> None:
    frame = np.zeros((20, 30, 4), np.uint16)
    colour, light = even(frame), gray(frame)
    assert colour is not None
    assert light is not None
    assert (colour.shape, light.shape) == ((20, 30, 3), (20, 30))
    assert even(None) is None
    assert even(np.zeros((3,), np.uint8)) is None
