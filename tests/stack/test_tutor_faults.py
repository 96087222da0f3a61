"""Parts that die while questions are being answered: each gets its one answer."""

import threading

import pytest

from tests.postgres import running_postgres
from tests.stack.running import wait_for
from tests.stack.tutor_parts import Parts
from tests.tutor import adversary as acts
from tests.tutor.conftest import TEXT

pytestmark = pytest.mark.fault

MANY = 20
# Of a machine with much else to do.
PATIENCE = 90
GAS, SUGAR, _SALT, _SOURDOUGH = TEXT
# A model that a busy machine waits for too long is done without.
WHOLE_ANSWERS = ([GAS, SUGAR], TEXT)


@pytest.fixture(scope="module")
def all_parts(tmp_path_factory):
    model = acts.Adversary()
    with running_postgres() as database_url:
        parts = Parts(tmp_path_factory.mktemp("tutor"), database_url, model)
        parts.run("prepare", MANY)
        yield parts
    model.close()


@pytest.fixture
def parts(all_parts):
    """With nothing asked yet, and nothing in the queue."""
    all_parts.model.reset()
    all_parts.lose_queue()
    all_parts.rows("TRUNCATE tutor_exchange, tutor_cachedanswer, tutor_budget CASCADE")
    all_parts.run("probe")
    return all_parts


def are_begun(parts):
    """Whether a first sentence of every answer is there, and no second one."""
    begun = "SELECT count(*) FROM tutor_claim"
    return lambda: parts.rows(begun) == [(MANY,)]


def are_answered(parts, count=MANY):
    return lambda: parts.states() == {"answered": count}


def calls_for(parts):
    return len(parts.model.got("chat"))


def test_a_worker_killed_while_it_answers_leaves_each_question_its_one_answer(parts):
    go_on = threading.Event()
    parts.model.chat = acts.waits([GAS], [SUGAR], go_on)
    with parts.queue():
        with parts.worker():
            parts.run("ask")
            assert wait_for(are_begun(parts), PATIENCE), parts.states()
        go_on.set()
        parts.an_hour_passes()

        with parts.worker():
            # Beat may come twice before the first round is done.
            parts.run("sweep")
            parts.run("sweep")
            assert wait_for(are_answered(parts), PATIENCE), parts.states()

    assert [said for said in parts.said() if said not in WHOLE_ANSWERS] == []
    assert [GAS, SUGAR] in parts.said()
    assert MANY < calls_for(parts) <= 2 * MANY


def test_a_queue_that_is_lost_while_a_model_writes_loses_no_question(parts):
    go_on = threading.Event()
    parts.model.chat = acts.waits([GAS], [SUGAR], go_on)
    with parts.queue(), parts.worker():
        parts.run("ask")
        assert wait_for(are_begun(parts), PATIENCE), parts.states()
    parts.lose_queue()
    # Asked while there is no queue: kept all the same.
    parts.run("ask")
    go_on.set()
    parts.an_hour_passes()

    with parts.queue(), parts.worker():
        parts.run("sweep")
        assert wait_for(are_answered(parts, 2 * MANY), PATIENCE), parts.states()

    assert [said for said in parts.said() if said not in WHOLE_ANSWERS] == []
    assert [GAS, SUGAR] in parts.said()
