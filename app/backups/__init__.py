"""Backups: a copy of the whole database each night, and proof that it can be read back.

A copy is made by `pg_dump` as a role of its own, which reads everything and writes nothing; the
web and the worker are never given it, so backups are commands that a timer runs. While one
snapshot is held, the rows of every table are counted and the copy is written from that same
snapshot. A check restores the newest copy into a scratch database, finds the same rows there,
verifies the books and empties the scratch again. Each run is a row in `jobs`, which the operator
sees.
"""
