"""The statements (laporan keuangan) to SAK EP, and what the books say about tax and interest.

A statement is a trial balance, arranged: `layout.toml` says on which line an account stands,
by the start of its code, and an account that no line names stands on "Lain-lain", so that
nothing vanishes. Each statement checks itself against another way to the same figure and says
so on the page.

Years are not closed by a journal: the accounts of revenue and expense run on, the surplus of a
year (SHU tahun berjalan) is what they moved since 1 January, and what they moved in the years
before belongs to the surplus not yet divided.

Lines, titles and notes are Indonesian data, as accounts are: the law wants the statements in
Indonesian, whatever language the reader's screen speaks.
"""
