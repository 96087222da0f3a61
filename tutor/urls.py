from django.urls import path

from tutor import views

app_name = "tutor"

urlpatterns = [path("tutor/lesson/<slug:slug>/", views.panel, name="panel")]
