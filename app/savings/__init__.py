"""Members' savings (simpanan): taking voluntary savings out again, and the savings statement.

Paying in is in `app.dues.payments`, since one payment may hold several kinds. Pokok and wajib
are not taken out while somebody is a member (UU 25/1992, elucidation of article 41).

What members had saved before they were entered here comes in from a list: judged row by row,
then one balanced entry. Whoever has opening savings in the books is left alone.
"""
