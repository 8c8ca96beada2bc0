"""Who did what to which record, and what it was before and after. Append-only.

Changes are noted by the database itself (a trigger on every table that can be changed, see
`migrations/audited.py`), so no code can forget to. What leaves no row behind — looking at a
NIK, say — is noted by `services.note`.
"""
