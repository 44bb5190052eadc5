"""Personal data on certificates."""

from core.personal import Kind, register

register(
    Kind(
        model="certificates.Certificate",
        subjects=("person", "enrolment__person"),
        personal=("claim",),
        purpose="the frozen claim that a superior can check; it is signed, and names its holder",
        keep="for good, with the name: whoever holds the paper has to be able to check it",
        exported=("serial", "code", "claim", "issued_at", "valid_until"),
    ),
    Kind(
        model="certificates.CertificateEvent",
        subjects=("certificate__person",),
        actors=("by",),
        purpose="that a certificate was revoked or replaced, and why",
        exported=("certificate__serial", "kind", "reason", "at"),
    ),
)
