from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from foundation import access
from foundation.notifications.models import Notice
from foundation.workflow.states import TransitionNotAllowed
from jits import actions
from jits.actions.negotiating import Wording, pair_of
from jits.agreement import content
from jits.models import JitClauseText, JitDraft
from jits.negotiation import held
from jits.queries.clauses import clause_state
from jits.queries.drafting import documents, open_points
from jits.refusals import UnableToNegotiate

pytestmark = pytest.mark.django_db
MEDIA = "media"


def key():
    return {"submission_key": str(uuid4())}


class Table:
    """The media clause of a complete agreement, negotiated in English and Albanian."""

    def __init__(self, cast):
        self.cast, self.draft = cast, cast.complete()

    def state(self, clause=MEDIA):
        with self.cast.people["AL"].acting() as by:
            return clause_state(self.draft, clause, actor=by)

    def words(self, text, language="en", clause=MEDIA, **other):
        one = self.state(clause).languages[language]
        paragraphs = [told | ({"text": text} if told["id"] == "joint" else {}) for told in held(one.newest)]
        return Wording(**{"heading": one.newest.heading, "paragraphs": paragraphs, **other})

    def propose(self, text="Nobody speaks to the media.", code="AL", language="en", person=None, **other):
        wording, version = self.words(text, language, **other), self.state().languages[language].version
        with (person or self.cast.people[code]).acting() as by:
            return actions.propose_text(
                draft=self.draft,
                clause=MEDIA,
                language=language,
                wording=wording,
                version=version,
                by=by,
                at=self.cast.now,
            )

    def does(self, act, code, language="en", version=None, person=None, **facts):
        facts = facts or {"version": version or self.state().languages[language].version}
        with (person or self.cast.people[code]).acting() as by:
            return act(draft=self.draft, clause=MEDIA, language=language, by=by, at=self.cast.now, **facts)

    def agree(self, language="en", *codes):
        for code in codes or ("MK", "XK"):
            self.does(actions.accept_text, code, language)

    def confirm(self, language, code="MK"):
        return self.does(actions.confirm_translation, code, language, seen=pair_of(self.state(), language))

    def reads(self, language="en", clause=MEDIA):
        with self.cast.people["XK"].acting() as by:
            return documents(self.draft, by=by)[language].clause(clause).words

    def open(self):
        with self.cast.people["XK"].acting() as by:
            return [(one.clause, one.language, one.kind) for one in open_points(self.draft, by=by)]


@pytest.fixture
def table(cast):
    return Table(cast)


def test_a_text_stands_with_the_last_party_that_accepts_it_and_not_before(table):
    text = table.propose()
    assert (text.number, text.based_on, text.party.partner.code) == (1, 0, "AL")
    for code in ("MK", "XK"):
        assert "Nobody speaks" not in table.reads()
        assert table.open() == [(MEDIA, "en", "proposed")]
        table.does(actions.accept_text, code)
    assert "Nobody speaks to the media." in table.reads()
    assert table.open() == [(MEDIA, "sq", "stale")]
    table.confirm("sq")
    assert table.open() == []


def test_the_numbers_and_tables_of_a_negotiated_clause_follow_the_model(table):
    before = table.state("parties").languages["en"].model
    wording = Wording(
        heading="Parties", paragraphs=[*held(before), {"id": "added_1", "form": "text", "text": "No more."}]
    )
    with table.cast.people["AL"].acting() as by:
        actions.propose_text(
            draft=table.draft, clause="parties", language="en", wording=wording, version=1, by=by, at=table.cast.now
        )
    found = table.state("parties").languages["en"].newest
    assert [one.rows for one in found.paragraphs if one.form == "table"] == [
        one.rows for one in before.paragraphs if one.form == "table"
    ]
    assert (found.paragraphs[-1].number, found.paragraphs[-1].text) == ("1.3", "No more.")


def test_whoever_speaks_for_nobody_proposes_and_its_party_still_has_to_accept(table):
    table.propose(person=table.cast.investigator)
    table.agree("en", "AL", "XK")
    assert table.open() == [(MEDIA, "en", "proposed")]
    table.agree("en", "MK")
    assert (MEDIA, "en", "proposed") not in table.open()
    with table.cast.investigator.acting() as by, pytest.raises(access.Forbidden):
        actions.accept_text(draft=table.draft, clause=MEDIA, language="en", version=2, by=by, at=table.cast.now)


def test_a_text_that_a_newer_one_replaced_cannot_be_accepted(table):
    table.propose("First.")
    table.propose("Second.", code="MK")
    with pytest.raises(access.StaleVersion):
        table.does(actions.accept_text, "XK", version=2)
    table.agree("en", "AL", "XK")
    assert "Second." in table.reads()


