import pytest
from django.core.mail import EmailMessage
from django.core.mail.backends.filebased import EmailBackend
from django.urls import reverse
from pytest_django.asserts import assertContains


@pytest.fixture
def demo(settings, tmp_path, db):
    settings.IS_DEMO = True
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


def keep(folder, subject, body):
    message = EmailMessage(subject, body, "demo@example.org", ["to@example.org"])
    EmailBackend(file_path=str(folder)).send_messages([message])


def test_a_demo_shows_its_mail_to_anybody(client, demo):
    keep(demo, "Grüße aus dem Garten", "Öffne:\n\nhttp://testserver/family/\n")
    [path] = demo.glob("*.log")

    listed = client.get(reverse("demo_mails"))
    shown = client.get(reverse("demo_mail", args=[path.stem]))

    assertContains(listed, "Grüße aus dem Garten")
    assertContains(listed, reverse("demo_mail", args=[path.stem]))
    assertContains(shown, 'href="http://testserver/family/"')
    assertContains(shown, "Öffne:")
    assertContains(shown, "to@example.org")


def test_what_a_mail_holds_is_shown_as_text(client, demo):
    keep(demo, "<b>Hello</b>", "<script>go()</script>")
    [path] = demo.glob("*.log")

    shown = client.get(reverse("demo_mail", args=[path.stem]))

    assertContains(shown, "&lt;b&gt;Hello&lt;/b&gt;")
    assertContains(shown, "&lt;script&gt;go()&lt;/script&gt;")


def test_a_demo_without_mail_says_how_to_get_some(client, demo):
    assertContains(client.get(reverse("demo_mails")), "None yet")


def test_no_other_file_is_shown(client, demo):
    (demo / "secret.txt").write_text("a secret")
    (demo.parent / "outside.log").write_text("a secret")

    for name in ("secret", "outside"):
        assert client.get(reverse("demo_mail", args=[name])).status_code == 404


@pytest.mark.django_db
def test_only_a_demo_shows_mail(client, settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path
    keep(tmp_path, "A secret", "-")
    [path] = tmp_path.glob("*.log")

    assert client.get(reverse("demo_mails")).status_code == 404
    assert client.get(reverse("demo_mail", args=[path.stem])).status_code == 404
