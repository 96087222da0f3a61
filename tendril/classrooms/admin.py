from django.contrib import admin

from tendril.classrooms.models import Classroom, Enrolment


class EnrolmentInline(admin.TabularInline):
    model = Enrolment
    autocomplete_fields = ["person"]
    extra = 1


@admin.register(Classroom)
class ClassroomAdmin(admin.ModelAdmin):
    list_display = ["name", "time_zone", "archived_at"]
    search_fields = ["name"]
    inlines = [EnrolmentInline]


@admin.register(Enrolment)
class EnrolmentAdmin(admin.ModelAdmin):
    list_display = ["person", "person__username", "classroom", "role"]
    list_filter = ["role"]
    list_select_related = ["person", "classroom"]
    search_fields = ["person__username", "person__display_name", "classroom__name"]
    autocomplete_fields = ["person", "classroom"]
