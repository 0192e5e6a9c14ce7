"""A backup of the whole world, restored into an empty database, is the same world behind the same walls."""

import json
import os
import stat
import subprocess
import sys
from contextlib import contextmanager
from uuid import uuid4

import psycopg
import pytest
from django.utils import timezone

from foundation.servers import roles
from tests.bed import databases
from wbcj.backups import catalog, facts, files, manifest, programs, restoring
from wbcj.backups.making import Source, back_up
from wbcj.backups.refusals import Differs, UnableToBackUp, UnableToRestore

OWNER, RUNTIME = roles.OWNER, roles.RUNTIME


@contextmanager
def empty_database():
    name = f"{databases.PREFIX}_clone_{os.getpid()}_restored_{uuid4().hex[:6]}"
    with databases.maintenance() as connection:
        databases.create(connection, name)
    try:
        yield databases.address("DATABASE_OWNER_URL", name)
    finally:
        with databases.maintenance() as connection:
            databases.drop(connection, name)


@pytest.fixture(scope="module")
def original():
    with databases.clone(databases.world_template()) as name:
        yield databases.address("DATABASE_OWNER_URL", name)


@pytest.fixture
def changing():
    with databases.clone(databases.schema_template()) as name:
        yield databases.address("DATABASE_OWNER_URL", name)


@pytest.fixture
def empty():
    with empty_database() as url:
        yield url


def source(url, folder):
    return Source(owner_url=url, owner=OWNER, runtime=RUNTIME, documents=folder)


def target(url, folder, known=None):
    migrations = known if known is not None else frozenset(described(url_of_world()).migrations)
    return restoring.Target(owner_url=url, owner=OWNER, runtime=RUNTIME, documents=folder, known_migrations=migrations)


def url_of_world():
    return databases.address("DATABASE_OWNER_URL", databases.world_template().name)


def described(url):
    with psycopg.connect(url) as connection:
        return facts.read(connection)


def rows_of_the_feed(url):
    with psycopg.connect(url) as connection:
        return connection.execute("SELECT count(*) FROM access_change").fetchone()[0]


def execute(url, *statements):
    with psycopg.connect(url, autocommit=True) as connection:
        for statement in statements:
            connection.execute(statement)


def is_empty(url):
    with psycopg.connect(url) as connection:
        return catalog.is_empty(connection)


@pytest.fixture(scope="module")
def backup(original, tmp_path_factory):
    folder = tmp_path_factory.mktemp("backup")
    (folder / "documents" / "2026").mkdir(parents=True)
    (folder / "documents" / "2026" / "agreement.pdf").write_bytes(b"%PDF signed")
    back_up(source(original, folder / "documents"), folder / "world", at=timezone.now())
    return folder / "world"


def test_a_restored_world_is_the_world_that_was_backed_up(backup, original, empty, tmp_path):
    restored = restoring.restore(backup, target(empty, tmp_path / "documents"))

    before, after = described(original), described(empty)
    assert before.events > 100
    assert before.tables["cases_case"].rows > 20
    assert (rows_of_the_feed(original) > 0, rows_of_the_feed(empty)) == (True, 0), "in the order of another database"
    assert facts.differences(before, after) == []
    assert (restored.facts.events, restored.facts.record_sha256) == (after.events, after.record_sha256)
    assert (tmp_path / "documents" / "2026" / "agreement.pdf").read_bytes() == b"%PDF signed"


def test_the_runtime_role_sees_through_the_restored_walls_what_it_saw_before(backup, original, empty, tmp_path):
    restoring.restore(backup, target(empty, tmp_path / "documents"))

    def sight(owner_url):
        name = owner_url.rsplit("/", 1)[1]
        with psycopg.connect(databases.address("DATABASE_URL", name)) as connection:
            assert connection.info.user == RUNTIME
            nobody = connection.execute("SELECT count(*) FROM access_root").fetchone()[0]
            people = connection.execute("SELECT account_id, id FROM tenancy_membership ORDER BY id").fetchall()
            seen = {}
            for account, membership in people:
                connection.execute("SELECT access_enter(%s, %s)", [account, membership])
                seen[membership] = connection.execute("SELECT array_agg(id ORDER BY id) FROM access_root").fetchone()[0]
                connection.rollback()
            return nobody, seen

    nobody, seen = sight(empty)
    assert nobody == 0
    assert len({tuple(roots or ()) for roots in seen.values()}) > 5
    assert (nobody, seen) == sight(original)


