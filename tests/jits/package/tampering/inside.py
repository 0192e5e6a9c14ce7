"""Changes that the service's own key sealed: a mistake or a fraud inside, which files, signatures and manifest give away."""

from __future__ import annotations

from datetime import datetime, timedelta
from random import Random

from jits.package.manifest import SHEET, Way
from jits.package.reasons import Reason
from tests.jits.package.stage import CONTENT, OLDER, PARTIES, THREE
from tests.jits.package.tampering import signed
from tests.jits.package.tampering.evidence import BROKEN
from tests.jits.package.tampering.ground import Forged, Ground, forged, kind
from tests.jits.package.tampering.outside import bent


def moved(at: str, seconds: int) -> str:
    return (datetime.fromisoformat(at) + timedelta(seconds=seconds)).isoformat()


@kind
def a_party_that_has_not_signed(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    party = chance.choice(told["parties"])
    file, party["consent"] = party["consent"]["file"], None
    told["files"] = [each for each in told["files"] if each["name"] != file]
    return forged(ground.sealed(told), Reason.CONSENT_MISSING)


@kind
def a_party_left_out(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    party = chance.choice(told["parties"])
    told["parties"].remove(party)
    told["files"] = [each for each in told["files"] if each["name"] != party["consent"]["file"]]
    return forged(ground.sealed(told), Reason.PARTY_MISSING)


@kind
def a_language_left_out(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    gone = told["languages"].pop(chance.randrange(len(told["languages"])))
    told["files"] = [each for each in told["files"] if each["name"] != gone["file"]]
    return forged(ground.sealed(told), Reason.LANGUAGE_MISSING)


@kind
def languages_swapped(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    one, other = chance.sample([each["file"] for each in told["languages"]], 2)
    return forged(
        ground.sealed(told, {one: ground.content(other), other: ground.content(one)}), Reason.LANGUAGE_SWAPPED
    )


@kind
def an_older_text_with_the_new_manifest(ground: Ground, chance: Random) -> Forged:
    older = dict(ground.older)
    told = ground.told
    files = [each["file"] for each in told["languages"]]
    some = chance.sample(files, chance.randint(1, len(files)))
    return forged(ground.sealed(told, {name: older[name] for name in some}), Reason.CONTENT_DIFFERS)


@kind
def the_new_text_with_another_hash_or_reference(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    told |= chance.choice(
        [
            {"content_sha256": chance.choice([OLDER, chance.randbytes(32).hex()])},
            {"agreement": f"JIT-2025-{chance.randrange(9999):04}"},
            {"template": f"wbcj-jit/{chance.randint(4, 99)}"},
        ]
    )
    return forged(ground.sealed(told), Reason.CONTENT_DIFFERS)


@kind
def a_frozen_file_changed(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    name = chance.choice(told["languages"])["file"]
    changed = bent(ground.content(name), chance)
    # Somebody signed in each of the languages.
    reasons = (
        Reason.FROZEN_UNREADABLE, Reason.CONTENT_DIFFERS, Reason.LANGUAGE_SWAPPED, Reason.LANGUAGE_MISSING, Reason.PARTY_MISSING,
        Reason.NOT_THE_FROZEN_FILE, Reason.SCAN_DIFFERS, *BROKEN,
    )  # fmt: skip
    return forged(ground.sealed(told, {name: changed}), *reasons)


@kind
def a_scan_without_a_counter_check(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    party, file = ground.of(Way.INK)
    ground.party(told, party)["consent"]["counter_check"] = None
    scan = chance.choice([ground.content(file), bent(ground.content(file), chance)])
    return forged(ground.sealed(told, {file: scan}), Reason.COUNTER_CHECK_MISSING)


@kind
def a_scan_counter_checked_by_its_own_party(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    party, _file = ground.of(Way.INK)
    entry = ground.party(told, party)
    outsiders = sorted({*PARTIES, "eu"} - set(THREE))
    change = chance.choice([{"party": party}, {"party": chance.choice(outsiders)}, {"by": entry["signatory"]}])
    entry["consent"]["counter_check"] |= change
    return forged(ground.sealed(told), Reason.COUNTER_CHECK_BY_THE_SAME_PARTY)


@kind
def another_scan_than_was_counter_checked(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    party, file = ground.of(Way.INK)
    if chance.random() < 0.5:
        return forged(ground.sealed(told, {file: bent(ground.content(file), chance)}), Reason.SCAN_DIFFERS)
    other = chance.choice(
        [{"content_sha256": OLDER}, {"scan_sha256": CONTENT}, {"frozen_sha256": chance.randbytes(32).hex()}]
    )
    ground.party(told, party)["consent"]["counter_check"] |= other
    return forged(ground.sealed(told), Reason.SCAN_DIFFERS)


@kind
def a_time_that_cannot_be(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    party = chance.choice(told["parties"])
    consent, seconds = party["consent"], chance.randint(86_400, 200_000)
    change = chance.choice(["after the package", "another second", "check before the signature"])
    if change == "after the package":
        consent["at"] = moved(told["made_at"], seconds)
    elif consent["way"] == Way.INK:
        consent["counter_check"]["at"] = moved(consent["at"], -seconds)
    else:
        # Sixty seconds: inside the day, so that nothing else is wrong; a signature elsewhere then claims a time after it came in.
        consent["at"] = moved(consent["at"], -chance.randint(60, 90))
    return forged(ground.sealed(told), Reason.TIME_DIFFERS)


@kind
def another_day_in_force(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    day = datetime.fromisoformat(told["in_force"]) + timedelta(days=chance.choice([-1, 1]) * chance.randint(1, 400))
    told["in_force"] = day.date().isoformat()
    return forged(ground.sealed(told), Reason.IN_FORCE_DIFFERS)


@kind
def a_certificate_sheet_that_is_not_ours(ground: Ground, chance: Random) -> Forged:
    sheet = ground.content(SHEET)
    printed = ground.content(ground.told["languages"][0]["file"])
    foreign = ground.once(
        "foreign sheet", lambda: signed.in_application(ground, by=ground.stage.foreign.seal("WBCJ"), frozen=printed)
    )
    other = chance.choice(
        [
            dict(ground.older)[SHEET],
            foreign,
            printed,
            sheet + b"\n",
            chance.randbytes(500),
            ground.once("noted sheet", lambda: signed.added(sheet, signed.catalog_note)),
        ]
    )
    return forged(ground.sealed(ground.told, {SHEET: other}), Reason.CERTIFICATE_BROKEN)


@kind
def a_file_that_has_no_purpose(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    name = f"consents/{chance.randrange(10**6)}.pdf"
    told["files"].insert(chance.randrange(len(told["files"])), {"name": name})
    return forged(ground.sealed(told, {name: chance.randbytes(20)}), Reason.EXTRA_ENTRY)


@kind
def a_readme_or_program_left_out(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    gone = chance.choice(["README.txt", "verify_sums.py"])
    told["files"] = [each for each in told["files"] if each["name"] != gone]
    return forged(ground.sealed(told), Reason.MISSING_ENTRY)


@kind
def one_file_for_two_purposes(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    one, other = chance.sample(told["parties"], 2)
    gone, one["consent"]["file"] = one["consent"]["file"], other["consent"]["file"]
    told["files"] = [each for each in told["files"] if each["name"] != gone]
    return forged(ground.sealed(told), Reason.MANIFEST_DIFFERS)
