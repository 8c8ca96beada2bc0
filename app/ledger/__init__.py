"""The general ledger (buku besar). Every rupiah that moves passes through `services.post`.

Journals and postings are only ever inserted; the database role has no right to change or
delete them, counts and adds up each journal at commit, and refuses one in a closed month. A
mistake is corrected by a second journal that reverses the first. A member's balance is a
balance here; there is no second number to drift.
"""
