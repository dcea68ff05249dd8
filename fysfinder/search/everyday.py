"""Ordinary words people write around what they ask for. They are right as they stand: no slip is looked for in them."""

from __future__ import annotations

from fysfinder.search.language import STOP_WORDS

_WORDS = """
aar aften aftenen aftener alder alderen arbejde arbejder arbejdet arbejdsplads arbejdsskade avis baby babyer baer
baere baerer barn barnet barnets boern boernene begynde begynder begyndte bekymret besked bestemt besvaer betaler
betale bil bilen billet blod blodproeve blomst bog bolig bruger brug bus buksen byen cykel cyklen cykler cykle dage
dagen dansk daarlig daarligt datter datteren deltage digital doedsfald doktor doktoren dreng eftermiddag efteraar
ekstra elsker erfaring erfaringer ergoterapeut faelles familie far faren farlig farligt fast faste ferie film firma
flyve flytte foele foeler foeles foelelse forkert formiddag forsigtig forsikring forsikringen forsikret foraeldre
forstaa forstaar fortsat fortaelle fredag fri frisk fritid froken gade gange gammel gammelt gamle gerne glad glemme
glemt godkendt gratis gravide graviditet grim groen haab haaber haard haardt halv hat have haver heldig helbred
helbredet henvist henvisning hest hesten hjem hjemme hjemmefra hjaelpemiddel hoere hoerer hoej hoeje hoejre hoest
hobby hund hunden hurtig hurtigere hus huset husk idraet ingenting is isen job jobbet jul kaffe kalde kat katten kende
kendt kigge klage klar kl klokken klub koebe koen koere koerekort koerer kold kolde kone konen kontakt konsultation
kost koster koste krop kroppen kvinde kvinder kvindelig lang lange langt langvarig lede leder lejlighed let lette
ligge ligger liv livet loerdag loerdage lov luft lys lyst maade maaned maaneder maanedlig mad madras mandag mand
mandlig maend maske medarbejder medicin medlem meget menneske mennesker meter middag minut minutter mistet moebler mor
moren morgen morgenen motion motionere muligt mulighed musik mus nabo natten nat nem nemt nervoes noedt normal normalt
nye nyt nyheder offentlig omsorg onsdag ondt opgave operation operere opereret opleve oplever ordentlig oploese
overarbejde paraply parkere parkering patient penge pension person pige pille piller plads planer pludselig pludseligt
politi praktisk problem problemer proeve proever pris priser privat rask raskt regning rejse rejser ren rengoering
resultat rigtig rigtigt rolig rygning saelge sagt samarbejde samtale seng sengen sidde sidder siddende side siden
sikker sikkert skole skolen skrive skriver skrevet sko skoene slem slemt smart snakke snart sommer soege soeger soen
soendag soendage sove sover soevn sport sporten spille spiller spoerge spoergsmaal staa staar staaende start starte
starter stol stolen stoppe stoppet stykke sund sundhed svaer svaert svar svare syg syge sygehus sygemeldt taenke
taenker tale taler tandlaege tid tiden tider tilbud tilfaelde tilskud time timer tirsdag tog torsdag traet traette
trappe trapper travl tur ture tung tunge uge ugen ugentlig uger undersoege undersoeges undersoegt undervisning
universitet vaegt vaek vaelge vaerelse vaerre vand vandre varig vej vejen vejr vejret vente venter ven venner venstre
verden vide videre vigtig vinter virke virker virkelig virkning vaske voksen voksne zone aendre oekonomi oejeblik
oenske oensker aaben aabent aabner bor boede bukke bukker boeje boejer computer computeren dreje drejer falde falder
faldt fodbold haandbold kontor kontoret laenge loefte loefter loeftet maerke maerker naar rejser ringe ringer slaa
slaaet stikker stikke svimmel trafikuheld tygge tygger varer vende vender vride vred vredet
beregn beregner beregning faldet
appointment back bad bending best book cheap climb climbing clinic close daily doctor exercise evening feel feels
feeling great hard help home hurts hurt injury job knee leg leave long lower morning move neck night nearby pain
painful patient physical price prices right left run running shoulder since sitting sleep sport stairs standing stiff
time tired today tomorrow upper walk walking week weekend work
"""
EVERYDAY_WORDS = STOP_WORDS | frozenset(_WORDS.split())

# Words for what everyone here looks for: they narrow nothing.
_TRADE = """
    fys fysioterapeut fysioterapeuter fysioterapeuten fysioterapi fysioterapien klinik klinikker klinikken behandling
    behandler behandlere naerheden physio physiotherapist physiotherapists physiotherapy clinic clinics treatment
"""
TRADE_WORDS = frozenset(_TRADE.split())
TRADE_NAMES = frozenset(word for word in TRADE_WORDS if word.startswith(("fys", "phys")))
