from django.apps import AppConfig


class JitsConfig(AppConfig):
    name = "jits"
    default_auto_field = "django.db.models.BigAutoField"
