from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.urls import include, path

from tendril import demo_mail, health
from tendril.accounts.admin import PeoplePicker
from tendril.accounts.urls import allauth_urlpatterns

admin.autodiscover()
admin.site.unregister(EmailAddress)  # nobody has one here
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
picker = PeoplePicker.as_view(admin_site=admin.site)
admin.site.autocomplete_view = picker  # type: ignore[method-assign, assignment]

handler400 = "tendril.errors.bad_request"
handler403 = "tendril.errors.forbidden"
handler404 = "tendril.errors.not_found"
handler429 = "tendril.errors.too_many_requests"
handler500 = "tendril.errors.server_error"

urlpatterns = [
    path("", include("tendril.home.urls")),
    path("learn/", include("lessons.urls")),
    path("", include("quizzes.urls")),
    path("", include("tutor.urls")),
    path("account/", include("tendril.accounts.urls")),
    path("account/", include(allauth_urlpatterns)),
    path("account/", include("tendril.classrooms.data.urls")),
    path("", include("tendril.classrooms.urls")),
    path("staff/admin/", admin.site.urls),
    path("demo/mail/", demo_mail.mails, name="demo_mails"),
    path("demo/mail/<slug:mail_name>/", demo_mail.mail, name="demo_mail"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
]
