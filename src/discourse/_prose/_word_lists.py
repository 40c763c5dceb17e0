"""Word lists: words that are not names, words that can be names, titles before names, and labels.

An author named like an ordinary word is not found by the bare word. A label is a capitalised word
that starts a text without addressing anyone: a heading, a wish, a place.
"""

import re

from ._word_forms import fold

#: Never names in the middle of a text, in any spelling.
_ALWAYS_WORDS = """
a about after again all also always am an and any anon anonym anonymous are as ask at author
away back bad be because been before being best better big both but by call can come could cool
day dear did do does doing done down each editor else end even ever every everybody everyone
few find first folks for friend friends from full get give go god good got great guest guests
guys had has have he hello help her here hers hey hi him his hope how however i if in indeed
into is it its just keep know last later left less let life like little long look love made
make man many may maybe me men might mine mod moderator more most much must my name need never
new news nice no nobody none not nothing now of off oh ok okay old on one only open or other
our ours out over own people please real really reader right said same say says see she should
since sir so some somebody someone sorry still stop such sure take team thank thanks that the
their them then there these they thing think this those though thought three time to today
together too true truth try two under unknown until up us use user very want was way we well
were what when where which while who whole why will with without woman women word work world
would yeah year yes yet you your yours admin administrator
january february march april june july august september october november december
monday tuesday wednesday thursday friday saturday sunday
aber als auch auf aus bei bin bis bist da das dann dass dein dem den denn der des die dir doch
du ein eine einer er es euch fur gast gut habe hallo hat hier ich ihr im ist ja kann kein lieber
liebe man mein mehr mit nach nein nicht noch nun nur ob oder schon sehr sein sich sie sind so
und uns unser viel vom von vor war was wenn wer wie wir wird wo zu zum zur danke gott
avec bien bon bonjour ca ce cela ces comme dans de des donc du elle en est et il je la le les
leur lui mais merci moi mon ne non nous on ou oui par pas plus pour que qui sa salut se ses si
sur ta te toi ton tous tout tres tu un une vous
al algo como con cuando de del el ella ellos en era es esta este esto gracias ha hay hola la las
lo los mas me mi muy nada no nos o para pero por porque que quien se ser si sin su sus te tiene
todo tu un una y ya yo
anche che chi ci come cosa da dal della di e ed gli grazie ho io ma ne nel non per piu poi
quando questo sei sono tutti tutto
alle leute miteinander zusammen community tout-le-monde
aan bij dat deze dit een en hij hoe ik is je kan maar met naar niet ook op te van voor wat wij
com ela ele eu foi isso mas muito nao obrigado os seu sua tem uma voce
"""

#: Words that can be names: a name only if capitalised.
_SMALL_WORDS = """
angel art ash autumn bear bell bill bird bishop black blue bob brook brown buddy carol chance
charity chase chip chuck clay cliff cook crystal daisy dale dan dawn dean dee dick don drew duke
dusty earl ernest eve faith fern flora forest frank gale gay gene ginger glen grace grant gray
green guy hank harry hazel heather herb holly honey hunter iris ivy jack jade jasmine jay jewel
jimmy joy junior king lance lane lily major mark marina mason matt max mercy miles mike misty
moss nick norm olive opal page pam pat pearl penny peter pierce poppy pris prudence queen rain
ray reed rich rob robin rock rose ruby rusty sage sandy scout sienna skip sky stone storm sue
summer sunny tad terry trip victor violet wade walker ward wayne west white wolf young
bot cat citizen comment dog fan fish fox game girl boy home house kid lady lion moon mother
father music night observer parent person red sea star student sun teacher tiger voice voter
water wind witness writer
"""

_ALWAYS = frozenset(_ALWAYS_WORDS.split())
_WRITTEN_SMALL = frozenset(_SMALL_WORDS.split())
_LETTERS = re.compile(r"[^\W\d_]")


def is_plain_word(name: str) -> bool:
    """Whether the bare *name* in a text is ambiguous: a common word, or very short.

    Very short means no letter at all, one character, or two lower-case letters or digits.

    >>> [name for name in ("Will", "may", "Rose", "rose", "Bo", "x", "42") if is_plain_word(name)]
    ['Will', 'may', 'rose', 'x', '42']
    """
    bare = name.strip()
    if len(bare) < 2 or not _LETTERS.search(bare):
        return True
    if len(bare) == 2 and bare.isascii() and not bare[0].isupper():
        return True
    same = fold(bare)
    return same in _ALWAYS or (same in _WRITTEN_SMALL and bare == bare.lower())


def is_written_small(word: str) -> bool:
    """Whether the word is only a name if capitalised: ``Rose``, ``White``."""
    return fold(word) in _WRITTEN_SMALL


# -- what begins a text --------------------------------------------------------------------------

_TITLE_WORDS = """
mr mrs ms miss mx dr prof professor sir madam lord lady rev father fr capt captain
herr frau hr fr monsieur madame mme mlle m senor senora sr sra don dona signor signora sig
mevrouw meneer dhr mevr pan pani
"""

#: Words of headings, wishes and exclamations that are not in the other lists.
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
    """Whether the word precedes names, like ``Mr.`` and ``Frau``."""
    return fold(word.rstrip(".")) in _TITLES


def is_label(word: str) -> bool:
    """Whether a capitalised word at the start of a text is part of a heading, wish or place."""
    return fold(word) in _LABELS
