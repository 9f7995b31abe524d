"""What the survey does. Pages, API, commands and schedules call these."""
