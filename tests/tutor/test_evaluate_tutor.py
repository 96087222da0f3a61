import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from tests.tutor import adversary as acts
from tutor import extract, grounding

BREAD = ["Bread rises because yeast makes gas.", "Salt slows the yeast down."]
ON = {
    "kind": "question",
    "passages": BREAD,
    "question": "Why does salt slow yeast?",
    "answers": ["slows"],
    "on_lesson": True,
}
OFF = {
    **ON,
    "question": "Is the moon made of gas?",
    "answers": None,
    "on_lesson": False,
}
CLAIM = {
    "kind": "claim",
    "passages": BREAD,
    "question": "What does salt do?",
    "sentence": BREAD[1],
    "quote": BREAD[1],
    "supported": True,
    "tag": "copied",
}


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "cases.jsonl"
    lines = [json.dumps(case) for case in (ON, ON, OFF, CLAIM)]
    path.write_text("\n".join([*lines, "{"]))
    return path


def told(*args):
    out, err = StringIO(), StringIO()
    call_command("evaluate_tutor", *map(str, args), stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def figures(file, *args):
    lines = [line.partition(": ") for line in told(file, *args)[0].splitlines()]
    return {name: figure for name, _, figure in lines if "latency" not in name}


def test_the_table_has_counts_and_shares(file):
    assert figures(file) == {
        "on-lesson answered": "2 of 2, 100.0%",
        "evidence holds the answer": "2 of 2, 100.0%",
        "off-lesson answered": "0 of 1, 0.0%",
        "supported claims accepted": "1 of 1, 100.0%",
        "unsupported claims accepted": "0 of 0, -",
        "claims tagged copied accepted": "1 of 1, 100.0%",
        "malformed lines": "1",
    }


def test_times_are_told_and_lines_that_were_left_out_by_number(file):
    out, err = told(file)

    assert [line.split()[:2] for line in out.splitlines() if "latency" in line] == [
        ["latency", "p50:"],
        ["latency", "p95:"],
    ]
    assert err == (
        "Line 5 is left out: "
        "Invalid JSON: EOF while parsing an object at line 1 column 1.\n"
    )


def test_a_broken_rule_changes_the_table(file, monkeypatch):
    monkeypatch.setattr(extract, "LEAST_STEMS", 0)
    monkeypatch.setattr(extract, "SHARE", 0)

    assert figures(file)["off-lesson answered"] == "1 of 1, 100.0%"


def test_in_a_terminal_it_is_a_table(file, capsys, monkeypatch):
    terminal = StringIO()
    monkeypatch.setattr(terminal, "isatty", lambda: True)

    call_command("evaluate_tutor", str(file), stdout=terminal, stderr=StringIO())

    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert lines[0] == ["count", "share"]
    assert lines[1] == ["on-lesson", "answered", "2", "of", "2", "100.0%"]


def test_programs_get_counts(file):
    out, _ = told(file, "--json")

    content = json.loads(out)
    assert set(content.pop("latency_ms")) == {"p50", "p95"}
    assert content == {
        "questions": {
            "on_lesson": {"n": 2, "answered": 2, "evidence": 2},
            "off_lesson": {"n": 1, "answered": 0},
        },
        "claims": {
            "supported": {"n": 1, "accepted": 1},
            "unsupported": {"n": 0, "accepted": 0},
            "by_tag": {"copied": {"n": 1, "accepted": 1}},
        },
        "malformed": 1,
    }


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(CommandError) as nowhere:
        told(tmp_path / "cases.jsonl")
    with pytest.raises(CommandError) as folder:
        told(tmp_path)

    assert str(nowhere.value) == (
        f"{tmp_path / 'cases.jsonl'} cannot be read: No such file or directory."
    )
    assert str(folder.value) == f"{tmp_path} cannot be read: Is a directory."


def test_a_model_is_evaluated_only_if_one_is_set_up(file):
    with pytest.raises(CommandError, match="No model is set up"):
        told(file, "--mode", "model")


def test_a_model_is_evaluated_by_what_it_would_be_let_say(file, adversary):
    adversary.chat = acts.writes(BREAD[0], ("Salt is made by 12 cows.", BREAD[1]))

    assert figures(file, "--mode", "model") == figures(file) | {
        "off-lesson answered": "1 of 1, 100.0%",
    }
    assert len(adversary.got("chat")) == 3


def test_of_a_model_too_a_broken_rule_changes_the_table(file, adversary, monkeypatch):
    adversary.chat = acts.writes(("Salt stops 12 cows.", BREAD[1]))
    whole = figures(file, "--mode", "model")
    monkeypatch.setattr(grounding, "RULES", {})

    broken = figures(file, "--mode", "model")

    assert whole["evidence holds the answer"] == "2 of 2, 100.0%"
    assert broken["evidence holds the answer"] == "0 of 2, 0.0%"


def test_where_the_model_is_silent_the_embedded_tutor_is_evaluated(file, adversary):
    adversary.chat = acts.status(500)

    assert figures(file, "--mode", "model") == figures(file)


def test_another_mode_is_refused(file):
    with pytest.raises(CommandError, match="invalid choice: 'guess'"):
        told(file, "--mode", "guess")
