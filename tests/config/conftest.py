"""The drill of PostgreSQL's backup belongs to the round on PostgreSQL, that of SQLite's to the other."""

from django.conf import settings

IS_POSTGRES = settings.DATABASES["default"]["ENGINE"].endswith("postgresql")
collect_ignore = ["test_backup.py" if IS_POSTGRES else "test_backup_postgres.py"]
