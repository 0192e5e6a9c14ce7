from django.apps import AppConfig
from django.core.checks import Tags, register
from django.utils.module_loading import autodiscover_modules

from foundation import access
from foundation.documents.printing import kinds
from foundation.pages import addresses, panels
from foundation.webhooks import events
from foundation.workflow import actions as workflow


class WbcjConfig(AppConfig):
    """Hands the page of roles and the page of composition over at start-up; nothing else is ever registered."""

    name = "wbcj"

    def ready(self) -> None:
        """Install the deploy checks, roles and followers; an unknown name stops the start."""
        # Both pages import every app, which only stand once all are loaded.
        from foundation.documents.copying import targets  # noqa: PLC0415
        from foundation.documents.intake import markings  # noqa: PLC0415
        from foundation.pages import assurance  # noqa: PLC0415
        from wbcj import checks, composition, roles  # noqa: PLC0415
        from wbcj.sign_in import factors  # noqa: PLC0415

        # What each app says of itself: sentences of its notices, its mails, words and rules of its roots, dates of which it reminds.
        # The worker needs them as the web does.
        autodiscover_modules("notices", "sharing", "reminders", "mails")
        register(checks.demo_stays_on_loopback, Tags.security, deploy=True)
        register(checks.webhooks_stay_outside, Tags.security, deploy=True)
        register(checks.master_key_given, Tags.security, deploy=True)
        register(checks.seal_given, Tags.security, deploy=True)
        register(checks.no_demo_people, Tags.database, deploy=True)
        access.install(roles.MAY)
        assurance.install(second_factor=roles.SECOND_FACTOR, step_up=roles.STEP_UP, has_factor=factors.has_one)
        workflow.install(composition.FOLLOWS)
        panels.install(composition.PANELS)
        addresses.install(composition.ADDRESSES)
        events.install(composition.EVENTS, links=composition.READ_AT)
        kinds.install(composition.PAPERS)
        markings.install(composition.MARKINGS)
        targets.install(composition.COPIES_GO_TO)
