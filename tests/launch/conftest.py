import signal

import pytest

from tendril.launch.folder import DataFolder


@pytest.fixture(autouse=True)
def _signals_as_before():
    before = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def folder(tmp_path):
    return DataFolder(tmp_path / "data")
