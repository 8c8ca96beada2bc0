"""Proof of every payment (bukti), as its payer sees it.

A receipt is a journal with a member in it, under the number of its voucher: there is no
second record that could disagree with the books. What leaves the cooperative (paper, the
text for WhatsApp) is written in Indonesian whatever the officer's screen speaks, and carries
a signed link by which anybody may ask, also years later, whether it still holds.
"""
