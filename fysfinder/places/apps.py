from django.apps import AppConfig


class PlacesConfig(AppConfig):
    name = "fysfinder.places"
