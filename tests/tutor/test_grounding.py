import pytest

from tutor.grounding import Reason, check
from tutor.lesson_text import Passage

TEXTS = [
    "Retrieval opens the book.",
    "It searches a set of texts for a passage that fits the question.",
    "Ingrid lent two books to Mira in 1994, and Mira lent 12 to Jun.",
    "The rule was six.",
    "A helper does not know what is true, but it writes well.",
    "The search has to be mended. \u201cOld pages\u201d are the usual cause \u2013 not the model.",
    "About 50 per cent of the pages were more than ten years old.",
    "Some readers ask the desk before they open the book.",
    "Adults need 7 to 9 hours of sleep each night.",
    "Teenagers need 8 to 10 hours.",
    "Nothing in the model has changed.",
    "The rule was six.",
    "At the café they say that a model can be wrong.",
]
LESSON = [Passage(f"p-{n}", text, "Open books") for n, text in enumerate(TEXTS)]
RETRIEVAL, SEARCH, LENT, SIX, HELPER, MENDED, PAGES, DESK = LESSON[:8]
TEENS, NOTHING, CAFE = LESSON[9], LESSON[10], LESSON[12]


def judged(sentence, quote, question="What does the lesson say?"):
    text = quote.text if isinstance(quote, Passage) else quote
    return check(sentence, text, LESSON, question)


def reason(*arguments):
    return judged(*arguments).reason


def test_what_the_lesson_says_is_grounded():
    verdict = judged(SEARCH.text, SEARCH)

    assert verdict.ok
    assert verdict.reason == Reason.GROUNDED
    assert verdict.quote == SEARCH.text
    assert verdict.passages == (SEARCH,)


@pytest.mark.parametrize(
    "quote",
    [
        "It searches a set of texts",
        "  It searches\n a set\u00a0of texts ",
        "Retrieval opens the book.",
        "opens the book. It searches",
        "The rule was six.",
        '"Old pages" are the usual cause - not the model.',
        "\u2018Old pages\u2019 are the usual cause".replace("\u2018", "\u201c").replace(
            "\u2019", "\u201d"
        ),
    ],
)
def test_a_quote_may_differ_in_spaces_quotation_marks_and_dashes(quote):
    assert reason("It is.", quote) != Reason.QUOTE


@pytest.mark.parametrize(
    "quote",
    [
        "",
        "?!",
        "a set of",
        "It searches a set of text",
        "t searches a set of texts",
        "It searches the set of texts for a passage",
        "it searches a set of texts",
        "It searches \u0430 set of texts",
        f"the book. {TEXTS[1]} Ingrid lent",
        "The rule was six. Retrieval opens the book.",
        "Dolphins sing to each other at night.",
    ],
)
def test_an_altered_short_or_foreign_quote_is_no_quote(quote):
    verdict = judged("Retrieval opens the book.", quote)

    assert verdict.reason == Reason.QUOTE
    assert (verdict.ok, verdict.quote, verdict.passages) == (False, "", ())
    assert not verdict.is_relevant


@pytest.mark.parametrize(
    ("quote", "widened", "passages"),
    [
        ("know what is true, but", HELPER.text, (HELPER,)),
        ("the usual cause \u2013 not", MENDED.text[29:], (MENDED,)),
        ("be mended. \u201cOld pages\u201d are", MENDED.text, (MENDED,)),
        (
            "opens the book. It searches",
            f"{RETRIEVAL.text} {SEARCH.text}",
            (RETRIEVAL, SEARCH),
        ),
    ],
)
def test_a_quote_is_widened_to_whole_sentences(quote, widened, passages):
    verdict = judged("It is.", quote)

    assert verdict.quote == widened
    assert verdict.passages == passages


def test_a_cut_not_cannot_turn_a_quote():
    assert reason("A helper knows what is true.", "know what is true, but") == (
        Reason.NEGATION
    )


def test_a_quote_that_stands_twice_holds_where_it_fits():
    both = f"{NOTHING.text} {SIX.text}"

    verdict = judged("Nothing has changed in the model.", both)

    assert verdict.ok
    assert verdict.passages == (NOTHING, LESSON[11])


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Ingrid lent 2 books to Mira in 1994.", LENT),
        ("Mira lent twelve to Jun.", LENT),
        ("About 50% of the pages were more than 10 years old.", PAGES),
        ("About fifty percent of the pages were more than ten years old.", PAGES),
    ],
)
def test_numbers_may_be_words_or_digits(sentence, quote):
    assert reason(sentence, quote) == Reason.GROUNDED


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("Ingrid lent three books to Mira in 1994.", LENT),
        ("Ingrid lent two books to Mira in 1949.", LENT),
        ("Ingrid lent two books to Mira in the 1994s.", LENT),
        ("Ingrid lent 12 books to Mira in 1994, and Mira lent two to Jun.", LENT),
        ("About 50 of the pages were more than ten years old.", PAGES),
        ("About 50.5 per cent of the pages were old.", PAGES),
        ("The second book opens.", RETRIEVAL),
        ("One of the rules was six.", SIX),
    ],
)
def test_a_number_comes_from_the_quote_and_in_its_order(sentence, quote):
    assert reason(sentence, quote) == Reason.NUMBER


