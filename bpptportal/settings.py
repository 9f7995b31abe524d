"""One settings module, driven by the environment.

With no environment at all the portal runs embedded: SQLite, secrets kept in `var/`, broker on a unix socket.
`PRODUKSI=1` refuses to start without its secrets, a PostgreSQL address and its host names.
"""

import sys
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from bpptportal.broker import soket_broker
from bpptportal.periksa_setelan import periksa_pesan
from bpptportal.rahasia import kunci_segel_tertanam, rahasia_tertanam

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

PRODUKSI = env.bool("PRODUKSI", default=False)
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).resolve()
UJI = env.bool("UJI", default="pytest" in sys.modules)

# --- secrets --------------------------------------------------------------------------------------------------
_WAJIB_PRODUKSI = (
    "SECRET_KEY",
    "KUNCI_ENKRIPSI",
    "KUNCI_INDEKS",
    "RAHASIA_SMS",
    "DATABASE_URL",
    "ALLOWED_HOSTS",
    "SITUS",
)
if PRODUKSI:
    kurang = [n for n in _WAJIB_PRODUKSI if not env.str(n, default="")]
    if kurang:
        raise ImproperlyConfigured("Mode produksi menolak mulai. Isi dahulu: " + ", ".join(kurang))
    if DEBUG:
        raise ImproperlyConfigured("Mode produksi menolak mulai dengan DEBUG menyala.")
    _rahasia: dict[str, str] = {}
else:
    _rahasia = rahasia_tertanam(VAR_DIR / "rahasia.json")


def _ambil_rahasia(nama: str) -> str:
    """A secret by name: the environment wins, else the embedded one; never an empty string."""
    nilai = env.str(nama, default="") or _rahasia.get(nama, "")
    if not nilai:
        raise ImproperlyConfigured(f"{nama} belum diisi.")
    return nilai


SECRET_KEY = _ambil_rahasia("SECRET_KEY")
KUNCI_ENKRIPSI = _ambil_rahasia("KUNCI_ENKRIPSI").split(",")  # "id:base64", newest first
KUNCI_INDEKS = _ambil_rahasia("KUNCI_INDEKS")
RAHASIA_SMS = _ambil_rahasia("RAHASIA_SMS")

# The audit seal (R16): in production only the process that seals holds the key; the web has no use for it.
SEGEL_DIR = env.str("SEGEL_DIR", default="")  # default: segel/ in VAR_DIR
KUNCI_SEGEL = env.str("KUNCI_SEGEL", default="")  # newest first, comma separated
if not KUNCI_SEGEL and (_berkas_kunci := env.str("KUNCI_SEGEL_BERKAS", default="")):
    KUNCI_SEGEL = Path(_berkas_kunci).read_text().strip()
if not KUNCI_SEGEL and not PRODUKSI:
    KUNCI_SEGEL = kunci_segel_tertanam(VAR_DIR / "kunci-segel")
# Bearer token of the metrics page; without one the page does not exist.
TOKEN_METRIK = env.str("TOKEN_METRIK", default="")

# --- place in the world -----------------------------------------------------------------------------------------
SITUS = env.str("SITUS", default=f"http://127.0.0.1:{env.int('PORT', default=8000)}").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITUS] if SITUS.startswith("https") else [])

PROKSI = env.bool("PROKSI", default=False)  # our own nginx stands before us and sets X-Real-IP

INSTALLED_APPS = [
    "bpptportal",
    "renstra",
    "ikm",
    "perizinan",
    "notifications",
    "accounts",
    "core",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "rest_framework",
    "rest_framework.authtoken",
    "drf_spectacular",
    "django_filters",
    "django_fsm",
    "axes",
    "csp",
    "django_include_bootstrap",
]

MIDDLEWARE = [
    "bpptportal.middleware.AlamatTamu",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "bpptportal.middleware.BahasaPilihan",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "bpptportal.middleware.TanpaSimpan",
    "bpptportal.middleware.GalatKeHalaman",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "bpptportal.urls"
WSGI_APPLICATION = "bpptportal.wsgi.application"
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
                "bpptportal.konteks.kantor",
            ],
            "builtins": ["core.templatetags.tampilan"],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- database: SQLite embedded (R23), PostgreSQL by DATABASE_URL (R24) -------------------------------------------
DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'bppt.sqlite3'}")}
_basis_data = DATABASES["default"]
if _basis_data["ENGINE"].endswith("sqlite3"):
    _basis_data["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA recursive_triggers=ON; PRAGMA foreign_keys=ON;",
    }
