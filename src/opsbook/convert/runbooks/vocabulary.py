"""Know the headings that runbooks elsewhere have, and which of our sections each of them stands for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping

from opsbook.nouns.runbook.model import SectionName

_WORDS: Mapping[SectionName, str] = {
    SectionName.MEANING: """
        meaning|what does this alert mean|what does it mean|what this alert means|meaning of the alert|description
        alert description|alert summary|summary|overview|introduction|about|about this alert|background|context
        symptom|symptoms|problem|problem description|issue|what is happening|what happened|details|explanation|purpose
        bedeutung|beschreibung|zusammenfassung|überblick|übersicht|einleitung|symptome|hintergrund|worum es geht
        signification|description du problème|résumé|symptômes|contexte|présentation
        significado|descripción|resumen|síntomas|contexto|descrição|resumo|sintomas
        significato|descrizione|sintomi|betekenis|beschrijving|samenvatting|symptomen|znaczenie|opis|objawy""",
    SectionName.IMPACT: """
        impact|business impact|user impact|customer impact|impact of the alert|what is the impact|consequences
        consequence|who is affected|effect|effects|impact and severity|severity and impact|impact assessment
        auswirkung|auswirkungen|folgen|folge|wer ist betroffen
        conséquence|conséquences|incidence|impacto|consecuencias|consequências|impatto|conseguenze|gevolgen|wpływ""",
    SectionName.DIAGNOSIS: """
        diagnosis|diagnose|diagnostic|diagnostics|diagnostic steps|diagnosis steps|how to diagnose|troubleshooting
        troubleshoot|troubleshooting steps|investigation|investigate|investigation steps|how to investigate|triage
        initial triage|root cause|root causes|root cause analysis|possible root causes|cause|causes|possible cause
        possible causes|potential causes|common causes|likely causes|debugging|debug|how to debug|first steps
        initial steps|initial diagnosis|checks|what to check|how to check|analysis
        fehlersuche|untersuchung|ursache|ursachen|mögliche ursachen|analyse|eingrenzung|erste schritte|prüfung
        diagnostic et analyse|causes possibles|dépannage|recherche de la cause
        diagnóstico|causas|causas posibles|causa raíz|investigación|solución de problemas|causa|causas possíveis
        diagnosi|cause possibili|oorzaak|oorzaken|diagnoza|przyczyny""",
    SectionName.MITIGATION: """
        mitigation|mitigate|mitigations|mitigation steps|how to mitigate|resolution|resolutions|resolution steps
        how to resolve|resolve|resolving|remediation|remediation steps|remediate|fix|fixes|how to fix|the fix|solution
        solutions|possible solutions|recovery|recovery steps|recover|repair|action|actions|actions to take
        recommended action|recommended actions|required actions|suggested actions|what to do|workaround|workarounds
        response|procedure|playbook|runbook steps
        behebung|maßnahme|maßnahmen|massnahmen|lösung|lösungen|fehlerbehebung|wiederherstellung|gegenmaßnahmen|was tun
        abhilfe|vorgehen
        atténuation|résolution|correction|correctif|remédiation|que faire|rétablissement
        mitigación|resolución|solución|remediación|acciones|corrección|qué hacer|mitigação|resolução|solução|correção
        mitigazione|risoluzione|soluzione|oplossing|herstel|rozwiązanie|naprawa""",
    SectionName.VERIFY: """
        verify|verification|verification steps|how to verify|validation|validate|confirm|confirmation|post checks
        verify the fix|verify resolution|verify recovery|check the result|confirm recovery
        überprüfung|prüfen|erfolgskontrolle|kontrolle|verifikation|nachprüfung
        vérification|vérifier|validation du rétablissement|verificación|verificar|comprobación|verificação
        verifica|controle|verificatie|weryfikacja""",
    SectionName.ESCALATION: """
        escalation|escalate|escalation path|escalation paths|escalation policy|when to escalate|how to escalate|contact
        contacts|contact information|support|who to contact|who to call|on-call|on-call contacts|getting help
        eskalation|eskalieren|ansprechpartner|kontakt|kontakte|wen anrufen|zuständigkeit
        escalade|qui appeler|escalado|escalamiento|escalação|contacto|contactos|contato|escalatie|eskalacja""",
}
_SECTIONS: Mapping[str, SectionName] = {
    word.strip(): name for name, words in _WORDS.items() for line in words.split("\n") for word in line.split("|")
}
_ASIDES = frozenset(
    """references|reference|links|useful links|related links|see also|further reading|additional resources|resources
    notes|note|additional notes|additional information|more information|related|related alerts|dashboards|dashboard
    documentation|docs|verweise|weiterführende links|siehe auch|links und verweise|hinweise|referenzen|voir aussi
    références|liens|ver también|referencias|enlaces|referências|riferimenti|zie ook""".replace("\n", "|").split("|")
)
_NUMBER = re.compile(r"(?:step[ \t]+)?\d{1,3}(?:\.\d{1,3}){0,3}[.):]?[ \t]+", re.IGNORECASE)
_SIGNS = re.compile(r"[*_`~]+|:[a-z0-9_+-]+:")


def section_for(heading: str) -> SectionName | None:
    """Return our section that `heading` stands for; None where that is not clear.

    >>> [section_for(text) for text in ("**Troubleshooting**", "3. Behebung:", "Meaning of life")]
    [<SectionName.DIAGNOSIS: 'Diagnosis'>, <SectionName.MITIGATION: 'Mitigation'>, None]
    """
    return _SECTIONS.get(_bare(heading))


def is_aside(heading: str) -> bool:
    """Return whether what stands below `heading` goes with the text before it, and is nothing to do."""
    return _bare(heading) in _ASIDES_BARE


def without_number(heading: str) -> str:
    """Return `heading` without a number before its words, since steps are numbered anew.

    >>> without_number("2. Node failures"), without_number("5xx errors")
    ('Node failures', '5xx errors')
    """
    bare = _NUMBER.sub("", heading, count=1)
    return bare if bare.strip() else heading


def _bare(heading: str) -> str:
    text = without_number(_SIGNS.sub("", unicodedata.normalize("NFC", heading)))
    words = "".join(each if each.isalnum() or each in " -'" else " " for each in text)
    return " ".join(words.lower().split())


_ASIDES_BARE = frozenset(map(_bare, _ASIDES))
