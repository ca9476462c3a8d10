"""Pages of the notices room."""

from stafette.notices.views import child, outbound

__all__ = ["child", "outbound"]
