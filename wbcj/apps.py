from django.apps import AppConfig

from foundation import access
from foundation.workflow import actions as workflow


class WbcjConfig(AppConfig):
    """Hands the page of roles and the page of composition over at start-up; nothing else is ever registered."""

    name = "wbcj"

    def ready(self) -> None:
        """Install roles and followers; an unknown name stops the start."""
        # Both pages import every app, which only stand once all are loaded.
        from wbcj import composition, roles  # noqa: PLC0415

        access.install(roles.MAY)
        workflow.install(composition.FOLLOWS)
