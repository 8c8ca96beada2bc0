"""`dev.py flask …`: a command of the product with the embedded services behind it.

Its output and exit code are passed through untouched, so that JSON stays JSON.
"""

import signal
import subprocess
import sys

from app.dev import embedded, prepare
from app.dev.trouble import plainly


def main(arguments: list[str]) -> int:
    with embedded.borrow() as services:
        env = services.environment() | services.backup_environment()
        migrated = services.state / "migrated"
        if not migrated.exists():
            print("Making the tables (once) …", file=sys.stderr, flush=True)
            prepare.migrate(env, services.state / "logs" / "setup.log")
            migrated.touch()
        prepare.compile_translations(services.state / "logs" / "setup.log")
        return call([sys.executable, "-m", "flask", "--app", "wsgi", *arguments], env)


def call(command: list[str], env: dict[str, str]) -> int:
    """Run a command in our terminal. Ctrl-C reaches it directly: we wait for its answer."""
    before = signal.signal(signal.SIGINT, lambda *_: None)
    try:
        child = subprocess.Popen(command, env=prepare.full(env))
        asked = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
        code = child.wait()
        signal.signal(signal.SIGTERM, asked)
    finally:
        signal.signal(signal.SIGINT, before)
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    plainly(main)
