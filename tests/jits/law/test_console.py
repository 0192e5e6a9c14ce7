"""The treaty matrix in the console: staff correct a day, and the answer is another one."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from cases.models import CrimeType
from foundation.reference.models import Act, Change
from jits import reference, solver
from jits.models import InstrumentParty, LegalInstrument
from jits.queries import law
from tests.console.reference_cast import CRIMES, address, confirm, fill, give, in_days, mia
from tests.jits.law.table import team
from wbcj.composition import REFERENCE

__all__ = ["mia"]
PARTIES, INSTRUMENTS = REFERENCE["legal-parties"], REFERENCE["legal-instruments"]


def row(instrument: str, party: str) -> InstrumentParty:
    return InstrumentParty.objects.get(instrument=instrument, party=party)


def typed(one, kind, **other):
    """What the form of a row sends."""
    columns = [column for column in kind.columns if not kind.stays(column, one, on=in_days(0))]
    standing = {column.field_name: column.read(one) for column in columns}
    sent = {name: value for name, value in standing.items() if value not in (None, False)}
    return {
        "version": str(one.version),
        **{name: "on" if value is True else value for name, value in sent.items()},
        **other,
    }


def common(parties: str, on: date) -> tuple[str, ...]:
    return solver.solve(law.matrix(), parties=team(parties), offences=[solver.Offence.OTHER], on=on).common


@pytest.mark.django_db
def test_what_is_loaded_is_what_is_shipped_and_a_second_load_adds_nothing(shipped):
    assert law.matrix().instruments == shipped.instruments
    assert set(law.matrix().bindings) == set(shipped.bindings)
    assert reference.load() == 0


def test_a_corrected_day_changes_the_answer_and_the_history_keeps_what_stood(mia, browser):
    one, day = row("pcc_see", "BG"), date(2009, 1, 1)
    assert common("BG RS", day) == ("ets_182", "pcc_see")

    fill(browser(mia), "change", "legal-parties", row=one.pk, **typed(one, PARTIES, valid_from="2009-06-01"))

    assert common("BG RS", day) == ("ets_182",)
    assert common("BG RS", date(2009, 6, 1)) == ("ets_182", "pcc_see")
    change = Change.objects.get(kind="legal-parties")
    assert (change.act, change.changes) == (Act.CHANGED, {"valid_from": ["2008-09-25", "2009-06-01"]})
    told = browser(mia).get(address("history", "legal-parties")).content.decode()
    assert "2008-09-25" in told
    assert "Mia" in told


def test_what_a_row_is_about_stays(mia, browser):
    one = row("pcc_see", "BG")

    fill(browser(mia), "change", "legal-parties", row=one.pk, **typed(one, PARTIES, party="SE", reservation="Read it."))

    one.refresh_from_db()
    assert (one.party, one.reservation) == ("BG", "Read it.")


def test_a_reservation_takes_the_party_out_and_an_end_in_the_past_too(mia, browser):
    client, today = browser(mia), in_days(0)
    one, other = row("pcc_see", "RS"), row("ets_182", "RS")

    fill(client, "change", "legal-parties", row=one.pk, **typed(one, PARTIES, reserved="on"))
    fill(client, "end", "legal-parties", row=other.pk, version="1", valid_until="2020-12-31")

    assert common("AL RS", today) == ()
    assert common("AL RS", date(2020, 12, 31)) == ("ets_182",)
    assert common("AL MK", today) == ("ets_182", "pcc_see")


def test_a_row_that_was_never_true_is_withdrawn_and_stands_in_the_history(mia, browser):
    one = row("pcc_see", "BG")

    fill(browser(mia), "end", "legal-parties", row=one.pk, version="1", valid_until="2000-01-01")

    assert not InstrumentParty.objects.filter(pk=one.pk).exists()
    assert common("BG RS", in_days(0)) == ("ets_182",)
    assert Change.objects.get(kind="legal-parties").act == Act.WITHDRAWN


def test_days_never_run_backwards(mia, browser):
    one = row("pcc_see", "BG")

    answer = fill(browser(mia), "change", "legal-parties", row=one.pk, **typed(one, PARTIES, valid_until="2000-01-01"))

    assert answer.status_code == 409
    assert "lies before the first" in answer.content.decode()


def test_a_party_needs_an_instrument_and_a_partner_that_are_known(mia, browser):
    client = browser(mia)
    facts = {"valid_from": "2020-01-01"}

    answer = fill(client, "add", "legal-parties", instrument="no_such", party="AL", **facts)
    assert answer.status_code == 422
    assert "no instrument with this code" in answer.content.decode()
    answer = fill(client, "add", "legal-parties", instrument="pcc_see", party="EUROJUST", **facts)
    assert answer.status_code == 422
    assert "no partner with this code" in answer.content.decode()
    fill(client, "add", "legal-parties", instrument="pcc_see", party="HR", **facts)
    assert common("HR RS", in_days(0)) == ("ets_182", "pcc_see")


def test_an_instrument_of_staffs_own_counts_from_its_first_day(mia, browser):
    client = browser(mia)
    facts = {"name": "A new treaty", "kind": "multilateral", "provision": "Article 1", "scope": "all", "position": "5"}
    first = {"known_as": "new_treaty", "valid_from": in_days(3).isoformat(), "submission_key": str(uuid4())}
    client.post(address("add", "legal-instruments"), {**first, **facts})
    for party in ("MK", "XK"):
        fill(client, "add", "legal-parties", instrument="new_treaty", party=party, valid_from=in_days(3).isoformat())

    assert common("MK XK", in_days(2)) == ()
    assert common("MK XK", in_days(3)) == ("new_treaty",)


def test_a_file_of_parties_shows_its_differences_and_is_written_as_shown(mia, browser):
    client = browser(mia)
    rows = "instrument,party,reservation,valid_from,valid_until\npcc_see,HR,,2020-01-01,\nets_182,RS,Read it.,2007-08-01,2024-12-31"

    page = give(client, rows, "legal-parties")

    assert [line.act for line in page.context["difference"].lines] == [Act.ADDED, Act.CHANGED]
    confirm(client, page, "legal-parties")
    assert common("HR RS", in_days(0)) == ("pcc_see",)
    assert row("ets_182", "RS").reservation == "Read it."


def test_rules_that_somebody_followed_still_stay(mia, browser):
    """Facts are corrected; a word of a code list that has begun keeps its first day."""
    one = CrimeType.objects.get(code="corruption")
    assert CRIMES.stays(CRIMES.by_name["valid_from"], one, on=in_days(0))
    fact = LegalInstrument.objects.get(code="ets_182")
    assert not INSTRUMENTS.stays(INSTRUMENTS.by_name["valid_from"], fact, on=in_days(0))
    assert INSTRUMENTS.stays(INSTRUMENTS.by_name["code"], fact, on=in_days(0))
