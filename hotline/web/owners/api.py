"""Whose customer each one is, for other systems (E11)."""

from __future__ import annotations

from flask import Response
from flask_openapi3 import APIBlueprint, Tag
from pydantic import BaseModel, ConfigDict, Field

from hotline.domain.rights.acts import Act
from hotline.services.owners import owners
from hotline.web.kit.access import may_api
from hotline.web.kit.actor import actor
from hotline.web.kit.answers import stated
from hotline.web.kit.context import web
from hotline.web.kit.schemas import MAX_INTEGER

_TAG = Tag(name="owners", description="Each customer has a person of ours (E11)")


class OwnedCustomerPath(BaseModel):
    customer_id: int = Field(ge=1, le=MAX_INTEGER)


class OwnerBody(BaseModel):
    model_config = ConfigDict(extra="forbid")

    owner: str = Field(min_length=1, max_length=64, description="user name")


class CustomersOwner(BaseModel):
    username: str
    name: str
    customers: int
    potential: int
    active: bool = Field(description="gets new customers")


class CustomersOwnerList(BaseModel):
    owners: list[CustomersOwner]


def register(api: APIBlueprint) -> None:
    api.get("/customer-owners", tags=[_TAG], **stated(CustomersOwnerList))(customer_owners)
    api.put("/customers/<int:customer_id>/owner", tags=[_TAG], **stated(None, 404))(give_customer)


@may_api(Act.SEE_OWNERS)
def customer_owners() -> Response:
    """Who has how many customers."""
    found = owners.see_owners(web().storage, actor(), web().now())
    listed = [
        CustomersOwner(
            username=each.username,
            name=each.name,
            customers=each.load.customers,
            potential=each.load.potential,
            active=each.active,
        )
        for each in found
    ]
    return Response(CustomersOwnerList(owners=listed).model_dump_json(), mimetype="application/json")


@may_api(Act.ASSIGN_OWNER)
def give_customer(path: OwnedCustomerPath, body: OwnerBody) -> tuple[str, int]:
    """Somebody else has this customer from now on."""
    owners.assign_owner(web().storage, web().settings, path.customer_id, body.owner, actor(), web().now())
    return "", 204
