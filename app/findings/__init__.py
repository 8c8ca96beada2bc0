"""Findings (temuan) of the supervisors: what is amiss, whose seat answers it, and by when.

Supervisors write and close them; the board answers. Everything said stays: an answer is a
row that nobody can change, and the state of a finding follows from its last word.
"""
