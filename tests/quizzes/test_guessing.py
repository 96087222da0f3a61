import pytest

from quizzes.guessing import (
    GUESSES,
    Offer,
    chance,
    chi_square_tail,
    evenness,
    longest_share,
    share_right,
    shares,
)


def offer(*options, right=0, stem="?"):
    return Offer(stem, options, right)


def test_the_longest_option_counts_where_it_is_right():
    offers = [offer("long", "a", "b"), offer("a", "long", "b"), offer("a", "b", "ccc")]

    assert longest_share(offers) == pytest.approx(1 / 3)


def test_among_equally_long_options_the_guesser_draws():
    assert longest_share([offer("aaaa", "bbbb", "c")]) == 0.5


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("the shortest option", offer("bb", "a", "ccc", right=1)),
        ("the first option", offer("a", "b")),
        ("the last option", offer("a", "b", right=1)),
        (
            "the option with most words of the stem",
            offer("salt", "warm yeast", right=1, stem="What does YEAST do?"),
        ),
        (
            "the only option without an absolute word",
            offer("It always rises", "It may rise", "Nothing rises", right=1),
        ),
    ],
)
def test_each_guess_finds_what_it_looks_for(name, question):
    assert share_right([question], GUESSES[name]) == 1


def test_two_options_without_absolute_words_tell_a_guesser_nothing():
    guess = GUESSES["the only option without an absolute word"]

    assert share_right([offer("always", "may", "can", right=1)], guess) == (
        pytest.approx(1 / 3)
    )


def test_each_guess_has_its_share_and_blind_drawing_has_one_too():
    offers = [offer("aa", "b", "c"), offer("aa", "b", "c"), offer("a", "b", "cc")]

    assert shares(offers)["the first option"] == 1
    assert shares(offers)["the longest option"] == pytest.approx(2 / 3)
    # "a" and "b" are equally short, so the third question is a toss between them.
    assert shares(offers)["the shortest option"] == pytest.approx(1 / 6)
    assert chance(offers) == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("statistic", "freedom"),
    # The 5 % points as printed in every table of chi-square.
    [(3.841, 1), (5.991, 2), (7.815, 3), (9.488, 4), (11.070, 5), (24.996, 15)],
)
def test_the_tail_of_chi_square_is_that_of_the_tables(statistic, freedom):
    assert chi_square_tail(statistic, freedom) == pytest.approx(0.05, abs=1e-4)


def test_even_places_are_likely_and_favourites_are_not():
    even = [offer("a", "b", "c", "d", right=place) for place in range(4)] * 3
    third = [offer("a", "b", "c", "d", right=2)] * 8

    assert evenness(even) == 1
    # Chi-square is 36 / 2 + 3 * 2 = 24 with 3 degrees of freedom.
    assert evenness(third) == pytest.approx(2.5e-5, rel=0.02)


def test_questions_of_other_sizes_are_counted_by_themselves():
    offers = [offer("a", "b", right=p) for p in (0, 1)] + [
        offer("a", "b", "c", right=p) for p in (0, 1, 2)
    ]

    assert evenness(offers) == 1


def test_a_bank_without_single_questions_gives_nothing_to_guess():
    assert (set(shares([]).values()), chance([]), evenness([])) == ({0}, 0, 1)
