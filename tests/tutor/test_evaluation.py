import json
from pathlib import Path

import pytest
from django.conf import settings

from tutor import extract
from tutor.evaluation import MODES, evaluate, extracted, lessons_in

# Plain questions as children type them. To the passages of its lesson, a question has
# the words that answer it; under `another-lesson` it is about one of another track,
# under `another-subject` about none, and under `anything` whatever comes to mind.
QUESTIONS = Path(__file__).with_name("questions.jsonl").read_bytes().splitlines()

BREAD = ["Bread rises because yeast makes gas.", "Salt slows the yeast down."]
NO_LESSONS = dict


@pytest.fixture(scope="module")
def lessons():
    # Reading all lessons takes a second.
    return lessons_in(settings.LESSONS_DIR)


def question(text, *, answers=None, on_lesson=True, **others):
    return {
        "kind": "question",
        "passages": BREAD,
        "question": text,
        "answers": answers,
        "on_lesson": on_lesson,
        **others,
    }


def claim(sentence, *, supported, quote=BREAD[1], **others):
    return {
        "kind": "claim",
        "passages": BREAD,
        "question": "What does salt do?",
        "sentence": sentence,
        "quote": quote,
        "supported": supported,
        **others,
    }


def report_on(*cases, mode=extracted, lessons=NO_LESSONS):
    lines = [json.dumps(case).encode() for case in cases]
    return evaluate(lines, mode, lessons)


def test_questions_are_counted_by_whether_the_lesson_can_answer():
    report = report_on(
        question("Does salt slow down yeast?", answers=["slows the yeast"]),
        question("Does salt slow down the yeast?", answers=["eats sugar", "SALT"]),
        question("Does salt slow yeast?", answers=["eats sugar"]),
        question("Is salt slow for yeast?", tag="without answers"),
        question("What colour is the moon?", answers=["gas"]),
        question("What colour is the moon?", on_lesson=False),
        question("Does salt slow down yeast?", on_lesson=False, answers=["slows"]),
    )

    assert report.as_json()["questions"] == {
        "on_lesson": {"n": 5, "answered": 4, "evidence": 2},
        "off_lesson": {"n": 2, "answered": 1},
    }


@pytest.mark.parametrize(
    ("answer", "is_there"),
    [
        ("the  YEAST down", True),
        ("makes gas. Salt", True),
        ("slow", False),
        ("g.s", False),
        ("", False),
        ("salt's", False),
    ],
)
def test_an_answer_must_stand_there_in_whole_words(answer, is_there):
    report = report_on(question("Does salt slow yeast?", answers=[answer]))

    assert report.on_lesson["evidence"] == is_there


def test_curly_and_straight_quotes_are_the_same():
    passages = ["Nadia\u2019s yeast was \u201cslow\u201d because of salt."]
    case = question(
        "Was the yeast slow from salt?", answers=["Nadia's yeast was \"slow"]
    )

    report = report_on({**case, "passages": passages})

    assert report.on_lesson["evidence"] == 1


def test_claims_are_counted_by_label_and_by_tag():
    report = report_on(
        claim(BREAD[1], supported=True),
        claim("Salt slows the yeast down by 12 hours.", supported=False, tag="number"),
        claim(BREAD[1], supported=False, tag="quote", quote="Salt feeds the yeast."),
        claim(BREAD[1], supported=True, tag="quote"),
    )

    assert report.as_json()["claims"] == {
        "supported": {"n": 2, "accepted": 2},
        "unsupported": {"n": 2, "accepted": 0},
        "by_tag": {
            "number": {"n": 1, "accepted": 0},
            "quote": {"n": 2, "accepted": 1},
        },
    }


WHOLE = json.dumps(question("Does salt slow yeast?"))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        (b"{", "Invalid JSON: EOF while parsing an object at line 1 column 1"),
        (b"[]", "Input should be an object"),
        (b'"\xff"', "Invalid JSON: invalid unicode code point at line 1 column 2"),
        (b'{"kind": "poem"}', None),
        (b'{"kind": "question"}', "question: Field required"),
        (WHOLE.replace("true", '"yes"').encode(), None),
        (WHOLE.replace("null", '"gas"').encode(), None),
        (WHOLE.replace('["Bread', '[7, "Bread').encode(), None),
        (b"[" * 10_000, None),
    ],
)
def test_a_malformed_line_stops_nothing(line, why):
    report = evaluate([b"\n", line, b" \r\n", WHOLE.encode()], extracted, NO_LESSONS)

    assert list(report.malformed) == [2]
    if why:
        assert report.malformed[2] == why
    assert report.as_json()["malformed"] == 1
    assert report.on_lesson["n"] == 1


