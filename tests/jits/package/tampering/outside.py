"""Changes by somebody who has the package and no key: in its bytes, in its files, in its sums, in its manifest."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime, timedelta
from random import Random

from foundation.documents.seals import sealing
from jits.package import archive
from jits.package.manifest import NAME, SEAL, SUMS
from jits.package.reasons import Reason
from tests.jits.package.tampering.ground import Forged, Ground, canonical, forged, kind, summed, zipped

FRAME = (
    Reason.NOT_A_ZIP, Reason.ALTERED_FRAME, Reason.UNSAFE_NAME, Reason.DUPLICATE_ENTRY, Reason.ENCRYPTED_ENTRY,
    Reason.COMPRESSED_ENTRY, Reason.TOO_LARGE, Reason.TRAILING_BYTES,
)  # fmt: skip
IN_SUMS = (Reason.SUMS_MALFORMED, Reason.SUM_DIFFERS, Reason.MISSING_ENTRY)


def flipped(content: bytes, chance: Random, place: int | None = None) -> bytes:
    changed = bytearray(content)
    changed[chance.randrange(len(changed)) if place is None else place] ^= 1 << chance.randrange(8)
    return bytes(changed)


def bent(content: bytes, chance: Random) -> bytes:
    """One of the small ways to change bytes, never none."""
    at, piece = chance.randrange(len(content)), chance.randbytes(chance.randint(1, 40))
    return chance.choice(
        [
            flipped(content, chance, at),
            content[:at] + piece + content[at:],
            content[:at] + content[at + chance.randint(1, 40) :],
            content[:at],
            content + piece,
            content[:at] + bytes(len(content) - at) + b"\0",
        ]
    )


@kind
def a_bit_flipped_anywhere_in_the_zip(ground: Ground, chance: Random) -> Forged:
    place = chance.randrange(len(ground.clean))
    for name, entry in archive.opened(io.BytesIO(ground.clean)).entries.items():
        if entry.start <= place < entry.start + entry.size:
            reasons = IN_SUMS if name == SUMS else (Reason.SUM_DIFFERS,)
            return forged(flipped(ground.clean, chance, place), *reasons)
    return forged(flipped(ground.clean, chance, place), *FRAME)


@kind
def a_bit_flipped_in_the_frame_of_the_zip(ground: Ground, chance: Random) -> Forged:
    entries = archive.opened(io.BytesIO(ground.clean)).entries.values()
    heads = [place for entry in entries for place in range(entry.start - len(entry.head), entry.start)]
    end = max(entry.start + entry.size for entry in entries)
    return forged(flipped(ground.clean, chance, chance.choice([*heads, *range(end, len(ground.clean))])), *FRAME)


@kind
def bytes_inserted_in_the_zip(ground: Ground, chance: Random) -> Forged:
    at = chance.randrange(len(ground.clean))
    return forged(ground.clean[:at] + chance.randbytes(chance.randint(1, 200)) + ground.clean[at:], *FRAME)


@kind
def bytes_cut_out_of_the_zip(ground: Ground, chance: Random) -> Forged:
    at = chance.randrange(len(ground.clean) - 1)
    return forged(ground.clean[:at] + ground.clean[at + chance.randint(1, 200) :], *FRAME)


@kind
def the_zip_cut_off(ground: Ground, chance: Random) -> Forged:
    return forged(ground.clean[: chance.randrange(len(ground.clean))], Reason.NOT_A_ZIP, Reason.ALTERED_FRAME)


@kind
def bytes_after_the_zip(ground: Ground, chance: Random) -> Forged:
    return forged(ground.clean + chance.randbytes(chance.randint(1, 3000)), Reason.TRAILING_BYTES)


@kind
def bytes_before_the_zip(ground: Ground, chance: Random) -> Forged:
    return forged(chance.randbytes(chance.randint(1, 3000)) + ground.clean, Reason.ALTERED_FRAME)


@kind
def a_file_changed(ground: Ground, chance: Random) -> Forged:
    name = chance.choice([name for name in ground.names if name != SUMS])
    return forged(ground.replaced({name: bent(ground.content(name), chance)}), Reason.SUM_DIFFERS)


@kind
def the_sums_changed(ground: Ground, chance: Random) -> Forged:
    return forged(ground.replaced({SUMS: bent(ground.content(SUMS), chance)}), *IN_SUMS, Reason.EXTRA_ENTRY)


@kind
def two_files_swapped(ground: Ground, chance: Random) -> Forged:
    one, other = chance.sample([name for name in ground.names if name != SUMS], 2)
    return forged(ground.replaced({one: ground.content(other), other: ground.content(one)}), Reason.SUM_DIFFERS)


@kind
def files_in_another_order(ground: Ground, chance: Random) -> Forged:
    files = list(ground.files)
    one, other = chance.sample(range(len(files)), 2)
    files[one], files[other] = files[other], files[one]
    # Summing up would put the sums back where they belong.
    return forged(files if files[-1][0] != SUMS else chance.choice([files, summed(files)]), Reason.ENTRY_ORDER)


@kind
def a_file_left_out(ground: Ground, chance: Random) -> Forged:
    name = chance.choice(ground.names)
    files = [each for each in ground.files if each[0] != name]
    return forged(files if name == SUMS else chance.choice([files, summed(files)]), Reason.MISSING_ENTRY)


@kind
def a_file_added(ground: Ground, chance: Random) -> Forged:
    files = list(ground.files)
    files.insert(chance.randrange(len(files)), (f"consents/{chance.randrange(10**6)}.pdf", chance.randbytes(50)))
    return forged(chance.choice([files, summed(files)]), Reason.EXTRA_ENTRY)


@kind
def a_file_twice(ground: Ground, chance: Random) -> Forged:
    name, content = chance.choice(ground.files)
    files = list(ground.files)
    files.insert(chance.randrange(len(files)), (name, chance.choice([content, bent(content, chance)])))
    return forged(files, Reason.DUPLICATE_ENTRY)


@kind
def a_file_renamed(ground: Ground, chance: Random) -> Forged:
    name = chance.choice(ground.names[:-1])
    files = [
        (f"agreement/x{chance.randrange(99)}.pdf" if each == name else each, content) for each, content in ground.files
    ]
    return forged(chance.choice([files, summed(files)]), Reason.MISSING_ENTRY)


@kind
def a_name_that_leads_out(ground: Ground, chance: Random) -> Forged:
    unsafe = [
        "../x.pdf",
        "/etc/passwd",
        "a/../../x",
        "consents\\..\\x",
        "C:/x.pdf",
        ".hidden",
        "a//b",
        "a/b/c.pdf",
        "x\x00.pdf",
        "Ѕ.pdf",
        "a ",
    ]
    files = list(ground.files)
    files.insert(chance.randrange(len(files)), (chance.choice(unsafe), b"x"))
    return forged(summed(files), Reason.UNSAFE_NAME, Reason.ALTERED_FRAME)


@kind
def a_compressed_package(ground: Ground, chance: Random) -> Forged:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", chance.choice([zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2])) as packed:
        for name, content in ground.files:
            packed.writestr(name, content)
    return forged(output.getvalue(), Reason.COMPRESSED_ENTRY)


@kind
def a_package_that_another_program_packed(ground: Ground, chance: Random) -> Forged:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as packed:
        packed.comment = chance.randbytes(chance.randint(0, 50))
        for name, content in ground.files:
            packed.writestr(zipfile.ZipInfo(name, (2026, chance.randint(1, 12), 1, 0, 0, 0)), content)
    return forged(output.getvalue(), Reason.ALTERED_FRAME)


@kind
def a_file_that_says_it_is_encrypted(ground: Ground, chance: Random) -> Forged:
    changed = bytearray(ground.clean)
    end = max(entry.start + entry.size for entry in archive.opened(io.BytesIO(ground.clean)).entries.values())
    places = [place for place in range(end, len(changed) - 4) if changed[place : place + 4] == b"PK\x01\x02"]
    changed[chance.choice(places) + 8] |= chance.choice([0x01, 0x40])
    return forged(bytes(changed), Reason.ENCRYPTED_ENTRY)


@kind
def more_files_than_a_package_has(ground: Ground, chance: Random) -> Forged:
    many = [(f"n{number}", chance.randbytes(3)) for number in range(archive.MOST_ENTRIES)]
    return forged([*many, *ground.files], Reason.TOO_LARGE)


@kind
def a_file_changed_and_summed_up(ground: Ground, chance: Random) -> Forged:
    name = chance.choice(ground.listed)
    return forged(summed(ground.replaced({name: bent(ground.content(name), chance)})), Reason.MANIFEST_DIFFERS)


@kind
def two_files_swapped_and_summed_up(ground: Ground, chance: Random) -> Forged:
    one, other = chance.sample(ground.listed, 2)
    files = ground.replaced({one: ground.content(other), other: ground.content(one)})
    return forged(summed(files), Reason.MANIFEST_DIFFERS)


@kind
def an_older_file_put_back_and_summed_up(ground: Ground, chance: Random) -> Forged:
    older = dict(ground.older)
    changing = [name for name in ground.listed if older[name] != ground.content(name)]
    some = chance.sample(changing, chance.randint(1, len(changing)))
    return forged(summed(ground.replaced({name: older[name] for name in some})), Reason.MANIFEST_DIFFERS)


@kind
def the_older_manifest_put_back_with_or_without_its_seal(ground: Ground, chance: Random) -> Forged:
    older = dict(ground.older)
    if chance.random() < 0.5:
        return forged(summed(ground.replaced({NAME: older[NAME]})), Reason.SEAL_BROKEN)
    return forged(summed(ground.replaced({NAME: older[NAME], SEAL: older[SEAL]})), Reason.MANIFEST_DIFFERS)


@kind
def a_manifest_changed_and_summed_up(ground: Ground, chance: Random) -> Forged:
    told = ground.told
    party = chance.choice(told["parties"])
    earlier = (datetime.fromisoformat(told["made_at"]) - timedelta(seconds=chance.randint(1, 9999))).isoformat()
    change = chance.choice(
        [
            lambda: told.update(title=f"Another agreement {chance.random()}"),
            lambda: told.update(agreement=f"JIT-{chance.randrange(9999)}"),
            lambda: told.update(content_sha256=chance.randbytes(32).hex()),
            lambda: told.update(legal_notice=f"No effect {chance.random()}"),
            lambda: told.update(in_force=f"20{chance.randint(10, 25)}-01-01"),
            lambda: told.update(made_at=earlier),
            lambda: told.update(template=f"other/{chance.randrange(99)}"),
            lambda: party.update(signatory=f"Somebody {chance.random()}"),
            lambda: party.update(consent=None),
            lambda: party["consent"].update(at=earlier),
            lambda: party["consent"].update(certificate=chance.randbytes(32).hex()),
            lambda: chance.choice(told["files"]).update(sha256=chance.randbytes(32).hex()),
            lambda: told["parties"].remove(party),
            told["languages"].pop,
        ]
    )
    change()
    return forged(summed(ground.replaced({NAME: canonical(told)})), Reason.SEAL_BROKEN)


@kind
def a_manifest_written_in_another_way(ground: Ground, chance: Random) -> Forged:
    content = ground.content(NAME)
    place = chance.choice([at for at, sign in enumerate(content) if sign == ord("\n")])
    other = chance.choice(
        [
            content[:place] + b" " + content[place:],
            content[:place] + content[place + 1 :],
            b"\xef\xbb\xbf" + content,
            content * 2,
            b"[]",
            b"",
        ]
    )
    return forged(summed(ground.replaced({NAME: other})), Reason.MANIFEST_MALFORMED)


@kind
def a_manifest_of_an_unknown_format(ground: Ground, chance: Random) -> Forged:
    told = {**ground.told, "format": f"wbcj-jit-package/{chance.randint(2, 99)}"}
    return forged(summed(ground.replaced({NAME: canonical(told)})), Reason.UNKNOWN_FORMAT)


@kind
def a_bit_flipped_in_the_seal_and_summed_up(ground: Ground, chance: Random) -> Forged:
    files = ground.replaced({SEAL: flipped(ground.content(SEAL), chance)})
    return forged(summed(files), Reason.SEAL_BROKEN, Reason.SEAL_UNTRUSTED)


@kind
def a_seal_by_a_foreign_key(ground: Ground, chance: Random) -> Forged:
    foreign = ground.once("foreign seal", lambda: ground.stage.foreign.seal("WBCJ Coordination seal"))
    told = {**ground.told, "title": f"Another title {chance.random()}"}
    return forged(ground.sealed(chance.choice([told, ground.told]), by=foreign), Reason.SEAL_UNTRUSTED)


@kind
def a_seal_by_a_signatory(ground: Ground, chance: Random) -> Forged:
    card = ground.stage.cards[chance.choice(sorted(ground.stage.cards))]
    seal = sealing.sealed_apart(ground.content(NAME), by=card)
    return forged(zipped(summed(ground.replaced({SEAL: seal}))), Reason.SEAL_UNTRUSTED)
