import subprocess
import time

from tendril.launch import addresses, broker


def test_the_broker_answers_its_own_password_only(folder):
    folder.claim("demo")
    url = f"redis://:right@127.0.0.1:{addresses.free_port()}/0"
    command = broker.command(url, folder.path / "broker")
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        deadline = time.monotonic() + 10
        while not broker.answers(url) and time.monotonic() < deadline:
            time.sleep(0.02)
        try:
            assert broker.answers(url)
            assert not broker.answers(url.replace("right", "wrong"))
            assert "right" not in " ".join(command)
        finally:
            server.terminate()
    assert not broker.answers(url)
    assert not broker.answers("")
