"""What the printing tests put on paper."""

from datetime import date, datetime
from io import BytesIO

from PIL import Image, ImageDraw

from perpusdesk.printing.cards import CardData
from perpusdesk.printing.clearance import ClearanceData
from perpusdesk.printing.desk_report import DeskReport, ReportRow
from perpusdesk.printing.labels import LabelData
from perpusdesk.printing.official import Letterhead, Signature
from perpusdesk.printing.slips import SlipAct, SlipData, SlipLine

TODAY = date(2026, 12, 1)
LONG_TITLE = (
    "Ensiklopedi perpustakaan, kearsipan, dan dokumentasi Indonesia : dari zaman kolonial sampai "
    "masa reformasi, dengan lampiran peraturan perundang-undangan yang masih berlaku"
)
LONG_NAME = "Raden Ajeng Kusumaningtyas Purwaningsih Sastrodiwiryo"


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


def copy(index: int, band: str = "") -> LabelData:
    return LabelData(f"B{index:08d}", ("899.221 3", "HIR", "l"), "Laskar pelangi", "", band)


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


def photo() -> bytes:
    """Return a made-up portrait: a head and shoulders in flat colours."""
    image = Image.new("RGB", (300, 420), "#C7D9EC")
    draw = ImageDraw.Draw(image)
    draw.ellipse((90, 90, 210, 240), fill="#B98A66")
    draw.ellipse((30, 250, 270, 560), fill="#2F4B7C")
    buffer = BytesIO()
    image.save(buffer, "PNG")
    return buffer.getvalue()


def cards(count: int = 3) -> list[CardData]:
    names = [
        "Siti Nurhaliza Rahman",
        "Raden Ajeng Kusumaningtyas Purwaningsih Sastrodiwiryo",
        "Ümit",
    ]
    return [
        CardData(
            library="Perpustakaan Umum Kota Contoh",
            branch="Cabang Alun-Alun Utara",
            name=names[index % 3],
            number=f"2607010{index:04d}",
            category=["Pelajar", "Mahasiswa pascasarjana luar biasa", "Umum"][index % 3],
            expires=None if index % 3 == 2 else date(2027, 7, 1),
            photo=None if index % 3 == 1 else photo(),
            colour=["#0B5FBF", "#1B6E3C", "#0B5FBF"][index % 3],
        )
        for index in range(count)
    ]


def letterhead() -> Letterhead:
    return Letterhead(
        authority="Pemerintah Kota Contoh",
        library="Dinas Perpustakaan dan Kearsipan",
        address="Jalan Contoh Nomor 1, Kota Contoh 00000",
        contact="Telepon (000) 000000 · perpustakaan@example.id",
        logo=photo(),
    )


def clearance() -> ClearanceData:
    return ClearanceData(
        head=letterhead(),
        number="000.4.6/0123/PERPUS/XI/2026",
        place="Kota Contoh",
        checked=datetime(2026, 11, 23, 14, 5),
        member="Siti Nurhaliza Rahman",
        card="26070100123",
        category="Pelajar",
        details=(("Sekolah", "SMA Negeri Contoh"), ("Alamat", "Jalan Percobaan Nomor 2")),
        purpose="kelulusan",
        signatures=(
            Signature("Kepala Sekolah", "Nama Kepala Sekolah", lead="Mengetahui,"),
            Signature("Kepala Perpustakaan", "Nama Kepala Perpustakaan", "000000000000000000"),
        ),
    )


def report(rows: int = 60) -> DeskReport:
    acts = list(SlipAct)
    return DeskReport(
        head=letterhead(),
        branch="Cabang Alun-Alun Utara",
        day=date(2026, 11, 23),
        place="Kota Contoh",
        made=datetime(2026, 11, 23, 16, 0),
        counts=(
            ("Peminjaman", 1234),
            ("Pengembalian", 98),
            ("Perpanjangan", 7),
            ("Terlambat dikembalikan", 3),
            ("Anggota baru", 5),
        ),
        rows=tuple(
            ReportRow(
                datetime(2026, 11, 23, 8 + index // 60, index % 60),
                acts[index % 3],
                "Siti Nurhaliza Rahman",
                f"2607010{index:04d}",
                ["Laskar pelangi", LONG_TITLE][index % 2],
                f"B{index:08d}",
                "Rina",
                date(2026, 12, 7) if index % 3 < 2 else None,
            )
            for index in range(rows)
        ),
        signatures=(
            Signature("Kepala Dinas", "Nama Kepala Dinas", "000000000000000000", "Mengetahui,"),
            Signature("Petugas", "Rina"),
        ),
    )
