"""make bench: every table, one after the other."""

from bench import pages, postgis, prices, relevance, search

for module in (search, postgis, relevance, prices, pages):
    module.main()
