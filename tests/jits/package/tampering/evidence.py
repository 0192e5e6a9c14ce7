"""Evidence of consents that is not what the manifest says, sealed by the service's own key nevertheless."""

from __future__ import annotations

from random import Random

from jits.package.manifest import Way
from jits.package.reasons import Reason
from tests.jits.package.stage import OLDER, PARTIES, fingerprint, signed_elsewhere
from tests.jits.package.tampering import signed
from tests.jits.package.tampering.ground import Forged, Ground, forged, kind
from tests.jits.package.tampering.outside import flipped

BROKEN = (
    Reason.SIGNATURE_BROKEN, Reason.SIGNATURE_MISSING, Reason.SIGNATURE_UNTRUSTED, Reason.EVIDENCE_UNREADABLE,
    Reason.CHANGED_AFTER_SIGNING, Reason.MORE_THAN_A_SIGNATURE,
)  # fmt: skip


@kind
def what_was_signed_changed(ground: Ground, chance: Random) -> Forged:
    _party, file = ground.of(chance.choice([Way.APPLICATION, Way.ELSEWHERE]))
    pdf, frozen = ground.content(file), ground.frozen_of(file)
    changed = flipped(pdf, chance, chance.randrange(len(frozen)))
    return forged(ground.sealed(ground.told, {file: changed}), Reason.NOT_THE_FROZEN_FILE)


@kind
def a_bit_flipped_in_a_signature(ground: Ground, chance: Random) -> Forged:
    _party, file = ground.of(chance.choice([Way.APPLICATION, Way.ELSEWHERE]))
    pdf, frozen = ground.content(file), ground.frozen_of(file)
    changed = flipped(pdf, chance, chance.randrange(len(frozen), len(pdf)))
    return forged(ground.sealed(ground.told, {file: changed}), *BROKEN)


@kind
def a_file_without_its_signature(ground: Ground, chance: Random) -> Forged:
    _party, file = ground.of(chance.choice([Way.APPLICATION, Way.ELSEWHERE]))
    note = ground.once(f"unsigned {file}", lambda: signed.added(ground.frozen_of(file), signed.catalog_note))
    return forged(
        ground.sealed(ground.told, {file: chance.choice([ground.frozen_of(file), note])}), Reason.SIGNATURE_MISSING
    )


@kind
def a_signature_by_a_foreign_authority(ground: Ground, chance: Random) -> Forged:
    way = chance.choice([Way.APPLICATION, Way.ELSEWHERE])
    party, file = ground.of(way)
    foreign = ground.once("foreign card", lambda: ground.stage.foreign.seal(PARTIES[party][1]))
    if way is Way.APPLICATION:
        pdf = ground.once("foreign application", lambda: signed.in_application(ground, by=foreign))
    else:
        pdf = ground.once("foreign elsewhere", lambda: signed_elsewhere(ground.frozen_of(file), foreign))
    told = ground.told
    ground.party(told, party)["consent"]["certificate"] = None if way is Way.APPLICATION else fingerprint(foreign)
    return forged(ground.sealed(told, {file: pdf}), Reason.SIGNATURE_UNTRUSTED)


@kind
def a_card_in_place_of_the_service(ground: Ground, chance: Random) -> Forged:
    party, file = ground.of(Way.APPLICATION)
    card = ground.stage.cards[chance.choice([party, "mk"])]
    pdf = ground.once(f"card {card.name}", lambda: signed.in_application(ground, by=card))
    return forged(ground.sealed(ground.told, {file: pdf}), Reason.SIGNATURE_UNTRUSTED)


