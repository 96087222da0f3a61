from django.urls import path

from tendril.classrooms.views import seen_by

app_name = "classrooms"

urlpatterns = [path("seen-by/", seen_by.seen_by, name="seen_by")]
