import json
from contextlib import suppress
from dataclasses import is_dataclass

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from quizzes.answers import NotAnAnswer
from quizzes.kinds import KINDS
from tests.quizzes.kinds.entries import (
    ANSWERS,
    FIELDS,
    answers,
    bodies,
    draw_with,
    entries,
)

pytestmark = [pytest.mark.parametrize("name", sorted(KINDS))]
# A busy machine is no fault of the code.
often = settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])


def test_each_kind_is_tested_here(name):
    assert name in FIELDS
    assert name in ANSWERS


@often
@given(data=st.data())
def test_a_sound_entry_has_no_faults(name, data):
    assert list(KINDS[name].faults(data.draw(entries(name)))) == []


@often
@given(data=st.data())
def test_the_right_answer_earns_everything_and_none_nothing(name, data):
    kind, body = KINDS[name], data.draw(bodies(name))
    right = kind.right(body)

    assert kind.read(body, right) == right
    assert kind.grade(body, right) == 1
    assert kind.grade(body, []) == 0


@often
@given(data=st.data())
def test_an_answer_earns_some_share_and_shows_what_it_earned(name, data):
    kind, body = KINDS[name], data.draw(bodies(name))
    answer = data.draw(answers(name, body))

    share = kind.grade(body, answer)

    assert 0 <= share <= 1
    assert shows_right(name, kind.redraw(body, answer, draw_with(1))) == (share == 1)
    assert bool(kind.readable(body, answer)) == bool(answer)


@often
@given(data=st.data())
def test_an_accepted_answer_is_right_and_takes_nothing_from_others(name, data):
    kind, body = KINDS[name], data.draw(bodies(name))
    accepted = data.draw(answers(name, body).filter(bool))
    other = data.draw(answers(name, body))
    # What was left open in a text is not accepted with the rest.
    assume(all(accepted))

    longer = kind.extend(body, accepted)

    assert kind.grade(longer, accepted) == 1
    assert kind.extend(longer, accepted) == longer
    assert kind.grade(longer, other) >= kind.grade(body, other)
    assert kind.grade(longer, kind.right(body)) == 1
    for answer in (accepted, other):
        shown = kind.redraw(longer, answer, draw_with(1))
        assert shows_right(name, shown) == (kind.grade(longer, answer) == 1)


@often
@given(data=st.data())
def test_the_order_in_which_things_are_written_or_picked_is_all_one(name, data):
    kind, body = KINDS[name], data.draw(bodies(name))
    answer = data.draw(answers(name, body))
    if data.draw(st.booleans()):
        body = kind.extend(body, data.draw(answers(name, body)))

    written = mixed(body, name, draw_with(data.draw(st.integers(0, 99))))
    picked = answer[::-1] if name in ("multiple", "match") else answer

    assert kind.grade(written, answer) == kind.grade(body, answer)
    assert kind.grade(body, picked) == kind.grade(body, answer)
    assert kind.same(body, picked) == kind.same(body, answer)


@often
@given(data=st.data())
def test_answers_that_mean_the_same_earn_the_same(name, data):
    kind, body = KINDS[name], data.draw(bodies(name))
    one, other = (data.draw(answers(name, body)) for _number in range(2))

    if kind.same(body, one) == kind.same(body, other):
        assert kind.grade(body, one) == kind.grade(body, other)


@often
@given(data=st.data())
def test_an_answer_is_read_as_itself_and_kept_in_json(name, data):
    kind, body = KINDS[name], data.draw(bodies(name))
    answer = data.draw(answers(name, body))

    assert kind.read(body, answer) == answer
    assert json.loads(json.dumps(answer)) == answer
    assert json.loads(json.dumps(body)) == body
    extended = kind.extend(body, answer)
    assert json.loads(json.dumps(extended)) == extended


NONSENSE = st.text(st.characters(exclude_categories=())) | st.sampled_from(
    [
        *["", " ", ":", "\0", "\ud800", "\u200b", "-", "1e999", "NaN", "ﷺ" * 200],
        *["x" * 100_000, "9" * 100_000, " " * 100_000, "1/" * 50_000],
    ]
)


