from django.urls import path, register_converter
from django.urls.converters import StringConverter

from lessons.models import Tier
from lessons.views import public, reader


class TierConverter(StringConverter):
    regex = "|".join(Tier.values)


class PictureConverter(StringConverter):
    regex = r"[a-z0-9-]+\.[a-z]+"


register_converter(TierConverter, "tier")
register_converter(PictureConverter, "picture")

app_name = "lessons"

urlpatterns = [
    path("", public.catalogue, name="catalogue"),
    path("states/", reader.states, name="states"),
    path("reading/", reader.reading, name="reading"),
    path("family/<int:student_id>/", reader.family_reading, name="family_reading"),
    path("<tier:tier>/", public.tier, name="tier"),
    path("track/<slug:slug>/", public.track, name="track"),
    path("lesson/<slug:slug>/", public.lesson, name="lesson"),
    path("lesson/<slug:slug>/print/", public.print_lesson, name="print"),
    path(
        "lesson/<slug:slug>/pictures/<slug:digest>/<picture:name>",
        public.picture,
        name="picture",
    ),
    path("lesson/<slug:slug>/me/", reader.me, name="me"),
    path("lesson/<slug:slug>/finish/", reader.finish, name="finish"),
    path("lesson/<slug:slug>/report/", reader.report, name="report"),
]
