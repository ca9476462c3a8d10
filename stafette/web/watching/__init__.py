"""Free text is watched, in every form: the renderer that dresses all fields watches them too.

A form needs to do nothing for it, so none can forget it. What was typed is looked at in memory, never logged, never
refused: the text is saved, and the page says afterwards which word it was, which rule speaks about it, and where to
change it. With JavaScript the same hint stands under the field before. rules/watchwords.toml holds the words.
"""

from stafette.web.watching.fields import WatchedField, is_free_text
from stafette.web.watching.hints import Hint, hints_for

__all__ = ["Hint", "WatchedField", "hints_for", "is_free_text"]
