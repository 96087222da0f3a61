import pytest
from hypothesis import given
from hypothesis import strategies as st

from tutor.lesson_text import Passage
from tutor.retrieval import index_of, question_stems, rank


def lesson(*texts, heading=""):
    return [Passage(f"p-{n}", text, heading) for n, text in enumerate(texts)]


def found(question, passages):
    return [ranked.place for ranked in rank(question, passages)]


BREAD = lesson(
    "Bread rises because yeast makes gas.",
    "Cats sleep on warm sofas.",
    "Salt slows yeast down.",
    "Pizza; one hour; hot oven",
)


def test_the_passage_that_shares_most_comes_first():
    ranked = rank("Does salt slow down the yeast?", BREAD)

    assert ranked[0].passage == BREAD[2]
    assert [one.score for one in ranked] == sorted(
        (one.score for one in ranked), reverse=True
    )


def test_a_row_of_a_table_is_found_like_a_sentence():
    assert found("how long is pizza in the oven", BREAD)[0] == 3


@pytest.mark.parametrize("question", ["", "?", "what is it and why are they", "don't"])
def test_nothing_is_near_to_a_question_without_content(question):
    assert rank(question, BREAD) == []


def test_what_shares_nothing_is_left_out():
    assert rank("Who won the football match?", BREAD) == []
    assert rank("What makes yeast?", []) == []
    assert rank("What makes yeast?", lesson("What is it?", "It is.")) == []


def test_plurals_and_tenses_are_the_same_word():
    assert found("rising breads", BREAD)[0] == 0


def test_the_sentence_beside_counts_half():
    passages = lesson("Yeast eats sugar.", "It makes gas.", "Cats purr.")
    index = index_of(passages)

    assert [index.credit("gas", place) for place in range(3)] == [0.5, 1.0, 0.5]
    assert [index.credit("sugar", place) for place in range(3)] == [1.0, 0.5, 0.0]
    assert found("sugar gas", passages)[0] in (0, 1)
    assert found("gas purr", passages)[0] == 2


def test_a_sentence_of_another_section_does_not_count():
    passages = [
        Passage("a", "It makes bubbles.", "Gas"),
        Passage("b", "Cats purr.", "Pets"),
    ]

    assert found("bubbles", passages) == [0]


def test_the_heading_counts_half_for_its_sentences():
    passages = [
        Passage("a", "It grows slowly.", "Dough"),
        Passage("b", "It sleeps slowly.", "Cats"),
    ]
    index = index_of(passages)

    assert found("slow cats", passages)[0] == 1
    assert index.credit("cat", 1) == 0.5
    assert index.credit("cat", 0) == 0.0


def test_a_rare_word_weighs_more_and_one_that_is_not_there_most():
    index = index_of(BREAD)

    assert index.weight("yeast") < index.weight("salt") < index.weight("moon")


def test_a_common_word_weighs_half():
    index = index_of(lesson("People purr.", "Cats sleep."))

    assert index.weight("peopl") == index.weight("cat") / 2


def test_the_rare_word_decides():
    passages = lesson(
        "Yeast eats sugar.", "Fish swim.", "Yeast is warm.", "Fog.", "Salt stops yeast."
    )

    assert found("sugar yeast", passages)[0] == 0


def test_of_two_alike_the_earlier_comes_first():
    passages = lesson("Yeast rests.", "Cats purr.", "Dogs bark.", "Yeast rests.")

    assert found("yeast", passages)[0] == 0


def test_of_two_with_the_word_the_shorter_comes_first():
    long = "Once upon a time a baker in a cold town by the sea lost all his yeast."
    passages = lesson(long, "Cats purr.", "Dogs bark.", "Yeast rests.")

    assert found("yeast", passages)[0] == 3


@pytest.mark.parametrize(
    ("text", "is_defined"),
    [
        ("Yeast is alive.", True),
        ("Proofing means waiting, and yeast means life.", True),
        ("Bakers use yeast, a living thing.", True),
        ("The pot holds yeast, which is alive.", True),
        ("The living thing is called yeast.", True),
        ("They are known as yeast.", True),
        ("A thing that eats sugar is yeast.", True),
        ("Add the yeast.", False),
        ("Yeast rests here.", False),
        ("The pot, which is hot, holds yeast and salt.", False),
        ("Yeasts are saying nothing of it.", True),
        ("They say the yeast rests.", False),
    ],
)
def test_what_reads_like_a_definition(text, is_defined):
    assert index_of(lesson(text)).defines(("yeast",), 0) is is_defined


def test_a_term_of_two_words_is_defined_as_a_whole():
    index = index_of(lesson("A test set is kept apart.", "A test of the set is hard."))

    assert [index.defines(("test", "set"), place) for place in (0, 1)] == [True, False]
    assert not index.defines(("set", "test"), 0)


def test_the_sentence_that_says_what_it_is_comes_before_one_that_names_it():
    passages = lesson("Add yeast now.", "Cats purr.", "Dogs bark.", "Yeast is alive.")

    assert found("What is yeast?", passages)[0] == 3


def test_what_a_common_word_means_comes_first_too():
    passages = lesson(
        "It is the job now.", "Cats purr.", "Dogs bark.", "A job is work."
    )

    assert found("What is a job?", passages)[0] == 3


def test_each_stem_of_a_question_counts_once_in_its_order():
    assert question_stems("Why do breads, the bread's yeast and bread rise?") == (
        "bread",
        "yeast",
        "rise",
    )


@pytest.mark.parametrize(
    "question", ["What does yeast mean?", "Isn't yeast it?", "I'm not yeast"]
)
def test_words_that_only_ask_are_left_out(question):
    assert question_stems(question) == ("yeast",)


def test_a_common_word_tells_nothing_unless_a_heading_holds_it():
    question = "Which people sort letters?"

    plain = index_of(lesson("People sort letters."))
    headed = index_of(lesson("People sort letters.", heading="Sorting"))

    assert plain.asked(question).telling == ("letter",)
    assert headed.asked(question).telling == ("sort", "letter")


def test_a_heading_names_a_word_that_is_not_common():
    index = index_of(lesson("People do it.", heading="Sorting letters"))

    assert [index.names(stem, 0) for stem in ("letter", "sort", "it")] == [
        True,
        False,
        False,
    ]


def test_a_very_long_question_is_read_to_its_end():
    assert found("purr " * 20_000 + "salt", BREAD) == found("purr salt", BREAD)
    assert found("purr " * 20_000 + "salt", BREAD)[0] == 2


@given(st.text(), st.lists(st.text(max_size=20), max_size=4))
def test_any_text_can_be_asked_of_any_lesson(question, texts):
    passages = lesson(*texts)

    assert all(one.passage == passages[one.place] for one in rank(question, passages))
