"""The four sounds: which one plays, how loud, and that nothing can go wrong with them."""

from __future__ import annotations

import array
import wave

import pytest

from perpusdesk.ui.kit.sounds import Sound, Sounds, softer


@pytest.fixture
def played():
    return []


@pytest.fixture
def sounds(played):
    made = Sounds(100, player=lambda path: played.append(path.name))
    yield made
    made.close()


def loudest(path):
    with wave.open(str(path), "rb") as file:
        return max(abs(value) for value in array.array("h", file.readframes(file.getnframes())))


@pytest.mark.parametrize("sound", Sound)
def test_every_sound_is_short_and_audible(sound):
    with wave.open(str(sound.file), "rb") as file:
        assert file.getnframes() / file.getframerate() < 0.8
        assert file.getsampwidth() == 2
    assert loudest(sound.file) > 8000


def test_only_the_most_urgent_plays(sounds, played):
    assert sounds.play(Sound.OK, Sound.HOLD, Sound.FINE) is Sound.HOLD
    sounds.close()
    assert played == ["hold.wav"]


def test_off_is_silent(played):
    sounds = Sounds(player=played.append, on=False)
    assert sounds.play(Sound.OK) is None
    sounds.on = True
    sounds.set_volume(0)
    assert sounds.play(Sound.OK) is None
    sounds.close()
    assert played == []


def test_half_the_volume_is_half_as_loud(tmp_path):
    soft = tmp_path / "soft.wav"
    softer(Sound.OK.file, soft, 50)
    assert loudest(soft) == pytest.approx(loudest(Sound.OK.file) / 2, abs=1)


def test_the_volume_is_what_is_played(tmp_path):
    heard = []
    sounds = Sounds(30, player=lambda path: heard.append(loudest(path)))
    sounds.play(Sound.ATTENTION)
    sounds.close()
    assert heard == [pytest.approx(loudest(Sound.ATTENTION.file) * 0.3, abs=1)]


def test_a_player_that_fails_harms_nothing():
    def broken(_path):
        raise OSError("no sound card")

    sounds = Sounds(100, player=broken)
    assert sounds.play(Sound.OK) is Sound.OK
    sounds.close()
