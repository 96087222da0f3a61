import pytest

from tendril.accounts.guardians import verify
from tendril.accounts.models import Guardianship
from tests.factories import GuardianshipFactory, UserFactory

pytestmark = pytest.mark.django_db


def test_verifying_says_who_vouched_and_leaves_earlier_words_standing():
    office, other_office = UserFactory(admin=True), UserFactory(admin=True)
    early = GuardianshipFactory(verified_by=other_office)
    waiting = GuardianshipFactory(pending=True)

    count = verify(Guardianship.objects.all(), by=office)

    early.refresh_from_db()
    waiting.refresh_from_db()
    assert count == 1
    assert [early.verified_by, waiting.verified_by] == [other_office, office]
    assert waiting.verified_at is not None
