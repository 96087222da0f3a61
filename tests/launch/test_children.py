import stat
import sys

from tendril.launch.children import Children
from tendril.launch.signals import StopSignals


def started(folder):
    with (folder / "lock").open("ab") as lock:
        children = Children(folder / "logs", lock.fileno(), StopSignals())
        with children.all_stopped_at_the_end():
            return children.start("worker", [sys.executable, "-c", ""])


def rights(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_logs_are_for_nobody_else(tmp_path):
    log = started(tmp_path).log

    assert rights(log.parent) == 0o700
    assert rights(log) == 0o600


def test_a_log_from_before_is_closed_to_others(tmp_path):
    log = tmp_path / "logs" / "worker.log"
    log.parent.mkdir()
    log.touch(mode=0o644)

    assert started(tmp_path).log == log
    assert rights(log) == 0o600
