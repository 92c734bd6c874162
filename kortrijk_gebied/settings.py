"""One settings file for demo, tests and production; what differs comes from the environment.

`DEMO=1` is what bin/demo and bin/test set: a secret key may then be missing, cookies travel over
plain HTTP on loopback, and mail is written to files. Without it every secret must be given.
"""

import secrets
from pathlib import Path

import environ
import pghistory
from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

env = environ.Env()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var")))

DEMO = env.bool("DEMO", default=False)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env.str("SECRET_KEY", default="")
if not SECRET_KEY:
    if not DEMO:
        raise ImproperlyConfigured("SECRET_KEY is missing. Set it, or set DEMO=1 for a demo on this machine.")
    SECRET_KEY = secrets.token_urlsafe(50)
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])

SITE_URL = env.str("SITE_URL", default="http://localhost:8000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEMO else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "kortrijk_gebied.admin.AdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "allauth",
    "allauth.account",
    "guardian",
    "pgtrigger",
    "pghistory",
    "kortrijk_gebied.jobs",
    "kortrijk_gebied.audit",
    "areas",
    "teams",
    "signals",
    "reservations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "signals.field.binding.bound_to_the_tablet",
    "signals.field.ours.marked_as_ours",
    "django.middleware.locale.LocaleMiddleware",
    "kortrijk_gebied.middleware.no_nul",
    "kortrijk_gebied.middleware.no_blank_page",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "kortrijk_gebied.uploads.ShowWhatWasCutOff",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kortrijk_gebied.middleware.HistoryWithoutKeys",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]

ROOT_URLCONF = "kortrijk_gebied.urls"
WSGI_APPLICATION = "kortrijk_gebied.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kortrijk_gebied.context.page",
            ],
            "libraries": {"gebied": "kortrijk_gebied.templatetags.gebied"},
        },
    },
]

# --- data -------------------------------------------------------------------------------------------

_database = env.db_url("DATABASE_URL", default="postgresql://gebied@127.0.0.1:5432/gebied")
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": 0,
        "OPTIONS": {
            **_database.get("OPTIONS", {}),  # such as ?sslmode=verify-full
            "pool": {"min_size": 1, "max_size": env.int("DATABASE_POOL_SIZE", default=8)},
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="")
CACHES = {
    "default": (
        {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}
        if REDIS_URL
        else {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "django_cache"}
    )
}

STORAGES: dict[str, dict[str, object]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kortrijk_gebied.static_files.ModuleStorage"},
}
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
if S3_BUCKET := env.str("MEDIA_S3_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": S3_BUCKET,
            "endpoint_url": env.str("MEDIA_S3_ENDPOINT", default="") or None,
            "access_key": env.str("MEDIA_S3_ACCESS_KEY", default="") or None,
            "secret_key": env.str("MEDIA_S3_SECRET_KEY", default="") or None,
            "default_acl": "private",
            "querystring_auth": True,
        },
    }

STATIC_URL = "static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "kortrijk_gebied.npm.NpmFinder",
]

# --- people -----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "teams.User"
# No ModelBackend and no PermissionsMixin: what a person may do comes from teams/access.py alone,
# so there is no superuser whose word goes before a rule.
AUTHENTICATION_BACKENDS = ["teams.backends.SignInBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.ScryptPasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"  # which knows where the functions of this person begin
ACCOUNT_ADAPTER = "teams.adapter.AccountAdapter"
ACCOUNT_FORMS = {"login": "teams.forms.sign_in.SignInForm"}
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"  # an administrator made the account, on an address it knows
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_SESSION_REMEMBER = False
PASSWORD_RESET_TIMEOUT = 3 * 24 * 60 * 60  # the mails promise three days
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
# Behind a proxy every request comes from the proxy: rate limits per address need the address before it.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Thirty wardens begin their shift behind one address: a wrong password counts for the account before it does for that.
ACCOUNT_RATE_LIMITS = {
    "login": "120/m/ip",
    "login_failed": "10/5m/key,150/5m/ip",
    "reset_password": "5/h/ip,3/h/key",
}

GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
# guardian.W001: its backend is not hooked in, because teams/access.py is the only one that asks for grants.
SILENCED_SYSTEM_CHECKS = ["guardian.W001"]

# `signal.changes`: `events` is our own word for what people did.
PGHISTORY_OBJ_FIELD = pghistory.ObjForeignKey(related_name="changes")

# --- language ---------------------------------------------------------------------------------------

LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", _("Dutch"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "kortrijk_gebied.formats"
TIME_ZONE = "Europe/Brussels"
USE_TZ = True

# --- work behind the page -----------------------------------------------------------------------------

CELERY_BROKER_URL = REDIS_URL or "filesystem://localhost"  # without a host, kombu warns of that at every start
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"visibility_timeout": 3600}
    if REDIS_URL
    else {
        "data_folder_in": str(VAR_DIR / "broker/queue"),
        "data_folder_out": str(VAR_DIR / "broker/queue"),
        "control_folder": str(VAR_DIR / "broker/control"),
    }
)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TIMEZONE = TIME_ZONE

# --- mail -------------------------------------------------------------------------------------------

