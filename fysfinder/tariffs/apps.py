from django.apps import AppConfig


class TariffsConfig(AppConfig):
    name = "fysfinder.tariffs"
