"""What a record says for a resident's questions: one door to the modules that read it.

Each function takes HSDS rows (`directory.hsds.record.Row`) and gives only what is stated; what is
missing stays missing.
"""

from __future__ import annotations

from directory.search.access import FLAGS, Access, access, access_known_absent, access_of
from directory.search.costs import CostState, cost
from directory.search.languages import LANGUAGE_BITS, OTHER_LANGUAGE_BIT, language_mask, languages
from directory.search.people import Ages, ages, gender, referral
from directory.search.reaching import reach

__all__ = [
    "FLAGS",
    "LANGUAGE_BITS",
    "OTHER_LANGUAGE_BIT",
    "Access",
    "Ages",
    "CostState",
    "access",
    "access_known_absent",
    "access_of",
    "ages",
    "cost",
    "gender",
    "language_mask",
    "languages",
    "reach",
    "referral",
]
