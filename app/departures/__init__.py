"""Leaving the cooperative (domain reference 3.3): resigning, dying, moving away, dismissal.

On leaving, membership ends and billing with it; months not paid are cancelled (to deduct a
contribution and to pay it back would be the same). The principal and mandatory savings cease
to be equity and become a debt of the cooperative until they are paid out, less what the
member still owes the shop (case G4). That is paid from the drawer in hand or from the bank one
chooses; a refund whose receipt is cancelled is owed again. Who comes back registers anew,
under a new number.
"""
