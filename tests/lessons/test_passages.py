from hypothesis import given
from hypothesis import strategies as st

from lessons.passages import KnownPassage, PassageText, aliases, keys, short_hash


def passages(section, *texts):
    made = zip(keys(section, texts), texts, strict=True)
    return [PassageText(key, text, section) for key, text in made]


def known(passages, aliases=None):
    return [
        KnownPassage(p.key, p.text, p.section, tuple((aliases or {}).get(p.key, ())))
        for p in passages
    ]


def test_a_key_is_the_section_and_six_digits_of_the_text():
    assert keys("big-idea", ["Bread rises."]) == ["big-idea-7c9ba8"]


def test_case_spaces_and_width_do_not_change_a_key():
    assert short_hash("Bread  rises.") == short_hash(
        "\uff42\uff52\uff45\uff41\uff44\nRISES."
    )


def test_a_repeated_sentence_gets_a_number():
    first, other, second = keys("x", ["Wait.", "Go.", "wait."])

    assert second == f"{first}-2"
    assert other != first


def test_a_key_survives_edits_elsewhere():
    before = passages("x", "One is here.", "Two is here.", "Three is here.")
    after = passages("x", "Something new.", "Two is here.", "Four is there.")

    assert before[1].key == after[1].key


def test_a_changed_sentence_keeps_its_old_key_as_alias():
    old = passages("x", "Yeast makes gas in the dough.", "Salt slows it down.")
    new = passages("x", "Yeast makes a gas in dough.", "Salt slows it down.")

    assert aliases(known(old), new) == {new[0].key: [old[0].key]}


def test_aliases_carry_on_through_changes_and_standstill():
    one = passages("x", "Yeast makes gas in the dough.")
    two = passages("x", "Yeast makes a gas in the dough.")
    three = passages("x", "Yeast makes a gas in all dough.")
    first = aliases(known(one), two)

    assert aliases(known(two, first), two) == first
    assert aliases(known(two, first), three) == {three[0].key: [two[0].key, one[0].key]}


def test_a_sentence_changed_back_is_not_its_own_alias():
    one = passages("x", "Yeast makes gas in the dough.")
    two = passages("x", "Yeast makes a gas in the dough.")
    first = aliases(known(one), two)

    assert aliases(known(two, first), one) == {one[0].key: [two[0].key]}


def test_the_most_alike_are_paired_and_each_only_once():
    old = passages("x", "The dough rises for an hour.", "The dough rises for a day.")
    new = passages(
        "x", "The dough rises for a long day.", "The dough rises for an age."
    )

    assert aliases(known(old), new) == {
        new[0].key: [old[1].key],
        new[1].key: [old[0].key],
    }


def test_another_sentence_and_another_section_take_over_nothing():
    old = passages("x", "Yeast makes gas in the dough.")

    assert aliases(known(old), passages("x", "Salt is white.")) == {}
    assert aliases(known(old), passages("y", "Yeast makes a gas in the dough.")) == {}


TEXTS = st.lists(st.text("ab c.", min_size=1, max_size=12), max_size=6)


@given(TEXTS, TEXTS)
def test_no_name_stands_twice_in_a_lesson(before, after):
    old, new = passages("x", *before), passages("x", *after)

    found = aliases(known(old), new)

    names = [p.key for p in new] + [name for names in found.values() for name in names]
    assert len(names) == len(set(names))
    assert set(found) <= {p.key for p in new}
