import json
import uuid
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from lessons.models import Progress, ProgressEvent, SyncBatch, Tier
from tests.factories import (
    EnrolmentFactory,
    GuardianshipFactory,
    LessonFactory,
    ProgressEventFactory,
    SyncBatchFactory,
    TeacherGrantFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SYNC = "/me/sync/"
OFFER = "/me/sync/offer/"


@pytest.fixture
def lesson():
    return LessonFactory(slug="kites", title="How kites fly")


@pytest.fixture
def reader(lesson):
    return UserFactory(display_name="Sam")


@pytest.fixture
def batch(reader, lesson):
    batch = SyncBatchFactory(student=reader)
    ProgressEventFactory(student=reader, lesson=lesson, batch=batch, finished=True)
    return batch


def opened(lesson="kites", **values):
    return {
        "id": str(uuid.uuid4()),
        "kind": "opened",
        "lesson": lesson,
        "happened_at": "2026-11-02T09:00:00Z",
    } | values


def post(client, address, **body):
    return client.post(address, json.dumps(body), content_type="application/json")


def panels(response):
    names = ["my-reading", "my-results", "my-classes", "family-panel"]
    page = response.content.decode()
    return [name for name in names if f'id="{name}"' in page]


def test_the_welcome_page_gets_the_first_lesson_of_each_tier(client):
    LessonFactory(tier=Tier.EXPLORERS, retired=True)
    firsts = [LessonFactory(tier=tier) for tier in Tier.values]
    for tier in Tier.values:
        LessonFactory(tier=tier)

    response = client.get("/")

    assert response.context["lessons"] == firsts
    assertContains(response, firsts[1].title)


def test_home_shows_the_panels_that_apply(client, reader):
    client.force_login(reader)
    assert panels(client.get("/")) == ["my-reading", "my-results"]

    GuardianshipFactory(guardian=reader, pending=True)
    assert "family-panel" not in panels(client.get("/"))
    GuardianshipFactory(guardian=reader)
    assert "family-panel" in panels(client.get("/"))

    TeacherGrantFactory(person=reader)
    assert "my-classes" in panels(client.get("/"))


def test_a_teacher_without_a_grant_of_their_own_sees_their_class(client, teacher):
    teacher.teacher_grant.delete()
    client.force_login(teacher)

    assert "my-classes" in panels(client.get("/"))


def test_home_counts_a_class_and_does_not_list_it(client, teacher, student, classmate):
    client.force_login(teacher)

    page = client.get("/")

    assertContains(page, "Room 12")
    assertContains(page, "2 students")
    assertNotContains(page, "Sam")


@pytest.mark.parametrize("count", [1, 30])
def test_more_classes_cost_no_more_queries(
    client, teacher, django_assert_num_queries, count
):
    for seat in EnrolmentFactory.create_batch(count, person=teacher, teacher=True):
        EnrolmentFactory.create_batch(2, classroom=seat.classroom)
    client.force_login(teacher)
    client.get("/")

    with django_assert_num_queries(7):
        client.get("/")


def test_only_staff_are_led_to_the_office(client, reader):
    client.force_login(reader)
    assertNotContains(client.get("/"), "/staff/admin/")

    client.force_login(UserFactory(admin=True))
    assertContains(client.get("/"), 'href="/staff/admin/"')


def test_my_page_is_frames_with_links_for_whoever_has_no_scripts(client, reader):
    client.force_login(reader)

    response = client.get("/me/")

    assert panels(response) == ["my-reading", "my-results"]
    assertContains(response, '<a href="/learn/reading/">')
    assertContains(response, '<a href="/learn/results/">')
    assertNotContains(response, "Added from a device")


def test_signed_out_my_page_is_about_this_device(client, reader):
    response = client.get("/me/")

    assertContains(response, "data-device-held")
    assertContains(response, "/account/login/?next=/me/")
    assert panels(response) == []


def test_events_are_kept_and_each_is_answered_for(client, reader):
    client.force_login(reader)
    good, bad = opened(), opened("no-such-lesson")

    response = post(client, SYNC, events=[good, bad], reader=reader.reader_key)

    assert response.json() == {
        "outcomes": [
            {"id": good["id"], "status": "added"},
            {
                "id": bad["id"],
                "status": "rejected",
                "reason": "unknown-lesson",
                "message": "This lesson is not here any more.",
            },
        ],
        "message": "1 entry could not be added and stays on this device.",
    }
    assert response["Cache-Control"] == "private, no-store"
    assert Progress.objects.get().student == reader


def test_a_batch_is_told_in_lessons(client, reader):
    LessonFactory(slug="boats")
    client.force_login(reader)
    events = [opened(), opened(), opened("boats")]

    response = post(client, SYNC, events=events, batch=str(uuid.uuid4()))

    assert response.json()["message"] == "2 lessons were added to your account."


def test_nothing_is_told_of_somebody_elses_batch(client, batch):
    client.force_login(UserFactory())

    response = post(client, SYNC, events=[opened()], batch=str(batch.pk))

    refusal = "1 entry could not be added and stays on this device."
    assert response.json()["message"] == refusal


def test_signed_out_a_script_is_told_so_and_nothing_is_kept(client, lesson):
    response = post(client, SYNC, events=[opened()])

    assert response.status_code == 401
    assert "Sign in" in response.json()["error"]
    assert not ProgressEvent.objects.exists()


def test_events_of_somebody_else_who_was_here_before_are_not_taken(client, reader):
    client.force_login(reader)

    response = post(client, SYNC, events=[opened()], reader=UserFactory().reader_key)

    assert response.status_code == 409
    assert "Somebody else is signed in" in response.json()["error"]
    assert not ProgressEvent.objects.exists()


@pytest.mark.parametrize("address", [SYNC, OFFER])
def test_bodies_that_cannot_be_read_are_refused_in_json(client, reader, address):
    client.force_login(reader)

    unread = client.post(address, b"\xff{", content_type="application/json")
    many = post(client, address, events=[None] * 1001)

    assert (unread.status_code, many.status_code) == (400, 413)
    assert "JSON" in unread.json()["error"]
    assert "1,000" in many.json()["error"]


@pytest.mark.parametrize("address", [SYNC, OFFER])
def test_a_token_is_needed(reader, address):
    forged = Client(enforce_csrf_checks=True)
    forged.force_login(reader)

    assert post(forged, address, events=[opened()]).status_code == 403
    assert not ProgressEvent.objects.exists()


def test_the_offer_names_what_the_device_holds_and_keeps_nothing(client, reader):
    client.force_login(reader)

    response = post(client, OFFER, events=[opened(), opened("none"), 7])

    assertContains(response, "1 lesson on this device")
    assertContains(response, "How kites fly")
    assertContains(response, 'data-device-choice="add"')
    assertNotContains(response, "<html")
    assert not ProgressEvent.objects.exists()


def test_signed_out_the_offer_is_a_list_without_choices(client, lesson):
    response = post(client, OFFER, events=[opened()])

    assertContains(response, "How kites fly")
    assertNotContains(response, "data-device-choice")


def test_where_no_lesson_is_known_there_is_nothing_to_offer(client, reader):
    client.force_login(reader)

    response = post(client, OFFER, events=[opened("none")])

    assert (response.status_code, response.content) == (204, b"")


def test_a_batch_is_undone_from_my_page(client, reader, batch):
    client.force_login(reader)
    undo = f"/me/sync/{batch.pk}/undo/"
    assertContains(client.get("/me/"), undo)

    response = client.post(undo, follow=True)

    assertRedirects(response, "/me/")
    assertContains(response, "Taken out of your account again.")
    assertNotContains(response, undo)
    assert SyncBatch.objects.get().undone_at
    assert client.post(undo).status_code == 302


def test_after_a_week_undoing_says_that_it_is_too_late(client, reader, batch):
    SyncBatch.objects.update(received_at=timezone.now() - timedelta(days=8))
    client.force_login(reader)

    response = client.post(f"/me/sync/{batch.pk}/undo/")

    assertContains(response, "that week is over", status_code=410)
    assert not SyncBatch.objects.get().undone_at


def test_somebody_elses_batch_is_not_there(client, batch):
    client.force_login(UserFactory())

    assert client.post(f"/me/sync/{batch.pk}/undo/").status_code == 404
    assert not SyncBatch.objects.get().undone_at


def test_a_device_in_a_loop_is_slowed_and_nobody_else_is(client, reader, settings):
    settings.ACCOUNT_RATE_LIMITS = {**settings.ACCOUNT_RATE_LIMITS, "sync": "2/m/user"}
    client.force_login(reader)
    for _ in range(2):
        assert post(client, SYNC, events=[]).status_code == 200

    slowed = post(client, SYNC, events=[])
    client.force_login(UserFactory())
    other = post(client, SYNC, events=[])

    assertContains(slowed, "Try again in a minute.", status_code=429)
    assert other.status_code == 200
