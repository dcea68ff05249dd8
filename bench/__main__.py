"""make bench: every table, one after the other."""

from bench import pages, relevance, search

for module in (search, relevance, pages):
    module.main()
