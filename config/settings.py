"""All settings, in one file. What differs by environment is a variable with a safe default (docs/operations.md)."""

import contextlib
import errno
import os
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
import pyrage

from config import bucket, sqlite

sqlite.use_bundled()  # before anything imports sqlite3

from django.conf.locale import LANG_INFO  # noqa: E402
from django.core.exceptions import ImproperlyConfigured  # noqa: E402
from django.utils.translation import gettext_lazy as _  # noqa: E402
from django.utils.translation import pgettext_lazy  # noqa: E402

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

# Variable -> what is wrong with it, never its text, which may hold a password. Something harmless stands in, so that
# core/checks.py can name every fault at once and refuse to start.
FAULTS: dict[str, str] = {}


def _read(name: str, read: Callable[[str], Any], default: Any, wanted: str) -> Any:
    """What `read` makes of a variable; the default where it is not set, or where it is no such thing."""
    text = env(name, default="")
    try:
        return read(text) if text else default
    except (ValueError, KeyError, ImproperlyConfigured, pyrage.RecipientError):
        FAULTS[name] = f"{name} cannot be read. It has to be {wanted}. Correct it, or leave it out."
        return default


def _number(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number within bounds."""

    def read(text: str) -> int:
        if not least <= int(text) <= most:
            raise ValueError
        return int(text)

    return read


def _address(*schemes: str) -> Callable[[str], str]:
    """Reads an address with one of these schemes and a host, or the path of a socket."""

    def read(text: str) -> str:
        parts = urlsplit(text)
        if parts.scheme not in schemes or not (parts.path if parts.scheme == "unix" else parts.hostname):
            raise ValueError
        _ = parts.port  # raises where it is none
        return text.rstrip("/")

    return read


def _database(text: str) -> dict[str, Any]:
    if text.partition(":")[0] not in ("sqlite", "postgres", "postgresql", "pgsql", "psql"):
        raise ValueError
    found: dict[str, Any] = env.db_url_config(text)
    if not found["NAME"]:
        raise ValueError
    return found


def _mail(text: str) -> dict[str, Any]:
    found: dict[str, Any] = env.email_url_config(text)
    if text.startswith("smtp") and not found["EMAIL_HOST"]:
        raise ValueError
    return found


def _recipients(text: str) -> list[str]:
    """Public age keys, each with its own checksum."""
    keys = [key.strip() for key in text.split(",") if key.strip()]
    return [str(pyrage.x25519.Recipient.from_str(key)) for key in keys]


def _no_folder(error: OSError) -> None:
    FAULTS["DATA_DIR"] = (
        f"In DATA_DIR ({DATA_DIR}) nothing can be written: {error.strerror}. "
        "Set it to a folder that belongs to the user who runs the product."
    )


DEBUG = env.bool("DEBUG", False)
DATA_DIR = Path(env("DATA_DIR", default=str(BASE_DIR / "var"))).absolute()
try:
    DATA_DIR.mkdir(mode=0o750, parents=True, exist_ok=True)
    if not os.access(DATA_DIR, os.W_OK | os.X_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
except OSError as error:
    _no_folder(error)
PORT: int = _read("PORT", _number(1, 65535), 8000, "a whole number from 1 to 65535")
WEB_ADDRESS = "an address such as https://thindan.example.org"
SITE_URL: str = _read("SITE_URL", _address("http", "https"), f"http://127.0.0.1:{PORT}", WEB_ADDRESS)
HTTPS = SITE_URL.startswith("https://")
BEHIND_PROXY = env.bool("BEHIND_PROXY", False)
# The demonstration: this machine only, with accounts whose passwords lie in a file. Anything else is production.
LOOPBACK = urlsplit(SITE_URL).hostname in ("127.0.0.1", "localhost", "::1")
DEMONSTRATION = env.bool("DEMONSTRATION", False) and LOOPBACK


def _kept_secret(name: str) -> str:
    """A secret made once for this machine and kept in DATA_DIR, readable by its owner only."""
    path = DATA_DIR / name
    try:
        if not path.exists():
            with (
                contextlib.suppress(FileExistsError),  # another process was first
                os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file,
            ):
                file.write(secrets.token_urlsafe(48))
        return path.read_text()
    except OSError as error:
        _no_folder(error)
        return secrets.token_urlsafe(48)


# Where packages play: a host of its own that gets no cookies, "*" for one host for each version. On this machine browsers
# send *.localhost to it by themselves. Where there is no other name, H5P plays on the site's own, in an origin of its own.
PACKAGE_ORIGIN: str = _read(
    "PACKAGE_ORIGIN",
    _address("http", "https"),
    f"http://*.localhost:{PORT}" if urlsplit(SITE_URL).hostname == "127.0.0.1" and not HTTPS else SITE_URL,
    "an address such as https://*.packages.example.org",
)
PACKAGE_HOST = urlsplit(PACKAGE_ORIGIN).hostname or ""

# On loopback a key is made; anywhere else its absence is an error that the start-up check words (core/checks.py).
SECRET_KEY = env("SECRET_KEY", default="") or (_kept_secret("secret_key") if LOOPBACK else secrets.token_urlsafe(48))
SECRET_KEY_GIVEN = bool(env("SECRET_KEY", default="")) or LOOPBACK
SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", urlsplit(SITE_URL).hostname])
ALLOWED_HOSTS = [*ALLOWED_HOSTS, PACKAGE_HOST.removeprefix("*")]
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- Applications ----------------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "training",
    "certificates",
    "courses",
    "assessments",
    "content",
    "records",
    "people",
    "core",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.sites",
    "people.wagtail_app.AdminUsersConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "core.middleware.ProxyMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "content.packages.middleware.PackageOriginMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "core.middleware.PolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "core.middleware.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "people.middleware.SessionLimitsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "people.middleware.SignedInMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
FORM_RENDERER = "core.forms.Renderer"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "core.context.site",
            ],
        },
    }
]

# --- Data --------------------------------------------------------------------------------------------------------------

DATABASES = {
    "default": _read(
        "DATABASE_URL",
        _database,
        env.db_url_config(f"sqlite:///{DATA_DIR / 'db.sqlite3'}"),
        "an address such as postgres://user:password@host:5432/name",
    )
}
if "DATABASE_URL" in FAULTS:  # nothing may get into another database than the one that was meant
    DATABASES["default"] = {"ENGINE": "django.db.backends.dummy"}
EMBEDDED = DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3"
SQLITE_OLDEST_SAFE = sqlite.OLDEST_SAFE  # asked by core/checks.py
if EMBEDDED:
    # IMMEDIATE so that a writer waits instead of failing; FULL so that an answer we acknowledged survives a power cut.
    SQLITE_OPTIONS = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA recursive_triggers=ON; PRAGMA trusted_schema=OFF;"
            "PRAGMA cache_size=-16000; PRAGMA mmap_size=134217728; PRAGMA journal_size_limit=67108864;"
        ),
    }
    DATABASES["default"] |= {"CONN_MAX_AGE": None, "OPTIONS": SQLITE_OPTIONS}
    # The queue's worker polls; in a file of its own it never holds the write lock of the answers.
    DATABASES["tasks"] = {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA_DIR / "tasks.sqlite3",
        "CONN_MAX_AGE": None,
        "OPTIONS": SQLITE_OPTIONS,
    }
    DATABASE_ROUTERS = ["config.routers.TasksRouter"]
else:
    DATABASES["default"] |= {
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "options": "-c statement_timeout=10s -c lock_timeout=5s -c idle_in_transaction_session_timeout=30s",
        },
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def caches_at(redis_url: str) -> dict[str, dict[str, Any]]:
    """The caches: in Redis, where it may be away (core/caches.py), or in this process."""
    if not redis_url:
        local = {
            "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
            "LOCATION": "thindan",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
        return {"default": local, "sessions": local}
    shared = {
        "BACKEND": "core.caches.RedisCache",
        "LOCATION": redis_url,
        # A request waits no longer for one that hangs.
        "OPTIONS": {"socket_connect_timeout": 0.5, "socket_timeout": 0.5},
    }
    instead = {
        "BACKEND": "core.caches.CountingCache",
        "LOCATION": "core_cache",
        "TIMEOUT": 3600,
        "OPTIONS": {"MAX_ENTRIES": 20_000},
    }
    return {"default": shared | {"INSTEAD": "instead"}, "sessions": shared, "instead": instead}


REDIS_URL: str = _read("REDIS_URL", _address("redis", "rediss", "unix"), "", "an address such as redis://host:6379/0")
CACHES = caches_at(REDIS_URL)
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}
WEB_CONCURRENCY: int = _read("WEB_CONCURRENCY", _number(1, 1000), 1, "the number of web processes, 1 or more")

# --- Files -------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "vendor/static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = DATA_DIR / "media"
PACKAGES_ROOT = DATA_DIR / "packages"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "core.storage.StaticStorage"},
    # What packages brought, by hash: given out by content/packages/serving.py only.
    "packages": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": PACKAGES_ROOT},
    },
}
STORAGES |= _read("STORAGE_URL", bucket.storages, {}, "s3://KEY:SECRET@HOST[:PORT]/BUCKET[?region=NAME&tls=no]")
WHITENOISE_MAX_AGE = 3600
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# --- Language and time -------------------------------------------------------------------------------------------------

LANGUAGE_CODE = "my"
# The interface speaks the first two. The others are for content, each once an administrator adds it under Settings >
# Locales; Django does not know them, and finds them by locale/<code>. Their own names are to be confirmed by speakers.
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [
    ("my", _("Burmese")),
    ("en", _("English")),
    ("shn", _("Shan")),
    ("ksw", _("S'gaw Karen")),
    ("mnw", pgettext_lazy("language", "Mon")),
    ("kac", _("Jinghpaw")),
]
LANG_INFO.update(
    {
        code: {"bidi": False, "code": code, "name": name, "name_local": own_name}
        for code, name, own_name in (
            ("my", "Burmese", "မြန်မာ"),  # short enough for the header of a small phone
            ("shn", "Shan", "တႆး"),
            ("ksw", "S'gaw Karen", "ကညီကျိာ်"),
            ("mnw", "Mon", "ဘာသာမန်"),
            ("kac", "Jinghpaw", "Jinghpaw"),
        )
    }
)
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale/vendor"]
LANGUAGE_COOKIE_NAME = "lang"
LANGUAGE_COOKIE_AGE = 365 * 86400
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SECURE = HTTPS
TIME_ZONE = "Asia/Yangon"
USE_TZ = True
FORMAT_MODULE_PATH = ["config.formats"]

# --- People and sessions -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "people.Person"
AUTHENTICATION_BACKENDS = ["people.backends.PersonBackend"]
PASSWORD_HASHERS = ["people.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "people.passwords.LengthValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "people.passwords.ContextValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "courses:learn"
LOGOUT_REDIRECT_URL = "home"

SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
SESSION_CACHE_ALIAS = "sessions"
SESSION_COOKIE_NAME = "__Host-sid" if HTTPS else "sid"
SESSION_COOKIE_AGE = 7 * 86400  # at most; people/sessions.py ends them long before
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrf" if HTTPS else "csrf"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "core.views.csrf_failure"

ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = "service_number"
ACCOUNT_USER_MODEL_EMAIL_FIELD = None
ACCOUNT_PRESERVE_USERNAME_CASING = True
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_FORMS = {
    "login": "people.forms.LoginForm",
    "change_password": "people.forms.ChangePasswordForm",
    "reauthenticate": "people.forms.ConfirmForm",
}
MFA_FORMS = {
    "authenticate": "people.forms.AuthenticateForm",
    "reauthenticate": "people.forms.ReauthenticateForm",
    "activate_totp": "people.forms.ActivateTOTPForm",
    "add_webauthn": "people.passkey_forms.AddPasskeyForm",
    "edit_webauthn": "people.passkey_forms.RenameForm",
    "login_webauthn": "people.passkey_forms.SignInForm",
    "authenticate_webauthn": "people.passkey_forms.AuthenticateForm",
    "reauthenticate_webauthn": "people.passkey_forms.ConfirmForm",
}
# How long a printed slip is good, unless who prints it says otherwise.
SLIP_DAYS: int = _read("SLIP_DAYS", _number(1, 60), 14, "a number of days from 1 to 60")
# By account first, wide by address: a training room stands behind one address. The key of a wrong password is account and
# place, so that nobody is locked out by guesses made elsewhere; all places together have a limit too (docs/decisions/0006).
ACCOUNT_RATE_LIMITS = {"login": "300/m/ip", "login_failed": "60/m/ip,5/5m/key", "login_failed_anywhere": "300/h/key"}
MFA_ADAPTER = "people.adapter.MFAAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# One kind of key: a passkey, unlocked on its device, which stands for both factors.
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = LOOPBACK and not HTTPS  # on this machine, as http://localhost
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "Thindan"
MFA_RECOVERY_CODES_SHOW_ONCE = True

# The agency's own directory, by OpenID Connect (docs/sign-in-with-a-directory.md). Without an issuer there is none.
OIDC_ISSUER = env("OIDC_ISSUER", default="")
OIDC_CLIENT_ID = env("OIDC_CLIENT_ID", default="")
OIDC_CLIENT_SECRET = env("OIDC_CLIENT_SECRET", default="")
OIDC_NAME = env("OIDC_NAME", default="")
OIDC_CLAIM = env("OIDC_CLAIM", default="preferred_username")  # that holds the service number
SOCIALACCOUNT_ADAPTER = "people.directory.SocialAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5

# --- Wagtail -----------------------------------------------------------------------------------------------------------

WAGTAIL_SITE_NAME = "Thindan"
WAGTAIL_USER_TIME_ZONES = ["Asia/Yangon", "Asia/Bangkok", "UTC"]
WAGTAIL_I18N_ENABLED = True
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "/account/login/"
WAGTAILADMIN_PERMITTED_LANGUAGES = [("en", "English"), ("my", "မြန်မာ")]
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
# Nothing calls out: no avatars, no update check, no embeds.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILEMBEDS_FINDERS: list[dict[str, str]] = []
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "core.search", "SEARCH_CONFIG": "simple"}}
WAGTAILIMAGES_EXTENSIONS = ["avif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 5 * 2**20
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILDOCS_EXTENSIONS = ["pdf", "docx", "xlsx", "pptx", "txt"]
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_INLINE_CONTENT_TYPES: list[str] = []
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 2**20
WAGTAILIMAGES_IMAGE_FORM_BASE = "content.admin_forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "content.admin_forms.DocumentForm"
WAGTAIL_PAGE_CACHING = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = True
TAGGIT_CASE_INSENSITIVE = True

# --- Mail, for reminders to those who gave an address ---------------------------------------------------------------------

MAIL_SERVER: dict[str, Any] = _read(
    "EMAIL_URL", _mail, {}, "an address such as smtp+tls://name:password@mail.example.org:587"
)
MAIL = bool(MAIL_SERVER)
vars().update(MAIL_SERVER)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default=f"thindan@{urlsplit(SITE_URL).hostname}")

# --- Statements about practice, for a record store elsewhere; off unless an address is given ------------------------------

XAPI_FORWARD_URL: str = _read(
    "XAPI_FORWARD_URL", _address("http", "https"), "", "an address such as https://lrs.example.org/xapi"
)
XAPI_FORWARD_KEY = env("XAPI_FORWARD_KEY", default="")  # name:secret

# --- Certificates ------------------------------------------------------------------------------------------------------

ISSUER_MY = env("ISSUER_MY", default="သင်တန်း – ရှေ့တန်းအရာရှိများ သင်ယူရေးစနစ်")
ISSUER_EN = env("ISSUER_EN", default="Thindan – learning for frontline officers")
CERTIFICATE_KEYS = Path(
    env("CERTIFICATE_KEYS", default=str(DATA_DIR / "keys"))
).absolute()  # private keys, never in a backup

# --- What browsers may do ------------------------------------------------------------------------------------------------

SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]
SECURE_HSTS_SECONDS = 365 * 86400 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"  # the admin loosens it for its own previews
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", "blob:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "media-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
        "frame-ancestors": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2**20

# --- Safety --------------------------------------------------------------------------------------------------------------

# Public age keys; the private ones are kept off this server.
BACKUP_RECIPIENTS: list[str] = _read(
    "BACKUP_RECIPIENT", _recipients, [], "public age keys (age1…), separated by commas"
)
# Where people report weaknesses: an address as mailto: or https:, shown in /.well-known/security.txt.
SECURITY_CONTACT = env("SECURITY_CONTACT", default="")

# --- Log -----------------------------------------------------------------------------------------------------------------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"thindan": {"level": "INFO"}, "django.request": {"level": "ERROR"}},
}

TESTING = "pytest" in sys.modules
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
    if EMBEDDED:  # nobody waits in this queue: its table is made without going through all migrations again
        DATABASES["tasks"]["TEST"] = {"MIGRATE": False}
    STORAGES["packages"]["OPTIONS"] = {"location": DATA_DIR / "test-packages"}
    STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