def test_a_number_stays_with_the_words_of_its_own_sentence():
    both = f"{LESSON[8].text} {TEENS.text}"

    assert reason("Adults need 7 to 9 hours of sleep.", both) == Reason.GROUNDED
    assert reason("Adults need 10 hours of sleep each night.", both) == Reason.NUMBER


@pytest.mark.parametrize(
    "sentence",
    [
        "Ingrid lent two books to Jonas in 1994.",
        "Mira lent two books to Ingrid in 1994.",
        "Jonas lent two books to Mira in 1994.",
        "Ingrid lent two books to Mira in Paris in 1994.",
    ],
)
def test_a_name_comes_from_the_quote_and_in_its_order(sentence):
    assert reason(sentence, LENT, "Did Jonas lend books?") == Reason.NAME


def test_a_sentence_of_the_quote_may_have_its_names_in_any_order():
    assert reason("Mira lent 12 to Jun.", LENT) == Reason.GROUNDED
    assert reason("The lesson says that Mira lent 12 to Jun.", LENT) == Reason.GROUNDED


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("A helper knows what is true, but it writes well.", HELPER),
        ("A helper does not know what is true, but it does not write well.", HELPER),
        ("A helper knows what is true, but it doesn't write well.", HELPER),
        ("Retrieval never opens the book.", RETRIEVAL),
        ("It is not true that retrieval opens the book.", RETRIEVAL),
        ("Something in the model has changed.", NOTHING),
        ("The usual cause is the model.", "are the usual cause - not the model."),
    ],
)
def test_nothing_is_denied_but_what_the_quote_denies(sentence, quote):
    assert reason(sentence, quote) == Reason.NEGATION


@pytest.mark.parametrize(
    ("sentence", "quote"),
    [
        ("A helper doesn't know what is true.", HELPER),
        ("A helper cannot know what is true.", HELPER),
        ("A helper writes well but does not know what is true.", HELPER),
        ("The model has not changed.", NOTHING),
        ("The search has to be mended.", f"{MENDED.text}"),
    ],
)
def test_a_denial_may_be_worded_otherwise_or_left_out_with_its_part(sentence, quote):
    assert reason(sentence, quote) == Reason.GROUNDED


@pytest.mark.parametrize(
    ("sentence", "quote", "broken"),
    [
        ("Some readers ask the desk after they open the book.", DESK, Reason.LIMIT),
        ("All readers ask the desk before they open the book.", DESK, Reason.LIMIT),
        ("Only the desk asks some readers.", DESK, Reason.LIMIT),
        ("Some readers ask the desk before they shut the book.", DESK, Reason.OPPOSITE),
        ("About 50% were less than ten years old.", PAGES, Reason.LIMIT),
        ("About 50% were more than ten years new.", PAGES, Reason.OPPOSITE),
        ("At the café they say that a model can be right.", CAFE, Reason.OPPOSITE),
        ("It misfits the question.", SEARCH, Reason.OPPOSITE),
    ],
)
def test_no_word_becomes_its_opposite_or_says_more(sentence, quote, broken):
    assert reason(sentence, quote, "Is a model right or less wrong?") == broken


@pytest.mark.parametrize(
    "sentence",
    [
        "It searches a set of texts, and it is fun.",
        "It searches a set of paintings for a passage.",
        "Dolphins search a set of texts.",
        "Retrieval searches a set of purple texts.",
    ],
)
def test_a_new_word_is_refused_even_if_the_question_has_it(sentence):
    asked = "Why do dolphins search purple paintings for fun?"

    assert reason(sentence, SEARCH, asked) == Reason.WORD


@pytest.mark.parametrize(
    ("sentence", "quote", "question"),
    [
        ("It searched sets of texts for passages that fitted.", SEARCH, "How?"),
        ("It also looks a passage up that fits the question.", SEARCH, "Look?"),
        ("Retrieval searches a set of texts.", SEARCH, "What is retrieval?"),
        ("In retrieval, it searches texts.", SEARCH, "What is retrieval?"),
        ("Teenagers need 8 to 10 hours of sleep.", TEENS, "How much sleep?"),
    ],
)
def test_a_word_may_bend_be_light_or_stand_for_a_pronoun(sentence, quote, question):
    expected = Reason.WORD if question == "Look?" else Reason.GROUNDED

    assert reason(sentence, quote, question) == expected


