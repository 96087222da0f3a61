from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from allauth.account import forms as allauth_forms
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.choices import CallableChoiceIterator
from django.utils.dates import MONTHS
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from tendril.accounts import recovery
from tendril.accounts.models import User
from tendril.accounts.names import tidy_name, validate_display_name

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

EARLIEST_YEAR = 1900


def month_choices() -> list[tuple[str, Any]]:
    return [("", _("Month")), *((str(key), name) for key, name in MONTHS.items())]


def year_choices() -> list[tuple[str, Any]]:
    years = range(timezone.localdate().year, EARLIEST_YEAR - 1, -1)
    return [("", _("Year")), *((str(year), str(year)) for year in years)]


def username_input() -> forms.TextInput:
    return forms.TextInput(
        {"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
    )


def list_of(
    choices: Callable[[], list[tuple[str, Any]]], label: StrPromise, purpose: str
) -> forms.Select:
    # Asked anew for each page: a process may live to see a new year.
    return forms.Select(
        {"autocomplete": purpose, "aria-label": label},
        choices=CallableChoiceIterator(choices),
    )


def check_new_password(form: forms.Form, field: str, person: User) -> None:
    try:
        validate_password(form.cleaned_data[field], person)
    except ValidationError as refused:
        form.add_error(field, refused)


class MonthWidget(forms.MultiWidget):
    template_name = "accounts/month.html"

    def __init__(self) -> None:
        super().__init__(
            {
                "month": list_of(month_choices, _("Month"), "bday-month"),
                "year": list_of(year_choices, _("Year"), "bday-year"),
            }
        )

    def decompress(self, value: date | None) -> list[int | None]:
        return [value.month, value.year] if value else [None, None]


class MonthField(forms.MultiValueField):
    """A month of a year as its first day; both lists, or neither."""

    widget = MonthWidget
    default_error_messages = {
        "incomplete": _("Choose both the month and the year."),
        "invalid": _("Choose a month and a year from the lists."),
        "future": _("This month is still to come. Choose another."),
    }

    def __init__(self, **kwargs: Any) -> None:
        wrong = {"invalid": self.default_error_messages["invalid"]}
        wrong |= {"max_value": wrong["invalid"], "min_value": wrong["invalid"]}
        fields = (
            forms.IntegerField(min_value=1, max_value=12, error_messages=wrong),
            forms.IntegerField(
                min_value=EARLIEST_YEAR, max_value=9999, error_messages=wrong
            ),
        )
        super().__init__(fields=fields, require_all_fields=False, **kwargs)

    def compress(self, data_list: list[int]) -> date | None:
        if not data_list:
            return None
        first_day = date(data_list[1], data_list[0], 1)
        if first_day > timezone.localdate():
            raise ValidationError(self.error_messages["future"], code="future")
        return first_day


class DisplayNameField(forms.CharField):
    default_validators = [validate_display_name]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Name to show"))
        widget = forms.TextInput({"autocomplete": "nickname"})
        super().__init__(max_length=30, required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        return tidy_name(super().to_python(value) or "")


class PasswordInput(forms.PasswordInput):
    """With a button, for who has scripts, that shows what is being typed."""

    template_name = "accounts/password_input.html"


class PasswordField(forms.CharField):
    def __init__(self, *, autocomplete: str, **kwargs: Any) -> None:
        widget = PasswordInput({"autocomplete": autocomplete})
        super().__init__(strip=False, widget=widget, **kwargs)


class NewPasswordField(PasswordField):
    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Password"))
        help_text = _(
            "At least 8 letters, digits or signs. Three words in a row are a good one."
        )
        super().__init__(autocomplete="new-password", help_text=help_text, **kwargs)


class SignInForm(allauth_forms.LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget = username_input()
        self.fields["password"] = PasswordField(
            label=_("Password"), autocomplete="current-password"
        )
        self.fields["remember"].label = _("Stay signed in on this device")
        self.fields["remember"].help_text = _(
            "Only on a device of your own. Otherwise you are signed out when the "
            "browser closes."
        )


class SignUpForm(allauth_forms.SignupForm):
    field_order = ["username", "display_name", "born_on", "password1"]

    display_name = DisplayNameField(
        help_text=_(
            "What others here see, such as a first name or a nickname. Without one "
            "they see your username."
        )
    )
    born_on = MonthField(label=_("When were you born?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        username = self.fields["username"]
        username.widget = username_input()
        username.widget.attrs["maxlength"] = "30"
        username.help_text = _(
            "You sign in with it: 3 to 30 plain letters and digits. It need not be "
            "your real name."
        )
        self.fields["password1"] = NewPasswordField()
        self.order_fields(self.field_order)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        if "password1" in data:
            shown = User(display_name=data.get("display_name", ""))
            check_new_password(self, "password1", shown)
        return data


class ChangePasswordForm(allauth_forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"] = PasswordField(
            label=_("Your password now"), autocomplete="current-password"
        )
        self.fields["password1"] = NewPasswordField(label=_("New password"))
        # What was typed can be looked at, so once is enough.
        del self.fields["password2"]

    def clean_password1(self) -> str:
        password: str = self.cleaned_data["password1"]
        validate_password(password, self.user)
        return password


class DisplayNameForm(forms.Form):
    display_name = DisplayNameField(
        help_text=_("Without one, others here see your username.")
    )


class NewWordsForm(forms.Form):
    """Asks for the password, unless there are no words yet that could be voided."""

    password = PasswordField(label=_("Your password"), autocomplete="current-password")

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person
        if not person.recovery_hash:
            del self.fields["password"]

    def clean_password(self) -> str:
        password: str = self.cleaned_data["password"]
        if not self.person.check_password(password):
            raise ValidationError(_("This is not your password. Type it again."))
        return password


class RecoverForm(forms.Form):
    username = forms.CharField(label=_("Username"), max_length=150)
    words = forms.CharField(
        label=_("Your six recovery words"),
        help_text=_("In their order. Capital letters, commas and spaces do not count."),
        max_length=200,
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = NewPasswordField(label=_("New password"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["username"].widget = username_input()

    def clean_words(self) -> str:
        words: str = self.cleaned_data["words"]
        if unknown := recovery.misspelt(words):
            raise ValidationError(
                format_lazy(
                    _("Check the spelling of: {words}."), words=", ".join(unknown)
                )
            )
        return words

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        if "password" in data:
            # Not the real person: the answer may not tell whether there is one.
            check_new_password(
                self, "password", User(username=data.get("username", ""))
            )
        return data


class EmailForm(forms.Form):
    email = forms.EmailField(
        label=_("E-mail address"),
        widget=forms.EmailInput({"autocomplete": "email"}),
        error_messages={
            "invalid": _("Write an address such as name@example.org."),
        },
    )


class InviteForm(EmailForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Somebody else's: nothing that the browser knows by itself.
        self.fields["email"].widget.attrs["autocomplete"] = "off"


class WishesForm(forms.Form):
    wants_digest = forms.BooleanField(
        label=_("Every week, what my children read and what was hard"), required=False
    )
    wants_reminders = forms.BooleanField(
        label=_("Before something that a class gave me is due"), required=False
    )


class CodeForm(forms.Form):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("From the letter, or from your child. Dashes do not count."),
        max_length=80,
        widget=forms.TextInput(
            {
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )
