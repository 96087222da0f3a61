from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from tendril.accounts.forms import DisplayNameField, MonthField
from tendril.accounts.models import User
from tendril.accounts.names import validate_visible
from tendril.accounts.sign_in_slips import MOST_AT_ONCE
from tendril.classrooms import joining, rosters, time_zones
from tendril.classrooms.models import Classroom, Enrolment, Group
from tendril.classrooms.oneroster import SeveralClasses
from tendril.form_fields import SeveralField

MOST_SLIPS = 200
LONGEST_SLIP_NAME = 60


class NameField(forms.CharField):
    """One line of words, with single spaces between them."""

    default_validators = [validate_visible]

    def to_python(self, value: Any) -> str:
        return " ".join((super().to_python(value) or "").split())


class ClassNameField(NameField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("As your students say it, such as Room 12."))
        super().__init__(label=_("Name of the class"), max_length=80, **kwargs)


class ClassroomForm(forms.Form):
    name = ClassNameField()
    time_zone = forms.ChoiceField(
        label=_("Time zone"),
        help_text=_("In which hours are meant when work opens and is due."),
        error_messages={"invalid_choice": _("Choose a time zone from the list.")},
    )

    def __init__(
        self, *args: Any, classroom: Classroom | None = None, **kwargs: Any
    ) -> None:
        zone = classroom.time_zone if classroom else settings.TIME_ZONE
        name = classroom.name if classroom else ""
        kwargs["initial"] = {"name": name, "time_zone": zone}
        super().__init__(*args, **kwargs)
        field = self.fields["time_zone"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = time_zones.choices(zone)


class NewYearForm(forms.Form):
    name = ClassNameField(help_text=_("Of the new class. The old one keeps its own."))
    takes_students = forms.BooleanField(
        label=_("The same students go on in it"), required=False
    )
    takes_groups = forms.BooleanField(label=_("The same groups"), required=False)


class UsernameForm(forms.Form):
    username = forms.CharField(
        label=_("Username"),
        max_length=150,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )

    def clean_username(self) -> str:
        return User.normalize_username(self.cleaned_data["username"].strip())


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Your code"),
        help_text=_(
            "Six letters and digits read out in class, or eight on a join slip."
        ),
        max_length=40,
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
                "class": "code-input",
            }
        ),
    )

    def clean_code(self) -> str:
        code = joining.normalize(self.cleaned_data["code"])
        if len(code) not in (joining.CLASS_CODE_LENGTH, joining.SLIP_LENGTH):
            raise ValidationError(
                _("A code has six or eight letters and digits. Count them once more.")
            )
        return code


class SlipsForm(forms.Form):
    names = forms.CharField(
        label=_("Who gets a join slip"),
        help_text=_(
            "One name in each line, as you know them. Only you and the other teachers "
            "see it, and who gets the slip."
        ),
        max_length=MOST_SLIPS * (LONGEST_SLIP_NAME + 2),
        widget=forms.Textarea({"rows": 8, "autocomplete": "off"}),
    )

    def clean_names(self) -> list[str]:
        lines = self.cleaned_data["names"].splitlines()
        names = [name for name in (" ".join(line.split()) for line in lines) if name]
        if len(names) > MOST_SLIPS:
            raise ValidationError(
                _("Make %(most)d join slips at a time at the most."),
                params={"most": MOST_SLIPS},
            )
        for name in names:
            validate_visible(name)
            if len(name) > LONGEST_SLIP_NAME:
                raise ValidationError(
                    _("Shorten “%(name)s” to %(most)d letters."),
                    params={"name": f"{name[:20]}…", "most": LONGEST_SLIP_NAME},
                )
        return names


class MembersField(SeveralField):
    def label_from_instance(self, obj: Any) -> str:
        person = obj.person
        if person.display_name:
            return f"{person.display_name} ({person.username})"
        return str(person.username)


