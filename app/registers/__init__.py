"""The cooperative's books of paper (domain reference 3.1), printed from what is recorded.

Each has page numbers and room for signatures, and shows a NIK masked: a book on a table is
read by many.
"""
