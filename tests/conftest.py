import string
import sys
from pathlib import Path

import hypothesis
import pytest
from django.conf import settings
from django.core.cache import cache
from django.db.backends.base.operations import BaseDatabaseOperations
from django.middleware import csrf
from django.template.defaultfilters import default

from lessons import public_pages
from tests.access.answers import STUDENT
from tests.factories import (
    ClassroomFactory,
    EnrolmentFactory,
    GuardianshipFactory,
    TeacherGrantFactory,
    UserFactory,
)
from tests.htmx import HtmxClient
from tutor import append_only

# How long an example takes says more of the machine than of the code.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

DATABASE_FIXTURES = {"db", "transactional_db", "live_server", "site"}
BROWSER_TESTS = Path(settings.BASE_DIR) / "tests" / "browser"
OWN_TEMPLATES = Path(settings.BASE_DIR) / "templates"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Mark what uses the database, so that it can be run again on another one."""
    for item in items:
        if item.get_closest_marker("django_db") or DATABASE_FIXTURES.intersection(
            item.fixturenames
        ):
            item.add_marker("database")
        if BROWSER_TESTS in item.path.parents:
            item.add_marker("browser")


@pytest.hookimpl(trylast=True, specname="pytest_collection_modifyitems")
def _longest_first(items):
    """Begin with what takes longest, or one worker would end long after the rest."""
    items.sort(key=lambda item: item.get_closest_marker("longest") is None)


class UndefinedVariable(str):
    """What a template shows for a variable that nobody gave it: a failed test."""

    def __contains__(self, text):
        return text == "%s"

    def __mod__(self, variable):
        asking = sys._getframe(1).f_locals
        context, filters = asking["context"], asking["self"].filters
        # Whoever names a default has thought of its absence.
        if filters and filters[0][0] is default:
            [(is_variable, fallback)] = filters[0][1]
            return fallback.resolve(context) if is_variable else fallback
        template = context.render_context.template
        # The admin's and allauth's own templates count on being lenient.
        if not Path(str(template.origin)).is_relative_to(OWN_TEMPLATES):
            return ""
        pytest.fail(f"{template.name} uses {variable}, which its view did not give it.")


@pytest.fixture(autouse=True, scope="session")
def _undefined_variables_fail():
    from django.template import engines

    engines["django"].engine.string_if_invalid = UndefinedVariable("undefined")


@pytest.fixture(autouse=True, scope="session")
def _tokens_are_digits():
    """Letters drawn for a token could spell a name that a page must not show."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(csrf, "CSRF_ALLOWED_CHARS", string.digits)
        yield


@pytest.fixture(autouse=True, scope="session")
def _the_ledger_can_be_emptied():
    """Tests that commit empty every table after them; then its triggers come back."""
    empty = BaseDatabaseOperations.execute_sql_flush

    def lift_and_empty(operations, statements):
        append_only.lift(operations.connection)
        empty(operations, statements)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseOperations, "execute_sql_flush", lift_and_empty)
        yield


@pytest.fixture(autouse=True)
def _nothing_is_cached():
    cache.clear()
    public_pages.pages = public_pages.PageStore()


@pytest.fixture
def htmx():
    return HtmxClient()


@pytest.fixture
def database(db):
    """Where the cast lives; tests in a browser put it into the live site's."""


@pytest.fixture
def classroom(database):
    return ClassroomFactory(name="Room 12")


@pytest.fixture
def teacher(classroom):
    person = UserFactory(username="teacher", display_name="Ms Field", adult=True)
    TeacherGrantFactory(person=person)
    EnrolmentFactory(classroom=classroom, person=person, teacher=True)
    return person


@pytest.fixture
def student(classroom, teacher):
    person = UserFactory(pk=STUDENT, username="student", display_name="Sam")
    EnrolmentFactory(classroom=classroom, person=person)
    return person


@pytest.fixture
def classmate(classroom, teacher):
    person = UserFactory(username="classmate", display_name="Kim")
    EnrolmentFactory(classroom=classroom, person=person)
    return person


@pytest.fixture
def other_teacher(database):
    person = UserFactory(username="other-teacher", display_name="Mr Hill", adult=True)
    TeacherGrantFactory(person=person)
    EnrolmentFactory(classroom__name="Room 7", person=person, teacher=True)
    return person


@pytest.fixture
def other_student(other_teacher):
    person = UserFactory(username="other-student", display_name="Robin")
    EnrolmentFactory(classroom=other_teacher.enrolments.get().classroom, person=person)
    return person


@pytest.fixture
def guardian(student):
    person = UserFactory(username="guardian", display_name="Alex", adult=True)
    GuardianshipFactory(guardian=person, student=student)
    return person


@pytest.fixture
def admin(database):
    return UserFactory(username="admin", display_name="Office", admin=True)


@pytest.fixture
def co_teacher(classroom, teacher):
    person = UserFactory(username="co-teacher", display_name="Mx Brook", adult=True)
    EnrolmentFactory(classroom=classroom, person=person, teacher=True)
    return person


@pytest.fixture
def former_teacher(classroom, teacher):
    """Taught the class once, and does not any more."""
    person = UserFactory(username="former-teacher", display_name="Mr Past", adult=True)
    TeacherGrantFactory(person=person)
    EnrolmentFactory(classroom=classroom, person=person, teacher=True).delete()
    return person


@pytest.fixture
def other_guardian(other_student):
    person = UserFactory(username="other-guardian", display_name="Toni", adult=True)
    GuardianshipFactory(guardian=person, student=other_student)
    return person


@pytest.fixture
def whole_cast(
    student,
    classmate,
    other_student,
    teacher,
    co_teacher,
    other_teacher,
    former_teacher,
    guardian,
    other_guardian,
    admin,
):
    """Everyone of the access table who is signed in, in its order."""
    return [
        student,
        classmate,
        other_student,
        teacher,
        co_teacher,
        other_teacher,
        former_teacher,
        guardian,
        other_guardian,
        admin,
    ]
