"""Proof of a payment, as its payer sees it: the journal behind it, with its number and in words."""
