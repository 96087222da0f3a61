import base64
import re
from pathlib import Path

import pytest

from tutor.danger import FILES, HARMLESS, Danger, Kind, noticed
from tutor.sign_patterns import Line, pattern
from tutor.stemmed_line import file_lines, stemmed

LISTS = Path(__file__).parent


def listed(name):
    lines = (LISTS / name).read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def phrases():
    return [line.split("\t") for line in listed("danger_phrases.txt")]


def share(verdicts):
    verdicts = list(verdicts)
    return sum(verdicts) / len(verdicts)


def test_at_least_95_of_100_signs_are_noticed():
    texts = [text for _category, _person, text in phrases()]

    assert len(texts) >= 200
    assert share(noticed(text) is not None for text in texts) >= 0.95


def test_at_most_5_of_1000_harmless_questions_are_taken_for_danger():
    questions = listed("harmless_questions.txt")

    assert len(questions) >= 1000
    assert share(noticed(question) is not None for question in questions) <= 0.005


def test_the_adult_at_home_is_heard_where_one_is_named():
    named = [text for _category, person, text in phrases() if person == "home"]

    found = [noticed(text) or Danger(Kind.OTHER) for text in named]
    assert share(danger.names_adult_at_home for danger in found) >= 0.95


NAMED = Danger(Kind.ABUSE, names_adult_at_home=True)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("I want to end my life", Danger(Kind.SELF_HARM)),
        ("I have been cutting my arms", Danger(Kind.SELF_HARM)),
        ("i make myself throw up after dinner", Danger(Kind.SELF_HARM)),
        ("how many sleeping pills would kill me", Danger(Kind.SELF_HARM)),
        ("my stepmother beats me", NAMED),
        ("Grandpa puts his hand in my pants", NAMED),
        ("dad gets drunk. then he hits me", NAMED),
        ("I get beaten at home", NAMED),
        ("we live with grandad. I cried when he hugged me too tight", NAMED),
        ("our football coach touched me", Danger(Kind.ABUSE)),
        ("a man online asks for my address", Danger(Kind.OTHER)),
        ("someone brought a gun to school", Danger(Kind.OTHER)),
        ("my baby brother swallowed a battery", Danger(Kind.OTHER)),
        ("I ran away from home last night", Danger(Kind.OTHER)),
        ("Mum hits me and I want to die", Danger(Kind.SELF_HARM, True)),
    ],
)
def test_the_gravest_sign_and_who_is_named_are_told(text, danger):
    assert noticed(text) == danger


SIGN = "i want to kill myself"


@pytest.mark.parametrize(
    "text",
    [
        SIGN.upper(),
        "i w4nt t0 k1ll mys3lf",
        "i want to ki11 myself",
        "i want to k i l l m y s e l f",
        "i want to k.i.l.l myself",
        "i want to k\u200bi\u200bll my\u00adself",
        "i want to \u043aill mys\u0435lf",
        "i want to kiiilll myseeelf",
        "iwanttokillmyself",
        "i want to kil my self",
        "i... want to... kill myself",
        "i want to kms",
        SIGN[::-1],
        base64.b64encode(SIGN.encode()).decode(),
    ],
)
def test_a_disguised_sign_is_the_same_sign(text):
    assert noticed(text) == noticed(SIGN) == Danger(Kind.SELF_HARM)


@pytest.mark.parametrize(
    "text",
    [
        "my feet are killing me",
        "mum will kill me if I am late",
        "I nearly died laughing",
        "my phone died, what now",
        "my sister beat me at chess",
        "my dad hit the nail with a hammer",
        "I cut my finger on the paper",
        "how do I kill the dragon",
        "how do I make a bomb in Minecraft",
        "In the story the boy says \u201cI want to die\u201d. Why?",
        "why did Romeo kill himself",
        "in my book a girl is beaten by her uncle, why does nobody help her",
        "What should I do if someone online asks for my address?",
        "What is suicide?",
        "my therapist asked me about my friends",
        "my grandma takes pills for her heart, how do they work",
        "",
    ],
)
def test_what_only_sounds_like_danger_passes(text):
    assert noticed(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "In the story a boy wants to die. I want to die too.",
        "the level is hard. my dad hits me",
        "my dad said \u201cI will kill you\u201d and he has a knife",
        "my mum will kill me if I tell anyone",
    ],
)
def test_a_story_an_idiom_and_a_game_hide_no_sign(text):
    assert noticed(text) is not None


def stands(source, text):
    return pattern(source).stands_in(Line.of(stemmed(text) + ". "))


@pytest.mark.parametrize(
    ("source", "text", "expected"),
    [
        ("dog bite", "dogs biting", True),
        ("dog bite", "dog. bite", False),
        ("dog bite", "dog... bite", True),
        ("dog|cat bite", "the cat bites", True),
        ("(my dog|a big cat) bite", "a big cat bites", True),
        ("(my dog|a big cat) bite", "a cat bites", False),
        ("dog big? bite", "dog bite", True),
        ("dog .. bite", "dog may well bite", True),
        ("dog .. bite", "dog may not well bite", False),
        ("dog ... bite", "dog one two three four five six bite", True),
        ("dog ... bite", "dog one. two bite", False),
        ("dog ___ bite", "dog and cat bite", True),
        ("dog ___ bite", "dog and i bite", False),
        ("dog !(bite|bark)", "dog barks", False),
        ("dog !(bite|bark)", "dog sleeps", True),
        ("-(my|his) dog", "his dog", False),
        ("-(my|his) dog", "the dog", True),
        ("^ dog", "a dog", False),
        ("^ dog", "yes. dog", True),
        ("dog $", "dog here", False),
        ("dog $", "dog! here", True),
        ("dog & cat", "cat and dog", True),
        ("dog & cat", "dog and dog", False),
        ("<weapon> here", "a knife here", True),
    ],
)
def test_a_pattern_stands_where_its_signs_say(source, text, expected):
    assert stands(source, text) is expected


@pytest.mark.parametrize("source", ["(dog", "dog)", "dog, cat", "..", "dog?"])
def test_a_line_that_is_no_pattern_is_refused(source):
    with pytest.raises((ValueError, IndexError)):
        pattern(source)


@pytest.mark.parametrize("name", [*FILES, HARMLESS])
def test_every_line_is_a_pattern_that_can_be_found(name):
    lines = [line for line in file_lines(name) if not line.startswith("[")]

    assert [line for line in lines if not pattern(line).needed] == []
    assert sorted(set(lines)) == sorted(lines)


def test_no_pattern_is_a_listed_phrase():
    texts = {stemmed(text).strip() for _category, _person, text in phrases()}
    lines = [line for name in FILES for line in file_lines(name)]
    plain = [line for line in lines if re.fullmatch(r"[\w ]+", line)]

    assert [line for line in plain if stemmed(line).strip() in texts] == []
