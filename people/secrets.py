"""Encrypting what must be read again: AES-GCM under a key derived from SECRET_KEY."""

import base64
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.core.signing import BadSignature


def _key(secret: str, purpose: str) -> AESGCM:
    """Each purpose has a key of its own."""
    info = f"thindan.people.{purpose}".encode()
    return AESGCM(HKDF(hashes.SHA256(), 32, salt=None, info=info).derive(secret.encode()))


def encrypt(text: str, purpose: str = "secrets") -> str:
    """The text as URL-safe base64 of nonce and ciphertext."""
    nonce = os.urandom(12)
    return base64.urlsafe_b64encode(
        nonce + _key(settings.SECRET_KEY, purpose).encrypt(nonce, text.encode(), None)
    ).decode()


def decrypt(token: str, purpose: str = "secrets") -> str:
    """The text again, also under a former key (SECRET_KEY_FALLBACKS). Raises BadSignature."""
    for secret in [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]:
        try:
            raw = base64.urlsafe_b64decode(token)
            return _key(secret, purpose).decrypt(raw[:12], raw[12:], None).decode()
        except (InvalidTag, ValueError):  # ValueError: no base64, or too short
            continue
    raise BadSignature("unknown key")
