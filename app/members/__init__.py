"""The register of members (daftar anggota): registration, particulars, import, leaving.

A person registers and is a candidate (calon) until the principal savings are paid; then a
member (aktif) until they leave (keluar). Numbers are the cooperative's own, without gaps, and
are never used again. A NIK is shown masked; every look at the whole of it is noted.

A list kept in a spreadsheet is read (`spreadsheet`, with what its file says besides in `markup`,
and text in `delimited`); the sheets and the parts of sheets that hold it are found (`gathering`,
`tables`), and what its columns are is guessed (`columns`, by the words in `headers`). Of the rows
that are about somebody (`listed`) each is read (`reading`, cell by cell in `cells` and `days`) and
gets a verdict (`examining`); what is good is entered in one transaction (`entering`). `imports`
keeps the list from its upload to its result. What cannot be told for certain is said and not
guessed: a NIK that Excel has shortened, one NIK for two people, somebody who left. Bad rows are
put right in the list, which is sent again: whoever is registered by then is left alone.
"""
