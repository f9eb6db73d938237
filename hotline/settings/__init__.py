"""Every setting, typed and validated once at the start; the program refuses to start on a wrong one."""

from hotline.settings.errors import SettingsError
from hotline.settings.home import Home
from hotline.settings.load import load_settings
from hotline.settings.schema import Settings

__all__ = ["Home", "Settings", "SettingsError", "load_settings"]
