import pytest

from tendril.classrooms.forms import ClassroomForm, GroupForm, SlipsForm

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["be\x07ll", "\u202ederised", "a\u2066b"])
def test_no_name_hides_a_character_or_turns_the_words_beside_it(classroom, name):
    forms = [
        ClassroomForm({"name": name, "time_zone": "Europe/Vienna"}),
        GroupForm({"name": name}, classroom=classroom),
        SlipsForm({"names": f"Ana\n{name}"}),
    ]

    said = [form.errors.as_data() for form in forms]

    assert [list(errors) for errors in said] == [["name"], ["name"], ["names"]]
    for errors in said:
        [[error]] = errors.values()
        assert error.messages == ["Leave out characters that cannot be seen."]


def test_a_name_may_be_of_any_script(classroom):
    for name in ["می‌خواهم", "Zoë and Ben", "ක්‍රීඩා 3", "赤い鳥"]:
        assert GroupForm({"name": name}, classroom=classroom).is_valid()
