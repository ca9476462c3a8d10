"""Law as dated data: typed readers of the files in `rules/` and the calculations on them.

The German sentences that results carry are not gettext: they are stored with the finding they explain,
in the language of the law and of the office.
"""
