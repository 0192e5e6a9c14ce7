"""The documents of a record go out as one archive: what was filed, what it is, and the proof."""

import json
import re
import subprocess
import tracemalloc

import pytest
from django.urls import reverse

from foundation.access import Level
from foundation.access.models import Root
from foundation.audit.models import Event
from foundation.documents import actions as document_actions
from foundation.documents import pdf
from tests.bed.sides import as_owner
from tests.documents.giving_out import LARGE, address, exported, file_three, send, taken
from tests.documents.keeping import file_document, sha256
from tests.documents.test_downloads import browser


@pytest.fixture
def case(world):
    case = world.open()
    world.share(case, world.mira, Level.VIEW)
    return case


def reference_of(case):
    """A root is read within the walls alone."""
    with as_owner():
        return Root.objects.get(pk=case.pk).reference


@pytest.fixture
def filed(world, case):
    return file_three(world, case)


@pytest.fixture
def mira(world):
    return browser(world.mira)


@pytest.fixture
def ann(world):
    return browser(world.ann)


def test_an_export_holds_what_was_filed_what_it_is_and_the_proof(world, case, filed, ann, tmp_path):
    response = send(ann, case, *filed)
    archive = taken(response)

    names = archive.namelist()
    assert names[:3] == ["manifest.txt", "manifest.json", "SHA256SUMS"]
    rows = {row["title"]: row for row in json.loads(archive.read("manifest.json"))["files"]}
    assert {title: archive.read(row["path"]) for title, row in rows.items()} == {
        "Request": LARGE,
        "Letter from Kosovo": b"second",
        "Only mine": b"mine",
    }
    assert len(names) == 3 + len(rows)
    letter = rows["Letter from Kosovo"]
    assert (letter["version"], letter["size"], letter["sha256"]) == (2, 6, sha256(b"second"))
    assert (letter["handling"], letter["handling_text"], letter["audience"]) == (["H2", "H3"], "Ask", "everyone")
    assert (letter["filed_by"], letter["filed_at"][:10]) == (world.ann.account.full_name, f"{world.now:%Y-%m-%d}")
    archive.extractall(tmp_path)
    checked = subprocess.run(
        ["sha256sum", "-c", "--strict", "SHA256SUMS"], check=False, cwd=tmp_path, capture_output=True, text=True
    )
    assert checked.returncode == 0, checked.stdout
    assert checked.stdout.count("OK") == len(names) - 1


def test_people_read_what_each_file_is_who_took_it_and_why(world, case, filed, ann):
    archive = taken(send(ann, case, *filed, why="For the court\nof appeal"))

    said = archive.read("manifest.txt").decode()
    head = json.loads(archive.read("manifest.json"))
    assert "Purpose: For the court of appeal" in said
    assert world.ann.account.full_name in said
    assert "Letter from Kosovo*" in said
    assert re.search(r"^\* .*Kosovo", said, re.MULTILINE)
    assert "H2: not to be passed on" in said
    assert sha256(LARGE) in said
    assert (head["record"]["reference"], head["exported"]["why"]) == (reference_of(case), "For the court of appeal")
    assert head["exported"]["by"] == world.ann.account.full_name


def test_all_versions_go_along_when_they_are_asked_for(case, filed, ann):
    archive = taken(send(ann, case, filed[1], all_versions="on"))

    assert archive.namelist()[3:] == ["documents/001 v1 letter.txt", "documents/001 v2 request.pdf"]
    assert [archive.read(name) for name in archive.namelist()[3:]] == [b"first", b"second"]


def test_the_answer_is_an_attachment_and_nothing_else(case, filed, mira):
    response = send(mira, case, filed[0])

    headers = response.headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("sandbox;")
    assert headers["Content-Type"] == "application/octet-stream"
    assert re.search(
        rf"filename\*=UTF-8''{reference_of(case)}%20\d{{4}}-\d\d-\d\d\.zip$", headers["Content-Disposition"]
    )
    assert taken(response).namelist()[3] == "documents/001 Захтев за правну помоћ.pdf"


HOSTILE = (
    "../../etc/passwd", "..\\..\\autoexec.bat", "/etc/shadow", "CON", "con.txt", "NUL.pdf", "-rf", "a\nb.txt", "A.TXT", "a.txt",
    "a.txt", "gnp.\u202efdp.exe", "\ufb01le.txt", "file.txt", "\xe9.pdf", "e\u0301.pdf", "ж" * 200 + ".pdf", "trailing. ", "",
    "SHA256SUMS", "manifest.json",
)  # fmt: skip


