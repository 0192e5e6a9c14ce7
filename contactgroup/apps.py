from django.apps import AppConfig


class ContactGroupConfig(AppConfig):
    name = "contactgroup"
    default_auto_field = "django.db.models.BigAutoField"
