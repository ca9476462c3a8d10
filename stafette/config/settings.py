"""Settings: what an operator may change comes from the environment, everything else stands here."""

import os
from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from stafette.config.databases import database_settings
from stafette.config.postgres_places import data_folder
from stafette.config.secrets import secret_key

BASE_DIR = Path(__file__).resolve().parents[2]


def _flag(name: str, default: bool = False) -> bool:
    return os.environ.get(name, "1" if default else "0").lower() in {"1", "true", "yes", "ja"}


DEBUG = _flag("STAFETTE_DEBUG")
DEMO = _flag("STAFETTE_DEMO")
HTTPS = _flag("STAFETTE_HTTPS", default=not (DEMO or DEBUG))
BEHIND_PROXY = _flag("STAFETTE_BEHIND_PROXY")
OIDC_SERVER = os.environ.get("STAFETTE_OIDC_SERVER", "")
SECRET_KEY = secret_key()
ALLOWED_HOSTS = os.environ.get("STAFETTE_HOSTS", "127.0.0.1,localhost,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("STAFETTE_ORIGINS", "").split(",") if origin]

INSTALLED_APPS = [
    "stafette.kernel",
    "stafette.audit",
    "stafette.web",
    "stafette.accounts",
    "stafette.people",
    "stafette.properties",
    "stafette.directory",
    "stafette.materials",
    "stafette.upkeep",
    "stafette.portal",
    "stafette.evaluation",
    "stafette.outbox",
    "stafette.protection",
    "stafette.referrals",
    "stafette.intake",
    "stafette.arrivals",
    "stafette.partners",
    "stafette.steering",
    "stafette.oversight",
    "stafette.casework",
    "stafette.rights",
    "stafette.notices",
    "stafette.retention",
    "stafette.reports",
    "stafette.blueprints",
    "stafette.demo",
    "stafette.config",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "stafette.web.health.HealthMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "stafette.web.protect.ProtectMiddleware",
    "csp.middleware.CSPMiddleware",
    "stafette.portal.middleware.PublicMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "stafette.web.idle.IdleMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "stafette.accounts.middleware.SecondFactorMiddleware",
    "stafette.accounts.middleware.ActorMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "stafette.web.watching.middleware.WatchMiddleware",
]

ROOT_URLCONF = "stafette.config.urls"
WSGI_APPLICATION = "stafette.config.wsgi.application"
FORM_RENDERER = "stafette.web.forms.KernRenderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "stafette.web.context.page",
            ],
        },
    }
]

DATABASES = database_settings(os.environ)
DATABASES["cache"] = DATABASES["default"] | {
    "TEST": {"MIRROR": "default"}
}  # a connection of its own, see web/cache.py
DATABASE_ROUTERS = ["stafette.web.cache.CacheRouter"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "web_cache",
        # Beyond this many entries Django drops some that still count: with 300, its default, many addresses at the
        # login would make it forget who failed too often.
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
}
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # not in a cookie on a shared desk

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_ADAPTER = "stafette.accounts.login.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "stafette.accounts.login.SocialAdapter"
ALLAUTH_TRUSTED_PROXY_COUNT = int(BEHIND_PROXY)  # whose address counts when somebody guesses passwords
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key", "reset_password": "5/m/ip"}
ACCOUNT_SESSION_REMEMBER = False  # desks are shared: no box "remember me"
ACCOUNT_REAUTHENTICATION_REQUIRED = True
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Stafette"
SECOND_FACTOR_REQUIRED = _flag("STAFETTE_SECOND_FACTOR", default=not DEMO)
SOCIALACCOUNT_ONLY = _flag("STAFETTE_OIDC_ONLY")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "APPS": [
            {
                "provider_id": "town",
                "name": os.environ.get("STAFETTE_OIDC_NAME", "Anmeldung der Stadt"),
                "client_id": os.environ["STAFETTE_OIDC_CLIENT"],
                "secret": os.environ.get("STAFETTE_OIDC_SECRET", ""),
                "settings": {
                    "server_url": OIDC_SERVER,
                    "email_authentication": True,
                },  # opens the account of that address
            }
        ]
        if "STAFETTE_OIDC_CLIENT" in os.environ
        else []
    }
}

