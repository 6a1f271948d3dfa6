"""The one settings file: every value is read from the environment through `config.env`."""

from datetime import timedelta
from pathlib import Path
from zoneinfo import available_timezones

from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _
from kombu import Queue

from config.env import Reader, state_dir

BASE_DIR = Path(__file__).resolve().parent.parent
STATE_DIR = state_dir(BASE_DIR)
env = Reader()

SECRET_KEY = env.secret_key("SECRET_KEY", STATE_DIR)
SECRET_KEY_FALLBACKS = env.names("SECRET_KEY_FALLBACKS")  # earlier ones: what they signed or encrypted is still read
PUBLIC_URL = env.text("PUBLIC_URL").rstrip("/")  # where readers find the verdicts; empty: the host that was asked
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = env.names("CSRF_TRUSTED_ORIGINS")
SECURE_COOKIES = env.flag("SECURE_COOKIES")

INSTALLED_APPS = [
    "config",
    "claims",
    "verification",
    "config.admin_app.DeskAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    # Pages hold a form's token masked anew each time, and the middleware adds random bytes: BREACH learns nothing.
    "django.middleware.gzip.GZipMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
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
            ]
        },
    }
]
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],  # the admin's own CSS draws some of its icons as data: images
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
X_FRAME_OPTIONS = "DENY"

# The application's role owns no table; migrations and the tests' flush borrow the owner's (config.database.as_owner).
DATABASE = env.database("DATABASE_URL")
DATABASE_OWNER = env.database("DATABASE_OWNER_URL") if env.text("DATABASE_OWNER_URL") else DATABASE
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.dummy",
        **DATABASE,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
