import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from tests.factories import LessonFactory, PictureFactory, TrackFactory

pytestmark = pytest.mark.django_db

CATALOGUE = reverse("lessons:catalogue")


@pytest.fixture
def lesson():
    return LessonFactory(
        slug="first",
        number=2,
        title="Tom & Ada ask",
        track=TrackFactory(slug="asking-well", title="Asking Well"),
        html='<section id="idea"><p>Ada &amp; Tom</p></section>',
        outline=[{"id": "idea", "title": "The idea", "kind": "idea"}],
        key_terms=[{"id": "prompt", "name": "prompt", "definition": "What you send."}],
        question_count=8,
        minutes=9,
        sources=["A book by <someone>"],
    )


def address(lesson, page="lesson"):
    return reverse(f"lessons:{page}", args=[lesson.slug])


def titles(response):
    shelves = response.content.decode().split("lesson-card")[1:]
    return [card.split("</a>")[0].rpartition(">")[2] for card in shelves]


def test_a_lesson_shows_what_a_reader_needs_to_begin(client, lesson):
    LessonFactory(number=1)
    LessonFactory(number=3)

    response = client.get(address(lesson))

    for text in (
        "Lesson 2 of 3",
        "Tom &amp; Ada ask",
        lesson.summary,
        "9 min",
        "8 questions",
        "Reviewed November 2026",
        '<p id="term-prompt" data-term="prompt">What you send.</p>',
        '<section id="idea"><p>Ada &amp; Tom</p></section>',
        "A book by &lt;someone&gt;",
        'data-lesson="first"',
        'id="lesson-end"',
    ):
        assertContains(response, text)
    for link in (
        reverse("lessons:tier", args=["builders"]),
        reverse("lessons:track", args=["asking-well"]),
        "#idea",
        address(lesson, "print"),
        address(lesson, "report"),
    ):
        assertContains(response, f'href="{link}"')


@pytest.mark.parametrize(
    ("slot", "url_name", "slug"),
    [
        ("who", "accounts:who", None),
        ("lesson-me", "lessons:me", "first"),
        ("quiz-card", "quizzes:lesson_panel", "end-first"),
        ("tutor-panel", "tutor:panel", "first"),
    ],
)
def test_what_is_personal_comes_later_into_a_slot(client, lesson, slot, url_name, slug):
    url = reverse(url_name, args=[slug] if slug else [])

    response = client.get(address(lesson))

    assertContains(response, f'id="{slot}"', count=1)
    assertContains(response, f'hx-get="{url}" hx-trigger="load"', count=1)


def test_the_end_of_the_text_asks_for_its_button_once_it_is_seen(client, lesson):
    response = client.get(address(lesson))

    body = response.content.decode()
    slot = f'hx-get="{reverse("lessons:me", args=["first"])}" hx-trigger="revealed"'
    assertContains(response, slot, count=1)
    assert (
        body.index('id="lesson-end"') < body.index(slot) < body.index('id="quiz-card"')
    )


def test_a_lesson_without_a_quiz_offers_none(client):
    response = client.get(address(LessonFactory(question_count=0)))

    assertNotContains(response, "quiz-card")


def test_a_lesson_leads_to_its_neighbours_and_relations(client, lesson):
    before, after = LessonFactory(number=1), LessonFactory(number=3)
    related = LessonFactory(number=7)
    sibling = LessonFactory(number=8, creators=True)
    first = LessonFactory(number=9, title="Flour first")
    lesson.related, lesson.same_as = [related.slug], [sibling.slug]
    lesson.prerequisites = [first.slug]
    lesson.save()

    response = client.get(address(lesson))

    assertContains(response, f'rel="prev" href="{address(before)}"')
    assertContains(response, f'rel="next" href="{address(after)}"')
    assertContains(response, f'data-tier="creators" href="{address(sibling)}"')
    assertContains(response, f'href="{address(first)}">Flour first</a>')
    assert titles(response) == [related.title]


def test_a_picture_may_be_kept_for_good_under_its_own_address(client, lesson):
    picture = PictureFactory(lesson=lesson)
    names = {"slug": lesson.slug, "digest": picture.digest, "name": picture.name}
    response = client.get(reverse("lessons:picture", kwargs=names))

    assert (response.content, response["Content-Type"]) == (
        bytes(picture.content),
        "image/svg+xml",
    )
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert (response.cookies, response["X-Content-Type-Options"]) == ({}, "nosniff")
    assert "Vary" not in response
    # A page from before the last load asks under the address that it had.
    older = client.get(reverse("lessons:picture", kwargs=names | {"digest": "beef"}))
    assert (older.content, older["Cache-Control"]) == (
        response.content,
        "public, max-age=60",
    )
    other = reverse("lessons:picture", kwargs=names | {"name": "other.svg"})
    assert client.get(other).status_code == 404
    # PostgreSQL bears no such sign in a text.
    assert client.get(f"{other.removesuffix('other.svg')}%00.svg").status_code == 404


def test_a_film_is_a_link_with_its_words_beside_it(client, lesson):
    lesson.video = {
        "url": "https://films.example/dough?a=1&b=2",
        "title": "Dough <rising>",
        "transcript": "It rises.\n\nSee?",
    }
    lesson.save()

    response = client.get(address(lesson))

    assertContains(
        response,
        '<a href="https://films.example/dough?a=1&amp;b=2" rel="noopener noreferrer">'
        "Dough &lt;rising&gt;</a>",
    )
    assertContains(response, "<p>It rises.</p>", html=True)
    # Nothing of it is fetched before somebody clicks.
    assert response.content.count(b"films.example") == 1


