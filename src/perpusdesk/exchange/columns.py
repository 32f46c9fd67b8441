"""Which column of a table is what: a guess from its name, which people may correct."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from enum import StrEnum
from typing import Final

from rapidfuzz import fuzz, process


class TableKind(StrEnum):
    """What the rows of a table are."""

    TITLES = "titles"
    COPIES = "copies"
    MEMBERS = "members"


_TITLE: Final[Mapping[str, str]] = {
    "title": "judul judulutama judulbuku title booktitle namabuku judulkoleksi judulbahanpustaka"
    " originaltitle",
    "subtitle": "anakjudul subjudul subtitle",
    "author": "pengarang penulis tajukpengarang author authors namapengarang pengarangutama"
    " namapenulis karangan",
    "corporate": "tajukpengarangbadankooperasi tajukbadankorporasi badankorporasi corporateauthor",
    "other_authors": "pengarangtambahan pengarangtambahannamaorang pengaranglain coauthors",
    "other_bodies": "pengarangtambahannamabadan badantambahan",
    "responsibility": "sor pernyataantanggungjawab penanggungjawab responsibility",
    "isbn": "isbn isbnissn isbn13 isbn10 noisbn nomorisbn",
    "publisher": "penerbit publisher publishername namapenerbit",
    "place": "kotaterbit kota tempatterbit placename place city kotapenerbit",
    "year": "tahunterbit tahun thnterbit thn publishyear year publicationyear"
    " originalpublicationyear",
    "edition": "edisi edition cetakan cet edisicetakan",
    "extent": "jumlahhalaman halaman hal hlm collation kolasi deskripsifisik pages jmlhalaman"
    " jmlhlm jumlahhal tebal",
    "dimensions": "dimensi ukuran tinggi",
    "series": "seri series seriestitle judulseri",
    "language": "bahasa language languagename languagecode",
    "classification": "klasifikasi classification noddc ddc noklasifikasi kodeklasifikasi noklas"
    " kelas class kodeddc nomorklasifikasi",
    "call_number": "nomorpanggilkatalog nopanggilkatalog nopanggil nomorpanggil callnumber",
    "subjects": "subjektopik subjek subject subjects topics topik tajuksubjek",
    "summary": "abstrak notes ringkasan sinopsis description deskripsi keterangan catatan",
    "barcode": "nobarcode barcode itemcode kodebarcode kodeeksemplar nomorbarcode kodeitem",
    "inventory": "noinduk nomorinduk inventorycode noinventaris nomorinventaris inventaris induk"
    " kodeinventaris noindukbuku",
    "count": "jumlah jml eksemplar jumlaheksemplar jmleks jmleksemplar eks copies stok qty"
    " jumlahbuku jmlbuku",
    "issn": "issn nomorissn",
    "material": "gmdname gmd jenisbahan jenismaterial bentukbahan worksheet",
    "rfid": "rfid norfid nomorrfid",
    "supplier": "rekanan suppliername supplier pemasok namasumber toko",
    "copy_call_number": "nomorpanggileksemplar nopanggileksemplar",
    "volume": "edisiserial jilid volume nomoredisi",
    "issue_day": "tglterbitedisiserial tgledisiserial tanggaledisiserial",
    "with_it": "bahansertaanserial bahansertaan lampiran",
    "copy_note": "keteranganlainserial keteranganlain catataneksemplar",
    "cover": "image sampul gambarsampul cover",
    "price": "harga price hargabuku hargasatuan",
    "source": "jenissumber sumber asal asalbuku sumberperolehan perolehan source",
    "location": "kodelokasiruang rak lokasi locationname koderak norak lokasirak letak nomorrak",
    "branch": "kodelokasiperpustakaan cabang perpustakaan namaperpustakaan",
    "kind": "kategori colltypename jeniskoleksi tipekoleksi jenisbuku",
    "access": "akses",
    "condition": "ketersediaan itemstatusname kondisi status",
    "received": "tglpengadaan tanggalpengadaan receiveddate tglterima tanggalterima tanggalmasuk"
    " tglmasuk",
}
_MEMBER: Final[Mapping[str, str]] = {
    "card": "noanggota nomoranggota memberid idanggota nokartu kodeanggota card cardnumber noid nis"
    " nisn nim nip",
    "name": "nama namalengkap membername namaanggota namasiswa name fullname",
    "category": "jenisanggota membertypename tipeanggota kategori kategorianggota category",
    "sex": "jeniskelamin gender jk lp kelamin sex",
    "birth_date": "tanggallahir tgllahir birthdate",
    "phone": "nohp hp nomorhp nohandphone memberphone telepon notelepon notelp telp phone nowa"
    " whatsapp notelprumah",
    "email": "alamatemail email memberemail surel",
    "address": "alamattempattinggalsekarang alamat memberaddress alamatrumah address"
    " alamatsesuaiktp",
    "institution": "namainstitusi instname institusi sekolah instansi asalsekolah institution",
    "class": "kelassiswa kelas",
    "registered": "tanggalpendaftaran registerdate tgldaftar tanggaldaftar tglpendaftaran"
    " membersincedate",
    "expires": "tanggalakhirberlaku expiredate berlakusampai berlakuhingga masaberlaku tglberlaku",
    "guardian_name": "namawali namaorangtua orangtua wali namakeadaandarurat",
    "guardian_phone": "hpwali nohporangtua nohpwali notelpkeadaandarurat",
    "guardian_relation": "statushubungandarurat hubunganwali",
    "note": "membernotes catatan keterangan note",
    "photo": "memberimage foto photo pasfoto fotoanggota",
    "photo_consent": "persetujuanfoto tanggalpersetujuanfoto photoconsent",
}
FIELDS: Final = {
    TableKind.TITLES: tuple(_TITLE),
    TableKind.COPIES: tuple(_TITLE),
    TableKind.MEMBERS: tuple(_MEMBER),
}
_NAMES: Final = {
    kind: {alias: (field, order) for field, text in table.items() for order, alias in
           enumerate(text.split())}
    for kind, table in (
        (TableKind.TITLES, _TITLE),
        (TableKind.COPIES, _TITLE),
        (TableKind.MEMBERS, _MEMBER),
    )
}  # fmt: skip
_COPY_MARKS: Final = frozenset({"itemcode", "inventorycode", "colltypename", "itemstatusname"})
_NEVER: Final = frozenset({"no", "nomor", "id", "nourut"})
_NEEDED: Final = frozenset({"title", "name"})
_CLOSE: Final = 90

Columns = Mapping[str, tuple[int, ...]]
"""Per field the columns that hold it, the best first."""


def key_of(name: str) -> str:
    """Return a column's name without case, spaces and marks."""
    return re.sub(r"[\W_]+", "", name.lower())


