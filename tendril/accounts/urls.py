from django.urls import path

from tendril.accounts.views import account as views
from tendril.accounts.views import email, guardians

app_name = "accounts"

urlpatterns = [
    path("", views.account, name="account"),
    path("who/", views.who, name="who"),
    path("recovery-words/", views.recovery_words, name="recovery_words"),
    path("recover/", views.recover, name="recover"),
    path("email/", email.email, name="email"),
    path("email/remove/", email.remove_email, name="remove_email"),
    path("email/wishes/", email.wishes, name="wishes"),
    path("email/confirm/<str:token>/", email.confirm_email, name="confirm_email"),
    path("email/stop/<str:token>/", email.stop_mail, name="stop_mail"),
    path("link/", guardians.link, name="link"),
    path("guardians/", guardians.guardians, name="guardians"),
    path("guardians/<int:guardianship_id>/end/", guardians.end, name="end_link"),
    path(
        "guardians/invitations/<int:invitation_id>/take-back/",
        guardians.take_back,
        name="take_back",
    ),
    path("guardians/invite/<int:student_id>/", guardians.invite, name="invite"),
]

# allauth looks these up by names without an app.
allauth_urlpatterns = [
    path("login/", views.sign_in, name="account_login"),
    path("logout/", views.sign_out, name="account_logout"),
    path("signup/", views.sign_up, name="account_signup"),
    path("password/", views.change_password, name="account_change_password"),
]
