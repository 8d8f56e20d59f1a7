"""Guess the language of a checklist by its little words, for the words of the site around it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W\d_]+")
LITTLE: Mapping[str, str] = {
    "de": "und der die das ist sind nicht mit für auf den dem ein eine werden wird zu von bei jede",
    "en": "and the is are not with for on of to a an be in by from each it that when",
    "es": "y el la los las es son no con para en del un una por se que cada al",
    "fr": "et le la les des est sont pas avec pour dans un une du sur que chaque au aux",
    "it": "e il la gli le è sono non con per di un una nel che ogni alla del sul",
    "nl": "en de het een is zijn niet met voor op van te worden wordt bij elke dat aan",
    "pt": "e o a os as é são não com para em um uma do da no na que cada",
}
"""Words that nearly every text of a language holds."""
_FEWEST = 3


def guess_language(texts: Iterable[str]) -> str:
    """Return the code of the language of `texts`; `en` where too little of it is known.

    >>> guess_language(["Das Backup ist getestet", "Die Alarme sind mit einem Runbook verbunden"])
    'de'
    >>> guess_language(["Backups"])
    'en'
    """
    words = [word.lower() for text in texts for word in _WORD.findall(text)]
    little = {language: set(each.split()) for language, each in LITTLE.items()}
    counts = {language: sum(word in each for word in words) for language, each in little.items()}
    best = max(counts, key=lambda language: (counts[language], language == "en"))
    return best if counts[best] >= _FEWEST else "en"
