import pytest

from tests.tutor import adversary as acts
from tests.tutor.conftest import TEXT
from tests.tutor.test_asking import answered
from tutor.models import Receipt

pytestmark = pytest.mark.django_db


@pytest.fixture
def elsewhere(adversary, settings):
    """The moderation has a host of its own; families are told of it."""
    url = adversary.url.replace("127.0.0.1", "localhost")
    settings.TENDRIL_MODERATION_BASE_URL = url
    adversary.chat = acts.writes(TEXT[0])


def test_the_host_of_a_moderation_elsewhere_is_named(elsewhere, trusting, lesson):
    answered(trusting, lesson)

    assert list(Receipt.objects.values_list("use", "provider")) == [
        ("moderation", "localhost"),
        ("answer", "Model Makers"),
        ("moderation", "localhost"),
    ]
