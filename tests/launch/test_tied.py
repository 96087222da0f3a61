import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tendril.launch import tied

# Starts the command it is given, with its own number in it, and says its number.
PARENT = """
import os, subprocess, sys, time
command = [word.replace("PARENT", str(os.getpid())) for word in sys.argv[1:]]
print(subprocess.Popen(command).pid, flush=True)
time.sleep(60)
"""
SLEEP = "import time; time.sleep(60)"
TIE = [sys.executable, "-I", "-S", tied.__file__]
TIED = [*TIE, "PARENT", sys.executable, "-c", SLEEP]
# How it is done on systems without a call for it, such as macOS.
WATCH = f"""
import sys, time
sys.path.insert(0, {str(Path(tied.__file__).parent)!r})
import tied
tied.leave_watcher(int(sys.argv[1]))
time.sleep(60)
"""
WATCHED = [sys.executable, "-c", WATCH, "PARENT"]


@pytest.mark.parametrize("command", [TIED, WATCHED], ids=["tied", "watched"])
def test_a_program_ends_when_the_one_that_started_it_is_killed(command):
    with subprocess.Popen(
        [sys.executable, "-c", PARENT, *command], stdout=subprocess.PIPE, text=True
    ) as parent:
        child = psutil.Process(int(parent.stdout.readline()))
        time.sleep(0.5)
        alive_before = child.is_running()
        parent.kill()

    psutil.wait_procs([child], timeout=5)
    assert (alive_before, has_ended(child)) == (True, True)


def test_a_program_whose_parent_has_gone_already_does_not_start():
    done = subprocess.run(
        [*TIE, "1", sys.executable, "-c", "print('here')"],
        capture_output=True,
        text=True,
    )

    assert done.stdout == ""


def has_ended(process):
    try:
        return process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True
