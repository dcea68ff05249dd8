"""What demo clinics are called and where they stand: every name says 'demo', every address is in a reserved range.

Web addresses end in .example (RFC 2606: never a real site). Phone numbers are 86 0x xx xx, a block that the Danish
number plan does not hand out. CVR numbers begin with zeros, which no company's does.
"""

from __future__ import annotations

FIRST_PARTS = (
    *("Aske", "Birke", "Blåbær", "Brom", "Bøge", "Dug", "Ege", "Enebær", "Fjord", "Flint", "Frost", "Fyrre", "Gran"),
    *("Grå", "Hassel", "Hav", "Havre", "Hede", "Hylde", "Hør", "Is", "Klit", "Kløver", "Kornblomst", "Kvist", "Linde"),
    *("Lyng", "Lærke", "Løv", "Mane", "Marehalm", "Mos", "Muslinge", "Måge", "Nord", "Pil", "Porse", "Rav", "Ribs"),
    *("Rug", "Røn", "Salt", "Siv", "Skovmærke", "Slåen", "Sne", "Sol", "Star", "Strand", "Tang", "Timian", "Tjørne"),
    *("Tyttebær", "Urte", "Vind", "Viol", "Ærenpris", "Øst"),
)
LAST_PARTS = (
    *("bakken", "banken", "blik", "bo", "brisen", "brynet", "dalen", "diget", "engen", "fyret", "glimt", "gården"),
    *("haven", "holmen", "hus", "højen", "kilden", "krogen", "kæret", "lunden", "ly", "løbet", "marken", "mosen"),
    *("næsset", "odden", "puden", "revet", "ro", "skoven", "skrænten", "stien", "sundet", "toften", "vangen", "vigen"),
)
NAME_FORMS = ("{} Demofysioterapi", "{} Demofys", "Demoklinik {}", "Demofysioterapien {}", "Fysioterapi {} (demo)")
STREETS = ("Demovej", "Demogade", "Demoallé", "Demostræde", "Demovænget", "Demoparken", "Demotorvet", "Demobakken")
PEOPLE = (
    *("Agnes", "Anton", "Asta", "August", "Clara", "Ella", "Emil", "Freja", "Ida", "Johan", "Karla", "Laurits"),
    *("Liva", "Magnus", "Nanna", "Oskar", "Rosa", "Silje", "Storm", "Vilma"),
)
SURNAMES = ("Demosen", "Prøvesen", "Eksempelsen", "Testgaard")
TITLES = ("Fysioterapeut", "Fysioterapeut", "Fysioterapeut", "Klinikejer", "Kliniksekretær")
PARKING_NOTES = ("Gratis i 2 timer", "I gården", "Betalt parkering på gaden", "Gratis foran døren")
ABOUT = "Klinikken er opdigtet. Den findes kun, for at du kan prøve siden."

# Topics that most clinics name; all others are drawn evenly after them. Slugs that do not exist are passed over.
COMMON_TOPICS = (
    *("laendesmerter", "nakkesmerter", "skuldersmerter", "knaesmerter", "genoptraening", "manuel-terapi", "massage"),
    *("genoptraening-efter-operation", "holdtraening", "loeberknae", "tennisalbue", "hovedpine", "hoftesmerter"),
    *("akupunktur", "trykboelgebehandling", "taping", "slidgigt", "diskusprolaps", "forstuvet-ankel", "gravide"),
)
CHILLY_TOPIC = "kryoterapi"  # about every seventh clinic has it, so that the first search one tries has answers
EXTRA_PRICES = {  # topic → lowest and highest addition to a visit, whole kroner; invented like everything here
    "akupunktur": (60, 150),
    "trykboelgebehandling": (200, 400),
    "laserbehandling": (80, 200),
    "taping": (40, 100),
    "kryoterapi": (100, 250),
}
