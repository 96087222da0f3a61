import pytest
from allauth.account.adapter import get_adapter
from django.core.exceptions import ValidationError

from tendril.accounts.models import User
from tendril.accounts.names import tidy_name, validate_display_name


@pytest.mark.parametrize(
    "name",
    [
        "Ana",
        "Zoë",
        "Nguyễn Ánh",
        "O\u2019Neil-Smith Jr.",
        "محمد",
        "Ali\u0300 \u0639\u0644\u06cc\u200c\u0631\u0636",
        "ක්\u200dරිෂ්",
        "प्रिया",
        "ณัฐฐาพร",
        "さくら",
        "李小龙",
        "Олена",
        "Ελένη",
        "חַנָּה",
        "Louis 14",
        "Sam ★",
    ],
)
def test_names_of_every_script_are_welcome(name):
    validate_display_name(tidy_name(name))


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("Ana\u202emaS", "cannot be seen"),
        ("Ana\u200b", "cannot be seen"),
        ("A\u200dna", "cannot be seen"),
        ("Z" + "\u0335" * 8, "cannot be seen"),
        ("123", "at least one letter"),
        ("★★★", "at least one letter"),
        ("Call 555 1234", "no addresses and no long numbers"),
        ("5 5 5 1 Sam", "no addresses and no long numbers"),
        ("sam@home", "no addresses and no long numbers"),
        ("WWW.sam", "no addresses and no long numbers"),
        ("sam.com", "no addresses and no long numbers"),
        ("S\N{CYRILLIC SMALL LETTER A}m", "letters of one alphabet"),
        ("A;=1+1;", "signs such as = ; and"),
        ("Ana | cmd", "signs such as = ; and"),
        ("Teacher", "kept for the site"),
        ("a d m i n", "kept for the site"),
        ("\N{FULLWIDTH LATIN CAPITAL LETTER T}endril", "kept for the site"),
    ],
)
def test_a_name_that_hides_leads_away_or_poses_is_refused(name, message):
    with pytest.raises(ValidationError, match=message):
        validate_display_name(name)


def test_a_name_is_written_in_one_way():
    assert (
        tidy_name("  \N{FULLWIDTH LATIN CAPITAL LETTER A}na \u00a0\t Zoe\u0308 ")
        == "Ana Zoë"
    )


@pytest.mark.parametrize("name", ["ana", "Ana-2014", "a.b_c", "x" * 30])
def test_plain_usernames_are_taken(name):
    assert get_adapter().clean_username(name, shallow=True) == name


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("an", "3 to 30 plain letters"),
        ("x" * 31, "3 to 30 plain letters"),
        ("ana lee", "3 to 30 plain letters"),
        ("ana@home", "3 to 30 plain letters"),
        ("\N{CYRILLIC SMALL LETTER A}na", "3 to 30 plain letters"),
        ("ana\n", "3 to 30 plain letters"),
        ("Admin", "kept for the site"),
        ("te-a-ch-er", "kept for the site"),
        ("ana5551234567", "phone number"),
    ],
)
def test_usernames_that_could_be_mistaken_are_refused(name, message):
    with pytest.raises(ValidationError, match=message):
        get_adapter().clean_username(name, shallow=True)


def test_usernames_are_kept_in_small_letters():
    assert User.normalize_username("Ana") == "ana"


def test_readers_have_keys_that_are_theirs_and_do_not_say_who_they_are():
    keys = [User(pk=1).reader_key, User(pk=1).reader_key, User(pk=2).reader_key]

    assert keys[0] == keys[1] != keys[2]
    assert len(keys[0]) == 16
    assert int(keys[0], 16) != 1