@kind
def a_signature_of_the_wrong_party(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    if chance.random() < 0.5:
        _party, file = ground.of(Way.APPLICATION)
        other = chance.choice(sorted(set(PARTIES) - {"al"}))
        wrong = chance.choice([{"party": other}, {"signatory": PARTIES[other][1]}, {"content": OLDER}])
        pdf = ground.once(f"wrong {wrong}", lambda: signed.in_application(ground, **wrong))
        return forged(ground.sealed(told, {file: pdf}), Reason.WRONG_SIGNATORY)
    party, file = ground.of(Way.ELSEWHERE)
    other = chance.choice(sorted(set(PARTIES) - {party}))
    pdf = ground.once(f"card of {other}", lambda: signed_elsewhere(ground.frozen_of(file), ground.stage.cards[other]))
    return forged(ground.sealed(told, {file: pdf}), Reason.WRONG_SIGNATORY, Reason.TIME_DIFFERS)


@kind
def another_signatory_in_the_manifest(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    party, _file = ground.of(chance.choice([Way.APPLICATION, Way.ELSEWHERE]))
    entry = ground.party(told, party)
    if entry["consent"]["way"] == Way.APPLICATION:
        entry["signatory"] = f"Somebody {chance.randrange(10**6)}"
    else:
        entry["consent"]["certificate"] = chance.choice([None, chance.randbytes(32).hex()])
    return forged(ground.sealed(told), Reason.WRONG_SIGNATORY)


@kind
def a_consent_to_another_text(ground: Ground, chance: Random) -> Forged:
    party, file = ground.of(chance.choice([Way.APPLICATION, Way.ELSEWHERE]))
    older = ground.once(f"older frozen {file}", lambda: signed.older_frozen(ground, file))
    if ground.party(ground.told, party)["consent"]["way"] == Way.APPLICATION:
        pdf = ground.once("older application", lambda: signed.in_application(ground, frozen=older))
    else:
        pdf = ground.once("older elsewhere", lambda: signed_elsewhere(older, ground.stage.cards[party]))
    return forged(ground.sealed(ground.told, {file: pdf}), Reason.NOT_THE_FROZEN_FILE)


@kind
def a_consent_in_another_language(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    party, _file = ground.of(chance.choice([Way.APPLICATION, Way.ELSEWHERE]))
    consent = ground.party(told, party)["consent"]
    others = [each["language"] for each in told["languages"] if each["language"] != consent["language"]]
    consent["language"] = chance.choice([*others, "fr"])
    reason = Reason.LANGUAGE_MISSING if consent["language"] == "fr" else Reason.NOT_THE_FROZEN_FILE
    return forged(ground.sealed(told), reason)


@kind
def a_revision_after_the_signature(ground: Ground, chance: Random) -> Forged:
    _party, file = ground.of(chance.choice([Way.APPLICATION, Way.ELSEWHERE]))
    name, change = chance.choice(sorted(signed.CHANGES.items()))
    pdf = ground.once(f"after {file} {name}", lambda: signed.added(ground.content(file), change))
    return forged(ground.sealed(ground.told, {file: pdf}), Reason.CHANGED_AFTER_SIGNING)


@kind
def a_second_signature(ground: Ground, chance: Random) -> Forged:
    _party, file = ground.of(Way.ELSEWHERE)
    other = chance.choice(sorted(PARTIES))
    pdf = ground.once(
        f"second {other}", lambda: signed_elsewhere(ground.content(file), ground.stage.cards[other], field="Second")
    )
    return forged(ground.sealed(ground.told, {file: pdf}), Reason.CHANGED_AFTER_SIGNING)


@kind
def bytes_after_the_signature(ground: Ground, chance: Random) -> Forged:
    _party, file = ground.of(chance.choice([Way.APPLICATION, Way.ELSEWHERE]))
    pdf = ground.content(file) + chance.choice([b"\n", b"%", chance.randbytes(chance.randint(1, 300))])
    return forged(ground.sealed(ground.told, {file: pdf}), Reason.CHANGED_AFTER_SIGNING, Reason.EVIDENCE_UNREADABLE)


@kind
def more_than_a_signature(ground: Ground, chance: Random) -> Forged:
    _party, file = ground.of(Way.ELSEWHERE)
    name = chance.choice([*sorted(signed.CHANGES), "a cover"])
    pdf = ground.once(
        f"with {name}",
        lambda: signed.covering(ground) if name == "a cover" else signed.signed_with(ground, signed.CHANGES[name]),
    )
    return forged(ground.sealed(ground.told, {file: pdf}), Reason.MORE_THAN_A_SIGNATURE)
