"""Remove the names and contact details of commenters from threads.

`pseudonymise` replaces authors by keyed pseudonyms, in author fields and in texts; `residue` finds
the names that are left; `redact_contacts` removes e-mail addresses, telephone numbers and IP
addresses. Each returns new values, and reports what it changed or found.

None of this makes a public discussion anonymous: anyone can search for its texts, and recognise
people by their writing. The privacy page of the documentation describes the guarantees and limits.

Reading order: `_pseudonyms` (keys and pseudonyms), `_identities` (who has which names),
`_name_search` (names in a text), `_pseudonymise`; `_text_fields` (the texts of a thread),
`_residue`; `_contacts` (addresses in a text), `_redact`.
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