SESSION_COOKIE_AGE = int(os.environ.get("STAFETTE_IDLE_MINUTES", "30")) * 60
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "stafette.web.errors.csrf_failed"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_SSL_REDIRECT = HTTPS and _flag("STAFETTE_SSL_REDIRECT", default=True)
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        # the button "log in with the town's login" is a form, and its answer leads there
        "form-action": [
            SELF,
            *(["{0.scheme}://{0.netloc}".format(urlsplit(OIDC_SERVER))] if OIDC_SERVER else []),
        ],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Which sites may show the public pages in a frame (docs/wegweiser.md), separated by commas: none unless named.
STAFETTE_EMBED_ORIGINS = [one for one in os.environ.get("STAFETTE_EMBED_ORIGINS", "").split(",") if one]

LANGUAGE_CODE = "de"
LANGUAGES = [("de", _("Deutsch")), ("en", _("Englisch"))]
LOCALE_PATHS = [BASE_DIR / "stafette" / "locale"]
TIME_ZONE = "Europe/Berlin"
USE_TZ = True
USE_I18N = True

STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "assets" / "vendor"] if (BASE_DIR / "assets" / "vendor").exists() else []
STATIC_ROOT = Path(os.environ.get("STAFETTE_STATIC_ROOT", BASE_DIR / "assets" / "collected"))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if (STATIC_ROOT / "staticfiles.json").exists() and not DEBUG
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = not (STATIC_ROOT / "staticfiles.json").exists()

# Where the keys of the units lie that seal what was entrusted: never in the database, never in its folder.
STAFETTE_KEYS = Path(os.environ.get("STAFETTE_KEYS", data_folder() / "keys"))
# What came with a form stays out of error pages and mails about errors, on a developer's machine too.
DEFAULT_EXCEPTION_REPORTER_FILTER = "stafette.web.quiet.QuietFilter"

# What was deleted, in digests, outside the database: a restored backup loses it again (stafette/retention/marks.py).
STAFETTE_TOMBSTONES = Path(os.environ.get("STAFETTE_TOMBSTONES", data_folder() / "tombstones.jsonl"))
STAFETTE_TOMBSTONE_SECRET = os.environ.get("STAFETTE_TOMBSTONE_SECRET", "")

# Who else processes data for the operator, one after the other: printed in the papers (Art. 28, 30 GDPR).
STAFETTE_SUBPROCESSORS = os.environ.get("STAFETTE_SUBPROCESSORS", "").split(";")

# Whether the nightly check may ask for the web pages of providers; off, because some servers have no way out.
STAFETTE_CHECK_LINKS = _flag("STAFETTE_CHECK_LINKS")

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
UPLOAD_MAX_BYTES = int(os.environ.get("STAFETTE_UPLOAD_MB", "50")) * 1024 * 1024

# Under which address people reach the program: every link in a mail begins with it.
STAFETTE_URL = os.environ.get("STAFETTE_URL", f"http://127.0.0.1:{os.environ.get('PORT', '8000')}").rstrip(
    "/"
)
# In the demo nothing leaves the house unless a mail server is named; what would have gone out stands at /post/.
EMAIL_HOST = os.environ.get("STAFETTE_MAIL_HOST", "" if DEMO or DEBUG else "localhost")
EMAIL_PORT = int(os.environ.get("STAFETTE_MAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("STAFETTE_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("STAFETTE_MAIL_PASSWORD", "")
EMAIL_USE_SSL = os.environ.get("STAFETTE_MAIL_TLS") == "ssl"
EMAIL_USE_TLS = os.environ.get("STAFETTE_MAIL_TLS") == "starttls"
EMAIL_TIMEOUT = 60
EMAIL_BACKEND = os.environ.get(
    "STAFETTE_MAIL_BACKEND", f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'dummy'}.EmailBackend"
)
DEFAULT_FROM_EMAIL = os.environ.get("STAFETTE_MAIL_FROM", "stafette@localhost")
MAIL_BOUNCES_TO = os.environ.get("STAFETTE_MAIL_BOUNCES", DEFAULT_FROM_EMAIL)  # envelope sender, Return-Path

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "filters": {"links": {"()": "stafette.web.logs.WithoutLinks"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["links"]}},
    "root": {"handlers": ["console"], "level": os.environ.get("STAFETTE_LOG_LEVEL", "WARNING")},
}
