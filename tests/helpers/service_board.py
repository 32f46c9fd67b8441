"""A little of everything that visitors say, ask and wish for, and what is done about it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from helpers.library import SmallLibrary, value_of
from perpusdesk.domain.complaints import Channel, Kind, public_text
from perpusdesk.domain.improvements import Source
from perpusdesk.domain.improvements import Stage as Step
from perpusdesk.domain.wishes import WishState
from perpusdesk.services.desk import Desk
from perpusdesk.services.feedback.complaints import NewComplaint, answer, register, take_up
from perpusdesk.services.feedback.improvements import (
    ImprovementForm,
    improvement_line,
    move_improvement,
    plan_improvement,
    propose_improvement,
)
from perpusdesk.services.feedback.reference_log import Question, log_question
from perpusdesk.services.feedback.wishes import WishForm, add_wish, decide_wish, vote
from perpusdesk.services.members.outsiders import Contact
from perpusdesk.services.searching.search import note_miss

CONTACT = Contact("Ibu Contoh", "0812-0000-9999")


def fill(small: SmallLibrary, desk: Desk) -> dict[str, UUID]:
    """Note a little of everything, at different days; return what was made by name."""
    now, made = desk.now(), dict[str, UUID]()
    made["late"] = value_of(
        register(
            desk,
            NewComplaint(
                "AC di ruang baca anak mati sejak minggu lalu, anak-anak kepanasan.",
                category="room",
                channel=Channel.LAPOR,
                contact=CONTACT,
                service="children",
                received=now - timedelta(days=9),
                ticket="5581220",
            ),
        )
    )
    made["new"] = value_of(
        register(
            desk,
            NewComplaint(
                "Tolong buka sampai pukul 20.00 pada hari Sabtu.",
                Kind.SUGGESTION,
                "hours",
                Channel.BOX,
                received=now - timedelta(days=2),
            ),
        )
    )
    made["praise"] = value_of(
        register(desk, NewComplaint("Petugas keliling sabar sekali.", Kind.PRAISE, "staff"))
    )
    made["answered"] = value_of(
        register(
            desk,
            NewComplaint("Kursi goyang.", category="room", received=now - timedelta(days=6)),
        )
    )
    told = public_text("Kursi di ruang baca goyang.", "Dua belas kursi diganti 30 Oktober.")
    value_of(answer(desk, made["answered"], "Terima kasih, kursi sudah diganti.", told))
    value_of(take_up(desk, made["late"]))
    _questions(desk)
    made |= _wishes(desk)
    return made | _board(small, desk, made["late"])


def _questions(desk: Desk) -> None:
    for kind, minutes, topic, answered in (
        ("search", 5, "Budi daya lele", True),
        ("direction", 1, "", True),
        ("research", 30, "Sejarah pasar di kota ini", False),
        ("search", 15, "Peraturan desa", True),
    ):
        question = Question(kind, minutes, topic, "catalogue", answered=answered)
        value_of(log_question(desk, question))


def _wishes(desk: Desk) -> dict[str, UUID]:
    made = dict[str, UUID]()
    wishes = {
        "rain": WishForm("Hujan di Pasar Ikan", "Laras Contoh", "9786028519939", "2024"),
        "star": WishForm("Atlas Bintang untuk Anak", "Tim Contoh"),
        "soil": WishForm("Tanah yang Subur"),
    }
    for name, form in wishes.items():
        made[name] = value_of(add_wish(desk, form))
    value_of(vote(desk, made["rain"], 7))
    value_of(vote(desk, made["star"], 2, "kiosk"))
    value_of(decide_wish(desk, made["star"], WishState.ORDERED))
    for words in ("beternak lele", "beternak lele", "kimia kelas xi"):
        note_miss(desk, words)
    return made


def _board(small: SmallLibrary, desk: Desk, complaint: UUID) -> dict[str, UUID]:
    today, head = desk.today(), small.staff["head"]
    made = {
        "heat": value_of(
            propose_improvement(desk, Source.COMPLAINT, complaint, "Ruang baca anak panas")
        ),
        "queue": value_of(
            propose_improvement(
                desk, Source.SURVEY, desk.library.new_id(), "Waktu pelayanan 2,91", "waktu"
            )
        ),
        "lamp": value_of(propose_improvement(desk, Source.HAND, None, "Lampu rak 300 redup")),
        "sign": value_of(propose_improvement(desk, Source.HAND, None, "Papan arah tidak ada")),
    }
    plans = {
        "heat": ("Servis AC, pasang dua kipas", today - timedelta(days=3)),
        "queue": ("Buka loket kedua pukul 10-12", today + timedelta(days=20)),
        "sign": ("Pasang papan arah", today - timedelta(days=30)),
    }
    for name, (action, due) in plans.items():
        line = improvement_line(desk, made[name])
        assert line is not None
        form = ImprovementForm(line.row.finding, action, head, due, small.branches["pusat"])
        value_of(plan_improvement(desk, made[name], form))
    value_of(move_improvement(desk, made["heat"]))
    value_of(move_improvement(desk, made["sign"], Step.DONE, "Enam papan terpasang"))
    return made
