"""The register of members (daftar anggota): registration, particulars, import, leaving.

A person registers and is a candidate (calon) until the principal savings are paid; then a
member (aktif) until they leave (keluar). Numbers are the cooperative's own, without gaps, and
are never used again. A NIK is shown masked; every look at the whole of it is noted.
"""
