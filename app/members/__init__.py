"""The register of members (daftar anggota): registration, particulars, import, leaving.

A person registers and is a candidate (calon) until the principal savings are paid; then a
member (aktif) until they leave (keluar). Numbers are the cooperative's own, without gaps, and
are never used again. A NIK is shown masked; every look at the whole of it is noted.

A list kept in a spreadsheet is read (`spreadsheet`), its columns are guessed (`columns`), every
row gets a verdict (`examining`), and what is good is entered in one transaction (`entering`);
`imports` keeps the list from its upload to its result. Bad rows are put right in the list, which
is sent again: whoever is registered by then is left alone.
"""
