"""Days of the week as an RRULE and as Germans write them."""

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
GERMAN_DAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")
LONG_DAYS = ("Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag")


def code_of(word: str) -> str:
    """The code of a day: Mo, Mo., Montag, montags, Sonnabend."""
    small = word.strip(". ").lower()
    if small.startswith("sonnab"):
        return "SA"
    return CODES[[one.lower() for one in GERMAN_DAYS].index(small[:2])]


def days_text(codes: list[str]) -> str:
    """„Mo–Do, Sa“ for codes of plain days; what is no plain day stands as it is."""
    if not all(code in CODES for code in codes):
        return ",".join(codes)
    numbers = sorted(CODES.index(code) for code in codes)
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    words = [
        f"{GERMAN_DAYS[run[0]]}–{GERMAN_DAYS[run[-1]]}"
        if len(run) > 2
        else ", ".join(GERMAN_DAYS[n] for n in run)
        for run in runs
    ]
    return ", ".join(words)