def test_keys_of_others_and_a_mark_at_the_start_are_left_alone():
    line = b"\xef\xbb\xbf" + json.dumps(question("Is it?", source="theirs")).encode()

    assert evaluate([line], extracted, NO_LESSONS).malformed == {}


def test_a_case_may_name_a_lesson_for_its_passages(lessons):
    case = {
        "kind": "question",
        "lesson": "pet-namer",
        "question": "Is Mudpaw a kitten?",
    }
    case["on_lesson"] = True

    found = report_on(case, lessons=lambda: lessons)
    unknown = report_on({**case, "lesson": "cats"}, lessons=lambda: lessons)
    neither = report_on({**case, "lesson": ""}, lessons=lambda: lessons)

    assert found.on_lesson == {"n": 1, "answered": 1, "evidence": 0}
    why = "passages: it has none, and names no lesson that is there"
    assert unknown.malformed == neither.malformed == {1: why}


def test_passages_of_a_folder_have_the_keys_and_headings_of_the_page(lessons):
    first = lessons["pet-namer"][0]

    assert first.key.startswith("two-dice-")
    assert first.heading == "A name from two dice"
    assert first.text.startswith("Roll a five and a two")


def test_whoever_answers_is_asked_with_the_question_and_its_passages():
    asked = []

    def mode(text, passages):
        asked.append((text, [passage.text for passage in passages]))
        return ["Yeast eats sugar."]

    report = report_on(question("Why?", answers=["sugar"]), mode=mode)

    assert asked == [("Why?", BREAD)]
    assert report.on_lesson == {"n": 1, "answered": 1, "evidence": 1}
    assert MODES["extract"] is extracted


def test_latency_is_the_time_within_which_a_share_was_done():
    report = report_on()
    assert report.as_json()["latency_ms"] == {"p50": 0.0, "p95": 0.0}

    report.milliseconds = [float(n) for n in range(100, 0, -1)]
    assert report.as_json()["latency_ms"] == {"p50": 50.0, "p95": 95.0}

    report.milliseconds = [3.0, 1.0]
    assert report.as_json()["latency_ms"] == {"p50": 1.0, "p95": 3.0}
    assert report_on(question("Is it?")).percentile(0.5) > 0
    assert report_on(claim("Yes.", supported=True)).percentile(0.5) > 0


def asked_of_our_lessons(lessons, *tags):
    lines = [line for line in QUESTIONS if json.loads(line).get("tag", "") in tags]
    report = evaluate(lines, extracted, lambda: lessons)
    assert report.malformed == {}
    return report


def test_plain_questions_about_our_lessons_are_answered(lessons):
    counts = asked_of_our_lessons(lessons, "").on_lesson

    assert counts["n"] >= 150
    assert counts["answered"] / counts["n"] >= 0.83
    assert counts["evidence"] / counts["answered"] >= 0.93


def test_questions_about_anything_else_are_not(lessons):
    counts = asked_of_our_lessons(lessons, "another-subject", "anything").off_lesson

    assert counts["n"] >= 400
    assert counts["answered"] / counts["n"] <= 0.005


@pytest.fixture(scope="module")
def off_lesson_by_the_rules(lessons):
    return asked_of_our_lessons(lessons, "another-lesson").off_lesson


def test_few_questions_of_another_track_are(off_lesson_by_the_rules):
    # All tracks are about one subject, and words cannot tell its lessons apart well.
    counts = off_lesson_by_the_rules

    assert counts["n"] >= 200
    assert counts["answered"] / counts["n"] <= 0.03


@pytest.mark.parametrize("name", ["SHARE", "TELLING_SHARE", "LEAST_STEMS"])
def test_without_one_of_its_rules_it_answers_more(
    lessons, off_lesson_by_the_rules, monkeypatch, name
):
    monkeypatch.setattr(extract, name, 0)

    counts = asked_of_our_lessons(lessons, "another-lesson").off_lesson

    assert counts["n"] == off_lesson_by_the_rules["n"]
    assert counts["answered"] > off_lesson_by_the_rules["answered"]