else:
    _basis_data["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    _basis_data["CONN_HEALTH_CHECKS"] = True
    _basis_data.setdefault("OPTIONS", {})["options"] = (
        "-c statement_timeout=15s -c lock_timeout=3s -c idle_in_transaction_session_timeout=30s"
    )
if PRODUKSI and _basis_data["ENGINE"].endswith("sqlite3"):
    raise ImproperlyConfigured("Mode produksi memakai PostgreSQL: isi DATABASE_URL=postgres://...")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# --- accounts -----------------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.Akun"
AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "accounts.masuk.SurelAtauHp"]
LOGIN_URL = "masuk"
LOGIN_REDIRECT_URL = "setelah_masuk"
LOGOUT_REDIRECT_URL = "beranda"
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 1
AXES_USERNAME_FORM_FIELD = "username"  # how the backends are asked; without it tries are kept under no name at all
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/terkunci.html"
AXES_HANDLER = "axes.handlers.database.AxesDatabaseHandler"
AXES_VERBOSE = False
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"

# --- language and time --------------------------------------------------------------------------------------------
LANGUAGE_CODE = "id"
LANGUAGES = [("id", "Bahasa Indonesia"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Jakarta"

# --- files --------------------------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATIC_ROOT.mkdir(parents=True, exist_ok=True)
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "berkas"  # private: there is no MEDIA_URL, a view checks every download
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if UJI
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUKSI
        else "bpptportal.statik.StatikTertanam"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or UJI
SENDFILE_BACKEND = (
    "django_sendfile.backends.nginx" if env.bool("X_ACCEL", default=False) else "django_sendfile.backends.simple"
)
SENDFILE_ROOT = MEDIA_ROOT
SENDFILE_URL = "/terlindung"
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_HANDLERS = [
    "core.unggah.PembatasUnggahan",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FILES = 30
# What somebody who takes the open data may do with them; the office decides the words (/data/, /api/v1/data/).
ATURAN_PAKAI_DATA = env.str(
    "ATURAN_PAKAI_DATA",
    default="Boleh dipakai dan dibagikan. Sebutkan kantor ini sebagai sumber, dan tanggal Anda mengambilnya.",
)
UKURAN_UNGGAHAN_MAKS = env.int("UKURAN_UNGGAHAN_MAKS", default=120 * 1024 * 1024)  # whole request

# --- hardening ----------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
if PRODUKSI:
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    # Asked from inside, without TLS: by health checks and by the SMS gateway, which knows the secret in the address.
    SECURE_REDIRECT_EXEMPT = [r"^sehat/$", r"^metrik/$", r"^api/v1/sms/"]
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sesi"
    CSRF_COOKIE_NAME = "__Host-csrf"

# --- API ----------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "rest_framework.authentication.TokenAuthentication",  # first: it makes the answer to nobody a 401
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser", "rest_framework.parsers.MultiPartParser"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "EXCEPTION_HANDLER": "bpptportal.galat_api.tangani",
    "COERCE_DECIMAL_TO_STRING": True,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Portal Perizinan Kota Bekasi",
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.AllowAny"],
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "bpptportal.skema_api.lengkapi",
    ],
    "ENUM_NAME_OVERRIDES": {
        "StatusPermohonan": "perizinan.enums.StatusPermohonan",
        "StatusRekomendasi": "perizinan.enums.StatusRekomendasi",
        "StatusIzin": "perizinan.enums.StatusIzin",
        "StatusLayanan": "perizinan.api.bentuk.katalog.STATUS_LAYANAN",
    },
}

# --- background work (R5) -------------------------------------------------------------------------------------------
REDIS_URL = env.str("REDIS_URL", default="")
SOKET_BROKER = soket_broker(VAR_DIR)
CELERY_BROKER_URL = REDIS_URL or f"redis+socket://{SOKET_BROKER}"
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 60
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TIMEZONE = TIME_ZONE
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # the JSON handler masks personal numbers; the worker's own would not
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # a worker that gave up after an hour would wait for a person
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 180,
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_timeout": 5,
    "socket_connect_timeout": 1,
    "max_retries": 1,
    "interval_start": 0,
    "interval_step": 0.1,
    "interval_max": 0.1,
}
CELERY_TASK_PUBLISH_RETRY = False
CELERY_TASK_DEFAULT_QUEUE = "umum"
CELERY_TASK_ROUTES = {
    "notifications.tasks.*": {"queue": "pesan"},
    "notifications.jadwal.*": {"queue": "pesan"},
    "bpptportal.jadwal.sapu_masuk": {"queue": "pesan"},
    "perizinan.tasks.*": {"queue": "dokumen"},
    "perizinan.jadwal.sapu_dokumen": {"queue": "dokumen"},
    "perizinan.jadwal.*": {"queue": "tenggat"},
    "bpptportal.jadwal.*": {"queue": "tenggat"},
}
CELERY_BEAT_SCHEDULE = {
    "kirim-pesan": {"task": "notifications.jadwal.sapu_pesan", "schedule": 10.0, "options": {"expires": 9}},
    "jawab-sms": {"task": "bpptportal.jadwal.sapu_masuk", "schedule": 15.0, "options": {"expires": 14}},
    "tanya-laporan": {"task": "notifications.jadwal.tanya_laporan", "schedule": 60.0, "options": {"expires": 59}},
    "buat-dokumen": {"task": "perizinan.jadwal.sapu_dokumen", "schedule": 20.0, "options": {"expires": 19}},
    "sapu-masa-berlaku": {
        "task": "perizinan.jadwal.sapu_masa_berlaku",
        "schedule": 900.0,
        "options": {"expires": 899},
    },
    "sapu-survei": {"task": "perizinan.jadwal.sapu_survei", "schedule": 900.0, "options": {"expires": 899}},
    "sapu-rekap": {"task": "perizinan.jadwal.sapu_rekap", "schedule": 60.0, "options": {"expires": 59}},
    "sapu-tenggat": {"task": "perizinan.jadwal.sapu_tenggat", "schedule": 60.0, "options": {"expires": 59}},
    # Due once an hour; asked more often, so that a restart of beat delays it by minutes and not by an hour.
    "segel-riwayat": {"task": "bpptportal.jadwal.segel_riwayat", "schedule": 300.0, "options": {"expires": 299}},
}
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "run" / "beat")
PEKERJA_SEKETIKA = env.bool("PEKERJA_SEKETIKA", default=False)  # run effects in the same process right after commit

