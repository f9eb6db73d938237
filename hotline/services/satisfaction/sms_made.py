"""What text messages that ask how the call was are given when they are sent."""

from __future__ import annotations

from hotline.services.satisfaction.by_sms import MADE as MADE
