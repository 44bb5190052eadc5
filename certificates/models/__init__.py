"""Credentials: rules that earn them, how they look, keys that sign them, and what became of each."""

from certificates.models.certificates import (
    GONE,
    Certificate,
    CertificateEvent,
    CertificateReminder,
    CertificateRequest,
    CertificateShare,
    SerialCounter,
)
from certificates.models.keys import CertificateSignature, SigningKey
from certificates.models.papers import Paper, PaperPicture, PaperVersion
from certificates.models.prints import CertificatePrint
from certificates.models.rules import CertificateRule, RuleNeed

__all__ = [
    "GONE",
    "Certificate",
    "CertificateEvent",
    "CertificatePrint",
    "CertificateReminder",
    "CertificateRequest",
    "CertificateRule",
    "CertificateShare",
    "CertificateSignature",
    "Paper",
    "PaperPicture",
    "PaperVersion",
    "RuleNeed",
    "SerialCounter",
    "SigningKey",
]
