"""The REST API under /api/v1, described by its OpenAPI document."""

from __future__ import annotations

from functools import cache

from flask_openapi3 import APIBlueprint

from hotline.web.kit.told.web_feature import WebFeature


@cache
def blueprint_of(features: tuple[WebFeature, ...]) -> APIBlueprint:
    """With what each feature adds to it."""
    blueprint = APIBlueprint("api", __name__, url_prefix="/api/v1")
    for feature in features:
        for register in feature.apis:
            register(blueprint)
    return blueprint