# --- messages -------------------------------------------------------------------------------------------------------
# Gateways of each channel, the preferred one first: konsol | berkas | http | kannel | gammu; surel for e-mail.
GERBANG_SMS = env.str("GERBANG_SMS", default="berkas")
GERBANG_SUREL = env.str("GERBANG_SUREL", default="surel")
JAM_TENANG = env.str("JAM_TENANG", default="20:00-07:00")  # office time; notices by SMS wait
GABUNG_SMS = env.bool("GABUNG_SMS", default=True)  # notices to one number within ten minutes leave as one
BIAYA_SEGMEN = env.int("BIAYA_SEGMEN", default=350)  # rupiah for one SMS of 160 characters
ALAMAT_SMS = env.list("ALAMAT_SMS", default=["127.0.0.1", "::1"])  # who may call the callbacks: addresses, networks
JARINGAN_KANTOR = env.list("JARINGAN_KANTOR", default=[])  # exempt from the caps on what anybody can trigger
KODE_SEHARI = env.int("KODE_SEHARI", default=3000)  # log-in codes in a day, all together
KANNEL_URL = env.str("KANNEL_URL", default="http://127.0.0.1:13013/cgi-bin/sendsms")
KANNEL_USER = env.str("KANNEL_USER", default="bppt")
KANNEL_SANDI = env.str("KANNEL_SANDI", default="")
KANNEL_SITUS = env.str("KANNEL_SITUS", default=SITUS).rstrip("/")  # how Kannel reaches the portal
GAMMU_DATABASE_URL = env.str("GAMMU_DATABASE_URL", default="")
GERBANG_HTTP_URL = env.str("GERBANG_HTTP_URL", default="")
GERBANG_HTTP_KUNCI = env.str("GERBANG_HTTP_KUNCI", default="")
GERBANG_HTTP_KEMAMPUAN = env.str("GERBANG_HTTP_KEMAMPUAN", default="tidak")  # dedup | status | tidak
EMAIL_BACKEND = env.str(
    "EMAIL_BACKEND",
    default="django.core.mail.backends.smtp.EmailBackend"
    if env.str("EMAIL_HOST", default="")
    else "django.core.mail.backends.filebased.EmailBackend",
)
EMAIL_FILE_PATH = str(VAR_DIR / "surel")
EMAIL_HOST = env.str("EMAIL_HOST", default="localhost")
EMAIL_PORT = env.int("EMAIL_PORT", default=25)
EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
EMAIL_TIMEOUT = 9
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="perizinan@localhost")
periksa_pesan(globals())

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"sensor": {"()": "core.catatan.SaringDataPribadi"}},
    "formatters": {"json": {"()": "core.catatan.BarisJson"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json", "filters": ["sensor"]}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="WARNING")},
}

if "pytest" in sys.modules:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
