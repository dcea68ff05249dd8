from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "fysfinder.config"
    label = "config"

    def ready(self) -> None:
        from django.conf import settings
        from django.contrib import admin

        from fysfinder.config import checks  # noqa: F401  # registers them

        admin.site.site_header = admin.site.site_title = settings.SITE_NAME
