"""make bench: every table, one after the other."""

from bench import imports, pages, postgis, prices, relevance, search, serving

for module in (serving, search, postgis, relevance, prices, pages, imports):
    module.main()
