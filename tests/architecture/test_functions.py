"""Functions that run as their owner are the only way around the row policies, so each is fixed and named."""

import pytest
from django.conf import settings

from tests.architecture import catalog

OURS = "p.pronamespace = 'public'::regnamespace AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')"
# What the runtime role may do that the row policies do not decide. A new line here is a decision on access.
DEFINERS = {
    "access_accept_offer": "opens what a manager offered, for principals of the invited partner",
    "access_decline_offer": "ends an offer, for the invited partner",
    "access_grant": "needs manage",
    "access_office_changed": "a trigger: notes for the feed of changes that an office of a membership was filled or left",
    "access_once_saw": "one bit for the acting membership: whether it could see a root at any time until now",
    "access_feed_ended": "keys and instants of the acting membership's own shares that ended by the clock",
    "access_feed_former": "keys of shares of offices that the acting membership left",
    "access_feed_gone": "keys and kinds of roots that the acting membership saw once and sees no more",
    "access_feed_walk": "how far a number of rows of the feed of changes goes: numbers and an instant",
    "access_feed_since": "the last row of the feed an hour before an instant: two numbers",
    "access_forget_changes": "deletes rows of the feed of changes that are older than a week; tells a number",
    "access_newcomer": "needs manage; reads one root by a copy of one share, in a transaction that cannot commit",
    "access_offer": "needs manage",
    "access_open_root": "needs an actor",
    "access_revoke": "needs manage, or is leaving",
    "access_search": "keys of what the context's principals see, since row policies keep words out of an index",
    "access_touch": "needs contribute",
    "access_withdraw_offer": "needs contribute",
    "audit_log": "opaque keys for technical administrators and auditors",
    "audit_verbs": "the verbs on record, for technical administrators and auditors",
    "audit_keep": "adds to an event of the same transaction how something read before, for one audience of the actor",
    "audit_record": "appends to the record",
    "contactgroup_confide": "copies a reason that the caller reads for the case desk that sees the nomination; needs contribute",
    "contactgroup_unseal": "opens the votes of a closed round to whoever is on the nomination; needs contribute",
    "documents_checked": "writes how the check of one file ended; tells whom to alarm, and only when it broke",
    "documents_copy_under": "names a copy of a version under a root, to whoever sees both documents",
    "documents_custody": "appends one line about a document that the caller sees",
    "documents_forget_uploads": "deletes uploads that nobody touched for at least a day; tells a number",
    "documents_kept": "says which of the locations that the caller names belong to a row",
    "documents_link_copy": "notes of what a document is a copy, for whoever sees both and contributes where the copy stands",
    "documents_origin": "names the original of a copy, to whoever sees both documents",
    "documents_printed": "numbers of papers by kind, language and outcome, for project staff",
    "documents_root_key": "needs sight of the root; gives its wrapped key, making it once",
    "documents_to_check": "claims files for the check: locations, fingerprints and wrapped keys, nothing of what they are",
    "cases_held_by": "says whether an authority has a case at work, for project staff who close it; tells one bit",
    "cases_invitations_due": "keys and instants of unanswered invitations, for the planner of reminders",
    "cases_tasks_due": "keys and instants of unfinished tasks, for the planner of reminders",
    "contactgroup_nominations_due": "keys and instants of nomination deadlines, for the planner of reminders",
    "contactgroup_votes_ending": "keys and instants of open votes and the seats that have not voted, for the planner of reminders",
    "jits_tasks_due": "keys and instants of open tasks of plans, for the planner of reminders",
    "meetings_near": "keys and instants of planned meetings, for the planner of reminders",
    "partners_memberships_ending": "keys and instants of memberships that end, for the planner of reminders",
    "partners_tokens_expiring": "keys and instants of tokens that expire, for the planner of reminders",
    "partners_offices_ending": "keys and instants of appointments that end, for the planner of reminders",
    "sharing_shares_ending": "keys and instants of shares that end, for the planner of reminders",
    "notifications_feed_of": "keys of the owner of a feed, for whoever knows its secret; nothing for one that is unknown or revoked",
    "notifications_living": "keys of memberships in a principal that see a root, for the planner of reminders",
    "documents_sealed": "whether a fingerprint is that of a sealed paper, its code and instant; for whoever holds the file",
    "notifications_tell": "writes inbox rows for whoever sees the root",
    "pages_forget_receipts": "deletes what partner systems were told of their acts a day ago or more; tells a number",
    "pages_forget_drafts": "deletes what was typed, not sent and not touched for at least a day; tells a number",
    "systems_token_of": "what is known of a token by its public prefix: keys, scopes, ranges, instants and the digest of its secret",
    "systems_used": "notes the use of one token, once a minute",
    "partners_tell_of_recall": "writes inbox rows for the administrators of the partner whose token the caller revoked just now",
    "webhooks_claim": "hands one due delivery to a worker: keys, an address and encrypted secrets; nothing of what a record says",
    "webhooks_finish": "writes how one attempt ended, by its token; tells lines of inboxes, keys alone, when a receiver was given up",
    "webhooks_follow": "a trigger: writes for systems that see a root that it changed, in the transaction of the change; tells nobody",
    "webhooks_forget": "deletes deliveries that ended thirty days ago or more; tells a number",
    "webhooks_release": "gives claims of lost workers back; tells a number",
    "webhooks_standing": "numbers for technical administrators",
    "partners_may_found": "says whether a partner has neither people nor shares; tells one bit",
}


@pytest.mark.django_db
def test_every_definer_function_is_known():
    found = {name for (name,) in catalog.rows(f"SELECT p.proname FROM pg_proc p WHERE p.prosecdef AND {OURS}")}
    assert found == set(DEFINERS)


@pytest.mark.django_db
def test_every_definer_function_has_a_fixed_search_path():
    loose = catalog.rows(
        f"SELECT p.proname FROM pg_proc p WHERE p.prosecdef AND {OURS}"
        " AND NOT coalesce('search_path=pg_catalog, public, pg_temp' = ANY (p.proconfig), false)"
    )
    assert loose == []


@pytest.mark.django_db
def test_public_may_execute_no_function_of_ours():
    # No access list at all means the default, and the default is that everybody may.
    loose = catalog.rows(
        f"SELECT p.proname FROM pg_proc p WHERE {OURS} AND p.prorettype <> 'trigger'::regtype"
        " AND (p.proacl IS NULL OR EXISTS (SELECT 1 FROM aclexplode(p.proacl) a WHERE a.grantee = 0))"
    )
    assert loose == []


@pytest.mark.django_db
def test_the_runtime_role_owns_nothing_and_bypasses_nothing():
    runtime = settings.WBCJ_RUNTIME_ROLE
    assert catalog.rows("SELECT relname FROM pg_class WHERE relowner = %s::regrole", runtime) == []
    assert catalog.rows("SELECT proname FROM pg_proc WHERE proowner = %s::regrole", runtime) == []
    assert catalog.rows(
        "SELECT rolsuper, rolbypassrls, rolcreaterole, rolcreatedb, rolreplication FROM pg_roles WHERE rolname = %s",
        runtime,
    ) == [(False, False, False, False, False)]
    assert catalog.rows("SELECT roleid::regrole::text FROM pg_auth_members WHERE member = %s::regrole", runtime) == []


@pytest.mark.django_db
def test_the_owner_inherits_nothing_from_the_runtime_role():
    """Else the runtime role's policies would meet the owner as well as its own."""
    owner = settings.WBCJ_OWNER_ROLE
    assert catalog.rows("SELECT rolsuper, rolbypassrls, rolinherit FROM pg_roles WHERE rolname = %s", owner) == [
        (False, False, False)
    ]
