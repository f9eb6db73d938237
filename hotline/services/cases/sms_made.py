"""What text messages of cases are given when they are sent."""

from __future__ import annotations

from hotline.services.cases.link_sending import MADE as MADE
