#!/bin/sh
# The night's work, each step whether or not the one before went well; ends with 1 when one failed.
cd "$(dirname "$0")/.." || exit 1
backups=${BACKUP_DIR:-${VAR_DIR:-var}/backups}
failed=0
step() { .venv/bin/python manage.py "$@" || { echo "FAILED: $*" >&2; failed=1; }; }
mkdir -p "$backups"
step backup "$backups/$(date +%F).tar.gz"
step verify_audit_log
step delete_old_reports
step find_duplicates
step check_clinics
step freshness
# Two weeks are kept; the newest stay however old they are.
ls -1 "$backups"/????-??-??.tar.gz 2>/dev/null | head -n -14 | while read -r old; do rm -- "$old"; done
exit $failed
