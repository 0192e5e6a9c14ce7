"""The container files keep each promise that docs/operators.md makes; read as the real Compose resolves them."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from celery import current_app

from foundation.jobs import queues

CHECKOUT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(sys.executable).parent
SITE = {
    "WBCJ_PUBLIC_NAME": "coordination.example.org",
    "WBCJ_MAIL_HOST": "mail.example.org",
    "WBCJ_MAIL_FROM": "no-reply@example.org",
}
SERVICES = ["beat", "database", "operator", "proxy", "redis", "setup", "slow", "web", "worker"]
# These run to their end, so nobody asks how they are.
ONE_SHOT = {"setup", "operator"}
OWNERS = {"database_owner_url", "database_admin_url", "database_admin_password"}


def compose(*command, **surroundings):
    clean = {name: value for name, value in os.environ.items() if not name.startswith("WBCJ_")}
    return subprocess.run(
        [PROGRAMS / "docker-compose", "--profile", "operator", *command],
        cwd=CHECKOUT, env={**clean, **surroundings}, capture_output=True, text=True, check=False,
    )  # fmt: skip


@pytest.fixture(scope="module")
def resolved():
    result = compose("config", "--format", "json", **SITE)
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


@pytest.fixture(params=SERVICES)
def service(request, resolved):
    return request.param, resolved["services"][request.param]


def test_compose_finds_nothing_to_say():
    result = compose("config", "-q", **SITE)

    assert (result.returncode, result.stderr) == (0, "")


def test_hadolint_finds_nothing_to_say():
    result = subprocess.run(
        [PROGRAMS / "hadolint", "Dockerfile"], cwd=CHECKOUT, capture_output=True, text=True, check=False
    )

    assert (result.returncode, result.stdout) == (0, "")


@pytest.mark.parametrize("name", SITE)
def test_a_missing_setting_is_an_error(name):
    result = compose("config", "-q", **{key: value for key, value in SITE.items() if key != name})

    assert result.returncode != 0
    assert name in result.stderr


def test_every_service_is_known_here(resolved):
    assert sorted(resolved["services"]) == SERVICES


def test_nobody_is_root(service):
    _name, settings = service
    assert re.fullmatch(r"[1-9]\d*:[1-9]\d*", settings["user"])


def test_the_file_system_is_read_only_and_no_right_can_be_gained(service):
    _name, settings = service
    assert settings["read_only"] is True
    assert settings["cap_drop"] == ["ALL"]
    assert settings["security_opt"] == ["no-new-privileges:true"]
    assert {"privileged", "cap_add", "devices", "pid", "ipc", "network_mode"} & settings.keys() == set()


def test_resources_and_logs_have_a_limit(service):
    _name, settings = service
    assert int(settings["mem_limit"]) > 0
    assert settings["pids_limit"] > 0
    assert {"max-size", "max-file"} <= settings["logging"]["options"].keys()


def test_somebody_asks_how_it_is(service):
    name, settings = service
    asked = not settings.get("healthcheck", {}).get("disable") and bool(settings.get("healthcheck", {}).get("test"))
    assert asked is (name not in ONE_SHOT)


def test_only_the_proxy_has_a_door_to_the_host(service):
    name, settings = service
    assert bool(settings.get("ports")) is (name == "proxy")


def test_the_image_has_a_pinned_tag(service):
    _name, settings = service
    assert re.search(r":\d+\.\d+", settings["image"])


def test_no_secret_stands_in_the_environment(service):
    _name, settings = service
    for name, value in (settings.get("environment") or {}).items():
        if re.search(r"KEY|PASSWORD|SECRET|TOKEN|_URL", name):
            assert name.endswith("_FILE"), name
            assert value.removeprefix("/run/secrets/") in {secret["source"] for secret in settings["secrets"]}
        assert "://" not in str(value) or name == "WBCJ_ADDRESS"


def test_only_what_sets_up_or_backs_up_has_the_owners_login(service):
    name, settings = service
    held = {secret["source"] for secret in settings.get("secrets", ())} & OWNERS
    allowed = {
        "setup": {"database_owner_url", "database_admin_url"},
        "operator": {"database_owner_url"},
        "database": {"database_admin_password"},
    }
    assert held == allowed.get(name, set())


def test_the_proxy_reaches_neither_database_nor_redis(resolved):
    networks = {name: set(settings["networks"]) for name, settings in resolved["services"].items()}

    assert networks["proxy"] & (networks["database"] | networks["redis"]) == set()
    assert networks["proxy"] & networks["web"] == {"front"}
    for name in ("database", "redis", "setup", "operator", "beat"):
        assert networks[name] == {"back"}
    assert resolved["networks"]["back"]["internal"] is True
    assert resolved["networks"]["front"]["internal"] is True


@pytest.mark.parametrize("name", ["web", "worker", "slow", "beat"])
def test_tables_are_made_before_anybody_works_on_them(name, resolved):
    setup = resolved["services"]["setup"]
    assert resolved["services"][name]["depends_on"]["setup"]["condition"] == "service_completed_successfully"
    assert setup["depends_on"]["database"]["condition"] == "service_healthy"
    assert "WBCJ_DATABASE_ROLE=owner python manage.py migrate" in " ".join(setup["command"])
    assert setup["restart"] == "no"


@pytest.mark.parametrize("name", ["worker", "slow"])
def test_a_task_may_end_before_its_worker_is_killed(name, resolved, settings):
    period = resolved["services"][name]["stop_grace_period"]
    minutes, seconds = re.fullmatch(r"(?:(\d+)m)?(\d+)s", period).groups()
    command = resolved["services"][name]["command"]
    theirs, elsewhere = command[command.index("-Q") + 1], queues.tasks_elsewhere()
    current_app.loader.import_default_modules()
    tasks = [task for task in current_app.tasks.values() if not task.name.startswith("celery.")]
    longest = max(task.time_limit or 0 for task in tasks if elsewhere.get(task.name, queues.usual()) == theirs)

    assert int(minutes or 0) * 60 + int(seconds) > longest


def test_the_worker_that_looks_into_files_cannot_seal(resolved):
    held = {
        name: {one["source"] for one in service.get("secrets", ())} for name, service in resolved["services"].items()
    }

    assert [name for name, secrets in held.items() if "seal_key" in secrets] == ["worker"]
    assert "WBCJ_SEAL_KEY_FILE" not in resolved["services"]["slow"]["environment"]


def test_slow_lines_leave_threads_for_pages(resolved, settings):
    threads = re.compile(r'"--blocking-threads", "(\d+)"')
    image, demo = (int(threads.search((CHECKOUT / name).read_text())[1]) for name in ("Dockerfile", "setup/parts.py"))
    web = resolved["services"]["web"]["environment"]

    assert int(web["WBCJ_UPLOADS_AT_ONCE"]) + int(web["WBCJ_DOWNLOADS_AT_ONCE"]) < image
    assert demo > settings.WBCJ_UPLOADS_AT_ONCE + settings.WBCJ_DOWNLOADS_AT_ONCE


def test_the_image_runs_as_a_number_and_installs_by_hash():
    text = (CHECKOUT / "Dockerfile").read_text()
    users = re.findall(r"^USER (.*)$", text, re.MULTILINE)

    assert users == ["10001:10001"]
    assert "--require-hashes" in text
    assert all(re.search(r":\d+\.\d+", base) for base in re.findall(r"^FROM (\S+)", text, re.MULTILINE))


def test_what_is_sent_to_the_builder_is_named_and_holds_no_state():
    lines = [line for line in (CHECKOUT / ".dockerignore").read_text().splitlines() if line and line[0] != "#"]
    sent = {line[1:] for line in lines if line.startswith("!")}

    assert lines[0] == "*"
    assert {"var", "secrets", ".git", "tests"} & sent == set()
    packages = {path.parent.name for path in CHECKOUT.glob("*/__init__.py")} - {
        "setup",
        "tests",
        "bench",
        "faults",
        "fuzz",
    }
    assert packages <= sent
