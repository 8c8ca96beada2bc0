"""`dev.py test`: every check, in the order in which they are quick; the build server runs the same.

python3 dev.py test                      everything
python3 dev.py test tests/ledger -k dues   only pytest, with these arguments
"""

import os
import shutil
import sys
import time
from pathlib import Path

from app.dev import prepare
from app.dev.command import call
from app.dev.places import make_state_dir
from app.dev.trouble import Trouble, plainly

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
PYTHON = [sys.executable, "-m"]
STEPS = {
    "format": [*PYTHON, "ruff", "format", "--check"],
    "lint": [*PYTHON, "ruff", "check"],
    "types": [*PYTHON, "mypy"],
    "imports": [str(Path(sys.executable).with_name("lint-imports"))],
    "translations": [*PYTHON, "app.dev.messages", "check"],
}
INTERRUPTED = 130


def main(arguments: list[str]) -> int:
    prepare.compile_translations(make_state_dir() / "logs" / "setup.log")
    tests = _pytest(arguments)
    if arguments:
        return call(tests, {})
    failed = []
    for name, command in (STEPS | {"tests": tests}).items():
        code = _step(name, command)
        if code == INTERRUPTED:
            return code
        if code:
            failed.append(name)
    # Nothing when all is well: pytest's own summary closes the output.
    if failed:
        _say(f"\nFailed: {', '.join(failed)}.")
    return int(bool(failed))


def _pytest(arguments: list[str]) -> list[str]:
    command = [*PYTHON, "pytest", "-n", "2"]
    if not find_browser():
        if os.environ.get("CI") == "true":
            raise Trouble("No Chromium here: the build server must have one (.ci/run installs it).")
        _say("No Chromium: its tests are left out (to have them: apt-get install chromium).")
        command += ["-m", "not browser"]
    return command + arguments


def find_browser() -> str | None:
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def _step(name: str, command: list[str]) -> int:
    began = time.monotonic()
    if name == "tests":
        _say("tests …")
    code = call(command, {})
    verdict = "failed" if code else "passed"
    if name != "tests":  # pytest tells its own time
        _say(f"{name:<13} {verdict} {time.monotonic() - began:6.1f} s")
    return code


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    plainly(main)
