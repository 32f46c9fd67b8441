"""Which page of the manual belongs to which place of the program: the one table of it.

A place is a path: a screen, its tab, a part of that (``"visits/surveys"``), a step of the wizard
(``"wizard/code"``), a failure (``"fault/disk_full"``) or a refusal (``"refusal/limit_reached"``).
What is not in the table has the page of the longest part of its path that is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from perpusdesk.common.errors import Fault
from perpusdesk.domain.decisions import Reason
from perpusdesk.ui.help.manual import HOME

SCREENS: Final[Mapping[str, str]] = {
    "desk": "meja.md",
    "titles": "anggota.md#katalog",
    "members": "anggota.md#daftar-anggota",
    "holds": "anggota.md#reservasi",
    "stock/count": "stok-opname.md",
    "stock/moves": "eksemplar.md#kiriman-antarcabang",
    "stock/weeding": "eksemplar.md#penyiangan",
    "stock/register": "eksemplar.md#buku-induk",
    "labels": "stiker.md",
    "transfer": "memindahkan-data.md",
    "transfer/out": "memindahkan-data.md#keluar",
    "editor": "katalog.md",
    "upkeep": "katalog.md#menghapus-mengembalikan-menggabungkan",
    "upkeep/headings": "katalog.md#daftar-tajuk",
    "upkeep/late": "katalog.md#terbitan-berkala",
    "decisions": "pertentangan.md",
    "exchange": "pertukaran.md",
    "exchange/trip": "hari-pertama-mobil-keliling.md#pagi-siap-jalan",
    "visits/book": "buku-tamu.md#buku-tamu-di-meja",
    "visits/groups": "buku-tamu.md#janji-kunjungan-rombongan",
    "visits/surveys": "survei.md",
    "visits/surveys/forms": "survei.md#menyiapkan-formulir",
    "visits/surveys/builder": "survei.md#menyiapkan-formulir",
    "visits/surveys/keypad": "survei.md#mengetik-formulir-kertas",
    "visits/surveys/results": "survei.md#hasil",
    "visits/messages": "suara-pengunjung.md#saran-pengaduan-pujian",
    "visits/questions": "suara-pengunjung.md#referensi",
    "visits/wishes": "suara-pengunjung.md#usulan",
    "visits/board": "suara-pengunjung.md#tindak-lanjut",
    "visits/phones": "formulir-ponsel.md",
    "figures/dashboard": "laporan.md#dasbor",
    "figures/packs": "laporan.md#paket",
    "figures/own": "laporan.md#laporan-sendiri",
    "figures/entries": "laporan.md#isian-angka",
    "figures/collection": "koleksi-keputusan.md",
    "safety/backup": "cadangan.md",
    "safety/doctor": "pemeriksaan.md",
    "safety/key": "kunci.md",
    "safety/history": "riwayat.md",
    "safety/privacy": "data-pribadi.md",
    "safety/privacy/requests": "data-pribadi.md#permintaan-dan-3-x-24-jam",
    "safety/privacy/access": "data-pribadi.md#catatan-akses",
    "safety/privacy/breaches": "data-pribadi.md#insiden",
    "safety/privacy/rules": "data-pribadi.md#aturan",
    "settings/device": "mulai.md#menyesuaikan",
    "settings/rules": "aturan-pinjam.md",
    "settings/closed": "aturan-pinjam.md#kalender-cabang",
    "settings/numbers": "eksemplar.md#pola-nomor",
    "settings/devices": "pertukaran.md#menghubungkan-perangkat",
    "settings/branches": "cabang.md",
    "settings/staff": "petugas.md",
}
"""Screens and their tabs."""

AROUND: Final[Mapping[str, str]] = {
    "lock": "petugas.md#masuk-ganti-petugas-mengunci",
    "kiosk": "buku-tamu.md#kios-buku-tamu-layar-penuh",
    "bug": "jika-ada-masalah.md",
    "updates": "pembaruan.md",
    "clock": "jika-ada-masalah.md",
    "start": "mulai.md#bila-program-tidak-mau-terbuka",
    "start/wait": "mulai.md",
    "start/locked": "kunci.md#perpustakaan-yang-terkunci",
    "start/damaged": "pemeriksaan.md#bila-perpustakaan-tidak-dapat-dibuka",
    "wizard": "mulai.md#pertama-kali-dibuka",
    "wizard/code": "pertukaran.md#menghubungkan-perangkat",
    "wizard/backup": "cadangan.md#memulihkan-di-komputer-baru",
    "wizard/scanner": "mulai.md#pertama-kali-dibuka",
    "wizard/sheet": "kunci.md#lembar-pemulihan-buat-sekarang-simpan-terkunci",
}
"""What stands before, behind or around the screens."""

FAULTS: Final[Mapping[Fault, str]] = {
    Fault.DISK_FULL: "jika-ada-masalah.md",
    Fault.READ_ONLY: "jika-ada-masalah.md",
    Fault.DAMAGED: "pemeriksaan.md#bila-perpustakaan-tidak-dapat-dibuka",
    Fault.NOT_A_LIBRARY: "mulai.md#bila-program-tidak-mau-terbuka",
    Fault.NEWER_LIBRARY: "mulai.md#bila-program-tidak-mau-terbuka",
    Fault.UPGRADE_FAILED: "pembaruan.md",
    Fault.STEP_BACK_FAILED: "pembaruan.md#kembali-ke-versi-sebelumnya",
    Fault.NO_FORMER_PROGRAM: "pembaruan.md#kembali-ke-versi-sebelumnya",
    Fault.INSTALLER: "pembaruan.md",
    Fault.ALREADY_OPEN: "mulai.md#bila-program-tidak-mau-terbuka",
    Fault.UNSAFE_PLACE: "mulai.md#bila-program-tidak-mau-terbuka",
    Fault.UNREADABLE_FILE: "jika-ada-masalah.md",
    Fault.CAMERA_LOST: "kamera.md#bila-kamera-tidak-tampil",
    Fault.PRINTER: "cetak.md",
    Fault.UNUSABLE_INPUT: "jika-ada-masalah.md",
    Fault.UNREACHABLE: "pertukaran.md#yang-terlihat-di-meja",
    Fault.KEYS_LOST: "kunci.md",
    Fault.NOT_ENROLLED: "pertukaran.md#menghubungkan-perangkat",
    Fault.SHUT_OUT: "pertukaran.md#menutup-akses-perangkat",
    Fault.KEY_MISSING: "kunci.md#perpustakaan-yang-terkunci",
    Fault.TAKEN_AWAY: "jika-ada-masalah.md",
    Fault.CONTACT_DUE: "kunci.md#mobil-keliling-yang-lama-tidak-pulang",
    Fault.BACKUP_BUSY: "cadangan.md#bila-tersendat",
    Fault.BACKUP_DAMAGED: "cadangan.md#bila-tersendat",
    Fault.PLACE_GONE: "cadangan.md#kapan-dan-ke-mana",
    Fault.FOLDER_GONE: "pertukaran.md#lewat-flashdisk",
    Fault.SERVER_FULL: "server.md",
    Fault.NOT_SIGNED_IN: "petugas.md#masuk-ganti-petugas-mengunci",
    Fault.STAFF_REVOKED: "petugas.md#petugas-yang-berhenti",
    Fault.NO_PORT: "formulir-ponsel.md",
}
"""Failures with a known cause."""

REASONS: Final[Mapping[str, str]] = {
    "member_": "aturan-pinjam.md#yang-menghalangi-peminjaman",
    "member_card_taken": "anggota.md#mendaftarkan-dan-mengubah",
    "member_has_obligations": "aturan-pinjam.md#hilang-rusak-ditemukan",
    "guardian_": "data-pribadi.md#di-rekaman-anggota",
    "copy_": "meja.md#bila-ditolak",
    "copy_barcode_taken": "eksemplar.md#mengubah-menghapus-melihat-riwayat",
    "copy_inventory_taken": "eksemplar.md#mengubah-menghapus-melihat-riwayat",
    "copy_has_history": "eksemplar.md#mengubah-menghapus-melihat-riwayat",
    "copy_in_transit": "eksemplar.md#kiriman-antarcabang",
    "copy_not_in_transit": "eksemplar.md#kiriman-antarcabang",
    "copy_here_already": "eksemplar.md#kiriman-antarcabang",
    "copy_for_elsewhere": "eksemplar.md#kiriman-antarcabang",
    "copy_not_sent": "eksemplar.md#kiriman-antarcabang",
    "copy_not_lost": "aturan-pinjam.md#hilang-rusak-ditemukan",
    "copy_not_damaged": "aturan-pinjam.md#hilang-rusak-ditemukan",
    "no_rule": "aturan-pinjam.md#memilih-satu-aturan",
    "limit_reached": "aturan-pinjam.md#isi-sebuah-aturan",
    "renewal": "aturan-pinjam.md#perpanjangan",
    "hold_": "aturan-pinjam.md#reservasi",
    "title_": "katalog.md#menghapus-mengembalikan-menggabungkan",
    "record_too_long": "katalog.md#ruas-marc",
    "heading_known": "katalog.md#daftar-tajuk",
    "file_": "katalog.md#sampul-dan-berkas-digital",
    "link_unusable": "katalog.md#sampul-dan-berkas-digital",
    "subscription_": "katalog.md#terbitan-berkala",
    "issue_": "katalog.md#terbitan-berkala",
    "period_invalid": "katalog.md#terbitan-berkala",
    "loan_": "meja.md#bila-ditolak",
    "date_": "aturan-pinjam.md#pencatatan-susulan",
    "number": "eksemplar.md#pola-nomor",
    "template_unusable": "eksemplar.md#pola-nomor",
    "count_invalid": "eksemplar.md#menambah-eksemplar",
    "branch_": "cabang.md",
    "branch_unknown": "buku-tamu.md#ruang-titik-singgah-dan-daftar-pilihan",
    "nothing_chosen": "jika-ada-masalah.md",
    "decree_missing": "eksemplar.md#penyiangan",
    "amount_invalid": "meja.md#pekerjaan-lain",
    "figure_invalid": "laporan.md#isian-angka",
    "month_": "laporan.md#isian-angka",
    "name_missing": "jika-ada-masalah.md",
    "sheet_off_page": "stiker.md#lembar-sendiri",
    "condition_invalid": "laporan.md#laporan-sendiri",
    "report_": "laporan.md#laporan-sendiri",
    "folder_missing": "laporan.md#ditulis-otomatis",
    "stock_count_": "stok-opname.md",
    "nothing_to_count": "stok-opname.md#memulai",
    "range_reversed": "stok-opname.md#memulai",
    "not_a_copy": "stok-opname.md#memindai",
    "isbn_not_a_copy": "stok-opname.md#memindai",
    "code_unusable": "meja.md#bila-kode-tidak-dikenal",
    "scan_unknown": "meja.md#bila-kode-tidak-dikenal",
    "conflict_": "pertentangan.md",
    "answer_unknown": "pertentangan.md#memutuskan",
    "record_in_use": "pertentangan.md",
    "device_": "pertukaran.md#menutup-akses-perangkat",
    "request_": "data-pribadi.md#permintaan-dan-3-x-24-jam",
    "breach_": "data-pribadi.md#insiden",
    "text_missing": "suara-pengunjung.md",
    "result_missing": "suara-pengunjung.md#tindak-lanjut",
    "complaint_": "suara-pengunjung.md#saran-pengaduan-pujian",
    "answer_missing": "suara-pengunjung.md#saran-pengaduan-pujian",
    "contact_unknown": "suara-pengunjung.md#saran-pengaduan-pujian",
    "wish_": "suara-pengunjung.md#usulan",
    "improvement_": "suara-pengunjung.md#tindak-lanjut",
    "survey_": "survei.md#menjalankan-survei",
    "form_": "survei.md#menyiapkan-formulir",
    "answers_missing": "survei.md#mengetik-formulir-kertas",
    "answer_invalid": "survei.md#mengetik-formulir-kertas",
    "staff_": "petugas.md",
    "rights_beyond_own": "petugas.md#peran-dan-hak",
    "last_administrator": "petugas.md#peran-dan-hak",
    "administrator_first": "petugas.md#tanpa-pin-atau-dengan-pin",
    "pin_": "petugas.md#pin-salah-atau-lupa",
    "sign_in_wait": "petugas.md#pin-salah-atau-lupa",
    "recovery_code_wrong": "petugas.md#pin-salah-atau-lupa",
    "people_invalid": "buku-tamu.md#buku-tamu-di-meja",
    "visit_counted": "buku-tamu.md#buku-tamu-di-meja",
    "booking_": "buku-tamu.md#janji-kunjungan-rombongan",
    "time_invalid": "buku-tamu.md#janji-kunjungan-rombongan",
    "stop_": "buku-tamu.md#mobil-keliling",
    "odometer_backwards": "buku-tamu.md#mobil-keliling",
    "right_missing": "petugas.md#peran-dan-hak",
    "reason_missing": "meja.md#bila-ditolak",
    "nothing_to_undo": "meja.md#bila-salah",
    "already_undone": "meja.md#bila-salah",
    "undo_overtaken": "meja.md#bila-salah",
}
"""Refusals by how their code begins; the longest beginning counts."""


def page_of(place: str) -> str:
    """Return the page of a place, perhaps with ``#`` and a heading; the contents for no place.

    Raises ``ValueError`` for a failure or a refusal that there is not.
    """
    kind, _slash, rest = place.partition("/")
    if kind == "fault":
        return FAULTS[Fault(rest)]
    if kind == "refusal":
        return page_of_reason(Reason(rest))
    path = place
    while path:
        if found := SCREENS.get(path) or AROUND.get(path):
            return found
        path = path.rpartition("/")[0]
    return _first_tab(place)


def page_of_reason(reason: Reason) -> str:
    """Return the page about a refusal; where none is, the one about what may go wrong."""
    fitting = [start for start in REASONS if reason.value.startswith(start)]
    return REASONS[max(fitting, key=len)] if fitting else AROUND["bug"]


def _first_tab(place: str) -> str:
    """Return the page of the first tab of a screen that has none of its own."""
    screen = f"{place.partition('/')[0]}/"
    return next((page for path, page in SCREENS.items() if path.startswith(screen)), HOME)
