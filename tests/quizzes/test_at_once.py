"""Two processes, each with a connection of its own, at the same moment, 200 times.

On PostgreSQL, whatever else the tests run on: on SQLite one writer waits for the
other. To see them fail, take `select_for_update` out of `changes.locked` (points are
missing, a whole sitting stays open, two answers collide), or out of both
`device_sheets.sheets_of` and `merging.merge` (half of a hand-over is forgotten); or
let `question_versions` write into the row that was asked (marks do not fit it).
"""

import multiprocessing
import os
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import psycopg
import pytest

from tests.postgres import running_postgres
from tests.quizzes import at_once

pytestmark = pytest.mark.load

ROUNDS = 200


class Processes:
    """Two processes that do what they are told, one alone or both at once."""

    def __init__(self, url):
        context = multiprocessing.get_context("spawn")
        self.barrier = context.Barrier(2)
        self.workers, self.lines = [], []
        for _ in range(2):
            ours, theirs = context.Pipe()
            worker = context.Process(
                target=at_once.obey, args=(theirs, self.barrier, url), daemon=True
            )
            worker.start()
            theirs.close()
            self.workers.append(worker)
            self.lines.append(ours)

    def alone(self, function, *arguments):
        self.lines[0].send((function.__name__, arguments, False))
        return self.lines[0].recv()

    def together(self, *orders):
        for line, (function, *arguments) in zip(self.lines, orders, strict=True):
            line.send((function.__name__, arguments, True))
        return [line.recv() for line in self.lines]

    def stop(self):
        for line, worker in zip(self.lines, self.workers, strict=True):
            # One that has failed said why on its own.
            with suppress(BrokenPipeError):
                line.send(None)
            worker.join(10)


@pytest.fixture(scope="module")
def processes():
    with empty_database() as url:
        processes = Processes(url)
        try:
            processes.alone(at_once.migrate)
            yield processes
        finally:
            processes.stop()


@contextmanager
def empty_database():
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        with running_postgres() as url:
            yield url
        return
    at = urlsplit(given)
    folder, _, _name = at.path.rpartition("/")
    server = {"host": at.hostname or folder, "port": at.port, "user": at.username}
    server |= {"password": at.password, "dbname": "postgres", "autocommit": True}
    with psycopg.connect(**server) as connection:
        connection.execute("DROP DATABASE IF EXISTS at_once WITH (FORCE)")
        connection.execute("CREATE DATABASE at_once")
        yield at._replace(path=f"{folder}/at_once").geturl()
        connection.execute("DROP DATABASE at_once WITH (FORCE)")


def test_two_answers_to_one_question_leave_one_answer_and_one_mark(processes):
    firsts = set()
    for _ in range(ROUNDS):
        student, attempt, questions = processes.alone(at_once.begin, 2)
        asked = (student, attempt, 1, questions[0])

        came = processes.together(
            (at_once.answer, *asked, "right"), (at_once.answer, *asked, "wrong")
        )

        kept = processes.alone(at_once.look_at, attempt)
        [(answer, points)] = kept["answers"]
        assert came == [302, 302]
        assert (points, kept["score"]) == (answer == ["right"],) * 2
        assert not kept["is_handed_in"]
        firsts.add(answer[0])
    assert firsts == {"right", "wrong"}, "One of them was always first."


def test_the_last_two_answers_hand_the_sitting_in_with_every_point(processes):
    for _ in range(ROUNDS):
        student, attempt, questions = processes.alone(at_once.begin, 3, 1)

        came = processes.together(
            (at_once.answer, student, attempt, 2, questions[1], "right"),
            (at_once.answer, student, attempt, 3, questions[2], "right"),
        )

        kept = processes.alone(at_once.look_at, attempt)
        assert came == [302, 302]
        assert kept == {
            "answers": [(["right"], 1)] * 3,
            "score": 3,
            "is_handed_in": True,
        }


def test_a_load_while_answering_and_starting_changes_nothing_that_was_asked(
    processes, tmp_path
):
    doughs = ["Sourdough", "Pizza dough"]
    processes.alone(at_once.load_lessons, tmp_path, "Sourdough")
    for number in range(1, ROUNDS + 1):
        students = processes.alone(at_once.newcomers)

        _, attempts = processes.together(
            (at_once.load_lessons, tmp_path, doughs[number % 2]),
            (at_once.read_and_answer, *students),
        )

        for attempt in attempts:
            words, points, is_right = processes.alone(at_once.what_was_asked, attempt)
            assert words == "Sourdough"
            assert points == is_right
    answers, current = processes.alone(at_once.what_is_left)
    assert answers == 2 * ROUNDS
    assert set(current.values()) == {1}


def test_two_starts_begin_one_attempt(processes):
    for _ in range(ROUNDS):
        student, slug = processes.alone(at_once.newcomer)

        first, second = processes.together(*[(at_once.start, student, slug)] * 2)

        [attempt] = processes.alone(at_once.attempts_of, student)
        assert first == second == (302, f"/attempts/{attempt}/")


def test_what_a_device_hands_over_twice_is_kept_once(processes):
    picks = [("q1", "right"), ("q2", "wrong"), ("q3", "right")]
    for _ in range(ROUNDS):
        student, slug = processes.alone(at_once.newcomer)

        came = processes.together(
            (at_once.hand_over, student, slug, picks),
            (at_once.hand_over, student, slug, picks[::-1]),
        )

        assert sorted(came) == [["added"] * 3, ["known"] * 3]
        assert handed_over(processes, student) == [1, 0, 1]


def test_two_halves_that_a_device_hands_over_make_a_whole(processes):
    first, *others = [("q1", "right"), ("q2", "wrong"), ("q3", "right")]
    for _ in range(ROUNDS):
        student, slug = processes.alone(at_once.newcomer)
        processes.alone(at_once.hand_over, student, slug, [first])

        came = processes.together(
            *((at_once.hand_over, student, slug, [first, other]) for other in others)
        )

        assert came == [["known", "added"]] * 2
        assert handed_over(processes, student) == [1, 0, 1]


def handed_over(processes, student):
    """The points of the student's one sitting, if it is whole and added up."""
    [attempt] = processes.alone(at_once.attempts_of, student)
    kept = processes.alone(at_once.look_at, attempt)
    points = [points for _answer, points in kept["answers"]]
    assert kept["is_handed_in"]
    assert kept["score"] == sum(points)
    return points
