"""`dev.py services`: only PostgreSQL and Valkey, for a developer's own tools.

eval "$(python3 dev.py services)"    start them and know their addresses
python3 dev.py services --stop       stop them
"""

import argparse
import shlex
import sys

from app.dev import embedded
from app.dev.places import make_state_dir
from app.dev.trouble import Trouble, plainly


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="dev.py services", description="PostgreSQL and Valkey.")
    parser.add_argument("--stop", action="store_true", help="stop them")
    return _stop() if parser.parse_args(arguments).stop else _start()


def _start() -> int:
    with embedded.borrow() as services:
        embedded.keep(services.state)
    for name, value in services.environment().items():
        print(f"export {name}={shlex.quote(value)}")
    print("PostgreSQL and Valkey run; `dev.py services --stop` ends them.", file=sys.stderr)
    return 0


def _stop() -> int:
    state = make_state_dir()
    if embedded.is_borrowed(state):
        raise Trouble("A run or another command uses the services; end that first.")
    embedded.stop(state)
    return 0


if __name__ == "__main__":
    plainly(main)