# Kept apart because as_owner() changes the connection's own settings while the owner's role is borrowed.
APPLICATION_ROLE = str(DATABASES["default"].get("USER", ""))
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in ("UserAttributeSimilarityValidator", "MinimumLengthValidator", "CommonPasswordValidator")
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = [("en-gb", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "config.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = env.choice("TIME_ZONE", "UTC", available_timezones())

# In the process's own memory: the few figures of a form's pace, and answers that readers' programs ask for again.
_MEMORY = "django.core.cache.backends.locmem.LocMemCache"
CACHES = {
    "default": {"BACKEND": _MEMORY, "LOCATION": "figures", "OPTIONS": {"MAX_ENTRIES": 20_000}},
    "public": {"BACKEND": _MEMORY, "LOCATION": "public", "TIMEOUT": 3600, "OPTIONS": {"MAX_ENTRIES": 100}},
}

STATIC_URL = "static/"
# whitenoise serves the apps' own static folders: nothing to collect, nothing to forget after an upgrade.
WHITENOISE_USE_FINDERS = True
DATA_UPLOAD_MAX_MEMORY_SIZE = 25 * 1024 * 1024

# The REST API speaks JSON and nothing else: no session, no cookie, no form, no page. Each view says who may ask.
REST_FRAMEWORK = {
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["verification.api.asking.JSON"],
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "verification.api.problems.problem_of",
    "UNAUTHENTICATED_USER": None,
    "URL_FORMAT_OVERRIDE": None,
    "UNICODE_JSON": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Readout",
    "VERSION": "1",
    "OAS_VERSION": "3.1.0",
    "ENUM_NAME_OVERRIDES": {"Change": ["initial", "correction", "update", "void", "minor"]},  # else one is numbered
    "APPEND_COMPONENTS": {"securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}},
}

# PostgreSQL is the queue of record and Redis only rings the bell, so a message carries ids, may arrive twice or never,
# and is never scheduled: no eta, no countdown, no result. Values measured with Celery 5.6.3 (ARCHITECTURE.md).
TASK_HARD_LIMIT = timedelta(minutes=5)
CELERY_BROKER_URL = env.redis("REDIS_URL")
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False  # nobody waits for a broker that is away
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_TIME_LIMIT = TASK_HARD_LIMIT.total_seconds()
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = env.count("WORKER_CONCURRENCY", 2)
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 2 * TASK_HARD_LIMIT.total_seconds(),
    "socket_timeout": 10,
    "socket_connect_timeout": 5,
}
# Sweeping, adopting and sealing have a queue of their own, read in turn with the other: no backlog holds them up.
CELERY_TASK_QUEUES = [Queue("celery", routing_key="celery"), Queue("housekeeping", routing_key="housekeeping")]
HOUSEKEEPING = (
    "claims.sweep",
    "claims.measure",
    "verification.adopt",
    "verification.seal",
    "verification.checkpoint",
    "verification.turns",
    "verification.returns",
    "verification.notify",
    "verification.mail",
    "verification.webhooks",
    "verification.hubs",
    "verification.packages",
    "verification.subscribers",
    "verification.attest",
    "verification.follow",
    "verification.watch",
    "claims.follow",
)
CELERY_TASK_ROUTES = {task: {"queue": "housekeeping"} for task in HOUSEKEEPING}
CELERY_BEAT_SCHEDULE = {
    "ring for work that is due": {"task": "claims.sweep", "schedule": 2.0, "options": {"expires": 10}},
    "count what the archive holds": {"task": "claims.measure", "schedule": 3600.0, "options": {"expires": 600}},
    "open a case for each new claim": {"task": "verification.adopt", "schedule": 2.0, "options": {"expires": 10}},
    "end the turns that ran out": {"task": "verification.turns", "schedule": 30.0, "options": {"expires": 60}},
    "bring back what is due": {"task": "verification.returns", "schedule": 60.0, "options": {"expires": 60}},
    "sign the log's head": {"task": "verification.checkpoint", "schedule": 30.0, "options": {"expires": 30}},
    "seal the log": {"task": "verification.seal", "schedule": 5.0, "options": {"expires": 10}},
    "have others attest what is cited": {"task": "verification.attest", "schedule": 300.0, "options": {"expires": 300}},
    "tell people what happened": {"task": "verification.notify", "schedule": 10.0, "options": {"expires": 20}},
    "send the mail that is due": {"task": "verification.mail", "schedule": 60.0, "options": {"expires": 60}},
    "tell webhooks what was published": {"task": "verification.webhooks", "schedule": 2.0, "options": {"expires": 10}},
    "write to subscribers": {"task": "verification.subscribers", "schedule": 10.0, "options": {"expires": 20}},
    "tell hubs which feeds changed": {"task": "verification.hubs", "schedule": 2.0, "options": {"expires": 10}},
    "build the packages of verdicts": {"task": "verification.packages", "schedule": 10.0, "options": {"expires": 20}},
    "ask the outlets that are due": {"task": "claims.follow", "schedule": 30.0, "options": {"expires": 60}},
    "look again at what is cited": {"task": "verification.watch", "schedule": 60.0, "options": {"expires": 60}},
    "ask the sources that are due": {"task": "verification.follow", "schedule": 10.0, "options": {"expires": 20}},
    "merge what was added to the indexes": {"task": "verification.merge", "schedule": 60.0, "options": {"expires": 60}},
}

LOG_KEY = env.text("LOG_KEY")  # signs checkpoints of the log; empty: the file `log-key` in the state folder

ARCHIVE_DIR = Path(env.text("ARCHIVE_DIR") or STATE_DIR / "archive")
FETCH_USER_AGENT = env.text("FETCH_USER_AGENT")  # who we say we are; empty: with the desk's own page and contact
FETCH_INTRODUCTION = "verification.models.desk.introduction"
FETCH_PRIVATE_TARGETS = env.private_targets("FETCH_PRIVATE_TARGETS")
FETCH_GAP_SECONDS = env.count("FETCH_GAP_MS", 1500) / 1000  # between two requests to one host, at least
FETCH_DAILY_BUDGET = env.count("FETCH_DAILY_BUDGET", 5000)  # requests to one host a day
SOURCE_KEYS = env.pairs("SOURCE_KEYS")  # keys of sources that ask for one: name=key, as docs/sources.md names them
ARCHIVE_BUCKET = env.bucket("ARCHIVE_URL")  # s3://bucket/prefix?endpoint=https://…; none: the folder ARCHIVE_DIR
ARCHIVE_MAX_GB = env.count("ARCHIVE_MAX_GB", 100)  # what the archive may hold; an alarm comes at nine tenths
PACKAGE_MAX_BYTES = env.count("PACKAGE_MAX_MB", 200) * 1_000_000  # what a verdict's package ships of captured bytes
TSA_URL = env.text("TSA_URL")  # an RFC 3161 time-stamp authority for what verdicts cite; empty: nothing is stamped
INTAKE_MAX_BYTES = env.count("INTAKE_MAX_BYTES", 20 * 1024 * 1024)
INTAKE_API_PER_MINUTE = env.count("INTAKE_API_PER_MINUTE", 60)  # articles a token may hand in in a minute
API_PER_MINUTE = env.count("API_PER_MINUTE", 300)  # requests that a token may make in a minute
API_PUBLIC_PER_MINUTE = env.count("API_PUBLIC_PER_MINUTE", 300)  # of one network that asks without a token
CLAIMS_SEARCH_PER_MINUTE = env.count("CLAIMS_SEARCH_PER_MINUTE", 600)  # times one network may search in a minute
EXPORTS_PER_HOUR = env.count("EXPORTS_PER_HOUR", 12)  # exports and data feeds that one network is sent
WEBHOOK_KEEP_DAYS = env.count("WEBHOOK_KEEP_DAYS", 90)  # messages delivered or given up before that are removed
READER_SUBMISSIONS = env.flag("READER_SUBMISSIONS")  # whether readers find a page to ask for a check
EXTRACTION_ENGINES = env.names("EXTRACTION_ENGINES", "claims.extraction.english.EnglishEngine")
# Of the engine claims.engines.endpoint alone, which is asked only where EXTRACTION_ENGINES lists it.
EXTRACTION_ENDPOINT_URL = env.text("EXTRACTION_ENDPOINT_URL").rstrip("/")  # e.g. https://models.example/v1
EXTRACTION_ENDPOINT_MODEL = env.text("EXTRACTION_ENDPOINT_MODEL")
EXTRACTION_ENDPOINT_SECONDS = env.count("EXTRACTION_ENDPOINT_SECONDS", 90)  # for one article
EXTRACTION_ENDPOINT_CHARACTERS = env.count("EXTRACTION_ENDPOINT_CHARACTERS", 40_000)  # of one article
EXTRACTION_ENDPOINT_TOKENS = env.count("EXTRACTION_ENDPOINT_TOKENS", 4_000)  # of one answer
EXTRACTION_ENDPOINT_DAILY = env.count("EXTRACTION_ENDPOINT_DAILY", 200)  # requests a day
if _key := env.text("EXTRACTION_ENDPOINT_KEY"):
    SOURCE_KEYS["extraction-endpoint"] = _key  # put in by the door, like the keys of sources
SAMPLE_DESK = env.flag("READOUT_SAMPLE", default=True)  # whether the very first start loads the sample desk

# Without EMAIL_URL no mail is sent: what is due stays due, and pages say so. EMAIL_HOST is then empty.
MAIL = env.mail("EMAIL_URL")
EMAIL_HOST, EMAIL_PORT = MAIL.host, MAIL.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL.user, MAIL.password
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.starttls, MAIL.tls
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.sender("MAIL_FROM", MAIL)
DESK_URL = env.text("DESK_URL").rstrip("/")  # where people log in, for the links in mails; empty: PUBLIC_URL

LOG_LEVELS = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.choice("LOG_LEVEL", "WARNING", LOG_LEVELS)},
    # What these say of a page's quirks is no news to an operator; what matters comes back as an error.
    "loggers": {name: {"level": "ERROR"} for name in ("trafilatura", "pypdf", "htmldate")},
}
# What the environment got wrong, for the boot checks.
ENVIRONMENT_PROBLEMS = env.problems
