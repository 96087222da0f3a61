import socket

import pytest
from pytest_socket import SocketConnectBlockedError


def test_nothing_leaves_this_machine():
    with (
        pytest.warns(UserWarning, match=r"192\.0\.2\.1"),
        pytest.raises(SocketConnectBlockedError),
    ):
        socket.create_connection(("192.0.2.1", 80), timeout=1)
