import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher, PBKDF2PasswordHasher
from django.db import connection

from tendril.accounts import recovery
from tendril.accounts.models import User
from tests.factories import PASSWORD, UserFactory

NEW = "three new words"


def recover(person, words, password=NEW):
    return recovery.recover(
        username=person.username, words=" ".join(words), password=password
    )


def test_there_are_1024_words_that_are_easily_spelt():
    words = recovery.all_words()

    assert len(words) == len(set(words)) == 1024
    assert [word for word in words if not re.fullmatch("[a-z]{3,7}", word)] == []


def test_no_word_becomes_another_by_one_slip():
    words = recovery.all_words()
    gaps = [(word, gap) for word in words for gap in range(len(word))]
    shortened = {word[:gap] + word[gap + 1 :] for word, gap in gaps}
    with_a_wrong_letter = [f"{word[:gap]}?{word[gap + 1 :]}" for word, gap in gaps]

    assert shortened & set(words) == set()
    assert len(with_a_wrong_letter) == len(set(with_a_wrong_letter))


def test_words_are_forgiven_their_capitals_commas_and_spaces():
    assert recovery.normalize(" Apple, river\tSUN flower; ") == "appleriversunflower"


def test_misspelt_words_are_named_if_there_are_six():
    assert recovery.misspelt("apple, Lemon kite zebra clowd oeak") == ["clowd", "oeak"]
    assert recovery.misspelt("apple lemon kite zebra clowd") == []


@pytest.mark.django_db
def test_words_are_kept_as_a_hash_only():
    person = UserFactory()

    words = recovery.give_words(person)

    person.refresh_from_db()
    assert len(words) == 6
    assert set(words) <= set(recovery.all_words())
    assert not any(word in person.recovery_hash for word in words)
    assert person.check_password(PASSWORD)


@pytest.mark.django_db
def test_words_set_a_new_password_once():
    person = UserFactory()
    words = recovery.give_words(person)

    recover(person, words)

    person.refresh_from_db()
    assert person.check_password(NEW)
    assert person.recovery_hash == ""
    with pytest.raises(recovery.WordsRefused):
        recover(person, words, "another password")


@pytest.mark.django_db
def test_new_words_void_those_before():
    person = UserFactory()
    old, new = recovery.give_words(person), recovery.give_words(person)

    with pytest.raises(recovery.WordsRefused):
        recover(person, old)
    assert recover(person, new) == person


@pytest.mark.django_db
def test_a_name_in_capitals_is_the_same_name():
    person = UserFactory(username="ana")
    words = recovery.give_words(person)

    found = recovery.recover(username="ANA", words=" ".join(words), password=NEW)

    assert found == person


@pytest.mark.django_db
def test_words_do_not_open_an_account_that_is_switched_off():
    person = UserFactory(is_active=False)
    words = recovery.give_words(person)

    with pytest.raises(recovery.WordsRefused):
        recover(person, words)


class CountingHasher(MD5PasswordHasher):
    count = 0

    def encode(self, password, salt):
        CountingHasher.count += 1
        return super().encode(password, salt)


@pytest.mark.django_db
def test_every_refusal_hashes_as_often(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    known, without_words = UserFactory(), UserFactory()
    recovery.give_words(known)
    hashed = []

    for person in [known, without_words, User(username="nobody")]:
        CountingHasher.count = 0
        with pytest.raises(recovery.WordsRefused):
            recover(person, ["apple"] * 6)
        hashed.append(CountingHasher.count)

    assert hashed == [1, 1, 1]


class LingeringHasher(PBKDF2PasswordHasher):
    """Slow enough that all attempts read the words before one has voided them."""

    iterations = 50_000


@pytest.mark.django_db(transaction=True)
def test_words_sent_many_times_at_once_work_once(settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.LingeringHasher"]
    person = UserFactory()
    words = recovery.give_words(person)
    start = Barrier(6)

    def attempt(number):
        start.wait()
        try:
            recover(person, words, f"password of attempt {number}")
        except recovery.WordsRefused:
            return None
        else:
            return f"password of attempt {number}"
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        passwords = [password for password in pool.map(attempt, range(6)) if password]

    person.refresh_from_db()
    assert len(passwords) == 1
    assert person.check_password(passwords[0])
