from pathlib import Path

import pytest

from tutor.personal_details import Kind, Known, removed

LISTS = Path(__file__).parent
LESSON = """Ada Lovelace wrote to Mr. Babbage in London, from 12 Baker Street.
See example.com and call 020 7946 0018!"""
LENA = Known(
    names=("Lena Müller", "lena_m12"),
    emails=("lena.m@school.example",),
    schools=("St Mary's Primary School",),
    classes=("5b", "Maths", "7"),
    lesson_words=frozenset(LESSON.split()),
)


def cleaned(text, known=LENA):
    return removed(text, known).text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("I am Lena Müller.", "I am [name]."),
        ("lena muller asks", "[name] asks"),
        ("LENA asks", "[name] asks"),
        ("Is this Lena's book or lenas?", "Is this [name]'s book or [name]s?"),
        ("l e n a, L3na and l.e.n.a", "[name] and [name]"),
        ("Leeena asks", "[name] asks"),
        (
            "\u041b\u0435n\u0430? No: L\u0435n\u0430!",
            "\u041b\u0435n\u0430? No: [name]!",
        ),
        ("find lena_m12 there", "find [name] there"),
        ("write to lena.m@school.example", "write to [e-mail]"),
        ("I like St Marys primary school", "I like [school]"),
        ("St. Mary's is big", "[school] is big"),
        ("we in 5b and in 5 B", "we in [school] and in 5 B"),
    ],
)
def test_what_the_site_knows_of_a_student_is_taken_out(text, kept):
    assert cleaned(text) == kept


@pytest.mark.parametrize(
    "text", ["Elena is another", "What is a lens?", "Maths is fun", "7 times 7", "Mary"]
)
def test_what_only_looks_like_it_stays(text):
    assert cleaned(text) == text


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Will it rain, or will it not?", "Will it rain, or will it not?"),
        ("Today Will asks: will it?", "Today [name] asks: will it?"),
        ("My name is Will", "My name is [name]"),
    ],
)
def test_a_name_that_is_a_word_as_well_is_told_by_its_capital(text, kept):
    assert cleaned(text, Known(names=("Will",))) == kept


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("My name is Zora Lindqvist and I like bread", "My name is [name] and I like"),
        ("my name is zora what is ai", "my name is [name] what is ai"),
        ("my name is zora smith and i ask", "my name is [name] and i ask"),
        ("my name's Aoife O\u2019Brien", "my name's [name]"),
        ("i'm called tom", "i'm called [name]"),
        ("My name is May", "My name is [name]"),
        ("everyone can call me Zed", "everyone can call me [name]"),
        ("hi, I'm Max, what is AI?", "hi, I'm [name], what is AI?"),
        ("my brother is called tom", "my brother is called [name]"),
        ("My best friend Sophie says hi", "My best friend [name] says hi"),
        ("my teacher is Mrs Smith", "my teacher is Mrs [name]"),
        ("Frau Schneider said so", "Frau [name] said so"),
    ],
)
def test_names_that_are_told_are_taken_out(text, kept):
    assert cleaned(text, Known()).startswith(kept)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("zora@school.example", Kind.EMAIL),
        ("zora at gmail dot com", Kind.EMAIL),
        ("zora (at) web.de", Kind.EMAIL),
        ("zora at hotmail.com", Kind.EMAIL),
        ("https://example.org/zora?x=1", Kind.LINK),
        ("www.zora.example", Kind.LINK),
        ("discord.gg/abc123", Kind.LINK),
        ("@zora.cool", Kind.ACCOUNT),
        ("zora#1234", Kind.ACCOUNT),
        ("+44 20 7946 0958", Kind.PHONE),
        ("07700 900123", Kind.PHONE),
        ("0171/1234567", Kind.PHONE),
        ("(555) 123-4567", Kind.PHONE),
        ("555.123.4567", Kind.PHONE),
        ("zero seven seven one two three four five six", Kind.PHONE),
        ("4111 1111 1111 1111", Kind.NUMBER),
        ("123-45-6789", Kind.NUMBER),
        ("QQ 12 34 56 C", Kind.NUMBER),
        ("DE89 3704 0044 0532 0130 00", Kind.NUMBER),
        ("K0072844X91", Kind.NUMBER),
        ("12 Rose Street", Kind.ADDRESS),
        ("Hauptstra\u00dfe 12a", Kind.ADDRESS),
        ("12, rue de la Paix", Kind.ADDRESS),
        ("OX1 2AB", Kind.ADDRESS),
        ("K1A 0B1", Kind.ADDRESS),
        ("Springfield, IL 62704", Kind.ADDRESS),
    ],
)
def test_what_has_the_form_of_a_detail_is_taken_out(text, kind):
    result = removed(f"Here: {text} ok", Known())

    assert result.found == (kind,)
    assert result.text.endswith(f"[{kind}] ok")


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("my insta is zora.cool1", "my insta is [account]"),
        ("add me on snap zora_99", "add me on snap [account]"),
        ("my discord is zora", "my discord is [account]"),
        ("my password is hunter2!", "my password is [password]"),
        ("my number is 1234567", "my number is [phone number]"),
        ("my student number is 48213", "my student number is [number]"),
        ("my birthday is 3rd of May 2015", "my birthday is [birthday]"),
        ("I was born on 3/5/2015", "I was born on [birthday]"),
        ("my address is 5 main road, ok", "my address is [address]"),
        ("i live at 5 main road", "i live [address]"),
        ("i live in london and like it", "i live in [address] and like it"),
        ("I live in San Francisco, is it big?", "I live in [address], is it big?"),
        ("I live in a small town near Bath", "I live in a small town near [address]"),
        ("my postcode is 10115", "my postcode is [address]"),
        ("i go to oakwood primary school", "i go to [school]"),
        ("My school is called Oakwood Academy", "My school is called [school]"),
        ("I'm in class 6c", "I'm in class [school]"),
        ("I went to Kingsmead High School", "I went to [school]"),
    ],
)
def test_what_the_words_before_it_give_away_is_taken_out(text, kept):
    assert cleaned(text, Known()) == kept


