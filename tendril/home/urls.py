from django.urls import path

from tendril.home import views

app_name = "home"

urlpatterns = [
    path("", views.home, name="home"),
    path("me/", views.me, name="me"),
    path("me/sync/", views.sync, name="sync"),
    path("me/sync/offer/", views.offer, name="offer"),
    path("me/sync/<uuid:batch_id>/undo/", views.undo_sync, name="undo_sync"),
]
