"""What a member may ask of their data (UU 27/2022, domain reference 6.2).

Everything that is kept about a person, in one place and as a copy to take away, with the log
of who looked; corrections, which somebody must answer; and until when what is kept. A member
opens it by a link that the secretary sends, works for some days, and is noted when opened.

When the years are over for which the data of somebody who left must be kept, two people have
what is personal erased (`forgetting`): the only way past the grants that make the books and
the trail of changes append-only, and one that leaves a row saying so.
"""