# smtp://, smtp+tls:// or smtp+ssl://user:password@host:port; a demo writes its mail into files.
_mail = env.email_url("EMAIL_URL", **({"default": f"filemail:///{VAR_DIR / 'mail'}"} if DEMO else {}))
_mail_options = (
    {
        "host": _mail["EMAIL_HOST"],
        "port": _mail["EMAIL_PORT"],
        "username": _mail["EMAIL_HOST_USER"] or "",
        "password": _mail["EMAIL_HOST_PASSWORD"] or "",
        "use_tls": _mail.get("EMAIL_USE_TLS", False),
        "use_ssl": _mail.get("EMAIL_USE_SSL", False),
        "timeout": 30,
    }
    if _mail["EMAIL_HOST"]
    else {"file_path": _mail["EMAIL_FILE_PATH"]}
)
_in_files = _mail["EMAIL_BACKEND"] == "django.core.mail.backends.filebased.EmailBackend"
_mail_backend = "kortrijk_gebied.demo.letters.ReadableFiles" if _in_files else _mail["EMAIL_BACKEND"]
MAILERS = {"default": {"BACKEND": _mail_backend, "OPTIONS": _mail_options}}
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="Gebied Kortrijk <gebied@kortrijk.example>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
# The mailbox of the report desk: imaps://user:password@host/INBOX or imap+tls://. What we take is taken off it.
INTAKE_IMAP_URL = env.str("INTAKE_IMAP_URL", default="")
# What a mail is about until somebody read it.
INTAKE_CATEGORY = env.str("INTAKE_CATEGORY", default="vraag-of-suggestie")

# --- safety -----------------------------------------------------------------------------------------

SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "kortrijk_gebied.views.csrf_failure"
SECURE_REFERRER_POLICY = "same-origin"
if not DEMO:
    SECURE_SSL_REDIRECT = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_REDIRECT_EXEMPT = [r"^gezond/$"]
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
IMPORT_MAX_BYTES = 100 * 1024 * 1024
# Photos and documents. What is larger is not kept while it comes in (kortrijk_gebied/uploads.py).
FILE_MAX_BYTES = env.int("FILE_MAX_MB", default=20) * 1024 * 1024
# A camera of today makes up to fifty million; a bomb of a few kilobytes unfolds into thousands of millions.
PICTURE_MAX_PIXELS = env.int("PICTURE_MAX_MEGAPIXELS", default=64) * 1_000_000
PDF_MAX_PAGES = env.int("PDF_MAX_PAGES", default=200)
REQUEST_MAX_BYTES = 110 * 1024 * 1024  # all files of one request; the proxy (deploy/Caddyfile) allows as much
DATA_UPLOAD_MAX_NUMBER_FILES = 30
LARGE_UPLOADS = {"signals:imports", "signals:tablet-recovery"}  # where a file may be as large as IMPORT_MAX_BYTES
FILE_UPLOAD_HANDLERS = ["kortrijk_gebied.uploads.Bounded"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "discreet": {
            "()": "kortrijk_gebied.failures.Discreet",
            "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "discreet"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
    # Both report every step of every document as news.
    "loggers": {name: {"level": "WARNING"} for name in ("weasyprint", "fontTools")},
}

# --- other programs -----------------------------------------------------------------------------------

# To partners only over https; a demo on one machine has no certificates.
OUTGOING_PLAIN_HTTP = DEMO
# Never to ourselves: only a test has its partner on the same machine.
OUTGOING_LOOPBACK = False
# Named as other cities name theirs, by the address of the site.
OPEN311_JURISDICTION = env.str("OPEN311_JURISDICTION", default="kortrijk.be")
OPEN311_RATES = {
    "open311-public": "120/m/ip",
    "open311-key": "300/m/key",
    "open311-post": "120/m/key",
    "open311-unknown-key": "20/5m/ip",
}

# --- maps -------------------------------------------------------------------------------------------

# An optional raster base layer (GRB), fetched by our own server so that no page asks another host.
BASE_MAP_TILES_URL = env.str("BASE_MAP_TILES_URL", default="")

# --- statements ---------------------------------------------------------------------------------------

# Functional addresses, printed in the accessibility and privacy statements and on error pages.
CONTACT = {
    "help": env.str("CONTACT_HELP", default="gebied@kortrijk.example"),
    "accessibility": env.str("CONTACT_ACCESSIBILITY", default="toegankelijkheid@kortrijk.example"),
    "privacy": env.str("CONTACT_PRIVACY", default="privacy@kortrijk.example"),
}
# How long things are kept, as the privacy statement promises.
RETENTION = {
    "reporter_days": env.int("RETENTION_REPORTER_DAYS", default=180),
    "signal_years": env.int("RETENTION_SIGNAL_YEARS", default=10),
    "read_log_years": env.int("RETENTION_READ_LOG_YEARS", default=10),
    "refusal_days": env.int("RETENTION_REFUSAL_DAYS", default=30),
    "mail_days": env.int("RETENTION_MAIL_DAYS", default=30),
    "export_years": env.int("RETENTION_EXPORT_YEARS", default=3),
    "shift_days": env.int("RETENTION_SHIFT_DAYS", default=90),
    "contact_years": env.int("RETENTION_CONTACT_YEARS", default=2),
    "booking_years": env.int("RETENTION_BOOKING_YEARS", default=3),
    "consultation_years": env.int("RETENTION_CONSULTATION_YEARS", default=5),
    "seat_years": env.int("RETENTION_SEAT_YEARS", default=1),
    "flag_years": env.int("RETENTION_FLAG_YEARS", default=2),
}
if min(RETENTION.values()) < 1:
    raise ImproperlyConfigured("Every RETENTION_ must be 1 at least: what is erased does not come back.")
