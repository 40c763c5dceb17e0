"""Words with capitals that begin texts and are no names: headings, wishes, places, and titles."""

from ._word_forms import fold

_TITLE_WORDS = """
mr mrs ms miss mx dr prof professor sir madam lord lady rev father fr capt captain
herr frau hr fr monsieur madame mme mlle m senor senora sr sra don dona signor signora sig
mevrouw meneer dhr mevr pan pani
"""

#: What headings, wishes and exclamations are made of, where it is not in the other lists.
_LABEL_WORDS = """
abstract addendum poor jeez geez jeeze disregard addition advice aka alert amen analysis
announcement answer apologies apology article artikel attention author background basic basically
beautiful belated blessings bless bottom breaking brief bravo breakfast busted case caution caveat
century christ christmas cheers church city clearly climate close closed coincidence comment
comments community company conclusion conclusions confession congrats congratulations constitution
correction council country county court credit crisis dad daily damn dearest democracy democrats
department dinner disclaimer disclosure district easter economy edit editor editors edited
education election english environment error eve evening everyday exactly example excellent
exhibit fact facts fake false fantastic fellow figure final finally follow footnote foreign former
fortunately full fun future general generally global gosh gov government great greetings guy
hanukkah happily happy headline health heaven heavens hint history holiday holidays holy honest
honestly hospital hours humans hurray important incredible index industry info information
interesting interestingly internet introduction island issue jesus joke joking journal judge
kidding kingdom kudos ladies lake language laws legal legend lesson letter liberal liberals line
link list lol lord lovely lunch machine magazine market media meeting merry method military
minister minor minute moment mom money moral morning mount mr museum nation national nations
nature newspaper newsflash nightmare note notes notice number numbers observation office official
onion opinion opposition option order original overall paper parliament part party pathetic
perfect personal personally planet plain please plot plus point points police policy political
politics pope prediction preface president press problem proof proposal ps public query question
questions quick quickly quote racism radio random rant reality reason recap recipe reference
regards reminder report reporter republic republicans request research result results review rip
river road rule sadly saint sarcasm sarcastic school science scientists season secret section
security senate serious seriously shame short side silly simple simply situation society solution
source sources special spoiler state states status step story strong stupid suggestion summary
super supreme surprise surprisingly system television test theory theme ticket tip tips title tldr
topic town translation treaty trigger trivia typical ugh undeniable unfortunately union united
university update urban urgent valley version video view wait war warning weather website week
weekend weeks welcome well western wikipedia wishes wonderful world worst wow wrong xmas yay
yesterday zone african american americans arab armenian armenians asian australian austrian
belgian brazilian british canadian catholic catholics chinese christians dutch egyptian european
french germans greek hindu hungarian indian iranian iraqi irish islamic israeli italian japanese
jewish jews korean latin mexican muslim muslims norwegian ottoman palestinian persian polish
portuguese protestant russian russians saudi scottish serbian soviet spanish swedish swiss syrian
turkish turks ukrainian ukrainians vietnamese welsh africa alto america armenia asia atlantic
australia azerbaijan azores belgium berlin brazil buenos california canada cape china costa coast
czech dakota east eastern egypt el england europe florida fort france germany greece gulf
hampshire hawaii hong india iran iraq ireland italy japan jersey kong korea lanka las leone london
los mexico michigan middle monte moscow new nagorno karabakh north northern norway ohio ontario
pacific pakistan palestine poland port portugal puerto quebec rhode rica rico rio rome russia san
santa santo sao scotland sea sierra south southern spain sri sweden switzerland syria tel texas
toronto turkey ukraine usa vegas vietnam wales washington west york zealand abend achtung alles
anmerkung antwort apropos ausserdem beispiel beitrag bemerkung besten bitte danke dankeschon
dickes dritte dritter einfach einspruch ende endlich entschuldigung ergebnis erste erstens erster
faktencheck falsch fazit fehler ferien feste fragen frage freue freude freunde frohe frohes fruher
ganz gedanken geburtstag gegenfrage genau geschichte gesucht gesundheit glaube gluck gluckwunsch
gluckwunsche gnade gott gratulation grosse grosser grosses grund gruss grusse gute guten guter
gutes hallochen herrlich herzlich herzliche herzlichen herzlichsten himmel hinweis
hochachtungsvoll idee ihre interessant jahr jahre jahres kind kinder klasse kleine kleiner kleines
kommentar kompliment korrektur krass kritik kurze kurzer kurzes lage leider leser liebsten losung
meinung mensch merci mittag moglichkeit morgen moin nachfrage nachtag nachtrag nacht naturlich
netter neue neuer neues neujahr ostern perfekt punkt quelle recht regierung reihe respekt
ruckfrage sache schade schone schoner schones schonen sehr selbst soweit spass stellungnahme
stichwort tag tage tages thema tipp tolle toller tolles traurig ubrigens unglaublich ursache
urteil verzeihung vielen vorschlag wahnsinn wahrheit warnung weihnacht weihnachten weiter wichtig
wiedersehen willkommen witz woche wochenende wunderbar wunderbare wunderbares wunderschon wunsch
zeit zitat zusatz zweite zweitens annee anniversaire bonne bonsoir chapeau chere cher citation
commentaire coucou dieu exemple felicitations fete grand grande joyeux madame mademoiselle
mesdames messieurs nouvelle petite precision quel rappel remarque reponse superbe tres vive abrazo
abrazos amigo amigos ano anos bendiciones buen buena buenas bueno compatriotas companero
companeros cuba dia dias dios dudas estimado estimados excelente excelentes feliz felicidades
felicitaciones gracias gran habana hermano hermanos importante lamentable lectores mejor muchas
muchos navidad navidades noche noches nota nuestro patria pregunta primera primero profe pueblo
que querido queridos respuesta revolucion saludo saludos senor senores solo tarde tardes triste
auguri bellissimo bello buon buona buongiorno buonasera bravissimo complimenti domanda natale
signori beste goedemorgen gefeliciteerd geachte groeten hartelijk vraag vrolijk bom boa boas
obrigada parabens pergunta bayram canim cok gunaydin iyi merhaba sayin selam sevgili tebrikler
tesekkurler
"""

_TITLES = frozenset(_TITLE_WORDS.split())
_LABELS = frozenset(_LABEL_WORDS.split())


def is_title(word: str) -> bool:
    """Whether the word stands before a name, as ``Mr.`` and ``Frau`` do."""
    return fold(word.rstrip(".")) in _TITLES


def is_label(word: str) -> bool:
    """Whether a word with a capital at the start of a text is one of heading, wish or place."""
    return fold(word) in _LABELS
