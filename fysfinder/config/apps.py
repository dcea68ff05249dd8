from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "fysfinder.config"
    label = "config"

    def ready(self) -> None:
        from fysfinder.config import checks  # noqa: F401  # registers them
