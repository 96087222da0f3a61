import pytest
from django.core.cache import cache
from django.urls import reverse

from tests.factories import UserFactory
from tests.tutor.factories import ExchangeFactory
from tutor import waiting

pytestmark = pytest.mark.django_db


def test_a_short_queue_is_asked_often(lesson):
    assert waiting.milliseconds() == waiting.SHORTEST


def test_a_long_queue_is_asked_as_often_by_all_together(lesson, monkeypatch):
    monkeypatch.setattr(waiting, "A_SECOND", 2)
    ExchangeFactory.create_batch(6, student=UserFactory(), lesson=lesson)

    assert waiting.milliseconds() == 3000


def test_one_page_counts_for_the_others(lesson, django_assert_num_queries):
    with django_assert_num_queries(1):
        waiting.milliseconds()
        waiting.milliseconds()
    cache.clear()
    with django_assert_num_queries(1):
        waiting.milliseconds()


def test_with_the_cache_down_a_page_waits_all_the_same(client, settings, lesson):
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "redis://127.0.0.1:9/0",
        }
    }

    assert waiting.milliseconds() == waiting.UNCOUNTED
    assert client.get(reverse("tutor:panel", args=[lesson.slug])).status_code == 200
