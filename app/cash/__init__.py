"""Cash and bank (kas & bank): where the cooperative's money lies, and who has it in hand.

A till is a place money lies in: a drawer, a bank account, the float of an agency. Each is an
account of the books, so what a till holds *is* what the books say; nothing is kept beside it.
A cashier holds a drawer for a shift, from a first count to a last one by denomination; what is
missing or too much then is explained and booked. Money in and out is recorded in plain words,
each of which stands for an account. What goes out above a limit, and closing somebody else's
shift, wants a second person (see `app.approvals`).
"""
