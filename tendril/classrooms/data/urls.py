from django.urls import path

from tendril.classrooms.data import views

app_name = "data"

urlpatterns = [
    path("data/", views.mine, name="mine"),
    path("data/<int:person_id>/", views.person, name="person"),
    path("data/<int:person_id>/copy/", views.ask_copy, name="ask_copy"),
    path("data/copies/<uuid:export_id>/", views.copy, name="copy"),
    path("data/<int:person_id>/erase/", views.erase, name="erase"),
    path("data/<int:person_id>/keep/", views.call_off, name="call_off"),
    path("looks/", views.my_looks, name="my_looks"),
    path("looks/<int:person_id>/", views.looks, name="looks"),
]
