from foundation.access import Level, Permission


class NominationPermission(Permission):
    """What may be done with a nomination. NOMINATE is asked on the case."""

    VIEW = "contactgroup.view", Level.VIEW
    NOMINATE = "contactgroup.nominate", Level.MANAGE
    REVISE = "contactgroup.revise", Level.MANAGE
    WITHDRAW = "contactgroup.withdraw", Level.MANAGE
    VOTE = "contactgroup.vote", Level.CONTRIBUTE
    RECUSE = "contactgroup.recuse", Level.CONTRIBUTE
    PUT_ON_AGENDA = "contactgroup.put_on_agenda", Level.CONTRIBUTE
    RUN_VOTING = "contactgroup.run_voting", Level.CONTRIBUTE
    DECIDE = "contactgroup.decide", Level.CONTRIBUTE


class RulePermission(Permission):
    """What may be done with the rules of voting, which say nothing of any nomination."""

    VIEW = "contactgroup.view_rules"
    SET = "contactgroup.set_rules"
