"""Words that are names as well: a writer called so is not found by the bare word alone."""

import re

from ._word_forms import fold

#: Never taken for a name in the middle of a text, however they are written.
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

#: Words that are names as well: taken for a name where the author writes it with a capital.
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
    """Whether the bare *name* in a text says too little: a common word, or very short.

    Very short is: no letter at all, one character, or two that are small letters or digits.

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
    """Whether the word is a name only where it has a capital: ``Rose``, ``White``."""
    return fold(word) in _WRITTEN_SMALL
