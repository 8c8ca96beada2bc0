"""What the city sees of the cooperatives: figures that each reports, and never a person.

A cooperative's figures are computed in its own scope, from its own books, and written to
tables of the platform. The city's pages read only those, as a database role that has no grant
on anything else: not even a mistake in a page can show a name. Counts of people that are too
small to hide anybody are left out where they are computed. What is not known is nothing, and
shown as “–”; the figures of the city are sums over sums, never means of percentages (G18).
"""