def test_the_runtime_role_may_not_write_the_restored_record(backup, empty, tmp_path):
    restoring.restore(backup, target(empty, tmp_path / "documents"))

    runtime = databases.address("DATABASE_URL", empty.rsplit("/", 1)[1])
    for statement in (
        "DELETE FROM audit_event",
        "UPDATE access_share SET revoked_at = now()",
        "SELECT * FROM audit_event",
    ):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            execute(runtime, statement)


def test_a_table_made_after_a_restore_is_open_to_the_runtime_role(backup, empty, tmp_path):
    restoring.restore(backup, target(empty, tmp_path / "documents"))

    execute(empty, "CREATE TABLE later (id int)")

    execute(databases.address("DATABASE_URL", empty.rsplit("/", 1)[1]), "INSERT INTO later VALUES (1)")


def test_a_backup_is_for_its_owner_alone(backup):
    for path in [backup, *backup.rglob("*")]:
        assert stat.S_IMODE(path.stat().st_mode) & 0o077 == 0


def test_a_backup_overwrites_nothing(original, tmp_path):
    (tmp_path / "kept").mkdir()

    with pytest.raises(UnableToBackUp, match="overwrites nothing"):
        back_up(source(original, tmp_path / "none"), tmp_path / "kept", at=timezone.now())


def test_a_backup_that_would_leave_rows_out_is_refused_and_leaves_nothing_behind(changing, tmp_path):
    execute(changing, "DROP POLICY cases_case_owner ON cases_case")

    with pytest.raises(UnableToBackUp, match="cases_case"):
        back_up(source(changing, tmp_path / "none"), tmp_path / "new", at=timezone.now())
    assert list(tmp_path.iterdir()) == []


def test_a_backup_that_fails_half_way_leaves_nothing_behind(original, tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "link").symlink_to("/etc/hostname")

    with pytest.raises(UnableToBackUp, match="is a link"):
        back_up(source(original, tmp_path / "documents"), tmp_path / "new", at=timezone.now())
    assert [path.name for path in tmp_path.iterdir()] == ["documents"]


def test_a_server_newer_than_every_program_is_named(original, tmp_path, monkeypatch):
    monkeypatch.setenv("WBCJ_POSTGRES_BIN", str(tmp_path))

    with pytest.raises(UnableToBackUp, match=r"pg_dump of PostgreSQL .* or newer is needed; found: none"):
        back_up(source(original, tmp_path / "none"), tmp_path / "new", at=timezone.now())


def test_a_program_that_is_older_than_the_server_is_not_chosen(tmp_path, monkeypatch):
    for version in (15, 17):
        folder = tmp_path / str(version)
        folder.mkdir()
        (folder / "pg_dump").write_text(f"#!/bin/sh\necho 'pg_dump (PostgreSQL) {version}.2'\n")
        (folder / "pg_dump").chmod(0o755)
    monkeypatch.setattr(programs, "candidates", lambda name: [tmp_path / v / name for v in ("17", "15")])

    assert programs.choose("pg_dump", at_least=15) == tmp_path / "15" / "pg_dump"
    assert programs.choose("pg_dump", at_least=16) == tmp_path / "17" / "pg_dump"
    with pytest.raises(programs.NoProgram, match=r"15 \(15\)|\(15\)"):
        programs.choose("pg_dump", at_least=18)


def test_nothing_is_restored_over_something(backup, changing, tmp_path):
    before = described(changing)

    with pytest.raises(UnableToRestore, match="not empty"):
        restoring.restore(backup, target(changing, tmp_path / "documents"))
    assert facts.differences(before, described(changing)) == []
    assert not (tmp_path / "documents").exists()


