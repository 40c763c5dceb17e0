"""Find e-mail addresses, telephone numbers and IP addresses. Each search is linear."""

import ipaddress
import re
from collections.abc import Iterator
from typing import Literal, NamedTuple, TypeAlias

ContactKind: TypeAlias = Literal["email", "phone", "ip"]


class Contact(NamedTuple):
    """An address in a text."""

    start: int
    end: int
    kind: ContactKind


def contacts(text: str) -> list[Contact]:
    """Return the addresses in a text, sorted and disjoint. O(n)."""
    candidates: list[Contact] = []
    if "@" in text or "＠" in text:
        candidates += _emails(text)
    if _DIGIT.search(text) or "::" in text:
        candidates += _ips(text)
        candidates += _phones(text)
    candidates.sort(key=lambda contact: (contact.start, -contact.end))
    apart: list[Contact] = []
    for contact in candidates:
        if not apart or contact.start >= apart[-1].end:
            apart.append(contact)
    return apart


_DIGIT = re.compile(r"\d")

# -- mail ----------------------------------------------------------------------------------------

_DOMAIN = re.compile(r"(?:[\w](?:[\w-]{0,62})\.){1,10}[^\W\d_](?:[\w-]{0,61}[^\W_])")
_LOCAL = frozenset("._%+-'!#$&*/=?^{|}~`")
_LONGEST_LOCAL = 64


def _emails(text: str) -> Iterator[Contact]:
    """Yield the e-mail addresses: the valid characters before and after each at sign."""
    done = 0
    for sign in re.finditer("[@＠]", text):
        at = sign.start()
        domain = _DOMAIN.match(text, at + 1)
        start = at
        while start > max(done, at - _LONGEST_LOCAL) and _is_local(text[start - 1]):
            start -= 1
        while start < at and not text[start].isalnum() and text[start] != "_":
            start += 1
        handle = start > 0 and text[start - 1] in "@＠"  # a fediverse handle, not an e-mail address
        if domain is not None and start < at and not handle:
            done = domain.end()
            yield Contact(start, done, "email")


def _is_local(letter: str) -> bool:
    return letter.isalnum() or letter in _LOCAL


# -- machines ------------------------------------------------------------------------------------

_IPV4 = re.compile(r"(?<![\w.])\d{1,3}(?:\.\d{1,3}){3}(?![\w]|\.\d)")
_IPV6 = re.compile(r"(?<![\w:.\]])[0-9A-Fa-f:]{2,39}(?:(?:\.\d{1,3}){3})?(?:%\w{1,15})?(?![\w:])")
_VERSION = re.compile(
    r"(?:\b(?:version|versions?nr|ver|v|release|rel|build|firmware|update)[. :=>]*|[A-Za-z]/)$",
    re.IGNORECASE,
)


def _ips(text: str) -> Iterator[Contact]:
    for match in _IPV4.finditer(text):
        before = text[max(match.start() - 12, 0) : match.start()]
        if _is_ip(match[0]) and not _VERSION.search(before):
            yield Contact(*match.span(), "ip")
    if "::" in text or text.count(":") >= 7:
        for match in _IPV6.finditer(text):
            address = match[0].rstrip(":") if not match[0].endswith("::") else match[0]
            is_long = not address.endswith("::") or address.count(":") > 2  # not 10::
            if is_long and address.count(":") >= 2 and _DIGIT.search(address) and _is_ip(address):
                yield Contact(match.start(), match.start() + len(address), "ip")


def _is_ip(address: str) -> bool:
    try:
        ipaddress.ip_address(address)
    except ValueError:
        return False
    return True


# -- telephones ----------------------------------------------------------------------------------

