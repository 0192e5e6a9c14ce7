"""What the settings read from outside, and what they say when something is missing."""

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import RequestFactory

from foundation.servers.embedded import Addresses
from setup import demo
from wbcj import health, probe
from wbcj.settings import environment

RUNTIME, OWNER, REDIS = "postgresql://r:a@db/wbcj", "postgresql://o:b@db/wbcj", "redis://redis/0"


@pytest.fixture
def given(monkeypatch):
    """Set exactly these addresses."""

    def give(**values):
        for name in ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(f"{name}_FILE", raising=False)
        for name, value in values.items():
            monkeypatch.setenv(name, str(value))

    return give


def test_the_product_works_without_the_owners_login(given):
    given(DATABASE_URL=RUNTIME, REDIS_URL=REDIS)

    assert environment.addresses().database_url == RUNTIME
    assert environment.owner_role() == "wbcj_owner"
    with pytest.raises(ImproperlyConfigured, match="needs the owner's login"):
        environment.owner_url()


def test_links_in_the_mails_of_the_demo_lead_to_its_own_port():
    told = demo.environment_of(Addresses(RUNTIME, OWNER, REDIS), port=8123)

    ask = "from django.conf import settings; print(settings.WBCJ_ADDRESS)"
    said = subprocess.run(
        [sys.executable, "-c", ask], env={**os.environ, **told}, capture_output=True, text=True, check=True
    )

    assert said.stdout.strip() == "http://localhost:8123"


@pytest.mark.parametrize(
    ("given_tls", "expected"), [("", (False, False)), ("starttls", (True, False)), ("tls", (False, True))]
)
def test_the_line_to_the_mail_server_is_encrypted_as_it_is_said(given_tls, expected, tmp_path):
    (tmp_path / "password").write_text("open sesame\n")
    told = {"WBCJ_MAIL_TLS": given_tls, "WBCJ_MAIL_USER": "wbcj", "WBCJ_MAIL_PASSWORD_FILE": str(tmp_path / "password")}
    ask = (
        "from django.conf import settings as s;"
        " print((s.EMAIL_USE_TLS, s.EMAIL_USE_SSL, s.EMAIL_HOST_USER, s.EMAIL_HOST_PASSWORD))"
    )
    command = [sys.executable, "-c", ask]

    said = subprocess.run(command, env={**os.environ, **told}, capture_output=True, text=True, check=True)

    assert said.stdout.strip() == str((*expected, "wbcj", "open sesame"))


def test_a_line_to_the_mail_server_that_is_none_is_said(monkeypatch):
    monkeypatch.setenv("WBCJ_MAIL_TLS", "yes")

    with pytest.raises(ImproperlyConfigured, match="WBCJ_MAIL_TLS must be one of starttls, tls"):
        environment.one_of("WBCJ_MAIL_TLS", ("", "starttls", "tls"))


def test_a_secret_is_read_from_a_file(given, tmp_path):
    (tmp_path / "url").write_text(f"{RUNTIME}\n")
    given(DATABASE_URL_FILE=tmp_path / "url", REDIS_URL=REDIS, DATABASE_OWNER_URL=OWNER)

    assert environment.addresses().database_url == RUNTIME
    assert environment.owner_role() == "o"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"DATABASE_URL": RUNTIME}, "Missing: REDIS_URL"),
        ({"REDIS_URL": REDIS}, "Missing: DATABASE_URL"),
        ({"DATABASE_OWNER_URL": OWNER}, "Missing: DATABASE_URL and REDIS_URL"),
        ({"DATABASE_URL": RUNTIME, "DATABASE_URL_FILE": "/x", "REDIS_URL": REDIS}, "not both"),
        ({"DATABASE_URL_FILE": "/proc/none", "REDIS_URL": REDIS}, "DATABASE_URL_FILE cannot be read"),
        ({"DATABASE_URL_FILE": "/dev/null", "REDIS_URL": REDIS}, "empty file"),
    ],
)
def test_what_is_missing_is_named_and_no_password_is(values, said, given):
    given(**values)

    with pytest.raises(ImproperlyConfigured, match=said) as refusal:
        environment.addresses()
    assert "a@db" not in str(refusal.value)


@pytest.mark.django_db
def test_a_login_that_passes_row_security_is_not_ready():
    fine = health.ready(RequestFactory().get("/"))
    assert (fine.status_code, fine.content) == (200, b'{"database": "ok", "redis": "ok"}')

    with connection.cursor() as cursor:
        # A name that stands for nobody is no safe login either.
        cursor.execute(
            "CREATE TEMPORARY VIEW pg_roles AS SELECT current_user AS rolname, true AS rolsuper, true AS rolbypassrls"
        )
        cursor.execute("SET LOCAL search_path TO pg_temp, pg_catalog, public")
    unsafe = health.ready(RequestFactory().get("/"))
    assert (unsafe.status_code, unsafe.content) == (503, b'{"database": "unsafe login", "redis": "ok"}')


def test_the_clock_is_unwell_when_it_has_been_silent(settings, tmp_path):
    settings.CELERY_BEAT_SCHEDULE_FILENAME = str(tmp_path / "beat")
    assert "no schedule" in probe.beat()

    (tmp_path / "beat.db").touch()
    assert probe.beat() == ""

    os.utime(tmp_path / "beat.db", (0, 0))
    assert "silent" in probe.beat()


def test_a_web_process_that_does_not_answer_is_unwell(monkeypatch):
    monkeypatch.setattr(probe, "PORT", 1)

    assert probe.web() == "no answer (ConnectionRefusedError)"