def known(cells: Sequence[str], said: Collection[str] = ()) -> int:
    """Count the cells that are names of columns; one that every list has counts double.

    ``said`` are keys of names that people gave a meaning: one of them makes a header.
    """
    keys = {key_of(cell) for cell in cells if cell}
    found = max(len(keys & names.keys()) for names in _NAMES.values())
    needed = any(names.get(key, ("", 0))[0] in _NEEDED for names in _NAMES.values() for key in keys)
    return found + needed + 2 * len(keys.intersection(said))


def kind_of(header: Sequence[str]) -> TableKind:
    """Return what the rows under this header are most likely."""
    keys = {key_of(cell) for cell in header}
    if len(keys & _COPY_MARKS) >= 3 and "authors" not in keys:
        return TableKind.COPIES
    titles = len(keys & _NAMES[TableKind.TITLES].keys())
    members = len(keys & _NAMES[TableKind.MEMBERS].keys())
    has_title = any(_NAMES[TableKind.TITLES].get(key, ("",))[0] == "title" for key in keys)
    return TableKind.MEMBERS if members > titles or not has_title else TableKind.TITLES


def kind_said(kind: TableKind, said: Mapping[str, str]) -> TableKind:
    """Return what the rows are when people said which column holds the title, or the name."""
    fields = set(said.values())
    if "title" in fields and kind is TableKind.MEMBERS:
        return TableKind.TITLES
    return TableKind.MEMBERS if "name" in fields else kind


def guess(
    header: Sequence[str], kind: TableKind, said: Mapping[str, str] | None = None
) -> dict[str, tuple[int, ...]]:
    """Return the columns of each field; ``said`` maps names of columns to fields, "" to none."""
    corrected = {key_of(name): field for name, field in (said or {}).items()}
    names = _NAMES[kind]
    found: dict[str, list[tuple[int, int]]] = {}
    for place, cell in enumerate(header):
        key = key_of(cell)
        if key in corrected:
            field, order = corrected[key], -1
        elif key in names:
            field, order = names[key]
        else:
            field, order = _close(key, names)
        if field in FIELDS[kind]:
            found.setdefault(field, []).append((order, place))
    return {field: tuple(place for _, place in sorted(places)) for field, places in found.items()}


def _close(key: str, names: Mapping[str, tuple[str, int]]) -> tuple[str, int]:
    """Return the field that a misspelt name means, behind all that are spelt well."""
    if len(key) < 5 or key in _NEVER:
        return "", 0
    best = process.extractOne(
        key, list(names), scorer=fuzz.ratio, score_cutoff=_CLOSE, processor=None
    )
    return (names[str(best[0])][0], 99) if best else ("", 0)
