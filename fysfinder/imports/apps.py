from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "fysfinder.imports"
