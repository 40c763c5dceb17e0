"""Threads without the names and addresses of those who wrote them.

`pseudonymise` puts keyed pseudonyms in place of authors, in their fields and in texts; `residue`
finds the names that are left; `redact_contacts` takes out e-mail addresses, telephone numbers and
IP addresses. Each returns new threads, and tells what it did.

None of this makes a public discussion anonymous: texts can be searched for, and people known by
what they say. The explanation of privacy in the documentation says what is promised and what not.

Reading order: `_pseudonyms` (keys and what they make), `_identities` (who has which names),
`_name_search` (where names are in a text), `_pseudonymise`; `_text_fields` (the texts of a thread),
`_residue`; `_contacts` (what an address looks like), `_redact`.
"""

from ._pseudonymise import Pseudonymised, pseudonymise
from ._pseudonyms import pseudonym
from ._redact import Redacted, redact_contacts
from ._residue import Residue, residue

__all__ = [
    "Pseudonymised",
    "Redacted",
    "Residue",
    "pseudonym",
    "pseudonymise",
    "redact_contacts",
    "residue",
]
