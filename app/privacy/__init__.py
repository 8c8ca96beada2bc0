"""What a member may ask of their data (UU 27/2022, domain reference 6.2).

Everything that is kept about a person, in one place and as a copy to take away, with the log
of who looked; corrections, which somebody must answer; and until when what is kept. A member
opens it by a link that the secretary sends, works for some days, and is noted when opened.
"""
