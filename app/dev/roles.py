"""The database's roles, their passwords and their addresses.

Four roles share the work so that no mistake of one reaches all: the owner alters tables and
migrates, the application may neither alter nor bypass policies, the city reads its summaries,
the backup reads everything and can write nothing.
"""

import json
import secrets
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import psycopg
from psycopg import sql

from app.dev.places import write_private
from app.dev.trouble import Trouble

DATABASE = "koperasi"
SCRATCH = f"{DATABASE}_check"  # where backups are restored on trial
LOGINS = {
    "koperasi_owner": "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS",
    "koperasi_app": "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT",
    "koperasi_city": "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS NOINHERIT",
    "koperasi_backup": "LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE BYPASSRLS NOINHERIT",
}
SETTINGS = (
    "ALTER ROLE koperasi_app SET statement_timeout = '5s'",
    "ALTER ROLE koperasi_app SET lock_timeout = '3s'",
    "ALTER ROLE koperasi_backup SET default_transaction_read_only = on",
)
SECRETS = ("postgres", *LOGINS, "valkey", "secret_key")


@dataclass(frozen=True)
class Cluster:
    """A running PostgreSQL and the passwords of its roles."""

    port: int
    passwords: dict[str, str]

    def url(self, role: str, database: str) -> str:
        return f"postgresql+psycopg://{role}:{self.passwords[role]}@{self._place(database)}"

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """As superuser, every statement its own transaction."""
        url = f"postgresql://postgres:{self.passwords['postgres']}@{self._place(database)}"
        return psycopg.connect(url, autocommit=True)

    def urls(self, database: str) -> dict[str, str]:
        """What the product reads, and the superuser's address for tests."""
        return {
            "DATABASE_URL": self.url("koperasi_app", database),
            "DATABASE_OWNER_URL": self.url("koperasi_owner", database),
            "CITY_DATABASE_URL": self.url("koperasi_city", database),
            "SUPERUSER_URL": self.url("postgres", database),
        }

    def backup_urls(self, database: str) -> dict[str, str]:
        """What only the commands of the backup read."""
        return {
            "BACKUP_DATABASE_URL": self.url("koperasi_backup", database),
            "BACKUP_CHECK_DATABASE_URL": self.url("koperasi_owner", SCRATCH),
        }

    def _place(self, database: str) -> str:
        return f"127.0.0.1:{self.port}/{database}"


def load_secrets(state: Path) -> dict[str, str]:
    """The random passwords of this state folder, made the first time they are asked for."""
    file = state / "secrets.json"
    known: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
    missing = [name for name in SECRETS if name not in known]
    if missing:
        known |= {name: secrets.token_hex(24) for name in missing}
        write_private(file, json.dumps(known, indent=1))
    return known


def prepare(cluster: Cluster, state: Path) -> None:
    """Create roles and the database unless that was done; safe to repeat after an interruption."""
    marker = state / "prepared"
    version = sha256(repr((LOGINS, SETTINGS, DATABASE, SCRATCH)).encode()).hexdigest()
    if marker.exists() and marker.read_text() == version:
        return
    try:
        with cluster.connect() as connection:
            create_roles(connection, cluster.passwords)
            create_database(connection, DATABASE)
            create_database(connection, SCRATCH)
    except psycopg.OperationalError as error:
        raise Trouble(
            f"The database in {state} cannot be prepared ({str(error).strip()});"
            " remove that folder to begin anew."
        ) from None
    marker.write_text(version)


def create_roles(connection: psycopg.Connection, passwords: dict[str, str]) -> None:
    existing = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
    for role, attributes in LOGINS.items():
        verb = "ALTER" if role in existing else "CREATE"
        statement = sql.SQL(verb + " ROLE {} " + attributes)
        connection.execute(statement.format(sql.Identifier(role)))
    for role in LOGINS:
        statement = sql.SQL("ALTER ROLE {} PASSWORD {}")
        connection.execute(statement.format(sql.Identifier(role), sql.Literal(passwords[role])))
    for setting in SETTINGS:
        connection.execute(setting)


def create_database(connection: psycopg.Connection, name: str, *, template: str = "") -> None:
    """Create a database of the owner's; one that is there already stays as it is."""
    query = "SELECT 1 FROM pg_database WHERE datname = %s"
    if connection.execute(query, [name]).fetchone():
        return
    statement = sql.SQL("CREATE DATABASE {} OWNER koperasi_owner TEMPLATE {}")
    parts = sql.Identifier(name), sql.Identifier(template or "template1")
    connection.execute(statement.format(*parts))
