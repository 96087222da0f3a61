from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizzes.remembering import Recall, due_at

MONDAY = datetime(2026, 11, 2, 19, tzinfo=UTC)
DAY = timedelta(days=1)
TUESDAY = datetime(2026, 11, 3, tzinfo=UTC)


def answer(moment=MONDAY, points=0, *, is_aided=False):
    return Recall.of(moment, Decimal(points), 1, is_aided=is_aided)


@pytest.mark.parametrize(
    "recall",
    [answer(points=0), answer(points="0.5"), answer(points=1, is_aided=True)],
    ids=["missed", "half known", "with a hint"],
)
def test_what_did_not_go_well_comes_back_the_next_day(recall):
    assert due_at([recall]) == TUESDAY


def test_what_was_always_right_on_ones_own_never_comes_back():
    assert due_at([answer(points=1), answer(MONDAY + DAY, 1)]) is None
    assert due_at([]) is None


def test_what_was_missed_once_comes_back_at_growing_distances():
    recalls, distances = [answer()], []
    for _ in range(4):
        due = due_at(recalls)
        distances.append(due.date() - recalls[-1].answered_at.date())
        recalls.append(answer(due + timedelta(hours=16), 1))

    assert distances[0] == DAY
    assert distances == sorted(set(distances))


def test_another_miss_brings_it_back_soon():
    recalls = [answer(MONDAY + n * DAY, points) for n, points in [(0, 0), (1, 1)]]
    late = answer(MONDAY + 30 * DAY)

    assert due_at([*recalls, late]) <= late.answered_at + 2 * DAY
    assert due_at([*recalls, late]) > late.answered_at


def test_help_asks_for_an_answer_on_the_next_day():
    assert due_at([], [MONDAY]) == TUESDAY
    assert due_at([answer(MONDAY - DAY, 1)], [MONDAY]) == TUESDAY


def test_help_is_settled_by_an_answer_on_ones_own():
    later = answer(MONDAY + 2 * DAY, 1)

    assert due_at([later], [MONDAY]) > later.answered_at + DAY


@pytest.mark.parametrize(("zone", "day"), [("UTC", 3), ("Asia/Tokyo", 4)])
def test_a_day_is_one_of_the_sites_calendar(settings, zone, day):
    settings.TIME_ZONE = zone

    due = due_at([answer()])

    assert due == datetime(2026, 11, day, tzinfo=UTC) - timedelta(
        hours=9 if zone == "Asia/Tokyo" else 0
    )


recalls = st.lists(
    st.builds(
        answer,
        st.integers(0, 90 * 24).map(lambda hours: MONDAY + timedelta(hours=hours)),
        st.sampled_from(["0", "0.5", "1"]),
        is_aided=st.booleans(),
    ),
    min_size=1,
    max_size=12,
)


@given(recalls, st.randoms(use_true_random=False))
def test_the_order_in_which_answers_arrive_does_not_matter(found, chance):
    shuffled = list(found)
    chance.shuffle(shuffled)

    assert due_at(shuffled) == due_at(found)


@given(recalls)
def test_nothing_comes_back_on_the_day_of_its_last_answer(found):
    last = max(recall.answered_at for recall in found)
    due = due_at(found)

    assert due is None or due.date() > last.date()
