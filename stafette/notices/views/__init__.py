"""Pages of the notices room."""

from stafette.notices.views import child, glass, outbound

__all__ = ["child", "glass", "outbound"]
