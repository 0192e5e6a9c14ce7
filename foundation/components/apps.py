"""The components app."""

from django.apps import AppConfig


class ComponentsConfig(AppConfig):
    """Makes template tags and the front-end command known; has no tables."""

    name = "foundation.components"
    label = "components"
