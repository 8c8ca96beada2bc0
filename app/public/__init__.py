"""What everybody may see without signing in: whether a receipt holds.

A page here belongs to no cooperative's site. It enters the scope of the cooperative that a
signed reference names, asks one question, and leaves it again before anything is shown.
"""
