"""The cooperative's books of paper (domain reference 3.1), printed from what is recorded.

Each has page numbers and room for signatures, and shows a NIK masked: a book on a table is
read by many. Nine of them (guests, suggestions, advice, decisions, events, letters) hold what
no other page records: people write a line in them, and an answer when there is one. A line is
not changed afterwards, only its answer is, and what stood there is in the trail of changes.
"""