@pytest.mark.parametrize(
    "text",
    [
        "I live in fear of spiders",
        "I live in a house in the city",
        "I live in a small town",
        "my name is on the list",
        "my name is hard to say",
        'what does "my name is" mean',
        "I go to school every day",
        "I go to the park after school",
        "we go to high school next year",
        "my school is big",
        "my teacher is nice and my mum is angry",
        "my friend says the model thinks",
        "I'm English, and I'm sure it is right",
        "call me back, they call me stupid",
        "my roblox is not working",
        "look at the dot com bubble",
        "in 1914 and 1939 to 1945, or 50 000 000 years ago",
        "is 299792458 the speed of light",
        "what is 1234567 + 7654321 or 12 345 678 - 9",
        "3.14159265358979 is pi",
        "one two three four five six seven eight",
        "version 1.2.3.4 has 175000000000 parameters",
        "CO2 and H2O, B12 and mp3",
        "at 10 o'clock 5 people on the street and 3 main ideas",
        "what is class 5, and what is on page 12",
        "1234 5678 9012 3456 is no card",
    ],
)
def test_ordinary_questions_are_left_as_they_are(text):
    assert cleaned(text) == text


def test_what_the_lesson_says_may_be_asked_about():
    question = (
        "Did Ada Lovelace meet Mr. Babbage at 12 Baker Street in London? "
        "What is example.com? Who has 020 7946 0018?"
    )

    assert cleaned(question) == question
    assert "Babbage" not in cleaned(question, Known())


def test_what_the_lesson_says_is_taken_out_where_it_is_the_student_s_own():
    ada = Known(names=("Ada King",), lesson_words=LENA.lesson_words)

    assert cleaned("What did Ada Lovelace do?", ada) == "What did [name] Lovelace do?"
    assert cleaned("I live in London") == "I live in [address]"


def test_each_kind_that_was_found_is_told_once():
    result = removed("I'm Lena, Lena Müller, lena@x.example, call 07700 900123", LENA)

    assert result.text == "I'm [name], [e-mail], call [phone number]"
    assert result.found == (Kind.EMAIL, Kind.PHONE, Kind.NAME)


def test_taking_out_twice_takes_no_more_out():
    once = cleaned("I'm Lena from Bath, my name is Lena, 5b, x@y.example")

    assert removed(once, LENA).text == once
    assert removed(once, LENA).found == ()


def test_harmless_questions_lose_nothing():
    lines = (LISTS / "harmless_questions.txt").read_text().splitlines()
    questions = [line for line in lines if line and not line.startswith("#")]

    assert len(questions) > 1000
    hurt = [q for q in questions if removed(q, LENA).found]
    assert hurt == []
