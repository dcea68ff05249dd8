"""WHO: staff and, later, owners. Visitors have no account."""

from django.contrib.auth.models import AbstractUser


class User(AbstractUser):
    """A person who may log in. Django's own fields; the model is ours so that it can grow."""
