import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; media-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.mark.parametrize(
    "address",
    ["/", "/learn/", "/learn/lesson/none/", "/account/login/", "/staff/admin/login/"],
)
def test_every_page_says_that_nothing_of_other_sites_may_be_loaded(client, address):
    assert client.get(address).headers["Content-Security-Policy"] == POLICY


def test_a_refusal_says_so_too(client):
    response = client.post(reverse("lessons:catalogue"))

    assert response.status_code == 405
    assert response.headers["Content-Security-Policy"] == POLICY