@pytest.mark.parametrize("frame", ["", "The lesson says that ", "Based on this text, "])
@pytest.mark.parametrize("behind", ["", ", according to the lesson"])
def test_what_frames_a_claim_is_no_part_of_it(frame, behind):
    sentence = f"{frame}the search has to be mended{behind}."

    assert reason(sentence, MENDED) == Reason.GROUNDED


def test_a_frame_that_denies_is_a_part_of_the_claim():
    sentence = "The lesson does not say that the search has to be mended."

    assert reason(sentence, "The search has to be mended.") == Reason.NEGATION


@pytest.mark.parametrize(
    ("question", "sentence", "expected"),
    [
        ("Can a model be wrong?", "Yes, a model can be wrong.", Reason.GROUNDED),
        ("Can a model be wrong?", "No, a model can be wrong.", Reason.ANSWER),
        ("Can a model be sad?", "Yes, a model can be wrong.", Reason.ANSWER),
        ("Is a model always wrong?", "Yes, a model can be wrong.", Reason.ANSWER),
        ("Can a model not be wrong?", "Yes, a model can be wrong.", Reason.ANSWER),
    ],
)
def test_yes_needs_a_quote_with_all_that_is_asked(question, sentence, expected):
    assert reason(sentence, CAFE, question) == expected


def test_no_needs_a_quote_that_denies():
    asked = "Does a helper know what is true?"
    claim = "a helper does not know what is true."

    assert reason(f"No, {claim}", HELPER, asked) == Reason.GROUNDED
    assert reason(f"Yes, {claim}", HELPER, asked) == Reason.ANSWER


@pytest.mark.parametrize(
    "sentence",
    [
        "R\u0435trieval opens the book.",
        "\u0420\u0435trieval opens the book.",
        "Retri\u200beval opens the book.",
        "Retrieval\u202e opens the book.",
        "\uff32etrieval opens the book.",
        "Retrieval opens the b\u00f6ok.",
        "Retrieval opens the <b>book</b>.",
        "Retrieval opens the [book](x).",
        "Retrieval opens the ![book].",
        "Retrieval opens the &lt;book.",
        "Retrieval opens the book https://book.example.",
        "Retrieval opens the book www.book.",
        "Retrieval opens the book.com.",
        "Retrieval opens book@book.",
    ],
)
def test_look_alikes_markup_and_addresses_are_refused(sentence):
    assert reason(sentence, RETRIEVAL) == Reason.DISGUISE


def test_a_sentence_is_no_longer_than_a_question_may_be():
    assert reason("Retrieval opens the book." + " " * 475, RETRIEVAL) == Reason.GROUNDED
    assert reason("Retrieval opens the book." + " " * 476, RETRIEVAL) == Reason.LENGTH


def test_letters_and_signs_of_the_lesson_are_welcome():
    assert reason("At the café they say that a model can be wrong\u2026", CAFE) == (
        Reason.GROUNDED
    )
    assert reason("\u201cRetrieval\u201d\u00a0opens the book\u2026", RETRIEVAL) == (
        Reason.GROUNDED
    )


@pytest.mark.parametrize("sentence", ["", " ", "It is.", "That one is the same."])
def test_a_sentence_says_something_that_the_quote_says(sentence):
    assert reason(sentence, RETRIEVAL) == Reason.EMPTY


@pytest.mark.parametrize(
    ("question", "is_relevant"),
    [
        ("What does retrieval do?", True),
        ("Who opens books, letters and doors?", True),
        ("Who opens letters, doors, jars and tins?", False),
        ("Why do dolphins sing?", False),
        ("What is it?", False),
        ("", False),
    ],
)
def test_a_quote_with_a_third_of_what_is_asked_may_stand_alone(question, is_relevant):
    verdict = judged("Dolphins sing.", RETRIEVAL, question)

    assert not verdict.ok
    assert verdict.quote == RETRIEVAL.text
    assert verdict.is_relevant is is_relevant


def test_nothing_is_grounded_in_no_lesson():
    assert check("It is.", "Retrieval opens the book.", [], "Why?").reason == (
        Reason.QUOTE
    )


def test_the_text_before_a_quote_is_no_evidence():
    """Earlier passages name what "it" is, and give nothing else."""
    assert reason("The rule was six books.", SIX, "How many books?") == Reason.WORD
