"""Forms of sharing, of one's own, of the directory and of systems."""

from __future__ import annotations

from foundation.notifications.feed import actions as feed_actions
from foundation.tenancy.choices import Capacity, OfficeKind, Role
from foundation.tenancy.models import Membership, OfficeHolder
from foundation.webhooks import actions as webhook_actions
from partners import actions as partner_actions
from tests.hostile.places.registry import place
from tests.hostile.stage import Place, Stage


@place("sharing_share")
def _share(stage: Stage, name: str) -> Place:
    typed = {"confirmed": "1", "level": "1"}
    _stojan = stage.skopje
    return Place(name, stage.tirana, {"pk": stage.case("MK").pk}, typed, f"?partner={stage.house.partner('MK').pk}")


@place("sharing_revoke")
def _revoke(stage: Stage, name: str) -> Place:
    case, share = stage.shared()
    return Place(name, stage.tirana, {"pk": case.pk, "share_id": share.pk})


@place("sharing_leave", "sharing_hand_over")
def _leave(stage: Stage, name: str) -> Place:
    stage.house.person("Besa", "AL")
    return Place(name, stage.tirana, {"pk": stage.shared()[0].pk})


@place("inbox")
def _all_lines(stage: Stage, name: str) -> Place:
    return Place(name, stage.tirana, {}, {"notice": ""})


@place("calendar_feed")
def _calendar(stage: Stage, name: str) -> Place:
    with stage.tirana.acting() as by:
        feed_actions.make(by=by, at=stage.now)
    return Place(name, stage.tirana, {}, {"wish": "revoke"})


@place("notification_preferences", "profile", "devices")
def _own_page(stage: Stage, name: str) -> Place:
    return Place(name, stage.tirana)


@place("administrator_found")
def _first_administrator(stage: Stage, name: str) -> Place:
    stage.house.authority("BA")
    manager = stage.house.person("Mia", "EUROJUST", Role.PROGRAMME_MANAGER, authority="Programme team")
    return Place(name, manager, {"pk": stage.house.partner("BA").pk})


@place("authority_name", "membership_invite")
def _authority(stage: Stage, name: str) -> Place:
    return Place(name, stage.administrator(), {"pk": stage.tirana.membership.authority_id})


@place("system_register")
def _new_system(stage: Stage, name: str) -> Place:
    return Place(name, stage.administrator())


@place("token_grant", "token_rotate", "token_revoke")
def _token(stage: Stage, name: str) -> Place:
    admin = stage.administrator()
    token = stage.granted(admin).token
    if name == "token_grant":
        return Place(name, admin, {"pk": token.membership_id}, {"networks": "192.0.2.0/24, 2001:db8::/48"})
    return Place(name, admin, {"pk": token.pk})


@place("webhook_subscribe")
def _new_webhook(stage: Stage, name: str) -> Place:
    admin = stage.administrator()
    register = stage.house.system("Register", "AL")
    typed = {"url": "https://127.0.0.1:9/told", "chosen": ["case.changed", "invitation.received"]}
    return Place(name, admin, {"pk": register.membership.pk}, typed)


@place("webhook_rotate", "webhook_pause", "webhook_resume", "webhook_end", "webhook_test", "webhook_delivery")
def _webhook(stage: Stage, name: str) -> Place:
    admin = stage.administrator()
    subscription = stage.subscribed(admin)
    key = subscription.pk
    with admin.acting() as by:
        if name == "webhook_delivery":
            key = webhook_actions.send_test(by=by, at=stage.now, subscription_id=key).pk
        if name in {"webhook_delivery", "webhook_resume"}:
            webhook_actions.pause(by=by, at=stage.now, subscription_id=subscription.pk)
        if name == "webhook_delivery":
            webhook_actions.resume(by=by, at=stage.now, subscription_id=subscription.pk)
    return Place(name, admin, {"pk": key})


@place("membership_end", "membership_move")
def _membership(stage: Stage, name: str) -> Place:
    typed = {"role": Role.INVESTIGATOR.value}
    return Place(name, stage.administrator(), {"pk": stage.tirana.membership.pk}, typed)


@place("office_appoint")
def _office(stage: Stage, name: str) -> Place:
    _arta = stage.tirana
    return Place(name, stage.administrator(), {"pk": stage.house.office(OfficeKind.COORDINATOR, "AL").pk})


@place("holder_end")
def _holder(stage: Stage, name: str) -> Place:
    member = stage.members["AL"].membership
    return Place(name, stage.administrator(), {"pk": OfficeHolder.objects.get(membership=member).pk})


@place("membership_answer")
def _proposed_member(stage: Stage, name: str) -> Place:
    _arta = stage.tirana
    with stage.administrator().acting() as by:
        proposed: Membership = partner_actions.invite(
            by=by, at=stage.now, authority_id=stage.tirana.membership.authority_id, email="new@example.org",
            full_name="New", role=Role.PROSECUTOR.value, function="", language="en", starts_at=None, ends_at=None,
        )  # fmt: skip
    return Place(name, stage.tirana, {"pk": proposed.pk})


@place("holder_answer")
def _proposed_holder(stage: Stage, name: str) -> Place:
    besa = stage.house.person("Besa", "AL")
    _arta = stage.tirana
    with stage.administrator().acting() as by:
        proposed = partner_actions.appoint(
            by=by, at=stage.now, office_id=stage.house.office(OfficeKind.COORDINATOR, "AL").pk,
            membership_id=besa.membership.pk, capacity=Capacity.HOLDER.value, starts_at=None, ends_at=None,
        )  # fmt: skip
    return Place(name, stage.tirana, {"pk": proposed.pk})
