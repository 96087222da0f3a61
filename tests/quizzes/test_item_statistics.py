import math
from statistics import fmean

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizzes import item_statistics as figures
from quizzes.item_statistics import Estimate

# Six students, four questions; what Moodle says of them.
TOLD = ["1112", "1102", "1011", "1101", "0100", "0010"]
MAXIMA = [1, 1, 1, 2]
ROWS = [[int(mark) for mark in row] for row in TOLD]
COLUMNS = [list(column) for column in zip(*ROWS, strict=True)]
RESTS = [[sum(row) - row[n] for row in ROWS] for n in range(4)]
PAIRS = list(zip(COLUMNS, RESTS, strict=True))

marks = st.sampled_from([0, 0.25, 0.33, 0.5, 0.67, 1])
tables = st.integers(2, 5).flatmap(
    lambda width: st.lists(
        st.lists(marks, min_size=width, max_size=width), min_size=1, max_size=12
    )
)
columns = st.lists(st.tuples(marks, marks), min_size=1, max_size=20)


def percent(estimates):
    return [round(estimate.value * 100, 2) for estimate in estimates]


def test_facility_is_what_moodle_says():
    found = [figures.facility(*pair) for pair in zip(COLUMNS, MAXIMA, strict=True)]

    assert percent(found) == [66.67, 66.67, 50.00, 50.00]


def test_discrimination_is_what_moodle_says():
    found = [figures.related(*pair) for pair in PAIRS]

    assert percent(found) == [77.30, 8.77, -22.36, 89.11]


def test_discriminative_efficiency_is_what_moodle_says():
    found = [figures.efficiency(*pair) for pair in PAIRS]

    assert percent(found) == [100, 10, -25, 100]


def test_effective_weight_is_what_moodle_says():
    assert percent(figures.effective_weights(ROWS)) == [29.20, 19.68, 10.78, 40.34]


def test_alpha_is_what_moodle_says():
    assert percent([figures.alpha(ROWS)]) == [48.48]


def test_mean_and_spread_are_what_moodle_says():
    totals = [sum(row) for row in ROWS]

    assert round(figures.mean(totals).value, 4) == 2.8333
    assert round(figures.spread(totals), 4) == 1.6021


def test_the_interval_of_a_facility_is_wilsons():
    # Brown, Cai and DasGupta (2001) give such for 0 and for all of 10.
    assert rounded(figures.facility([0] * 10, 1)) == (0, 0, 0.278)
    assert rounded(figures.facility([1] * 10, 1)) == (1, 0.722, 1)
    assert rounded(figures.facility([1] * 5 + [0] * 5, 1)) == (0.5, 0.237, 0.763)


def rounded(estimate, digits=3):
    return tuple(round(value, digits) for value in estimate)


def test_the_interval_of_a_correlation_is_fishers():
    # r = 0.5 of 28: z 0.549 ± 1.96 / 5.
    xs = [-1, 1] * 14
    ys = [x + e * 3**0.5 for x, e in zip(xs, [-1, -1, 1, 1] * 7, strict=True)]

    assert rounded(figures.related(xs, ys)) == (0.5, 0.156, 0.736)


def test_the_interval_of_efficiency_is_that_of_the_correlation_stretched():
    found, most = figures.efficiency(*PAIRS[1]), 0.0877058 / 0.1
    plain = figures.related(*PAIRS[1])

    assert rounded(found) == rounded(Estimate(0.1, plain.low / most, plain.high / most))


def test_the_interval_of_alpha_is_bonetts():
    # Half-width on the scale of ln(1 - alpha): 1.96 √(2·4 / (3·4)).
    found = figures.alpha(ROWS)
    reach = 1.959964 * math.sqrt(8 / 12)

    assert math.isclose(
        (1 - found.low) / (1 - found.value), math.exp(reach), rel_tol=1e-6
    )
    assert math.isclose(
        (1 - found.value) / (1 - found.high), math.exp(reach), rel_tol=1e-6
    )


