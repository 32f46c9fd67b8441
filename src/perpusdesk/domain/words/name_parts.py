"""Words by which names are told apart: Chinese family names, first words of organisations."""

from __future__ import annotations

from typing import Final

FAMILY_NAMES: Final = frozenset(
    """
    ang auwyong bong chan chen cheng chua gan gouw go han hoo injo jap kho khoe khoo kwee kwik
    lauw lee li liang lie liem lim lin liong loa lo ma mok ng njoo nio oei oen oey ong ouw pang
    phoa pwa siauw sie siem sim souw sung tan tang teng the thee thio thung tio tjan tjia tjio
    tjiong tjoa tjong tjung wang wen wong wu yap yeo yo yu zhang zhao
    """.split()
)
"""Chinese family names as they are spelled in Indonesia and its neighbourhood."""

BODY_WORDS: Final = frozenset(
    """
    akademi asosiasi badan balai bank biro bupati dewan dinas direktorat divisi fakultas forum
    gereja himpunan ikatan indonesia institut kantor kedutaan kejaksaan kementerian komisi komite
    kongres konferensi koperasi kota lembaga mahkamah majelis masjid museum organisasi panitia
    partai pemerintah perhimpunan perkumpulan perpustakaan persatuan pt pusat rumah sekolah
    sekretariat seminar serikat simposium tim universitas university yayasan
    """.split()
)
"""Words with which the names of organisations begin."""
