"""What text messages of visits are given when they are sent."""

from __future__ import annotations

from hotline.services.visit_links.sending import MADE as MADE