def test_who_writes_over_an_older_version_is_told_and_nothing_is_stored(table):
    wording = table.words("Late.")
    table.propose("Early.")
    with table.cast.people["MK"].acting() as by, pytest.raises(access.StaleVersion) as stale:
        actions.propose_text(
            draft=table.draft, clause=MEDIA, language="en", wording=wording, version=1, by=by, at=table.cast.now
        )
    theirs = stale.value.theirs
    assert isinstance(theirs, JitClauseText)
    assert theirs.paragraphs[0]["text"] == "Early."
    assert table.state().languages["en"].version == 2


def test_every_version_stays_as_it_was_written(table):
    table.propose("First.")
    table.propose("Second.", code="MK")
    history = table.state().languages["en"].history
    assert [(one.text.number, one.text.paragraphs[0]["text"]) for one in history] == [(1, "First."), (2, "Second.")]
    with table.cast.people["AL"].acting() as by, pytest.raises(DatabaseError), transaction.atomic():
        JitClauseText.objects.visible_to(by).update(heading="Other")


def test_a_party_takes_its_own_text_back_and_what_stood_before_stands(table):
    before = table.reads()
    table.propose()
    with pytest.raises(UnableToNegotiate):
        table.does(actions.withdraw_text, "MK")
    table.does(actions.withdraw_text, "AL")
    assert table.reads() == before
    assert table.open() == []
    assert table.propose("Anew.").number == 2
    table.agree()
    with pytest.raises(UnableToNegotiate):
        table.does(actions.withdraw_text, "AL")


def test_a_party_accepts_once_and_only_what_is_proposed(table):
    with pytest.raises(UnableToNegotiate):
        table.does(actions.accept_text, "MK")
    table.propose()
    with pytest.raises(UnableToNegotiate, match="already"):
        table.does(actions.accept_text, "AL")


@pytest.mark.parametrize(
    ("text", "other"),
    [("a\u202eb", {}), ("Fine.", {"heading": ""}), ("Fine.", {"heading": "x\ny"}), ("Fine.", {"paragraphs": []}),
     ("Fine.", {"departs": True, "reason": " "})],
)  # fmt: skip
def test_words_that_nobody_could_sign_are_refused(table, text, other):
    with pytest.raises(UnableToNegotiate):
        table.propose(text, **other)


def test_the_words_that_stand_already_are_no_proposal(table):
    standing = table.state().languages["en"].model.paragraphs[0].text
    with pytest.raises(UnableToNegotiate, match="already"):
        table.propose(standing)


def test_what_says_nothing_new_makes_no_version(table):
    first = table.propose("Nobody speaks.")
    assert table.propose("Nobody speaks.", code="MK").pk == first.pk
    assert table.propose("Nobody speaks.", code="MK", departs=True, reason="A law.").number == 2


def test_a_departure_stays_with_its_reason(table):
    text = table.propose(departs=True, reason="The law of one party asks for it.")
    assert (text.departs, text.reason) == (True, "The law of one party asks for it.")


def test_a_change_in_one_language_makes_it_the_source_until_the_others_follow(table):
    table.propose("Askush nuk flet.", language="sq", code="XK")
    table.agree("sq", "AL", "MK")
    assert table.open() == [(MEDIA, "en", "stale")]
    table.propose("Nobody speaks.", translation=True)
    table.agree()
    assert table.open() == [(MEDIA, "en", "stale")]
    table.confirm("en")
    assert table.open() == []
    table.propose("Askush nuk flet më.", language="sq", code="XK")
    table.agree("sq", "AL", "MK")
    assert table.open() == [(MEDIA, "en", "stale")]


def test_a_translation_is_confirmed_for_the_texts_that_were_read(table):
    table.propose()
    table.agree()
    seen = pair_of(table.state(), "sq")
    table.propose("Still other words.")
    table.agree()
    with pytest.raises(UnableToNegotiate, match="changed since"):
        table.does(actions.confirm_translation, "MK", "sq", seen=seen)
    table.confirm("sq")
    with pytest.raises(UnableToNegotiate):
        table.confirm("sq")


def test_a_text_is_looked_over_when_the_model_reads_otherwise_by_now(table):
    wording = Wording(heading="Period", paragraphs=[{"id": "start", "form": "text", "text": "Twenty-four months."}])
    with table.cast.people["AL"].acting() as by:
        actions.propose_text(
            draft=table.draft, clause="period", language="en", wording=wording, version=1, by=by, at=table.cast.now
        )
    table.draft = table.cast.fill(table.draft, {"months": 12})
    assert ("period", "en", "outdated") in table.open()


