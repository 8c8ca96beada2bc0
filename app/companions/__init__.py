"""Accompaniment (pendampingan): who looks after which cooperative, and what they saw there.

A companion (pendamping) is assigned to cooperatives from a day until a day; the assignment is
their office there, and it opens the pages of the city, never the books. A visit is reported
once, signed by both sides, and approved by the agency (dinas); then it stands as it is.

These are rows of the platform about one cooperative: outside a scope the city's people reach
those they may, in a scope the cooperative sees its own and no other. Who attended and what was
written stays with the companion, the agency and the cooperative: the role of the city's
figures (`koperasi_city`) is granted the days alone.
"""
