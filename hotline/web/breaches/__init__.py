"""The register of breaches as a page and for other systems."""
