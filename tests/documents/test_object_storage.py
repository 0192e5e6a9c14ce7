"""Documents on S3-compatible object storage: the same vault, against a server that speaks the protocol."""

from datetime import timedelta

import boto3
import pytest
from moto.server import ThreadedMotoServer

from foundation.documents import nightly, orphans, pieces, segments, vault
from foundation.documents.cipher import CHUNK, SEGMENT
from foundation.documents.refusals import Broken, Unreachable
from tests.documents.keeping import file_document, keep, read, sha256, some_bytes
from wbcj.settings import environment

BUCKET = "documents"
DATA = some_bytes(SEGMENT + CHUNK + 9)


@pytest.fixture(scope="module")
def server():
    started = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    started.start()
    host, port = started.get_host_and_port()
    yield f"http://{host}:{port}"
    started.stop()


@pytest.fixture
def client(server):
    made = boto3.client(
        "s3", endpoint_url=server, region_name="us-east-1", aws_access_key_id="key", aws_secret_access_key="secret"
    )
    made.create_bucket(Bucket=BUCKET)
    yield made
    for found in made.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        made.delete_object(Bucket=BUCKET, Key=found["Key"])


@pytest.fixture(autouse=True)
def bucket(client, server, settings, monkeypatch, tmp_path):
    """As the settings of an operator choose it."""
    for name, value in {
        "BUCKET": BUCKET, "ENDPOINT": server, "REGION": "us-east-1", "KEY": "key", "SECRET": "secret"
    }.items():  # fmt: skip
        monkeypatch.setenv(f"WBCJ_S3_{name}", value)
    settings.STORAGES = {**settings.STORAGES, "documents": environment.documents(tmp_path)}


@pytest.fixture
def case(world):
    return world.open()


@pytest.fixture
def ann(world, case):
    with world.ann.acting() as actor:
        yield actor


def keys_of(client):
    return sorted(found["Key"] for found in client.list_objects_v2(Bucket=BUCKET).get("Contents", []))


def test_a_file_comes_back_as_it_was_and_is_unreadable_there(case, ann, client):
    kept = keep(DATA, root_id=case.pk, by=ann)

    assert keys_of(client) == [f"{kept.location}/0", f"{kept.location}/1"]
    stored = client.get_object(Bucket=BUCKET, Key=f"{kept.location}/0")["Body"].read()
    assert DATA[:64] not in stored
    assert read(kept, root_id=case.pk, by=ann) == DATA
    with vault.reader(root_id=case.pk, stored=kept, by=ann) as file:
        file.seek(SEGMENT - 5)
        assert file.read(10) == DATA[SEGMENT - 5 : SEGMENT + 5]


def test_pieces_of_an_upload_and_one_sent_again(case, ann):
    place = pieces.new_place(root_id=case.pk, by=ann)
    key = vault.file_key(root_id=case.pk, location=place.location, wrapped_key=place.wrapped_key, by=ann)
    for number in (0, 0, 1):
        piece = DATA[number * SEGMENT : (number + 1) * SEGMENT]
        pieces.put(key=key, place=place, number=number, data=piece, size=len(DATA))
    with pytest.raises(pieces.Taken):
        pieces.put(key=key, place=place, number=1, data=bytes(CHUNK + 9), size=len(DATA))

    assert pieces.whole(key=key, place=place, size=len(DATA), seconds=60).sha256 == sha256(DATA)


@pytest.mark.parametrize("attack", ["changed", "cut", "extended", "gone", "added"])
def test_what_was_touched_there_is_refused(attack, case, ann, client):
    kept = keep(DATA, root_id=case.pk, by=ann)
    place = {"Bucket": BUCKET, "Key": f"{kept.location}/1"}
    stored = client.get_object(**place)["Body"].read()
    if attack == "gone":
        client.delete_object(**place)
    elif attack == "added":
        client.put_object(Bucket=BUCKET, Key=f"{kept.location}/2", Body=stored)
    else:
        touched = {"changed": bytes([stored[0] ^ 1]) + stored[1:], "cut": stored[:-1], "extended": stored + b"x"}
        client.put_object(**place, Body=touched[attack])

    with pytest.raises(Broken):
        read(kept, root_id=case.pk, by=ann)


def test_a_segment_is_written_once_there_too(case, ann):
    kept = keep(b"x", root_id=case.pk, by=ann)

    with pytest.raises(FileExistsError):
        segments.Room().put(kept.location, 0)


def test_a_server_that_is_away_or_refuses_says_nothing_of_the_file(case, ann, settings):
    kept = keep(b"x", root_id=case.pk, by=ann)
    there = settings.STORAGES["documents"]

    for change in ({"endpoint_url": "http://127.0.0.1:1"}, {"bucket_name": "nobodys"}):
        settings.STORAGES = {**settings.STORAGES, "documents": {**there, "OPTIONS": there["OPTIONS"] | change}}
        with pytest.raises(Unreachable):
            keep(b"y", root_id=case.pk, by=ann)
        with pytest.raises(Unreachable):
            read(kept, root_id=case.pk, by=ann)


def test_the_nightly_check_and_the_sweep_work_there(world, case, ann, client, monkeypatch):
    document = file_document(b"filed", root_id=case.pk, by=ann, at=world.now)
    orphan = keep(b"orphan", root_id=case.pk, by=ann)
    filed = document.versions.get().location

    assert nightly.check_files(budget=timedelta(seconds=20)).intact == 1
    assert orphans.sweep(at=world.now) == 0
    assert orphans.sweep(at=world.now + timedelta(days=2)) == 1
    assert keys_of(client) == [f"{filed}/0"]
    assert orphan.location != filed


def test_nothing_that_is_put_there_is_public(case, ann, client):
    kept = keep(b"x", root_id=case.pk, by=ann)

    grants = client.get_object_acl(Bucket=BUCKET, Key=f"{kept.location}/0")["Grants"]
    assert not [grant for grant in grants if grant["Grantee"].get("URI")]
