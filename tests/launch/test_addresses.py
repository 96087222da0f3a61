import socket

import pytest

from tendril.launch import addresses
from tendril.launch.failure import CannotStart
from tendril.launch.options import Options, read_options


def options(**given):
    return Options.of({**vars(read_options("demo", [])), **given})


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_a_taken_port_is_named(address):
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    with socket.socket(family) as taken:
        taken.bind((address, 0))
        taken.listen()
        port = taken.getsockname()[1]

        with pytest.raises(CannotStart, match=f"Port {port} is taken"):
            addresses.require_free_port(options(port=port))


def test_a_free_port_is_taken_without_a_word():
    assert addresses.require_free_port(options(port=addresses.free_port())) is None


def test_only_lan_shows_the_site_to_the_network(monkeypatch):
    # The way to this machine itself: no other may be asked for in a test.
    monkeypatch.setattr(addresses, "FAR_AWAY", ("127.0.0.1", 9))

    assert addresses.bind_address(options()) == "127.0.0.1"
    assert addresses.own_url(options()) == "http://localhost:8000"
    assert addresses.bind_address(options(lan=True)) == "0.0.0.0"  # noqa: S104
    assert addresses.own_url(options(lan=True)) == "http://127.0.0.1:8000"
    assert socket.gethostname().lower() in addresses.own_hosts(options(lan=True))