_GAP = " ()./\u00a0\u2009\u202f\u2010\u2011\u2012\u2013-"
#: A run of digits with separators. Its length is bounded, which keeps the search linear.
_NUMBER = re.compile(
    rf"(?<![\w.,:/=#&%$€£+-])(?:\+ ?|\()?\d[\d{re.escape(_GAP)}]{{4,30}}(?<=\d)"
    r"(?![\w%€$£]|[.,:/-]\d)"
)
_GROUP = re.compile(r"\d+")
_SAYS_PHONE = re.compile(
    r"(?:\b(?:tel|telefon|telephone|phone|fon|mobil|mobile|handy|cell|call|fax|whatsapp|signal|"
    r"t[ée]l[ée]phone|tel[ée]fono|ruf|sms|text me|text us)\b|[☎☏✆📞📱])[^\d\n+(]{0,15}$",
    re.IGNORECASE,
)
_SAYS_OTHER = re.compile(
    r"(?:\b(?:isbn|issn|doi|iban|bic|order|invoice|ticket|issue|article|art|no|nr|id|version|v|"
    r"page|pp?|vol|rfc|iso|din|year|years|jahre?|since|from|between)\b)[^\d\n]{0,8}$",
    re.IGNORECASE,
)
_FEWEST, _MOST = 7, 15  # digits, by ITU-T E.164


def _phones(text: str) -> Iterator[Contact]:
    for match in _NUMBER.finditer(text):
        before = text[max(match.start() - 30, 0) : match.start()]
        # A bracket that is not closed belongs to the text around the number.
        skipped = match[0].startswith("(") and ")" not in match[0]
        if _is_phone(match[0][skipped:], before):
            yield Contact(match.start() + skipped, match.end(), "phone")


def _is_phone(number: str, before: str) -> bool:
    """Whether a run of digits looks only like a telephone number."""
    groups = _GROUP.findall(number)
    digits = "".join(groups)
    if not _FEWEST <= len(digits) <= _MOST or number.count("(") != number.count(")"):
        return False
    if number.startswith("+"):
        return True
    if _SAYS_OTHER.search(before) or _is_date(groups) or _is_isbn(digits, groups):
        return False
    if _SAYS_PHONE.search(before):
        return True
    lengths = [len(group) for group in groups]
    if "(" in number:
        return number.index(")") - number.index("(") > 2 and len(digits) >= 8
    joined = {gap for gap in _GAP if gap in number} - {" ", "\u00a0"}
    if len(joined) > 1 or (joined == {"."} and max(lengths[1:], default=9) > 4):
        return False
    if number.startswith("00"):
        return len(digits) >= 10 and lengths[0] > 2 - (len(groups) > 2)
    if number.startswith("0"):
        return 9 <= len(digits) <= 12 and lengths[0] >= 2 and len(groups) <= 6
    return (
        lengths in ([3, 3, 4], [1, 3, 3, 4])
        and joined <= {"-", "."}
        and bool(joined or lengths[0] == 3)
    )


def _is_date(groups: list[str]) -> bool:
    """Whether the digits begin with a date: year, month, day in one of the usual orders."""
    if len(groups) == 1 and len(groups[0]) == 8:
        year, month, day = groups[0][:4], groups[0][4:6], groups[0][6:]
        return year[:2] in {"19", "20"} and 0 < int(month) < 13 and 0 < int(day) < 32
    if len(groups) < 3:
        return len(groups) == 2 and all(len(g) == 4 and g[:2] in {"18", "19", "20"} for g in groups)
    one, two, three = groups[:3]
    if len(one) == 4:
        return len(two) <= 2 and len(three) <= 2
    small = len(one) <= 2 and len(two) <= 2 and int(one) < 32 and int(two) < 32
    return small and len(three) == 4 and three[:2] in {"18", "19", "20"}


def _is_isbn(digits: str, groups: list[str]) -> bool:
    if len(digits) == 13:
        return digits.startswith(("978", "979"))
    if len(digits) != 10 or len(groups) != 4 or len(groups[-1]) != 1:
        return False
    return sum(n * int(digit) for n, digit in zip(range(10, 0, -1), digits, strict=True)) % 11 == 0
