import sys

import pytest

from tendril.launch import browser


@pytest.mark.parametrize(
    ("environ", "is_seen"),
    [
        ({"DISPLAY": ":0"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True),
        ({"DISPLAY": ":0", "CI": "true"}, False),
        ({}, False),
    ],
)
@pytest.mark.skipif(sys.platform != "linux", reason="others always have a display")
def test_the_browser_is_opened_where_somebody_sees_it(monkeypatch, environ, is_seen):
    for name in ["DISPLAY", "WAYLAND_DISPLAY", "CI"]:
        monkeypatch.delenv(name, raising=False)
    for name, value in environ.items():
        monkeypatch.setenv(name, value)

    assert browser.can_be_seen() is is_seen
