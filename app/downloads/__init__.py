"""Files that long work leaves to be fetched: kept for some days, then deleted by night.

They are kept in the database, in pieces, since it is the only thing that every process
shares; whoever makes one streams it in, whoever fetches one streams it out. Who may fetch
a file is for the package to say that had it made.
"""
