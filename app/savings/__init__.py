"""Members' savings (simpanan): taking voluntary savings out again, and the savings statement.

Paying in is in `app.dues.payments`, since one payment may hold several kinds. Pokok and wajib
are not taken out while somebody is a member (UU 25/1992, elucidation of article 41).
"""
