"""What the ministry's SIMKOPDES shows of the cooperatives, beside what their books say.

The city takes over the ministry's public statistics, a file a day. Nothing of a file is lost:
its rows are kept as they were sent with what was objected to, and columns nobody knows stand
with the cooperative's figures. The comparison reads only platform tables, as the city's role.

There is no interface to SIMKOPDES, so a cooperative types its figures there by hand. Its own
page lists them in the order of SIMKOPDES, to copy one by one; a tick keeps the value that was
entered there, and so the page can say what has changed since (domain reference 1.7).
"""
