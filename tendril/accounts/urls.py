from django.urls import path

from tendril.accounts import views

app_name = "accounts"

urlpatterns = [
    path("", views.account, name="account"),
    path("who/", views.who, name="who"),
    path("recovery-words/", views.recovery_words, name="recovery_words"),
    path("recover/", views.recover, name="recover"),
]

# allauth looks these up by names without an app.
allauth_urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("signup/", views.sign_up, name="account_signup"),
    path("password/", views.change_password, name="account_change_password"),
]
