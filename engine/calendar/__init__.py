"""Working time of the city: when a patience runs out, how long people have really had, when a letter may go.

Semantics, the same for every clock:

- All answers are aware and in the city's zone (Asia/Jakarta). Naive times are refused with ValueError.
- `minutes`, `hours`, `days` are clock time: nights, weekends and holidays count; a day is 24 hours.
- `working_minutes` and `working_hours` run only while the offices are open. A start outside hours begins at the next
  opening. What ends exactly at closing time is due at closing time, not at the next opening.
- `working_days` are due at closing time of the n-th working day after the day of the start; breaks and the hour of the
  start do not matter. Zero working days is closing time of the first working day not yet over.
- The break stops the clock of working minutes and hours unless the city sets `breaks_count`.
- `nasional` and `cuti_bersama` close the offices whatever the hours say; `kota` does not.
- A year that holidays.csv does not hold is taken from the `holidays` package; `Calendar.warnings` says so, and says
  also when a year has national days but not one cuti bersama, because then the decree is still missing.
"""

from __future__ import annotations

from engine.calendar.load import compare, load
from engine.calendar.patience import Left, Patience, Unit
from engine.calendar.week import Holiday, Hours
from engine.calendar.working import Calendar

__all__ = ["Calendar", "Holiday", "Hours", "Left", "Patience", "Unit", "compare", "load"]
