import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import PassageFactory, QuestionFactory, QuizFactory, SectionFactory
from tests.tutor.factories import ExchangeFactory
from tutor import asking, budgets, follow_ups
from tutor.lesson_text import passages_of
from tutor.models import Budget, Claim, Exchange

pytestmark = pytest.mark.django_db

Kind = Exchange.Kind
BAKER = "A baker waits until the yeast has made enough gas."
SUM = "Yeast makes bread rise."


@pytest.fixture
def lesson(lesson):
    """With an example, and with what is to be taken away."""
    for number, (kind, text) in enumerate([("examples", BAKER), ("takeaway", SUM)], 5):
        section = SectionFactory(lesson=lesson, key=kind, kind=kind, title=kind.title())
        PassageFactory(
            lesson=lesson, section=section, key=f"{kind}-1", text=text, position=number
        )
    lesson.outline = [
        {"id": key, "title": key.title(), "kind": kind}
        for key, kind in [
            ("big-idea", "idea"),
            ("examples", "examples"),
            ("takeaway", "takeaway"),
        ]
    ]
    lesson.question_count = 1
    lesson.save()
    return lesson


@pytest.fixture
def answered(allowed, lesson):
    exchange = ExchangeFactory(student=allowed, lesson=lesson, answered=True)
    Claim.objects.create(
        exchange=exchange,
        position=0,
        sentence="Bread rises because yeast makes gas.",
        passages=["big-idea-1"],
    )
    return exchange


def following(answered, kind):
    return Exchange(
        lesson=answered.lesson,
        follows=answered,
        kind=kind,
        question=answered.question,
    )


def found(answered, kind):
    passages = passages_of(answered.lesson)
    return follow_ups.extract(following(answered, kind), passages)


def texts(passages):
    return [passage.text for passage in passages]


def test_simpler_is_a_sentence_that_sums_it_up(answered):
    assert texts(found(answered, Kind.SIMPLER).passages) == [SUM]


def test_without_one_it_is_the_shortest_of_those_nearest(answered):
    answered.lesson.passages.filter(key="takeaway-1").delete()
    short = PassageFactory(
        section=answered.lesson.sections.get(key="examples"),
        lesson=answered.lesson,
        key="examples-2",
        text="Bread rises.",
        position=9,
    )

    assert texts(found(answered, Kind.SIMPLER).passages) == [short.text]


def test_what_was_all_of_the_answer_is_not_said_again(answered):
    Claim.objects.update(passages=["takeaway-1"])

    assert texts(found(answered, Kind.SIMPLER).passages) != [SUM]


def test_an_example_comes_from_the_examples_of_the_lesson(answered):
    assert texts(found(answered, Kind.EXAMPLE).passages) == [BAKER]


def test_no_example_is_made_where_the_lesson_has_none(answered):
    answered.lesson.passages.filter(key="examples-1").delete()

    assert not found(answered, Kind.EXAMPLE).is_answered


def test_a_quiz_shows_no_passage_but_says_which_it_is_about(answered):
    quiz = found(answered, Kind.QUIZ)

    assert quiz.passages == ()
    assert [passage.key for passage in quiz.nearest] == ["big-idea-1"]


def test_what_follows_nothing_any_more_is_not_answered(answered):
    alone = following(answered, Kind.SIMPLER)
    alone.follows = None

    assert follow_ups.extract(alone, passages_of(answered.lesson)).nearest == ()


def test_a_marked_sentence_is_found_by_words_that_do_not_name_it(answered):
    passages = passages_of(answered.lesson)
    asked = Exchange(lesson=answered.lesson, question="What does this mean?")
    assert not follow_ups.extract(asked, passages).is_answered

    asked.about = "big-idea-3"

    assert follow_ups.extract(asked, passages).best.key == "big-idea-3"


def test_only_what_the_lesson_has_is_offered(answered):
    lesson = answered.lesson
    assert follow_ups.offered(answered) == [Kind.SIMPLER, Kind.EXAMPLE, Kind.QUIZ]

    lesson.outline, lesson.question_count = lesson.outline[:1], 0

    assert follow_ups.offered(answered) == [Kind.SIMPLER]


def test_it_is_a_question_of_its_own_under_the_same_rules(answered, allowed):
    for _time in range(2):
        asking.follow(exchange=answered, kind=Kind.SIMPLER)

    kept = Exchange.objects.get(kind=Kind.SIMPLER)
    assert (kept.follows, kept.question) == (answered, answered.question)
    assert Budget.objects.get(scope=budgets.Scope.STUDENT).questions == 1


def test_one_that_was_dropped_can_be_asked_for_again(answered):
    first = asking.follow(exchange=answered, kind=Kind.SIMPLER)
    Exchange.objects.filter(pk=first.pk).update(state=Exchange.State.DROPPED)

    again = [asking.follow(exchange=answered, kind=Kind.SIMPLER) for _ in range(2)]

    assert again[0] == again[1] != first
    assert again[0].is_pending


def test_it_is_not_taken_with_the_gate_closed(answered, settings):
    settings.TUTOR_PAUSED = True

    with pytest.raises(asking.GateClosed):
        asking.follow(exchange=answered, kind=Kind.SIMPLER)

    assert Exchange.objects.count() == 1


def follow_url(exchange):
    return reverse("tutor:follow", args=[exchange.pk])


def test_the_latest_answer_offers_what_may_follow(htmx, answered, allowed):
    older = ExchangeFactory(
        student=allowed,
        lesson=answered.lesson,
        answered=True,
        asked_at="2026-01-01T00Z",
    )
    htmx.force_login(allowed)

    page = htmx.get(reverse("tutor:panel", args=["bread"]))

    assertContains(page, "Say it more simply")
    assertContains(page, f'action="{follow_url(answered)}"')
    assertNotContains(page, f'action="{follow_url(older)}"')


def test_asked_on_by_a_form_it_stands_in_the_panel(htmx, answered, allowed):
    htmx.force_login(allowed)

    page = htmx.swap("post", follow_url(answered), "tutor-panel", {"kind": "example"})

    assertContains(page, '<p class="kind">')
    assertContains(page, "Looking in the lesson")


@pytest.mark.parametrize("kind", ["question", "poem", ""])
def test_nothing_else_can_be_asked_for(htmx, answered, allowed, kind):
    htmx.force_login(allowed)

    page = htmx.post(follow_url(answered), {"kind": kind})

    assert page.status_code == 422
    assert Exchange.objects.count() == 1


def test_nobody_follows_somebody_elses_answer(htmx, answered, classmate):
    htmx.force_login(classmate)

    page = htmx.post(follow_url(answered), {"kind": "simpler"})

    assert page.status_code == 404


def test_to_be_quizzed_leads_to_a_question_about_it_without_its_key(
    htmx, answered, allowed
):
    quiz = QuizFactory(lesson=answered.lesson)
    QuestionFactory(quiz=quiz, stem="What does salt do?", passages=["big-idea-3"])
    tested = QuestionFactory(
        quiz=quiz,
        stem="What makes bread rise?",
        passages=["big-idea-1"],
        explanation="It is the gas.",
        in_the_text=True,
    )
    asked = ExchangeFactory(
        student=allowed,
        lesson=answered.lesson,
        kind=Kind.QUIZ,
        state=Exchange.State.NOTHING,
        nearest=["big-idea-1"],
    )
    htmx.force_login(allowed)

    page = htmx.get(asked.get_absolute_url())

    assertContains(page, "What makes bread rise?")
    assertContains(page, f"#check-{tested.key}")
    assertNotContains(page, "What does salt do?")
    assertNotContains(page, "It is the gas.")