@often
@given(data=st.data())
def test_whatever_is_sent_is_refused_or_is_an_answer(name, data):
    kind, body = KINDS[name], data.draw(bodies(name))
    own = st.sampled_from(ANSWERS[name](data.draw, body) or [""])
    sent = data.draw(st.lists(own | NONSENSE, max_size=9))
    sent *= data.draw(st.sampled_from([1, 1, 1, 2000]))

    kind.ask(body, sent, draw_with(1))
    answer = read(kind, body, sent)

    assert kind.read(body, answer) == answer
    assert "\0" not in "".join(answer).encode().decode()
    assert 0 <= kind.grade(body, answer) <= 1
    assert kind.grade(body, kind.right(kind.extend(body, answer))) <= 1
    shows_right(name, kind.redraw(body, answer, draw_with(1)))
    kind.readable(body, answer)
    kind.same(body, answer)


@often
@given(data=st.data())
def test_nothing_right_can_be_told_from_what_is_asked(name, data):
    kind, body = KINDS[name], data.draw(bodies(name))
    other = with_another_key(data, name, body)
    seed = data.draw(st.integers())

    asked, asked_other = (kind.ask(b, [], draw_with(seed)) for b in (body, other))

    # Nobody is shown lines in their right order, so that a draw of it is repeated.
    if name != "order" or not shows_order(other, asked):
        assert asked == asked_other or shows_order(body, asked_other)


@often
@given(data=st.data())
def test_a_question_is_asked_in_the_same_way_again(name, data):
    kind, body = KINDS[name], data.draw(bodies(name))
    seed, answer = data.draw(st.integers()), data.draw(answers(name, body))

    asked = kind.ask(body, answer, draw_with(seed))

    assert asked == kind.ask(body, answer, draw_with(seed))
    assert without_picks(asked) == without_picks(kind.ask(body, [], draw_with(seed)))


def without_picks(asked):
    """What is asked without what was picked or typed."""
    if isinstance(asked, list):
        return [without_picks(each) for each in asked]
    if not is_dataclass(asked):
        return asked
    return {
        key: without_picks(value)
        for key, value in vars(asked).items()
        if key not in ("is_picked", "place", "value")
    }


def read(kind, body, sent):
    """The answer, which is empty if it was refused."""
    with suppress(NotAnAnswer):
        return kind.read(body, sent)
    return []


def shows_right(name, shown):
    """Whether a redrawn answer is all right."""
    if name in ("short", "number", "order"):
        return shown.is_right
    if name == "gaps":
        return all(part.is_right for part in shown if part.number)
    if name == "match":
        return all(row.is_right for row in shown)
    if name == "multiple":
        return all(choice.is_right == choice.is_picked for choice in shown)
    return any(choice.is_right and choice.is_picked for choice in shown)


def shows_order(body, asked):
    return [row.key for row in asked] == [item["key"] for item in body["items"]]


def shuffled(values, random):
    return random.sample(values, len(values))


def mixed(body, name, random):
    """The same body with its lists in another order, where that says nothing."""
    if name == "gaps":
        blanks = [mixed(words, "short", random) for words in body["blanks"]]
        return body | {"blanks": blanks}
    lists = {
        "single": ["choices"],
        "multiple": ["choices", "also_right"],
        "true_false": ["choices"],
        "short": ["answers", "wrong"],
        "number": ["units", "also"],
        "order": ["also_right"],
        "match": ["lefts", "rights", "also_right"],
    }[name]
    return body | {key: shuffled(body[key], random) for key in lists if key in body}


def with_another_key(data, name, body):
    """The same question where something else is right."""
    random = draw_with(data.draw(st.integers(0, 99)))
    if name in ("single", "multiple", "true_false"):
        rights = shuffled([c["right"] for c in body["choices"]], random)
        pairs = zip(body["choices"], rights, strict=True)
        return body | {"choices": [c | {"right": r, "why": ""} for c, r in pairs]}
    if name == "match":
        rights = shuffled([left["right"] for left in body["lefts"]], random)
        pairs = zip(body["lefts"], rights, strict=True)
        lefts = [left | {"right": right} for left, right in pairs]
        rights = shuffled(body["rights"], random)
        return body | {"lefts": lefts, "rights": rights}
    if name == "order":
        return body | {"items": shuffled(body["items"], random)}
    if name == "gaps":
        other = {"answers": ["another word"], "wrong": [], "forgiving": True}
        return body | {"blanks": [other for _words in body["blanks"]]}
    other = data.draw(bodies(name))
    return other | {"unit": body["unit"]} if name == "number" else other