def test_strangers_find_nothing_and_participants_change_nothing(table):
    table.propose()
    cast, jit = table.cast, table.cast.jit(table.draft)
    cast.does("AL", actions.invite, jit, office=cast.house.office("case_desk", "EUROJUST").pk, words="Advice.")
    acts = [(actions.accept_text, {"version": 2}), (actions.withdraw_text, {"version": 2}),
            (actions.confirm_translation, {"seen": "x"})]  # fmt: skip
    for act, facts in acts:
        for stranger in ("RS", "ME"):
            with pytest.raises(JitDraft.DoesNotExist):
                table.does(act, stranger, **facts)
        with pytest.raises(access.Forbidden):
            table.does(act, "", person=cast.desk, **facts)


@pytest.mark.parametrize("act", [actions.accept_text, actions.withdraw_text])
def test_nothing_is_negotiated_while_the_team_rests(table, act):
    table.propose()
    table.cast.does("AL", actions.suspend, table.cast.jit(table.draft), reason="Elections.")
    with pytest.raises(TransitionNotAllowed):
        table.does(act, "MK", version=2)


def test_the_others_are_told_and_the_writer_is_not(table):
    table.propose()
    for code, count in (("AL", 0), ("MK", 1), ("XK", 1)):
        with table.cast.people[code].acting() as by:
            assert Notice.objects.visible_to(by).filter(kind="jits.text.proposed").count() == count


def test_two_people_write_the_same_clause_and_both_texts_are_there(browser, table):
    address = reverse("jit_text", args=[table.draft.root_id, MEDIA, "en"])
    agim, simona = browser(table.cast.people["AL"]), browser(table.cast.people["MK"])
    opened = agim.get(address)
    form = opened.context["form"]
    typed = {name: value for name, value in form.initial.items() if name in form.fields and value}
    typed |= {"original": opened.context["original"], "departs": ""}
    assert simona.post(address, typed | {"p__joint": "Simona wrote this."} | key()).status_code == 302
    late = agim.post(address, typed | {"p__joint": "Agim wrote that."} | key())
    assert late.status_code == 409
    page = late.content.decode()
    assert all(words in page for words in ("Simona wrote this.", "Agim wrote that.", "<ins>", "Simona"))
    row = next(row for row in late.context["rows"] if row.field.name == "p__joint")
    assert row.must_choose


def test_a_clause_by_its_pages(browser, table):
    table.propose("Nobody speaks to the media.", departs=True, reason="The law asks for it.")
    key_of = table.draft.root_id
    simona, drita = browser(table.cast.people["MK"]), browser(table.cast.people["XK"])
    page = simona.get(reverse("jit_clause", args=[key_of, MEDIA])).content.decode()
    assert all(words in page for words in ("Nobody speaks", "<del>", "<ins>", "The law asks for it."))
    for client in (simona, drita):
        once = {"version": 2} | key()
        for _time in range(2):
            assert client.post(reverse("jit_text_accept", args=[key_of, MEDIA, "en"]), once).status_code == 302
    words = {"words": "The Albanian text must follow."}
    assert drita.post(reverse("jit_clause_comment", args=[key_of, MEDIA]), words | key()).status_code == 302
    address = reverse("jit_text_confirm", args=[key_of, MEDIA, "sq"])
    seen = {"seen": drita.get(address).context["form"]["seen"].value()}
    assert drita.post(address, seen | key()).status_code == 302
    page = drita.get(reverse("jit_clause", args=[key_of, MEDIA]) + "?language=en&old=0&new=1").content.decode()
    assert "The Albanian text must follow." in page
    assert table.open() == []
    for person in (table.cast.people["RS"],):
        for name in ("jit_clause", "jit_clause_comment"):
            assert browser(person).get(reverse(name, args=[key_of, MEDIA])).status_code == 404
    for nowhere in ("platform", "nothing"):
        assert simona.get(reverse("jit_clause", args=[key_of, nowhere])).status_code == 404
    assert simona.get(reverse("jit_text", args=[key_of, MEDIA, "mk"])).status_code == 404


def test_a_form_over_a_text_that_was_replaced_shows_the_newer_one(browser, table):
    table.propose("First.")
    address = reverse("jit_text_accept", args=[table.draft.root_id, MEDIA, "en"])
    simona = browser(table.cast.people["MK"])
    assert "First" in simona.get(address).content.decode()
    table.propose("Second.")
    late = simona.post(address, {"version": 2} | key())
    assert late.status_code == 409
    assert "Second" in late.content.decode()
    assert simona.post(address, {"version": 3} | key()).status_code == 302


def test_the_hash_of_the_agreement_follows_what_was_agreed(table):
    with table.cast.people["AL"].acting() as by:
        before = content.digest_of_all(documents(table.draft, by=by))
    table.propose()
    with table.cast.people["AL"].acting() as by:
        assert content.digest_of_all(documents(table.draft, by=by)) == before
    table.agree()
    with table.cast.people["AL"].acting() as by:
        assert content.digest_of_all(documents(table.draft, by=by)) != before
