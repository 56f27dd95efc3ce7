"""TLS for a cache's clients, with a certificate that cert-manager makes.

Start with `certificate.py` (`DragonflyCertificate`).
"""
