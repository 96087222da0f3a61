from django.urls import path

from tendril.home import views

app_name = "home"

urlpatterns = [
    path("", views.home, name="home"),
    path("me/", views.me, name="me"),
    path("me/seen/", views.seen, name="seen"),
    path("family/", views.family, name="family"),
    path("family/<int:student_id>/", views.family_of, name="family_of"),
    path("me/sync/", views.sync, name="sync"),
    path("me/sync/offer/", views.offer, name="offer"),
    path("me/sync/<uuid:batch_id>/undo/", views.undo_sync, name="undo_sync"),
]
