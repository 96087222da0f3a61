import signal
import subprocess

import pytest

from tendril.launch import broker
from tests.postgres import running_postgres
from tests.stack.running import assert_refused, free_port, manage, running, wait_for

pytestmark = pytest.mark.stack


@pytest.fixture(scope="module")
def database_url():
    with running_postgres() as url:
        yield url


@pytest.fixture(scope="module")
def redis_url(tmp_path_factory):
    url = f"redis://:a-password@127.0.0.1:{free_port()}/0"
    command = broker.command(url, tmp_path_factory.mktemp("redis"))
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        assert wait_for(lambda: broker.answers(url))
        yield url
        server.terminate()


def test_a_site_uses_the_servers_it_is_given(tmp_path, database_url, redis_url):
    folder = tmp_path / "data"
    servers = {"DATABASE_URL": database_url, "REDIS_URL": redis_url}

    with running("demo", folder, env=servers) as site:
        site.wait_until_ready()
        commands = [" ".join(child.cmdline()) for child in site.children]
        forgotten = manage("showmigrations", env={"TENDRIL_DATA": str(folder)})
        site.send(signal.SIGINT)

        assert (site.wait(), site.leftovers()) == (0, [])
    assert not [line for line in commands if "valkey" in line]
    assert not (folder / "tendril.sqlite3").exists()
    assert broker.answers(redis_url)
    assert_refused(
        forgotten,
        f"The site in {folder} was started with DATABASE_URL and REDIS_URL. "
        "Set the same for this command.",
    )


def test_servers_that_do_not_answer_are_named(tmp_path, database_url):
    port = free_port()
    nobody = f"127.0.0.1:{port}"

    no_broker = manage(
        *("demo", "--data", tmp_path / "data"),
        *("--port", free_port()),
        env={"DATABASE_URL": database_url, "REDIS_URL": f"redis://{nobody}/0"},
        timeout=120,
    )
    no_database = manage(
        *("demo", "--data", tmp_path / "data"),
        *("--port", free_port()),
        env={"DATABASE_URL": f"postgresql://x@{nobody}/x"},
        timeout=120,
    )

    assert_refused(
        no_broker,
        "The server named by REDIS_URL does not answer. Start it, or unset "
        "REDIS_URL to have one started for you.",
    )
    assert_refused(
        no_database,
        "The server named by DATABASE_URL does not answer. Start it, or unset "
        "DATABASE_URL to have the database in the data folder.",
    )
