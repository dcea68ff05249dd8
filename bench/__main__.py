"""make bench: every table, one after the other."""

from bench import pages, search

for module in (search, pages):
    module.main()
