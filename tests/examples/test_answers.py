"""Whatever is answered, or not answered, the sample partner system does each thing once and says what to do."""

from __future__ import annotations

from typing import Any

import pytest

from cases.models import Case, Note
from foundation.pages.models import Receipt
from foundation.systems import actions as system_actions
from tests.api.cast import READS, WRITES, Caller
from tests.bed.sides import as_owner
from tests.examples.between import Point, Said
from tests.examples.stories import Stories

pytestmark = pytest.mark.commits
FILE = ("file-case", "K-1", "title=Boats", "summary=They cross at night.", 'crime_types:=["drug_trafficking"]')
DONE, ASKS, WRONG, NO_TOKEN, LATER = 0, 1, 2, 3, 75


def filed(program) -> str:
    """The address of a case that the program has filed and pulled."""
    program.run(*FILE)
    ended, said = program.run("work")
    assert ended == DONE, said
    return str(program.rows("SELECT url FROM intention WHERE name = 'K-1'")[0]["url"])


def retitled(world, summary: str) -> None:
    """Somebody else changes the case meanwhile: another program with a token of its own."""
    other = Caller(world.grant(world.system, scopes=WRITES).secret)
    with as_owner():
        case = Case.objects.get()
    changed = other.patch(f"/api/v1/cases/{case.pk}", {"summary": summary}, match=case.version)
    assert changed.status_code == 200, changed.content


def cases() -> list[str]:
    with as_owner():
        return list(Case.objects.order_by("summary").values_list("summary", flat=True))


TROUBLES = (
    True,
    Said(503, {"Retry-After": "0"}, b'{"type": "urn:wbcj:problem:unavailable", "title": "Away", "status": 503}'),
    Said(502, {}, b"<html>Bad gateway</html>"),
    Said(200, {}, b"Welcome to the network of this hotel."),
    Said(
        429, {"Retry-After": "0"}, b'{"type": "urn:wbcj:problem:too-many-requests", "title": "Slowly", "status": 429}'
    ),
    Said(409, {"Retry-After": "0"}, b'{"type": "urn:wbcj:problem:in-flight", "title": "Wait", "status": 409}'),
)