def test_the_interval_of_a_weight_is_the_jackknifes():
    weights = [
        figures.effective_weights(ROWS[:n] + ROWS[n + 1 :])[3].value for n in range(6)
    ]
    error = math.sqrt(5 / 6 * sum((w - fmean(weights)) ** 2 for w in weights))

    found = figures.effective_weights(ROWS)[3]

    assert math.isclose(found.low, found.value - 1.959964 * error, rel_tol=1e-6)
    assert math.isclose(found.high, found.value + 1.959964 * error, rel_tol=1e-6)


def test_a_question_that_everybody_got_tells_nobody_apart():
    assert figures.related([1, 1, 1, 1], [0, 1, 2, 3]) is None
    assert figures.efficiency([1, 1, 1, 1], [0, 1, 2, 3]) is None
    assert figures.facility([1, 1, 1, 1], 1).value == 1


def test_one_student_alone_gives_a_facility_and_nothing_else():
    row = [1, 0, 1]

    assert figures.facility([1], 1).value == 1
    assert figures.related([1], [1]) is None
    assert figures.effective_weights([row]) == [None, None, None]
    assert figures.alpha([row]) is None
    assert figures.mean([2]) == Estimate(2)
    assert figures.spread([2]) is None


def test_nobody_gives_nothing():
    assert figures.facility([], 1) is None
    assert figures.effective_weights([]) == []
    assert figures.alpha([]) is None
    assert figures.mean([]) is None


def test_a_question_on_which_the_weak_do_better_has_no_weight():
    rows = [[1, 0, 0], [1, 0, 0], [0, 1, 1], [0, 1, 1]]

    first, *others = figures.effective_weights(rows)

    assert first is None
    assert percent(others) == [50, 50]


def test_sums_of_fractions_that_are_equal_do_not_vary():
    assert figures.alpha([[0.1, 0.2], [0.2, 0.1], [0.15, 0.15]]) is None


@given(columns)
def test_what_holds_of_any_two_columns(pairs):
    xs, ys = zip(*pairs, strict=True)
    share = figures.facility(xs, 1)

    assert 0 <= share.low <= share.value <= share.high <= 1
    for found in (figures.related(xs, ys), figures.efficiency(xs, ys)):
        if found is None:
            assert len(set(xs)) == 1 or len(set(ys)) == 1
        elif found.low is not None:
            assert found.low <= found.value <= found.high <= 1


@given(columns, st.randoms())
def test_the_order_of_students_is_all_one(pairs, shuffler):
    mixed = pairs[:]
    shuffler.shuffle(mixed)

    for figure in (figures.related, figures.efficiency):
        assert close(
            figure(*zip(*pairs, strict=True)), figure(*zip(*mixed, strict=True))
        )


@given(tables, st.randoms())
def test_the_order_of_rows_is_all_one(rows, shuffler):
    mixed = rows[:]
    shuffler.shuffle(mixed)

    assert close(figures.alpha(rows), figures.alpha(mixed))
    pairs = zip(
        figures.effective_weights(rows), figures.effective_weights(mixed), strict=True
    )
    assert all(close(one, other) for one, other in pairs)


def close(one, other):
    if one is None or other is None:
        return one is other
    pairs = zip(one, other, strict=True)
    return all(x == y or math.isclose(x, y, abs_tol=1e-6) for x, y in pairs)


@given(tables)
def test_weights_share_out_the_whole(rows):
    found = figures.effective_weights(rows)
    weights = [estimate.value for estimate in found if estimate]

    assert not weights or math.isclose(sum(weights), 1)
    for estimate in filter(None, found):
        if estimate.low is not None:
            assert 0 <= estimate.low <= estimate.value <= estimate.high <= 1


@given(tables)
@example([[0, 0.67], [0, 0.67], [0.33, 1]])
def test_alpha_is_never_above_one(rows):
    found = figures.alpha(rows)

    if found and found.low is not None:
        assert found.low <= found.value <= found.high <= 1


@pytest.mark.parametrize("figure", [figures.related, figures.efficiency])
def test_two_columns_that_go_together_wholly_are_at_the_top(figure):
    assert rounded(figure([0, 1, 2, 3], [1, 2, 3, 4])) == (1, 1, 1)
