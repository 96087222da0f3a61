from __future__ import annotations

from typing import Any, cast

from django.contrib import admin
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tendril.accounts.forms import MonthField
from tendril.accounts.guardians import verify
from tendril.accounts.models import Guardianship, TeacherGrant, User


class PeoplePicker(AutocompleteJsonView):
    """Lists usernames too: the name to show is whatever its owner typed."""

    def serialize_result(self, obj: Any, to_field_name: str) -> dict[str, str]:
        found = super().serialize_result(obj, to_field_name)
        if isinstance(obj, User):
            found["text"] = f"{obj} ({obj.username})"
        return found


class PersonForm(UserChangeForm):
    born_on = MonthField(label=_("Month of birth"), required=False)


@admin.register(User)
class PersonAdmin(UserAdmin):
    form = PersonForm
    list_display = ["username", "display_name", "is_staff", "is_active", "last_login"]
    search_fields = ["username", "display_name"]
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        (_("Person"), {"fields": ["display_name", "born_on", "email"]}),
        (
            _("Rights"),
            {
                "fields": [
                    "is_active",
                    "is_staff",
                    "is_superuser",
                    "groups",
                    "user_permissions",
                ]
            },
        ),
        (_("Dates"), {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def lookup_allowed(self, lookup: str, value: Any, request: HttpRequest) -> bool:
        # As Django does for the password: hashes are not to be guessed by letter.
        if lookup.startswith("recovery_hash"):
            return False
        return super().lookup_allowed(lookup, value, request)


@admin.register(TeacherGrant)
class TeacherGrantAdmin(admin.ModelAdmin):
    list_display = ["person", "person__username", "granted_by", "granted_at"]
    list_select_related = ["person", "granted_by"]
    search_fields = ["person__username", "person__display_name"]
    autocomplete_fields = ["person"]
    readonly_fields = ["granted_by", "granted_at"]

    def save_model(
        self, request: HttpRequest, obj: TeacherGrant, form: ModelForm, change: bool
    ) -> None:
        obj.granted_by = obj.granted_by or cast(User, request.user)
        super().save_model(request, obj, form, change)


@admin.register(Guardianship)
class GuardianshipAdmin(admin.ModelAdmin):
    list_display = [
        *("guardian", "guardian__username", "student", "student__username"),
        *("verified_at", "verified_by"),
    ]
    list_select_related = ["guardian", "student", "verified_by"]
    search_fields = ["guardian__username", "student__username"]
    autocomplete_fields = ["guardian", "student"]
    readonly_fields = ["verified_at", "verified_by"]
    actions = ["mark_as_verified"]

    @admin.action(description=_("Let these guardians see their children's work"))
    def mark_as_verified(
        self, request: HttpRequest, queryset: QuerySet[Guardianship]
    ) -> None:
        count = verify(queryset, by=cast(User, request.user))
        self.message_user(request, _("Verified: %d.") % count)
