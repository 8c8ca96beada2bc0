"""People who sign in, the offices (jabatan) they hold, and what an office permits.

A person is known to the whole platform; an office belongs to one cooperative or to the city,
from a date until a date. Signing in opens a session that lives in the database: it is listed,
it can be ended from elsewhere, and a stolen cookie dies with it.
"""
