from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "fysfinder.config"
    label = "config"
