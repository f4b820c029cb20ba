"""Whether a text holds certificates that a connection could trust."""

from __future__ import annotations

import ssl


def holds_certificate(text: str) -> bool:
    """Return whether a text in PEM form (RFC 7468) holds at least one certificate, and nothing that is broken."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    try:
        context.load_verify_locations(cadata=text)
    except (ValueError, ssl.SSLError):
        return False
    return bool(context.cert_store_stats()["x509"])