@pytest.mark.parametrize("part", ["database.dump", "documents/2026/agreement.pdf"])
def test_a_backup_with_one_changed_byte_is_refused(part, backup, empty, tmp_path):
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", backup, copy], check=True)
    content = bytearray((copy / part).read_bytes())
    content[-1] ^= 1
    (copy / part).write_bytes(content)

    with pytest.raises(UnableToRestore, match=part):
        restoring.restore(copy, target(empty, tmp_path / "documents"))
    assert is_empty(empty)


def test_a_backup_of_a_newer_product_is_refused(backup, empty, tmp_path):
    with pytest.raises(UnableToRestore, match="newer version"):
        restoring.restore(backup, target(empty, tmp_path / "documents", known=frozenset({"cases.0001_initial"})))
    assert is_empty(empty)


def test_a_restore_that_fails_half_way_leaves_the_database_as_set_up_made_it(backup, empty, tmp_path):
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", backup, copy], check=True)
    dump = (copy / "database.dump").read_bytes()
    (copy / "database.dump").write_bytes(dump[: len(dump) // 2])
    page = json.loads((copy / "manifest.json").read_text())
    page["parts"]["database.dump"] = files.sha256(copy / "database.dump")
    (copy / "manifest.json").write_text(json.dumps(page))

    with pytest.raises(UnableToRestore, match="Nothing was restored"):
        restoring.restore(copy, target(empty, tmp_path / "documents"))
    assert is_empty(empty)
    assert not (tmp_path / "documents").exists()
    assert restoring.restore(backup, target(empty, tmp_path / "documents")).facts.events > 0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ("DELETE FROM audit_event WHERE id = (SELECT id FROM audit_event LIMIT 1)", "table audit_event"),
        ("UPDATE audit_event SET verb = 'x' WHERE id = (SELECT id FROM audit_event LIMIT 1)", "table audit_event"),
        ("ALTER TABLE cases_case NO FORCE ROW LEVEL SECURITY", "tables: missing"),
        ("DROP POLICY cases_case_read ON cases_case", "policies: missing"),
        (f"GRANT INSERT ON access_share TO {RUNTIME}", "grants: too much: access_share"),
        ("GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO PUBLIC", "grants: too much"),
        (
            "ALTER FUNCTION access_enter(uuid, uuid) RESET ALL; ALTER FUNCTION access_enter(uuid, uuid) SET work_mem = '8MB'",
            "functions:",
        ),
    ],
)
def test_whatever_differs_after_a_restore_is_named(change, said, backup, empty, tmp_path):
    restored_to = target(empty, tmp_path / "documents")
    restored = restoring.restore(backup, restored_to)
    execute(empty, change)

    with pytest.raises(Differs, match=said):
        restoring.compare(restored, restored_to)


def test_default_privileges_in_the_way_of_a_dump_would_open_what_a_migration_closed(backup, empty):
    """Why a plain pg_restore into a database made by set-up is not enough; the reason of docs/adr/0009."""
    program = programs.choose("pg_restore", at_least=manifest.read(backup).program)
    programs.run(program, "--no-owner", "--exit-on-error", "--schema-only", str(backup / "database.dump"), url=empty)

    with psycopg.connect(empty) as connection:
        row = connection.execute("SELECT has_table_privilege(%s, 'access_share', 'INSERT')", [RUNTIME]).fetchone()
    assert row == (True,)


def test_the_commands_do_the_same(original, empty, tmp_path):
    def manage(url, *command):
        name = url.rsplit("/", 1)[1]
        surroundings = {
            **os.environ, **databases.environment(name), "WBCJ_DOCUMENTS": str(tmp_path / "documents"),
            "DJANGO_SETTINGS_MODULE": "wbcj.settings.production",
        }  # fmt: skip
        return subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=databases.CHECKOUT,
            env=surroundings,
            capture_output=True,
            text=True,
            check=False,
        )

    made = manage(original, "backup", str(tmp_path / "new"))
    restored = manage(empty, "restore", str(tmp_path / "new"))
    again = manage(empty, "restore", str(tmp_path / "new"))

    assert made.returncode == 0, made.stderr
    assert "events, last" in made.stdout
    assert restored.returncode == 0, restored.stderr
    assert "equal" in restored.stdout
    assert again.returncode == 1
    assert "not empty" in again.stderr
