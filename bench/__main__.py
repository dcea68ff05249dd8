"""make bench: every table, one after the other."""

from bench import imports, pages, postgis, prices, relevance, search

for module in (search, postgis, relevance, prices, pages, imports):
    module.main()
