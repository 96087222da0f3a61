"""Sheets of paper, for tests about typing them in."""

import factory
from factory.django import DjangoModelFactory

from quizzes.models import PaperSheet
from tests.factories import AssignmentFactory, UserFactory


class PaperSheetFactory(DjangoModelFactory):
    class Meta:
        model = PaperSheet
        skip_postgeneration_save = True

    assignment = factory.SubFactory(AssignmentFactory)
    student = factory.SubFactory(UserFactory)
    code = factory.Sequence(lambda n: f"K{n}")
    form = PaperSheet.Form.A
    seed = 7

    class Params:
        form_b = factory.Trait(form=PaperSheet.Form.B)

    @factory.post_generation
    def questions(sheet, create, questions, **kwargs):  # noqa: N805
        if not create:
            return
        if questions is None:
            questions = sheet.assignment.quiz.questions.current().at_the_end()
        for question in questions:
            sheet.questions.add(question)