def test_hostile_names_are_safe_unlike_each_other_and_still_to_be_read(world, case, ann, tmp_path):
    with world.ann.acting() as by:
        found = [
            file_document(str(n).encode(), root_id=case.pk, by=by, at=world.now, name=name)
            for n, name in enumerate(HOSTILE)
        ]

    archive = taken(send(ann, case, *found))

    names = archive.namelist()[3:]
    assert {archive.read(name).decode() for name in names} == {str(n) for n in range(len(HOSTILE))}
    assert len({name.casefold() for name in names}) == len(HOSTILE)
    for name in names:
        assert re.fullmatch(r"documents/\d{3} [^/\\:*?\"<>|\x00-\x1f\u202e]*[^ .]", name), name
        assert len(name.removeprefix("documents/").encode()) < 255
    assert any(name.endswith("жж.pdf") for name in names)
    archive.extractall(tmp_path)
    assert subprocess.run(["sha256sum", "-c", "--quiet", "SHA256SUMS"], cwd=tmp_path, check=False).returncode == 0


# --- on record -----------------------------------------------------------------------------------------------------------------
def test_custody_says_for_each_file_who_exported_it_and_why(world, case, filed, mira):
    taken(send(mira, case, *filed[:2], why=" For the  hearing ", all_versions="on"))

    entries = exported(world)
    assert {(entry.document_id, entry.file.number) for entry in entries} == {
        (filed[0].pk, 1), (filed[1].pk, 1), (filed[1].pk, 2),
    }  # fmt: skip
    assert {(entry.by_id, entry.why) for entry in entries} == {(world.mira.membership.pk, "For the hearing")}
    assert {entry.fingerprint for entry in entries} == {sha256(LARGE), sha256(b"first"), sha256(b"second")}
    with as_owner():
        events = Event.objects.filter(verb="documents.archive.exported")
        assert [(event.membership, event.root) for event in events] == [(world.mira.membership.pk, case.pk)]


def test_the_custody_page_and_the_custody_sheet_say_it_in_words(world, case, filed, mira):
    taken(send(mira, case, filed[1]))

    page = mira.get(reverse("document_custody", kwargs={"pk": filed[1].pk})).content.decode()
    assert "Exported" in page
    assert "For the court" in page
    with world.ann.acting() as by:
        sheet = pdf.freeze(subject=filed[1].pk, actor=by)
    assert [(line.act, line.why, line.version) for line in sheet.entries][-1] == ("Exported", "For the court", 2)


def test_what_is_given_out_again_is_on_record_again(world, case, filed, mira):
    typed = {"submission_key": "0c5f1be2-6f6e-4d5a-9d0e-3b1f6f1c2a77", "documents": [str(filed[0].pk)], "why": "x"}

    for _again in range(2):
        taken(mira.post(address(case), typed))

    assert len(exported(world)) == 2


# --- the page ------------------------------------------------------------------------------------------------------------------
def test_everything_that_stands_is_ticked_and_what_was_withdrawn_is_not(world, case, filed, ann):
    with world.ann.acting() as by:
        document_actions.withdraw(document=filed[0], reason="Wrong case", version=1, by=by, at=world.now)

    form = ann.get(address(case)).context["form"]

    assert set(form["documents"].value()) == {str(filed[1].pk), str(filed[2].pk)}
    assert "withdrawn" in dict(form.fields["documents"].choices)[str(filed[0].pk)]
    archive = taken(send(ann, case, filed[0]))
    assert json.loads(archive.read("manifest.json"))["files"][0]["withdrawn_reason"] == "Wrong case"
    assert "Wrong case" in archive.read("manifest.txt").decode()


def test_the_list_of_documents_leads_to_it_where_there_are_any(world, case, mira):
    listed = reverse("documents_of", kwargs={"pk": case.pk})
    assert address(case) not in mira.get(listed).content.decode()
    assert "There is no document here." in mira.get(address(case)).content.decode()

    file_three(world, case)

    assert address(case) in mira.get(listed).content.decode()


def test_a_list_that_is_longer_than_a_page_goes_on_on_the_next(world, case, filed, ann, monkeypatch):
    monkeypatch.setattr("foundation.documents.exporting.views.OFFERED", 2)
    first = ann.get(address(case))
    older = f"{address(case)}?after={first.context['older']}"

    second = ann.get(older)

    offered = [key for page in (first, second) for key, _label in page.context["form"].fields["documents"].choices]
    assert sorted(offered) == sorted(str(one.pk) for one in filed)
    typed = {"submission_key": "0c5f1be2-6f6e-4d5a-9d0e-3b1f6f1c2a77", "documents": offered[2:], "why": "x"}
    assert len(taken(ann.post(older, typed)).namelist()) == 3 + 1


def test_the_memory_of_an_export_is_one_piece_whatever_the_size(world, case, ann):
    with world.ann.acting() as by:
        large = file_document(b"film " * 10 * 2**20, root_id=case.pk, by=by, at=world.now)
    response = send(ann, case, large)

    tracemalloc.start()
    length = sum(len(piece) for piece in response.streaming_content)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert length > 50 * 2**20
    assert peak < 24 * 2**20
