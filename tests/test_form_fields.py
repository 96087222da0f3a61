import pytest
from django.core.exceptions import ValidationError

from tendril.accounts.models import User
from tendril.form_fields import SeveralField
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_rows_are_chosen_by_their_keys():
    ana, _ben = UserFactory.create_batch(2)

    assert list(SeveralField(User.objects.all()).clean([str(ana.pk)])) == [ana]


@pytest.mark.parametrize("key", ["9" * 30, "-" + "9" * 30, "no number"])
def test_what_is_no_key_of_a_row_is_refused(key):
    with pytest.raises(ValidationError):
        SeveralField(User.objects.all()).clean([key])
