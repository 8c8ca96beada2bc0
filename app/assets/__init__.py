"""What the cooperative owns for years (aset tetap), and what it only has on loan.

An owned asset loses its cost less its residual value evenly over the months of its life; the
parts add up to the rupiah. Each month is booked for all assets at once, and for each asset
once. Taking a journal back undoes what it meant here, by triggers of the database: a month is
due again, and an asset that had gone is in use again.

What is borrowed belongs to somebody else: it stands in a register of its own and never in the
balance sheet, and is not depreciated (domain reference 1.6, 3.1 book 15).
"""
