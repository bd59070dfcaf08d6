# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Every record of a flood is received or counted as lost, and every insert that a full map refused is counted."""

from case import Run, contains, equal, refusal

TOOL = "flood"
CALLS = 3000
MANY = 20       # records of each buffer for a call
LARGE = 3       # records that are too large
ROOM = 64       # of the maps
WORK = ["workload", "getppid", str(CALLS)]


def ends(run):
    """The rows before the last line, and that line: what became of everything."""
    rows = run.records()
    equal(list(rows[-1]), ["end"], "keys of the last line")
    equal(any("end" in row for row in rows[:-1]), False, "an end before the last line")
    return run.json(), rows[-1]["end"]


def check_counts(rows, end):
    """What the tool says against the rows, and against the program's own count of what it sent."""
    sent = [row["sent"] for row in rows if "sent" in row]
    equal(sent, [CALLS * MANY], "the program's own count")
    equal([row for row in rows if "perf" in row and row["perf"] != row["cpu"]], [], "rows of another CPU")
    received = {name: sum(key in row for row in rows)
                for name, key in (("events", "perf"), ("moved", "moved"), ("ring", "ring"), ("large", "large"))}
    for buffer in end["buffers"]:
        name = buffer["buffer"]
        equal(buffer["seen"], LARGE if name == "large" else sent[0], f"seen of {name}")
        equal(buffer["seen"], buffer["submitted"] + sum(buffer["lost"].values()), f"seen and lost of {name}")
        equal(buffer["received"], received[name], f"rows of {name}")
        equal(buffer["submitted"], buffer["received"], f"submitted of {name}")
        equal(buffer["lost"]["too_large"], LARGE if name == "large" else 0, f"too large of {name}")
        equal(buffer["lost"]["other"], 0, f"other losses of {name}")
    equal([buffer["buffer"] for buffer in end["buffers"]], ["events", "moved", "ring", "large"], "buffers")
    equal(end["lost"], sum(sum(buffer["lost"].values()) for buffer in end["buffers"]), "sum")
    return {buffer["buffer"]: buffer["lost"]["full"] for buffer in end["buffers"]}


def check_lost(run, kernel):
    rows, end = ends(run)
    lost = check_counts(rows, end)
    equal(min(lost["events"], lost["moved"], lost["ring"]) > 0, True, f"losses of buffers of a page: {lost}")
    equal({row["buffer"]: row["no_room"] for row in rows if "no_room" in row},
          {0: lost["events"], 1: lost["moved"]}, "what perf_submit said")
    maps = {each["map"]: each for each in end["maps"]}
    equal(sorted(maps), ["keys", "started", "updated"], "maps")
    for name, each in maps.items():
        equal(each["full"], CALLS - ROOM, f"refused by {name}")
        equal(each["max_entries"], ROOM, f"size of {name}")
    equal(end["refused"], 3 * (CALLS - ROOM), "refused")
    contains(run.stderr, f"{LARGE} events lost of the {LARGE} for buffer 'large': {LARGE} too large", "stderr")
    contains(run.stderr, f"{lost['ring']} for want of room (--map ring=BYTES makes it larger)", "stderr")
    contains(run.stderr, f"map 'keys' was full with its {ROOM} entries: {CALLS - ROOM} inserts failed "
                         "(--map keys=N makes room for N)", "stderr")


def check_room(run, kernel):
    rows, end = ends(run)
    equal(check_counts(rows, end), {"events": 0, "moved": 0, "ring": 0, "large": 0}, "losses of large buffers")
    equal([(each["full"], each["max_entries"]) for each in end["maps"]], [(0, 2 * CALLS)] * 3, "maps")
    equal(sum("keys" in row for row in rows), CALLS, "keys")
    equal(len(run.stderr.splitlines()), 1, f"lines of stderr {run.stderr!r}")


def check_unknown(run, kernel):
    equal(run.stderr, "flood: option '--map': 'sent' is no map whose size can be set; those are 'keys', 'updated', "
                      "'started', 'large', 'events', 'moved', 'ring'\n", "stderr")


def check_number(run, kernel):
    equal(run.stderr, "flood: option '--map' needs NAME=N with a number from 1 to 2147483647, not 'keys=0'\n", "stderr")


SMALL = ["--map", "events=4096", "--map", "moved=4096", "--map", "ring=1"]
LARGE_ENOUGH = [word for name, size in (("events", 8 << 20), ("moved", 8 << 20), ("ring", 8 << 20), ("keys", 2 * CALLS),
                                        ("updated", 2 * CALLS), ("started", 2 * CALLS))
                for word in ("--map", f"{name}={size}")]

RUNS = [
    Run(["-p", "{pid}", "--json", *SMALL], workload=WORK, check=check_lost),
    Run(["-p", "{pid}", "--json", "--fail-on-loss", *SMALL], workload=WORK, status=1, check=check_lost),
    Run(["-p", "{pid}", "--json", *LARGE_ENOUGH], workload=WORK, check=check_room),
    refusal(["--map", "sent=2"], check=check_unknown),
    refusal(["--map=keys=0"], check=check_number),
]
