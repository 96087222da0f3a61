import pytest
from django.contrib.auth.hashers import PBKDF2PasswordHasher

from tendril.accounts.models import User
from tendril.accounts.recovery import all_words, give_words
from tendril.accounts.sign_in_slips import choices, give_passphrases, slips_of
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def passphrases(run):
    return [slip.passphrase for slip in slips_of(run, User.objects.order_by("pk"))]


def test_passphrases_are_four_of_our_words_and_open_the_account():
    people = [UserFactory(), UserFactory()]

    run = give_passphrases(people)

    first, second = slips_of(run, User.objects.order_by("pk"))
    for slip in (first, second):
        words = slip.passphrase.split(" ")
        assert len(words) == 4
        assert set(words) <= set(all_words())
        assert slip.person.check_password(slip.passphrase)
        assert slip.person.passphrase_given_at == run.given_at
    assert first.passphrase != second.passphrase


def test_a_print_run_shows_the_same_slips_as_often_as_it_is_asked():
    run = give_passphrases(UserFactory.create_batch(2))

    assert passphrases(run) == passphrases(run)


def test_another_print_run_has_other_words():
    person = UserFactory()

    first = passphrases(give_passphrases([person]))

    assert passphrases(give_passphrases([person])) != first


def test_without_the_key_of_the_site_a_print_run_tells_nothing(settings):
    run = give_passphrases([UserFactory()])
    told = passphrases(run)

    settings.SECRET_KEY = "another"

    assert passphrases(run) != told


def test_a_slip_that_another_one_took_the_place_of_is_not_shown():
    ana, ben = UserFactory(), UserFactory()
    run = give_passphrases([ana, ben])

    give_passphrases([ana])

    assert [slip.person for slip in slips_of(run, User.objects.all())] == [ben]


def test_a_new_passphrase_ends_sessions_and_voids_recovery_words(client):
    person = UserFactory()
    give_words(person)
    client.force_login(person)
    assert client.get("/account/").status_code == 200

    give_passphrases([person])

    person.refresh_from_db()
    assert person.recovery_hash == ""
    assert client.get("/account/").status_code == 302


def test_a_passphrase_is_hashed_as_slowly_as_any_password(settings):
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        *settings.PASSWORD_HASHERS,
    ]
    person = UserFactory()

    give_passphrases([person])

    assert PBKDF2PasswordHasher().must_update(person.password) is False


def test_those_who_cannot_sign_in_yet_are_picked_at_first():
    waiting, opened = UserFactory(password=None), UserFactory()

    at_first = choices([waiting, opened], [])
    picked = choices([waiting, opened], [str(opened.pk)])

    assert [choice.is_picked for choice in at_first] == [True, False]
    assert [choice.has_passphrase for choice in at_first] == [False, True]
    assert [choice.is_picked for choice in picked] == [False, True]
