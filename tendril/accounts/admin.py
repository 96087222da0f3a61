from __future__ import annotations

from typing import cast

from django.contrib import admin
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import UserChangeForm
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from tendril.accounts.forms import MonthField
from tendril.accounts.guardians import verify
from tendril.accounts.models import Guardianship, TeacherGrant, User


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


@admin.register(TeacherGrant)
class TeacherGrantAdmin(admin.ModelAdmin):
    list_display = ["person", "granted_by", "granted_at"]
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
    list_display = ["guardian", "student", "verified_at", "verified_by"]
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
