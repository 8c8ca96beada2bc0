"""The words that people write above the columns of a list of members.

Of each header only the letters count: "No. HP / WA" is read as "nohpwa". The first line that
fits says what a column holds; where several columns hold the same, the one of the earlier line
is meant. A line without a field names columns that are taken for something else too easily.
"""

import re

_SOMEBODY_ELSE = "ibu|ayah|bapak|suami|istri|pasangan|wali|kepala|anak|saksi|penjamin|kk$"
_NO_PERSON = (
    "usaha|toko|merk|merek|produk|bank|rekening|kelompok|koperasi|kelurahan|kecamatan|jalan"
)
_AT_WORK = "petugas|pendata|pencatat|surveyor|ketua"
_DAY = "(tgl|tanggal|tgg|tg)"
_PLACE = "(tempat|tempt|tmpt|tmp|tpt|kota)"
_TOTAL = "(jumlah|jml|total|saldo|akumulasi|sd|sampai)"
_KINDS = "pokok.*(wajib|sukarela)|wajib.*(pokok|sukarela)|sukarela.*(pokok|wajib)"  # in one sum
_EACH_MONTH = "(per|tiap|se)(bln|bulan)|tarif"


def _but(excluded: str, pattern: str) -> str:
    """The pattern, unless a word stands in the header that means something else."""
    return f"^(?!.*({excluded}))(?=.*({pattern}))"


_WRITTEN = (
    ("heir_relation", r"^hub(ungan)?(?!i)|hubungan"),
    ("heir_phone", r"(hp|telp|tlp|telepon|wa).*waris|waris.*(hp|telp|tlp|telepon|wa$)"),
    ("heir_name", _but("nik|ktp|alamat|tgl|tanggal|tempat|umur", "waris")),
    ("", r"email|surel|fot[oc]|scan|ttd|tandatangan|^umur|^usia|^kode|tunggak|kurang|sisa|pinjam"),
    ("", r"(alamat|tempat|telp|hp).*(usaha|toko)|" + _EACH_MONTH),
    ("", _DAY + r".*(bayar|setor|pokok|wajib|sukarela)"),
    ("left_on", _DAY + r".*(keluar|berhenti|mundur|meninggal)|^keluar$"),
    ("status", r"^status(anggota|keanggotaan)?$|^(keanggotaan|keaktifan|aktif(tidak|nonaktif)?)$"),
    (
        "nik",
        _but(
            f"alamat|nama|jenis|koperasi|waris|{_SOMEBODY_ELSE}",
            r"^(no|nomor|nmr)?e?(nik|ktp)|ktp$|(induk|no|nomor)kependudukan|identitas",
        ),
    ),
    ("nik", r"^(no|nomor)induk$"),
    ("neighbourhood", r"^(alamat)?(no)?rt(dan|no)?rw"),
    ("rt", r"^(alamat)?(no)?rt$"),
    ("rw", r"^(alamat)?(no)?rw$"),
    ("birth", rf"^ttl|^{_PLACE}(dan)?{_DAY}"),
    ("birth_place", rf"{_PLACE}(lahir|lhr)|^tempat$"),
    ("born_on", rf"lahir|^{_DAY}lhr"),
    ("joined_on", _DAY + r".*(masuk|msk|gabung|daftar|anggota)|^masuk$|^tmt"),
    ("joined_on", r"^(mulai|menjadi|jadi)?(masuk|(ber)?gabung|terdaftar|anggota)?(sejak|mulai)"),
    ("joined_on", r"^(bergabung|terdaftar|(menjadi|jadi|masuk)anggota)$"),
    ("", r"angsur|cicil|utang|penarikan|^tarik|pengambilan|bukti|k[uw]itansi"),
    ("", _KINDS),
    ("principal", rf"{_TOTAL}.*pokok|pokok.*{_TOTAL}"),
    ("principal", r"pokok|^sp$"),
    ("mandatory", rf"{_TOTAL}.*wajib|wajib.*{_TOTAL}"),
    ("mandatory", r"wajib|^sw$"),
    ("voluntary", rf"{_TOTAL}.*sukarela|sukarela.*{_TOTAL}"),
    ("voluntary", r"sukarela|manasuka|^ss$"),
    ("name", r"^nama(lengkap|anggota|pemilik)"),
    ("name", r"^nama$"),
    ("name", _but(f"panggil|alias|{_NO_PERSON}|{_AT_WORK}|{_SOMEBODY_ELSE}", r"^nama")),
    ("sex", r"^(lp|pl|lkpr|jk|gender|sex)$|kelamin(lp|pl|lkpr|lakilakiperempuan)?$"),
    ("sex", r"^laki(laki)?(dan|atau)?perempuan$"),
    ("address", r"alamat|domisili"),
    ("phone", r"hp|handphone|ponsel|whatsapp|^(no|nomor)?wa$"),
    ("phone", r"telp|tlp|telepon|kontak"),
    ("occupation", r"pekerjaan|profesi|matapencaharian"),
    ("group", r"kelompok"),
    ("business", r"usaha|umkm|produk"),
    ("note", r"^ket|catatan"),
)
HEADERS = tuple((field, re.compile(pattern)) for field, pattern in _WRITTEN)
FIELDS = frozenset(field for field, _pattern in _WRITTEN if field)
TOTAL = re.compile(_TOTAL)
MONTHS = re.compile(r"\d|jan|feb|peb|mar|apr|mei|jun|jul|ag[sut]|sep|okt|nov|nop|des|bulan|bln")
