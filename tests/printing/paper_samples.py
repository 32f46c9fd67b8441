"""What the printing tests put on paper."""

from datetime import date, datetime

from perpusdesk.printing.labels import LabelData
from perpusdesk.printing.slips import SlipAct, SlipData, SlipLine

LONG_TITLE = (
    "Ensiklopedi perpustakaan, kearsipan, dan dokumentasi Indonesia : dari zaman kolonial sampai "
    "masa reformasi, dengan lampiran peraturan perundang-undangan yang masih berlaku"
)


def visit() -> SlipData:
    return SlipData(
        library="Perpustakaan Umum Kota Contoh",
        branch="Cabang Alun-Alun Utara",
        member="Siti Nurhaliza Rahman",
        card="26070100123",
        lines=(
            SlipLine(SlipAct.LENT, "Laskar pelangi", "B00012345", due=date(2026, 12, 7)),
            SlipLine(SlipAct.LENT, LONG_TITLE, "00123/PD/H/2024", due=date(2026, 12, 7)),
            SlipLine(SlipAct.RENEWED, "Ronggeng Dukuh Paruk", "B00000042", due=date(2026, 12, 14)),
            SlipLine(
                SlipAct.RETURNED,
                "Šahrazād – “Kisah seribu satu malam”",
                "B00000777",
                returned=datetime(2026, 11, 23, 14, 5),
                fine=2500,
            ),
        ),
        staff="Rina",
        printed=datetime(2026, 11, 23, 14, 6),
        footer="Terima kasih. Kembalikan tepat waktu.\nWhatsApp 0800-0000-0000",
        number="A-000123",
        paid=2000,
        owed=500,
    )


def copies(count: int = 12) -> list[LabelData]:
    titles = ["Laskar pelangi", LONG_TITLE, "Šahrazād – Kisah seribu satu malam", "Atlas"]
    call_numbers = [
        ("899.221 3", "HIR", "l"),
        ("R", "027.459 8", "ENS", "e", "c.2"),
        ("2X7.124", "SAH", "k"),
        ("ANAK", "F", "ATL", "a"),
    ]
    bands = ["", "#1B6E3C", "#B3261E", "#0B5FBF"]
    return [
        LabelData(
            barcode=f"B{index:08d}",
            call_number=call_numbers[index % 4],
            title=titles[index % 4],
            library="Perpustakaan Umum Kota Contoh",
            band=bands[index % 4],
        )
        for index in range(1, count + 1)
    ]
