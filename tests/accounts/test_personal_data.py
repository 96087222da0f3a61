import pytest
from allauth.account.models import EmailConfirmation
from django.apps import apps
from django.contrib.sessions.models import Session

from lessons.models import Lesson
from quizzes.models import ItemReport, Question
from tendril.accounts import personal_data
from tendril.accounts.models import User
from tendril.classrooms.models import Group
from tests.everything import everything


def points_at(model):
    """The models that this one has a foreign key, or a list, to."""
    relations = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return {field.related_model for field in relations if field.related_model}


def models_about_people():
    """Every model from which some path of relations leads to a person."""
    found = {User}
    while more := {
        model
        for model in apps.get_models()
        if model not in found and points_at(model) & found
    }:
        found |= more
    return found


def registered():
    return {entry.model for entry in personal_data.entries()}


def test_every_model_with_a_path_to_a_person_says_what_becomes_of_it():
    # Sessions have no such path: whose they are stands inside them.
    assert registered() == models_about_people() | {Session}


def test_a_path_may_lead_over_others():
    assert {Group, ItemReport, EmailConfirmation} <= models_about_people()
    assert not {Lesson, Question} & models_about_people()


def test_a_model_says_it_once():
    with pytest.raises(ValueError, match=r"accounts\.User"):
        personal_data.register(
            User, export=personal_data.shows_nothing, erase=personal_data.stays
        )


@pytest.mark.django_db
def test_the_student_of_these_tests_has_something_in_every_table():
    everything()

    empty = [model.__name__ for model in registered() if not model.objects.exists()]
    assert empty == []


def test_what_points_at_a_row_is_erased_before_it():
    order = [entry.model for entry in personal_data.entries()]
    late = [
        (model.__name__, target.__name__)
        for at, model in enumerate(order)
        for target in points_at(model)
        if target in order[:at] and target is not model
    ]

    # These stay, whatever is erased: nothing of theirs is deleted.
    assert [pair for pair in late if pair[0] not in STAYING] == []


STAYING = {"Assignment", "Correction"}
