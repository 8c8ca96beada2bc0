"""What the commands say when something is in the way, and how they clean up."""

import errno
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

from app.dev import children, processes, run, trouble
from app.dev.places import PROJECT, choose_port
from app.dev.postgres import Postgres
from app.dev.processes import CommandFailed
from app.dev.trouble import Trouble

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def test_an_old_python_gets_one_sentence() -> None:
    script = "import sys, runpy; sys.version_info = (3, 9, 2); sys.argv = ['dev.py', 'run'];"
    script += "runpy.run_path('dev.py', run_name='__main__')"
    done = subprocess.run(
        [sys.executable, "-c", script], check=False, cwd=PROJECT, capture_output=True, text=True
    )

    assert done.returncode == 1
    assert done.stderr.startswith("Python 3.11 or newer is needed; this is 3.9.")
    assert len(done.stderr.splitlines()) == 1


def test_an_unknown_verb_is_answered_with_the_usage() -> None:
    done = subprocess.run(
        [sys.executable, "dev.py", "dance"],
        check=False,
        cwd=PROJECT,
        capture_output=True,
        text=True,
    )

    assert done.returncode == 1
    assert "python3 dev.py test" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_disk_too_full_for_any_word_is_told_when_the_environment_is_made(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dev = _dev()
    monkeypatch.setattr(dev.shutil, "disk_usage", lambda _place: SimpleNamespace(free=0))

    with pytest.raises(SystemExit, match=r"The disk is full: the environment in .* needs"):
        dev._call(["false"])


def test_half_a_program_that_a_full_disk_left_is_not_taken_for_it(tmp_path: Path) -> None:
    half = tmp_path / "uv"
    half.write_bytes(b"\x7fELF\x02\x01")
    half.chmod(0o755)
    dev = _dev()

    assert not dev._runs(half, "--version")
    assert dev._runs(Path(sys.executable), "--version")


def _dev() -> ModuleType:
    spec = spec_from_file_location("dev", PROJECT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_taken_port_is_named_with_a_way_out(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(Trouble, match=rf"Port {port} is taken.*--port {port + 1}"):
            run._clear_the_way(tmp_path, port)


def test_a_second_run_tells_the_address_of_the_first(tmp_path: Path) -> None:
    with (
        run._only_run(tmp_path, 8000),
        pytest.raises(Trouble, match=r"already runs, at http://127\.0\.0\.1:8000/"),
        run._only_run(tmp_path, 8001),
    ):
        pass


def test_a_run_that_begins_while_another_stops_waits_for_its_end(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run.signal, "signal", lambda *_: None)  # of a run, not of this process
    with run._only_run(tmp_path, 8000):
        run._stop(tmp_path, [])
        run._wait_for_the_end(tmp_path)

    assert "still stopping" in capsys.readouterr().out


def test_a_full_disk_is_told_in_one_sentence() -> None:
    full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/state/secrets.json")

    message = _ending(lambda _: _raise(full))

    assert message == (
        "The disk is full: free some space where /state/secrets.json lies, then try again."
    )


def test_a_disk_that_fills_up_while_copying_is_told_in_one_sentence() -> None:
    full = shutil.Error([("a", "b", "[Errno 28] No space left on device: 'a' -> 'b'")])

    message = _ending(lambda _: _raise(full))

    assert message == "The disk is full: free some space, then try again."


@pytest.mark.parametrize(
    "said",
    [
        'initdb: error: could not write to file "x": No space left on device',
        'FATAL:  could not extend file "base/1/2691"\nHINT:  Check free disk space.',
    ],
)
def test_a_disk_that_fills_up_under_initdb_is_told_in_one_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str
) -> None:
    monkeypatch.setattr(Postgres, "_initdb", lambda *_: _raise(CommandFailed(said)))

    with pytest.raises(Trouble, match=r"^The disk is full: free some space"):
        Postgres(tmp_path)._make_cluster("password")


def test_any_other_failure_shows_its_last_lines(tmp_path: Path) -> None:
    said = "\n".join(f"line {number}" for number in range(100))

    message = str(trouble.failure("It did not start", said, tmp_path))

    assert message.startswith("line 85\n")
    assert message.endswith("line 99\n\nIt did not start; the lines above say why.")


def test_the_port_of_last_time_is_taken_again_when_it_is_free(tmp_path: Path) -> None:
    first = choose_port(tmp_path / "port")

    assert choose_port(tmp_path / "port") == first


def test_a_port_that_somebody_took_is_given_up(tmp_path: Path) -> None:
    port = choose_port(tmp_path / "port")
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()

        assert choose_port(tmp_path / "port", patience=0) != port


def test_a_port_that_a_killed_server_still_holds_for_a_moment_is_waited_for(
    tmp_path: Path,
) -> None:
    port = choose_port(tmp_path / "port")
    dying = socket.socket()
    dying.bind(("127.0.0.1", port))
    dying.listen()
    threading.Timer(0.3, dying.close).start()

    assert choose_port(tmp_path / "port") == port


def test_what_a_killed_run_left_behind_is_ended(tmp_path: Path) -> None:
    command = [*SLEEPER, str(tmp_path)]
    orphan = subprocess.Popen(command, start_new_session=True)
    children.record(tmp_path, [children.Child("worker", command, patience=1)])
    while not processes.command_line(orphan.pid):  # it is still becoming itself
        time.sleep(0.01)

    assert children.end_orphans(tmp_path)
    assert orphan.wait(5) == -15


def test_a_process_that_only_resembles_ours_is_left_alone(tmp_path: Path) -> None:
    stranger = subprocess.Popen([*SLEEPER, "another folder"])
    children.record(tmp_path, [children.Child("worker", [*SLEEPER, "ours"], patience=1)])
    ended = children.end_orphans(tmp_path)
    alive = stranger.poll() is None
    stranger.kill()
    stranger.wait()

    assert not ended
    assert alive


def test_a_pid_file_with_nonsense_is_no_pid(tmp_path: Path) -> None:
    (tmp_path / "pid").write_text("not a number")

    assert processes.read_pid(tmp_path / "pid") is None
    assert processes.read_pid(tmp_path / "missing") is None


def test_a_child_that_dies_again_and_again_is_left_so() -> None:
    child = children.Child("worker", SLEEPER, patience=1)
    child.start(Path(os.devnull), os.environ)

    assert [child.may_restart() for _ in range(6)] == [True] * 5 + [False]
    child.stop()


def _ending(main: Callable[[list[str]], int]) -> object:
    with pytest.raises(SystemExit) as ending:
        trouble.plainly(main)
    return ending.value.code


def _raise(error: Exception) -> int:
    raise error
