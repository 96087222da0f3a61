import os
import signal
import sys

import pytest

from tendril.launch.signals import StopSignals


def test_a_wish_to_stop_is_heard_once_the_hands_are_free():
    signals, done = StopSignals(), []

    def work():
        with signals.held():
            os.kill(os.getpid(), signal.SIGTERM)
            done.append("what must not be interrupted")

    with signals.heard(), pytest.raises(KeyboardInterrupt):
        work()

    assert done == ["what must not be interrupted"]


class AsksToStop:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGTERM)


def test_a_wish_that_python_drops_in_a_destructor_is_heeded_later(monkeypatch):
    signals, dropped = StopSignals(), []
    monkeypatch.setattr(sys, "unraisablehook", dropped.append)
    with signals.heard():
        signals.heed()
        AsksToStop()

        assert [lost.exc_type for lost in dropped] == [KeyboardInterrupt]
        with pytest.raises(KeyboardInterrupt):
            signals.heed()


def test_the_echo_of_a_signal_is_no_second_wish(monkeypatch):
    signals = StopSignals()
    with signals.heard():
        signals.hold_for_good()
        os.kill(os.getpid(), signal.SIGINT)
        os.kill(os.getpid(), signal.SIGINT)
        assert not signals.is_urgent

        monkeypatch.setattr("tendril.launch.signals.ECHO", 0.0)
        os.kill(os.getpid(), signal.SIGINT)
        assert signals.is_urgent
