"""Who may pass a document on by a copy, to whom, and how it is marked and told there."""

import pytest
from django.urls import reverse

from foundation.access import Level, audiences
from foundation.documents.copying import rules
from foundation.documents.copying.choices import Origin
from foundation.documents.intake.markings import Marking, stricter
from tests.documents import copying
from tests.documents.arriving import browser, shown
from tests.documents.copying import filed, refused


@pytest.fixture
def case(world):
    return copying.worked_on(world, copying.CASE)


@pytest.fixture
def other(world):
    return copying.worked_on(world, copying.OTHER)


@pytest.fixture
def file(world, case):
    return copying.filing(world, case)


# --- who -----------------------------------------------------------------------------------------------------------------------------
def test_the_authority_that_filed_it_files_a_copy_without_managing_the_record(world, other, file):
    copy = filed(world.mira, file(world.mira), other)
    assert copy.origin == Origin.COPIED


def test_who_manages_the_record_files_a_copy_of_what_others_filed(world, other, file):
    copy = filed(world.ann, file(world.mira), other)
    assert copy.origin == Origin.PASSED_ON


def test_who_only_contributes_passes_on_nothing_that_others_filed(world, other, file):
    document = file()
    assert "or who manages this record" in refused(world.mira, document, other)
    choose = browser(world.mira).get(reverse("document_copy_choose", kwargs={"pk": document.pk}))
    assert "or who manages this record" in shown(choose)
    assert choose.context["rows"] == ()


@pytest.mark.parametrize(
    "restriction", [{"handling": ["H2"]}, {"handling": ["H3"], "handling_text": "Not to the press"}]
)
def test_restricted_codes_leave_it_to_whoever_filed_it_whoever_manages_the_record(world, other, file, restriction):
    assert "leave it to the authority that filed it" in refused(
        world.ann, file(world.mira, **restriction), other, **restriction
    )


def test_the_authority_that_filed_it_says_that_its_provider_permits_it(world, other, file):
    document = file(handling=["H2"])
    assert "permits this" in refused(world.ann, document, other, handling=["H2"])
    assert filed(world.ann, document, other, handling=["H2"], permitted="on").handling == ["H2"]


def test_a_copy_of_what_others_filed_is_no_document_of_ones_own(world, other, file):
    """Else two copies in a row would do what one may not."""
    passed_on = filed(world.ann, file(world.mira), other, handling=["H1", "H2"])
    third = world.open(title="Third")
    assert "leave it to the authority that filed it" in refused(world.ann, passed_on, third, handling=["H1", "H2"])


def test_strangers_and_mere_readers_get_as_far_as_their_sight(world, case, other, file):
    document = file()
    for person, pk, root, status in (
        (world.stranger, document.pk, other.pk, 404),
        (world.ann, document.pk, case.pk, 404),
        (world.ann, other.pk, case.pk, 404),
        (world.bob, document.pk, other.pk, 404),
    ):
        where = reverse("document_copy", kwargs={"pk": pk, "root": root})
        assert browser(person).get(where).status_code == status
        assert browser(person).post(where, copying.typed(document)).status_code == status
    choose = reverse("document_copy_choose", kwargs={"pk": document.pk})
    assert browser(world.stranger).get(choose).status_code == 404

    world.share(case, world.bob, Level.MANAGE)
    assert browser(world.bob).get(copying.address(document, other.pk)).status_code == 404
    world.share(other, world.bob, Level.VIEW)
    assert browser(world.bob).get(copying.address(document, other.pk)).status_code == 403


# --- for whom ------------------------------------------------------------------------------------------------------------------------
def test_what_is_for_some_readers_stays_with_them_unless_it_is_ones_own(world, case, other, file):
    colleague = world.house.person("Besa", "AL", authority="Second prosecution")
    world.share(case, colleague, Level.MANAGE)
    world.share(other, colleague, Level.CONTRIBUTE)
    document = file(audience=audiences.PARTNER)

    assert "only for some readers" in refused(colleague, document, other, audience="everyone")
    assert (
        filed(colleague, document, other, audience="authority").audience_id == colleague.membership.authority.group_id
    )
    assert filed(world.ann, document, other, audience="everyone").audience_id is None


# --- how it is marked -----------------------------------------------------------------------------------------------------------
def test_the_form_begins_with_the_stricter_marking_and_less_is_refused(world, file):
    marked = world.open(title="Marked", handling=["H3"], handling_text="Not before May")
    document = file(handling=["H1"])
    form = browser(world.ann).get(copying.address(document, marked.pk)).context["form"]
    assert (form["handling"].value(), form["handling_text"].value()) == (["H1", "H3"], "Not before May")

    assert "H3" in refused(world.ann, document, marked, handling=["H1"])
    assert "H1" in refused(world.ann, document, marked, handling=["H3"], handling_text="Not before May")
    assert "Not before May" in refused(world.ann, document, marked, handling=["H1", "H3"], handling_text="Later")
    more = {"handling": ["H1", "H2", "H3"], "handling_text": "Not before May; ask us"}
    assert filed(world.ann, document, marked, **more).handling == ["H1", "H2", "H3"]


def test_a_restriction_that_is_ticked_beside_the_h0_of_the_original_takes_its_place(world, other, file):
    assert filed(world.ann, file(handling=["H0"]), other, handling=["H0", "H2"]).handling == ["H2"]


@pytest.mark.parametrize(
    ("one", "two", "both"),
    [
        ((["H0"], ""), (["H0"], ""), (["H0"], "")),
        ((["H0"], ""), (["H2"], ""), (["H2"], "")),
        ((["H1"], ""), (["H3"], "a"), (["H1", "H3"], "a")),
        ((["H3"], "a; b"), (["H3"], "b; c"), (["H3"], "a; b; c")),
    ],
)
def test_of_two_markings_every_restriction_stays(one, two, both):
    first, second = (Marking(codes=codes, text=text) for codes, text in (one, two))
    assert (list(stricter(first, second).codes), stricter(first, second).text) == both


def test_what_is_written_names_neither_case_to_the_readers_of_the_other(world, case, other, file):
    document = file(title="Letter about cigarettes over the lake")
    with world.ann.acting():
        source, target = case.root.reference, other.root.reference
    for words in (f"See {source}.", f"for {target.lower()}", "about forged STAMPS in the port"):
        assert "The reason names one of the two cases" in refused(world.ann, document, other, why=words)
    assert "must not name the record of the original" in refused(world.ann, document, other, title=f"From {source}")
    form = browser(world.ann).get(copying.address(document, other.pk)).context["form"]
    assert form["title"].value() == ""


@pytest.mark.parametrize("field", ["why", "title"])
def test_reason_and_title_are_needed(world, other, file, field):
    refused(world.ann, file(), other, **{field: " "})


def test_every_code_that_restricts_is_known_to_the_rule():
    assert {"H2", "H3"} == rules.RESTRICTED
