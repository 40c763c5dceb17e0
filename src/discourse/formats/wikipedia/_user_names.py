"""Recognise links to users by the names of user pages in the languages of wikis."""

import re
from functools import cache
from urllib.parse import unquote

_USER = """
user|u|benutzer|benutzerin|utilisateur|utilisatrice|usuario|usuaria|utente|usuário|usuária|usuari
|usuària|gebruiker|wikipedysta|wikipedystka|użytkownik|użytkowniczka|участник|участница|у|користувач
|користувачка|удзельнік|удзельніца|uživatel|uživatelka|wikipedista|wikipedistka|používateľ
|používateľka|redaktor|redaktorka|uporabnik|uporabnica|suradnik|suradnica|korisnik|korisnica|корисник
|корисница|потребител|utilizator|szerkesztő|user|käyttäjä|kasutaja|dalībnieks|dalībniece
|lietotājs|naudotojas|naudotoja|vartotojas|användare|bruger|bruker|brukar|notandi|úsáideoir|defnyddiwr
|usuario|lankide|utilizaire|implijer|χρήστης|χρήστρια|kullanıcı|istifadəçi|қатысушы|foydalanuvchi
|колдонуучу|корбар|մասնակից|მომხმარებელი|משתמש|משתמשת|مستخدم|مستخدمة|کاربر|صارف|सदस्य|ব্যবহারকারী
|ਵਰਤੋਂਕਾਰ|பயனர்|వాడుకరి|ಸದಸ್ಯ|ഉപയോക്താവ്|ผู้ใช้|thành viên|pengguna|gebruiker|përdoruesi
|përdoruesja|بەکارھێنەر|хэрэглэгч|vikipediisto|uzanto|vicipaediani|usor|利用者|用户|用戶|使用者|사용자
|meidogger|benotzer|uporabnik
"""
_TALK = """
user talk|ut|benutzer diskussion|benutzerin diskussion|bd|discussion utilisateur
|discussion utilisatrice|usuario discusión|usuaria discusión|discusión usuario|discussioni utente
|usuário discussão|usuária discussão|discussão usuário|usuari discussió|usuària discussió
|overleg gebruiker|dyskusja wikipedysty|dyskusja wikipedystki|dyskusja użytkownika
|dyskusja użytkowniczki|обсуждение участника|обсуждение участницы|оу|обговорення користувача
|обговорення користувачки|гутаркі ўдзельніка|размовы з удзельнікам|diskuse s uživatelem
|diskuse s uživatelkou|diskuse s wikipedistou|diskuse s wikipedistkou|diskusia s redaktorom
|diskusia s redaktorkou|diskusia s používateľom|uporabniški pogovor|razgovor sa suradnikom
|razgovor sa suradnicom|razgovor sa korisnikom|razgovor s korisnikom|razgovor s korisnicom
|разговор са корисником|разговор са корисницом|разговор со корисник|беседа|потребител беседа
|discuție utilizator|szerkesztővita|keskustelu käyttäjästä|kasutaja arutelu|dalībnieka diskusija
|dalībnieces diskusija|naudotojo aptarimas|naudotojos aptarimas|användardiskussion|brugerdiskussion
|brukerdiskusjon|brukardiskusjon|notandaspjall|plé úsáideora|sgwrs defnyddiwr|conversa usuario
|lankide eztabaida|discussion utilizaire|kaozeadenn implijer|συζήτηση χρήστη|συζήτηση χρήστριας
|kullanıcı mesaj|istifadəçi müzakirəsi|қатысушы талқылауы|foydalanuvchi munozarasi
|մասնակցի քննարկում|მომხმარებლის განხილვა|שיחת משתמש|שיחת משתמשת|نقاش المستخدم|نقاش المستخدمة
|بحث کاربر|تبادلۂ خیال صارف|सदस्य वार्ता|सदस्य चर्चा|ব্যবহারকারী আলাপ|ਵਰਤੋਂਕਾਰ ਗੱਲ-ਬਾਤ
|பயனர் பேச்சு|వాడుకరి చర్చ|ಸದಸ್ಯರ ಚರ್ಚೆಪುಟ|ഉപയോക്താവിന്റെ സംവാദം|คุยกับผู้ใช้
|thảo luận thành viên|pembicaraan pengguna|perbincangan pengguna|gebruikerbespreking
|përdoruesi diskutim|përdoruesja diskutim|لێدوانی بەکارھێنەر|vikipediista diskuto|uzanto-diskuto
|disputatio usoris|利用者‐会話|利用者・トーク|用户讨论|用戶討論|使用者討論|사용자토론
|meidogger oerlis|benotzer diskussioun
"""
_CONTRIBUTIONS = """
contributions|contribs|contribuciones|contributi|contribuições|contribucions|beiträge|bijdragen
|wkład|вклад|внесок|унёсак|příspěvky|príspevky|prispevki|doprinosi|доприноси|придонеси|приноси
|contribuții|szerkesztő közreműködései|közreműködései|muokkaukset|kaastöö|devums|indėlis|bidrag
|bidrag|framlög|contribucións|ekarpenak|contribucions|degasadennoù|συνεισφορές|katkılar|fəaliyyətlər
|үлесі|ներդրումները|წვლილი|תרומות|مساهمات|مشارکتها|مشارکت‌ها|شراکتیں|योगदान|অবদান|ਯੋਗਦਾਨ|பங்களிப்புகள்
|మార్పులు-చేర్పులు|ಕಾಣಿಕೆಗಳು|സംഭാവനകൾ|เรื่องที่เขียน|đóng góp|kontribusi pengguna|sumbangan|bydraes
|kontributet|بەشدارییەکان|kontribuoj|conlationes|投稿記録|用户贡献|用戶貢獻|使用者貢獻|기여|bijdragen
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.replace("\n", "").split("|"))


_OWN = _set(_USER)
_NAMESPACES = _OWN | _set(_TALK)
_SPECIAL = _set(_CONTRIBUTIONS)
_IPV6 = re.compile(r"[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}", re.IGNORECASE)
_MARKS = re.compile("[\u200e\u200f\u202a-\u202e]")


class UserPages:
    """Finds the user in the title of a page, such as ``User talk:Ada#top``.

    >>> UserPages().user("Benutzer Diskussion:ada_L#Hm"), UserPages().user("Help:Ada")
    ('Ada L', None)
    """

    def __init__(self) -> None:
        self.own = set(_OWN)
        """The names of the user namespace, in lower case."""
        self.namespaces = set(_NAMESPACES)
        """The names of the user and user talk namespaces, in lower case."""
        self.user = cache(self._user)

    def is_own(self, title: str) -> bool:
        """Whether a title is a user's own page, not a talk or contributions page."""
        namespace = title.lstrip(": ").partition(":")[0].replace("_", " ").strip().lower()
        return namespace in self.own

    def _user(self, title: str) -> str | None:
        namespace, colon, name = title.lstrip(": ").partition(":")
        if not colon:
            return None
        words = namespace.replace("_", " ").strip().lower()
        name = _MARKS.sub("", unquote(name.partition("#")[0]).replace("_", " "))
        if words in self.namespaces:
            return None if "/" in name else _named(name)
        page, slash, user = name.partition("/")
        if slash and "/" not in user and page.strip().lower() in _SPECIAL:
            return _named(user)
        return None


def _named(name: str) -> str | None:
    """Return a user's name in MediaWiki's form."""
    name = " ".join(name.split())
    if _IPV6.fullmatch(name):
        return name.upper()
    return name[:1].upper() + name[1:] or None
