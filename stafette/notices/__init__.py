"""The room notices: guided ways to the youth office and to the foreigners' authority."""
