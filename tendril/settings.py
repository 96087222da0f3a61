"""Every setting, read from the environment; the README lists the variables."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from tendril.environment import Environment
from tendril.logs import logging_settings
from tendril.schedule import SCHEDULE

BASE_DIR = Path(__file__).resolve().parent.parent

env = Environment()

DEBUG = env.switch("DEBUG")
SECRET_KEY = env.str("SECRET_KEY", default="only-for-debugging" if DEBUG else "")
if not SECRET_KEY:
    raise ImproperlyConfigured(
        "SECRET_KEY is not set. Give it a long random value, or start the site "
        "with `manage.py demo` or `manage.py serve`, which keep one of their own."
    )

# Where the data of a site without servers of its own lives.
DATA_DIR = Path(env.str("TENDRIL_DATA", default=str(BASE_DIR / ".data")))

# Addresses in mails and QR codes come from here, never from the Host header.
SITE_URL = env.address(
    "SITE_URL", "https://localhost", "https://lessons.example.org", "https", "http"
)
_site = urlsplit(SITE_URL)
IS_HTTPS = _site.scheme == "https"

ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[_site.hostname])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
CSRF_FAILURE_VIEW = "tendril.errors.stale_form"
IS_DEMO = env.switch("TENDRIL_DEMO")
# Whether teachers may say who else is one; staff always may.
TEACHERS_MAY_GRANT = env.switch("TEACHERS_MAY_GRANT")

INSTALLED_APPS = [
    "tendril",
    "tendril.home",
    "tutor",
    "quizzes",
    "lessons",
    "tendril.classrooms",
    "tendril.accounts",
    "allauth",
    "allauth.account",
    "django_htmx",
    "template_partials",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    # Its templates, so that ours can stand in for them.
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tendril.content_policy.ContentPolicyMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tendril.health.HealthMiddleware",
    # What is public answers before sessions and sign-in are looked at.
    "lessons.public_pages.PublicPageMiddleware",
    "tendril.errors.BodyLimitMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tendril.htmx.SignInMiddleware",
    "tendril.accounts.sealed_pages.SealedMiddleware",
]

ROOT_URLCONF = "tendril.urls"
WSGI_APPLICATION = "tendril.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

DATABASES = {
    "default": env.database("DATABASE_URL", f"sqlite:///{DATA_DIR / 'tendril.sqlite3'}")
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    DATABASES["default"]["CONN_MAX_AGE"] = None
else:
    # Beside what the address itself says, such as ?sslmode=require.
    DATABASES["default"].setdefault("OPTIONS", {})["pool"] = {
        "min_size": 1,
        "max_size": env.count("DATABASE_POOL", 10),
    }

REDIS_URL = env.address(
    "REDIS_URL", "", "redis://host:6379/0", "redis", "rediss", "unix"
)
CACHES: dict[str, dict[str, Any]]
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
        }
    }
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": DATA_DIR / "cache",
            # Past this number entries are dropped at random, limits among them.
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }

_mail = env.mail("EMAIL_URL")
# Off unless there is a server for it; a demo keeps its mail, and shows it.
SENDS_MAIL = IS_DEMO or bool(_mail)
EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
vars().update(_mail)
if IS_DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = DATA_DIR / "mail"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.sender("MAIL_FROM", f"Tendril <no-reply@{_site.hostname}>")

CELERY_BROKER_URL = REDIS_URL or "memory://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 300
# Waiting for a model would keep all other work waiting.
CELERY_TASK_ROUTES = {"tutor.tasks.answer": {"queue": "tutor"}}
# A worker told to stop waits this long; what is not done then is queued again.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_TIMEZONE = "UTC"
if REDIS_URL:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600.0}
else:
    CELERY_BROKER_TRANSPORT_OPTIONS = {"polling_interval": 0.01}
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(DATA_DIR / "beat-schedule")

AUTH_USER_MODEL = "accounts.User"
# The only one: it does what Django's own does, and small letters are enough.
AUTHENTICATION_BACKENDS = ["tendril.classrooms.signed_in.Backend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "tendril.accounts.passwords.UnlikeTheName",
        "OPTIONS": {"user_attributes": ["username", "display_name"]},
    },
    {"NAME": "tendril.accounts.passwords.LongEnough"},
    {"NAME": "tendril.accounts.passwords.HardToGuess"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home:home"
LOGOUT_REDIRECT_URL = "home:home"
ACCOUNT_ADAPTER = "tendril.accounts.adapter.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {
    "login": "tendril.accounts.forms.SignInForm",
    "signup": "tendril.accounts.forms.SignUpForm",
    "change_password": "tendril.accounts.forms.ChangePasswordForm",
}
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_USERNAME_VALIDATORS = "tendril.accounts.names.username_validators"
# Wide by address, since a school of 2,000 signs in from behind one; and counted
# where a form is complete, which allauth's own "login" and "signup" do not ask.
ACCOUNT_RATE_LIMITS = {
    "login": "",
    "sign_in": "2000/m/ip",
    "login_failed": "20/m/key",
    "signup": "",
    "sign_up": "2000/m/ip",
    "change_password": "5/m/user",
    # Not by name: 60 bits are not guessed, and others could use it up.
    "recover": "2000/m/ip",
    "recovery_words": "5/m/user",
    "copy": "10/h/user",
    "erase": "5/m/user",
    # Each may be of a whole class, which takes seconds of work.
    "passphrases": "10/m/user",
    # Each may hold a whole school, which takes seconds to read.
    "roster": "10/m/user",
    # Guessing a guardian's code, and having mail sent to others.
    "family_code": "10/m/user",
    "mail": "5/m/user",
    # A reader's device sends every few seconds; more than this is a loop.
    "sync": "120/m/user",
    # Signed out there is only the address, which a school may share.
    "review_device": "600/m/ip",
}

SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin" if IS_HTTPS else None
if env.switch("BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
X_FRAME_OPTIONS = "DENY"
SECURE_CSP = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "img-src": ["'self'"],
    "font-src": ["'self'"],
    "connect-src": ["'self'"],
    "manifest-src": ["'self'"],
    "media-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 1000

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
TIME_ZONE = "UTC"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(DATA_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tendril.static_storage.StaticStorage"},
}
# Marks given in classes outlive an erased person, as numbers without a name.
KEEP_MARKS = env.switch("KEEP_MARKS", default=True)

# The tutor. Whom danger is told to is the username of somebody at school.
TUTOR_PAUSED = env.switch("TUTOR_PAUSED")
TUTOR_CONTACT = env.str("TUTOR_CONTACT", default="").strip().lower()
TUTOR_COUNTRY = env.str("TUTOR_COUNTRY", default="").strip().upper()
TUTOR_KEEP_DAYS = env.count("TUTOR_KEEP_DAYS", 180)
TUTOR_SCHOOL_CONSENT = env.switch("TUTOR_SCHOOL_CONSENT")
# Minutes from a yes by mail to the second mail, with which it is in force.
TUTOR_CONFIRM_AFTER = env.count("TUTOR_CONFIRM_AFTER", 60)
TUTOR_QUESTIONS_A_DAY = env.daily("QUESTIONS", 30, 500, 5000)
# The outside model. Nothing leaves this server unless address, model and key are set.
_llm = TENDRIL_LLM_BASE_URL = env.model("TENDRIL_LLM_BASE_URL")
TENDRIL_LLM_MODEL = env.word("TENDRIL_LLM_MODEL")
OPENAI_API_KEY = env.word("OPENAI_API_KEY")
TENDRIL_LLM_PROVIDER = env.word("TENDRIL_LLM_PROVIDER", urlsplit(_llm).hostname or "")
TENDRIL_LLM_VERIFIER = env.word("TENDRIL_LLM_VERIFIER")
TENDRIL_MODERATION_BASE_URL = env.model("TENDRIL_MODERATION_BASE_URL", _llm)
TENDRIL_MODERATION_MODEL = env.word(
    "TENDRIL_MODERATION_MODEL", "omni-moderation-2024-09-26"
)
TUTOR_TOKENS_A_DAY = env.daily("TOKENS", 100_000, 1_500_000, 10_000_000)
LESSONS_DIR = Path(env.str("LESSONS_DIR", default=str(BASE_DIR / "fixtures")))

LOGGING = logging_settings(env.log_level("LOG_LEVEL"))