class GroupForm(forms.Form):
    name = NameField(label=_("Name of the group"), max_length=40)
    members = MembersField(
        queryset=Enrolment.objects.none(),
        label=_("Who is in it"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "invalid_choice": _("Somebody you chose has left the class. Look again."),
            "invalid_pk_value": _("Choose students from the list."),
            "invalid_list": _("Choose students from the list."),
        },
    )

    def __init__(
        self,
        *args: Any,
        classroom: Classroom,
        group: Group | None = None,
        **kwargs: Any,
    ) -> None:
        if group:
            members = list(group.members.values_list("pk", flat=True))
            kwargs["initial"] = {"name": group.name, "members": members}
        super().__init__(*args, **kwargs)
        others = classroom.groups.all()
        self.others = others.exclude(pk=group.pk) if group else others
        field = self.fields["members"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = classroom.enrolments.students().by_name()

    def clean_name(self) -> str:
        name: str = self.cleaned_data["name"]
        if self.others.filter(name__iexact=name).exists():
            raise ValidationError(name_taken())
        return name


def name_taken() -> Any:
    return _("A group of this class has this name. Choose another.")


class FilesInput(forms.FileInput):
    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        return files.getlist(name) if hasattr(files, "getlist") else files.get(name)


class FilesField(forms.FileField):
    """Any number of files, as what stands in them."""

    widget = FilesInput({"multiple": True, "accept": ".csv,.txt,.tsv,.zip,text/csv"})

    def clean(self, data: Any, initial: Any = None) -> Any:
        clean = super().clean
        uploads: list[UploadedFile] = [clean(each, initial) for each in data or []]
        return [upload.read() for upload in uploads if upload]


class RosterForm(forms.Form):
    uploads = FilesField(
        label=_("A file"),
        required=False,
        help_text=_(
            "CSV from a spreadsheet or a school system, up to 1 MB and 400 students. "
            "Of a OneRoster export send users.csv and enrollments.csv together, or "
            "the whole archive."
        ),
        error_messages={"empty": _("This file is empty. Choose another.")},
    )
    text = forms.CharField(
        label=_("Or paste a list"),
        required=False,
        strip=False,
        help_text=_("One name on each line, or rows copied out of a spreadsheet."),
        widget=forms.Textarea({"rows": 6, "autocomplete": "off"}),
    )
    classroom = forms.CharField(
        label=_("Which class of the export"), required=False, widget=forms.HiddenInput
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if self.errors:
            return data
        contents = list(data["uploads"])
        if data["text"].strip():
            contents.append(data["text"].encode())
        if not contents:
            raise ValidationError(_("Choose a file, or paste a list."))
        if data["uploads"] and data["text"].strip():
            raise ValidationError(_("Send a file or paste a list, but not both."))
        try:
            data["rows"] = rosters.read(contents, classroom=data["classroom"])
        except SeveralClasses as several:
            choices = forms.Select(choices=several.classes)
            self.fields["classroom"].widget = choices
            raise
        return data


class NewStudentsForm(forms.Form):
    names = forms.CharField(
        label=_("Names"),
        help_text=_(
            "One on each line. A first name is enough, or what the child is called; "
            "the username is made from its first word."
        ),
        widget=forms.Textarea({"rows": 10, "autocomplete": "off"}),
    )

    def clean_names(self) -> list[rosters.Row]:
        return rosters.read_names(self.cleaned_data["names"])


class PassphrasesForm(forms.Form):
    students = forms.MultipleChoiceField(
        label=_("Students"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Choose at least one student."),
            "invalid_choice": _("Somebody you chose is not on this page. Look again."),
        },
    )

    def __init__(self, *args: Any, accounts: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.accounts = {str(person.pk): person for person in accounts}
        field = self.fields["students"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(key, str(person)) for key, person in self.accounts.items()]

    def clean_students(self) -> list[User]:
        chosen = [self.accounts[key] for key in set(self.cleaned_data["students"])]
        if len(chosen) > MOST_AT_ONCE:
            raise ValidationError(
                _("Choose up to %(most)d students at a time."),
                params={"most": MOST_AT_ONCE},
            )
        return sorted(chosen, key=lambda person: str(person).casefold())


class ManagedAccountForm(forms.Form):
    display_name = DisplayNameField(
        help_text=_("What others here see. Without one they see the username.")
    )
    born_on = MonthField(
        label=_("Month of birth"),
        required=False,
        help_text=_("Only the teachers of this class and the child are shown it."),
    )