@pytest.mark.parametrize("page", ["lesson", "print"])
def test_a_lesson_costs_two_queries_with_one_relation_or_many(
    client, lesson, page, django_assert_max_num_queries
):
    client.get(CATALOGUE)  # the version of the catalogue is known after this
    others = LessonFactory.create_batch(5)
    lesson.related = [other.slug for other in others]
    lesson.same_as = lesson.prerequisites = lesson.related
    lesson.save()

    with django_assert_max_num_queries(2):
        client.get(address(lesson, page))


@pytest.mark.parametrize("many", [1, 3, 30])
def test_the_catalogue_costs_three_queries_however_many_lessons(
    client, many, django_assert_num_queries
):
    client.get("/learn/?version=known")
    for track in TrackFactory.create_batch(3):
        LessonFactory.create_batch(many, track=track)

    with django_assert_num_queries(3):
        client.get(CATALOGUE)


def test_the_catalogue_shows_every_lesson_in_order_with_a_place_for_its_state(client):
    third = LessonFactory(number=3, creators=True)
    first = LessonFactory(number=1, explorers=True)
    second = LessonFactory(number=2)
    LessonFactory(number=4, retired=True)

    response = client.get(CATALOGUE)

    assert titles(response) == [first.title, second.title, third.title]
    assertContains(response, "3 lessons")
    assertContains(response, f'<span class="state" id="state-{first.slug}"></span>')
    assertContains(response, f'hx-get="{reverse("lessons:states")}"')


@pytest.mark.parametrize(
    ("url", "found"),
    [
        ("/learn/explorers/", ["Short"]),
        ("/learn/builders/", ["Long", "Other"]),
        ("/learn/builders/?minutes=7", ["Other"]),
        ("/learn/builders/?tier=explorers", ["Long", "Other"]),
        ("/learn/track/asking-well/", ["Short", "Long"]),
        ("/learn/track/asking-well/?tier=builders", ["Long"]),
        ("/learn/?minutes=7", ["Short", "Other"]),
        ("/learn/?tier=explorers&track=asking-well&minutes=10", ["Short"]),
        ("/learn/?tier=creators", []),
        ("/learn/?tier=&track=&minutes=", ["Short", "Long", "Other"]),
    ],
)
def test_lessons_are_found_by_tier_track_and_time(client, url, found):
    track = TrackFactory(slug="asking-well")
    LessonFactory(number=1, title="Short", explorers=True, minutes=7, track=track)
    LessonFactory(number=2, title="Long", minutes=12, track=track)
    LessonFactory(number=3, title="Other", minutes=5)

    assert titles(client.get(url)) == found


def test_no_lesson_found_says_what_to_do(client):
    LessonFactory(minutes=12)

    response = client.get(f"{CATALOGUE}?minutes=7")

    assertContains(response, "Allow more minutes, or choose another track.")
    assertContains(response, f'<a class="button" href="{CATALOGUE}">')


def test_a_filter_that_is_none_is_left_out_and_said(client):
    lesson = LessonFactory()

    response = client.get(f"{CATALOGUE}?tier=giants&minutes=<b>")

    assert titles(response) == [lesson.title]
    assertContains(response, "is not a filter that we know")
    assertNotContains(response, "<b>")


def test_a_long_catalogue_comes_in_pages_that_keep_the_filters(client):
    LessonFactory.create_batch(61)

    first = client.get(f"{CATALOGUE}?tier=builders")
    second = client.get(f"{CATALOGUE}?tier=builders&page=2")
    beyond = client.get(f"{CATALOGUE}?tier=builders&page=nonsense")

    assertContains(first, 'rel="next" href="?tier=builders&amp;page=2"')
    assert [len(titles(page)) for page in (first, second, beyond)] == [60, 1, 60]


def test_an_unknown_lesson_is_a_404_that_names_what_was_meant(client, lesson):
    meant = LessonFactory(slug="show-it-examples")

    for page in ("lesson", "print"):
        response = client.get(reverse(f"lessons:{page}", args=["show-it-example"]))

        assert response.status_code == 404
        assert titles(response) == [meant.title]
        assertContains(response, f'href="{CATALOGUE}"', status_code=404)


def test_an_unknown_track_is_a_404_that_leads_to_the_catalogue(client):
    empty = TrackFactory()

    for slug in ("made-up", empty.slug):
        response = client.get(reverse("lessons:track", args=[slug]))

        assertContains(response, f'href="{CATALOGUE}"', status_code=404)


@pytest.mark.parametrize("page", ["lesson", "print"])
def test_a_lesson_that_was_put_away_is_a_410_that_leads_on(client, page):
    related = LessonFactory()
    gone = LessonFactory(retired=True, related=[related.slug], html="<p>old</p>")

    response = client.get(address(gone, page))

    assertContains(response, "It is no longer shown.", status_code=410)
    assertNotContains(response, "<p>old</p>", status_code=410)
    assert titles(response) == [related.title]


def test_a_handout_is_the_lesson_on_paper_with_its_address(client, lesson):
    LessonFactory(number=1)

    response = client.get(address(lesson, "print"))

    for text in (
        "Lesson 2 of 2",
        "9 min",
        "Reviewed November 2026",
        "8 questions",
        "take it digitally for instant feedback at",
        '<span class="address">http://testserver/learn/lesson/first/</span>',
        '<svg class="qr"',
        '<section id="idea"><p>Ada &amp; Tom</p></section>',
        '<dt id="term-prompt">prompt</dt><dd>What you send.</dd>',
        "My notes",
    ):
        assertContains(response, text)
    assertNotContains(response, 'id="who"')