def test_on_a_line_that_breaks_all_the_time_each_thing_is_done_once(world, line, program):
    stories = Stories(world)
    stories.tell()
    stories.tell()
    count = 0

    def at(point: Point, _method: str, _path: str) -> Any:
        nonlocal count
        count += 1
        if point is Point.ARRIVED and count % 5 == 0:
            return TROUBLES[count // 5 % len(TROUBLES)]
        return point is Point.ANSWERED and count % 3 == 0

    line.at = at
    program.write(stories.lines)
    ended, said = program.run("work", "plan.jsonl", patience=60)

    assert ended == DONE, said
    assert max(line.keys.values()) > 1
    stories.check(program)
    stories.check_pulled(program)


def test_two_of_it_on_one_register_do_each_thing_once(world, line, program):
    stories = Stories(world)
    stories.tell()
    program.write(stories.lines)
    program.run("plan", "plan.jsonl")

    both = [program.start("work") for _ in range(2)]
    assert [process.wait(timeout=120) for process in both] == [DONE, DONE]

    stories.check(program)
    stories.check_pulled(program)


def test_who_asks_again_later_when_nobody_answers_loses_nothing(line, program):
    line.at = lambda point, method, _path: point is Point.ANSWERED and method == "POST"
    program.run(*FILE)
    ended, said = program.run("work", patience=1)
    assert ended == LATER
    assert "Nothing is lost" in said
    assert program.states() == {"K-1": "sealed"}

    line.at = lambda _point, _method, _path: False
    assert program.run("work")[0] == DONE
    assert program.states() == {"K-1": "done"}
    assert len(cases()) == 1


def test_a_change_whose_answer_was_lost_is_known_for_our_own(line, program):
    filed(program)
    lost = iter([True])
    line.at = lambda point, method, _path: point is Point.ANSWERED and method == "PATCH" and next(lost, False)
    program.run("edit-case", "E-1", "K-1", "summary=Ours.", 'crime_types:=["money_laundering"]')

    assert program.run("work")[0] == DONE

    assert line.statuses[412] == 1
    assert cases() == ["Ours."]
    assert program.rows("SELECT version FROM intention WHERE name = 'E-1'") == [{"version": 2}]


def test_the_same_name_is_the_same_intention_and_another_one_is_refused(program):
    filed(program)
    assert program.run(*FILE)[0] == DONE
    assert program.run("work")[0] == DONE
    assert len(cases()) == 1
    assert program.run("file-case", "K-1", "title=Other")[0] == WRONG


def test_what_somebody_else_changed_is_shown_beside_ours_and_a_person_decides(world, program):
    filed(program)
    retitled(world, "Theirs.")
    program.run("edit-case", "E-1", "K-1", "summary=Ours.")
    program.run("write-note", "after", "K-1", "text=Later.", "audience=everyone")
    program.run("file-case", "K-2", *(one for one in FILE[2:]))

    ended, said = program.run("work")

    assert ended == ASKS
    assert "Ours." in said
    assert "Theirs." in said
    assert program.states() == {"K-1": "done", "E-1": "stale", "after": "waiting", "K-2": "done"}
    assert cases() == ["Theirs.", "They cross at night."]

    assert program.run("again", "E-1")[0] == DONE
    assert program.run("work")[0] == DONE
    assert cases() == ["Ours.", "They cross at night."]


def test_what_is_shown_and_changed_once_more_is_asked_about_again_and_may_be_given_up(world, program):
    filed(program)
    retitled(world, "Theirs.")
    program.run("edit-case", "E-1", "K-1", "summary=Ours.")
    program.run("write-note", "after", "K-1", "text=Later.", "audience=everyone")
    program.run("work")
    retitled(world, "Theirs again.")
    program.run("again", "E-1")

    assert program.run("work")[0] == ASKS
    assert program.run("drop", "E-1")[0] == DONE
    assert program.run("work")[0] == DONE

    assert program.states() == {"K-1": "done", "E-1": "dropped", "after": "done"}
    assert cases() == ["Theirs again."]
    with as_owner():
        assert Note.objects.count() == 1


def test_a_refusal_says_where_and_is_mended_with_the_same_key(program):
    program.run("file-case", "K-1", "title=", "summary=They cross at night.")
    ended, said = program.run("work")
    assert ended == ASKS
    assert "/title" in said
    (before,) = program.rows("SELECT * FROM intention")

    program.run("again", "K-1", "title=Boats", *FILE[3:])

    assert program.run("work")[0] == DONE
    assert program.run("file-case", "K-1", "title=", "summary=They cross at night.")[0] == DONE, "the same intention"
    assert program.run("work")[0] == DONE
    with as_owner():
        assert [str(kept.key) for kept in Receipt.objects.all()] == [before["key"]]


def test_what_is_done_to_nothing_is_refused_and_the_rest_goes_on(world, program):
    stranger = world.open(title="Not shared")
    program.run("open-case", "O-1", str(stranger.pk))
    program.run("write-note", "N-1", str(world.draft().pk), "text=Later.", "audience=everyone")
    program.run(*FILE)

    ended, said = program.run("work")

    assert ended == ASKS
    assert "404" in said
    assert program.states() == {"O-1": "refused", "N-1": "refused", "K-1": "done"}


def test_a_rule_that_stands_against_it_is_told(program):
    filed(program)
    program.run("nominate", "N-1", "K-1", "title=Boats")
    ended, said = program.run("work")
    assert ended == ASKS
    assert program.states()["N-1"] == "refused"
    assert "/criteria" in said


def test_a_token_that_ended_touches_nothing_and_another_one_goes_on(world, program):
    granted = world.grant(world.system, scopes=tuple(READS))
    other = program.token
    program.token = granted.secret
    program.run(*FILE)
    ended, said = program.run("work")
    assert ended == ASKS
    assert "403" in said
    program.run("again", "K-1")
    with world.administrators["AL"].acting() as by:
        system_actions.revoke(by=by, at=world.now, token_id=granted.token.pk)

    ended, said = program.run("work")

    assert ended == NO_TOKEN
    assert "Ask your administrator" in said
    assert program.states() == {"K-1": "waiting"}
    program.token = other
    assert program.run("work")[0] == DONE


def test_a_register_is_one_systems_alone(world, line, program):
    filed(program)
    other = world.house.system("Other", "AL")
    program.token = world.grant(other).secret
    ended, said = program.run("work")
    assert ended == WRONG
    assert "another system" in said


def test_a_place_that_is_too_old_begins_anew_and_drops_what_is_not_told_of(world, line, program):
    kept, lost = filed(program), "0c9d5a52-6e2f-4c38-9f0e-1b8a8f0f3b02"
    with program._opened() as register, register:
        register.execute(
            "INSERT INTO record SELECT ?, kind, ?, version, etag, document, round FROM record", [lost, "/gone"]
        )
    gone = Said(410, {}, b'{"type": "urn:wbcj:problem:place-too-old", "title": "Too old", "status": 410}')
    once = iter([gone])
    line.at = lambda point, _method, path: "after=" in path and point is Point.ARRIVED and next(once, False)

    ended, said = program.run("pull")

    assert ended == DONE, said
    assert [row["url"] for row in program.rows("SELECT url FROM record")] == [kept]


def test_a_day_before_the_key_is_forgotten_it_asks_instead_of_sending(line, program):
    line.at = lambda point, method, _path: point is Point.ANSWERED and method == "POST"
    program.run(*FILE)
    program.run("work", patience=1)
    line.at = lambda _point, _method, _path: False
    with program._opened() as register, register:
        register.execute("UPDATE intention SET sealed_at = '2026-01-01T00:00:00+00:00'")
    sent = sum(line.keys.values())

    assert program.run("send")[0] == ASKS

    assert sum(line.keys.values()) == sent
    assert program.states() == {"K-1": "refused"}


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("WBCJ_URL", "http://coordination.example.org", "https"),
        ("WBCJ_URL", "", "WBCJ_URL"),
        ("WBCJ_TOKEN", "", "chmod 600"),
        ("WBCJ_TOKEN", "wbcj_\N{MIDDLE DOT}", "copy it again"),
    ],
)
def test_what_the_environment_says_wrongly_is_told(program, name, value, why):
    program.more[name] = value
    ended, said = program.run("work")
    assert ended == WRONG
    assert why in said


def test_a_token_comes_from_a_file_that_nobody_else_can_read_and_is_shown_nowhere(program, tmp_path):
    secret = tmp_path / "token"
    secret.write_text(f"{program.token}\n")
    secret.chmod(0o644)
    program.more |= {"WBCJ_TOKEN": "", "WBCJ_TOKEN_FILE": str(secret)}
    program.run(*FILE)
    ended, refused = program.run("work")
    assert (ended, "chmod 600" in refused) == (WRONG, True)

    secret.chmod(0o600)
    ended, said = program.run("work")
    assert ended == DONE

    assert program.run("me")[0] == DONE
    assert program.token not in refused + said + program.run("me")[1]
    held = b"".join(path.read_bytes() for path in program.folder.iterdir())
    assert program.token.encode() not in held
    assert {path.stat().st_mode & 0o077 for path in program.folder.glob("register.sqlite*")} == {0}
