from django.urls import path

from tendril.classrooms import views

app_name = "classrooms"

urlpatterns = [path("seen-by/", views.seen_by, name="seen_by")]
