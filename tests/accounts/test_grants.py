from datetime import timedelta

import pytest
from django.utils import timezone

from tendril.accounts import grants
from tendril.accounts.models import TeacherGrant
from tests.factories import ClassroomFactory, TeacherGrantFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _teachers_may_grant(settings):
    settings.TEACHERS_MAY_GRANT = True


def test_a_teacher_says_who_else_is_one_and_it_is_kept(teacher):
    person = UserFactory(adult=True)

    grants.grant(person.username, by=teacher)

    assert person.may_teach
    assert person.teacher_grant.granted_by == teacher


def test_a_second_word_does_not_replace_the_first(teacher):
    first = TeacherGrantFactory()

    grants.grant(first.person.username, by=teacher)

    assert TeacherGrant.objects.get(person=first.person) == first
    assert first.person.teacher_grant.granted_by == first.granted_by


def test_only_granted_teachers_grant_and_only_where_the_site_says_so(
    teacher, co_teacher, settings
):
    person = UserFactory(adult=True)

    with pytest.raises(grants.GrantRefused):
        grants.grant(person.username, by=co_teacher)
    settings.TEACHERS_MAY_GRANT = False
    with pytest.raises(grants.GrantRefused):
        grants.grant(person.username, by=teacher)

    assert not person.may_teach


def test_no_child_is_made_a_teacher(teacher):
    almost = (timezone.localdate() - timedelta(days=17 * 365)).replace(day=1)
    child = UserFactory(born_on=almost)
    looked_after = UserFactory(born_on=None, managed_by=ClassroomFactory())

    for person in (child, looked_after):
        with pytest.raises(grants.StillAChild):
            grants.grant(person.username, by=teacher)

    grown_up = UserFactory(born_on=almost.replace(year=almost.year - 1))
    assert grants.grant(grown_up.username, by=teacher) == grown_up
    unsaid = UserFactory(born_on=None)
    assert grants.grant(unsaid.username, by=teacher) == unsaid


def test_nobody_is_made_of_a_name_that_is_nobodys(teacher):
    gone = UserFactory(is_active=False)

    for username in ("nobody", gone.username):
        with pytest.raises(grants.NobodyOfThisName):
            grants.grant(username, by=teacher)
