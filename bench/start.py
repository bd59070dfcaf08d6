# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""Time from execve() to attached, and peak memory, of the tools and their twins, in one boot of a
kernel; called by run.py. start.c measures in the guest; test/vm builds the image and boots it.
"""

import dataclasses
import pathlib
import stat
import sys

import report
import subjects

sys.path.insert(0, str(subjects.ROOT / "test/vm"))

import boot  # noqa: E402
import case as case_api  # noqa: E402
import image  # noqa: E402

KERNELS = {kernel.name: kernel for kernel in image.fetch_kernels.KERNELS}
LIST = "etc/start.list"
# A link is seen at the next tick of start.c, so that one made just before the output may seem later.
TICK_US = 2000


@dataclasses.dataclass
class Start:
    """One start of one tool."""
    output_us: int              # from execve to the first byte of output; None: there was none
    link_us: int                # to the last BPF link
    links: int
    rss_kb: int
    stop_us: int                # from SIGINT to the end
    status: int

    def attached_us(self, by_output):
        return self.output_us if by_output else self.link_us


@dataclasses.dataclass
class Starts:
    """All starts in one boot. Keys are the names of the examples and of the twins."""
    kernel: str
    release: str
    twins: dict                 # {example: name of its twin}
    starts: dict = dataclasses.field(default_factory=dict)      # {name: [Start]}
    said: dict = dataclasses.field(default_factory=dict)        # {name: first line of output}
    errors: dict = dataclasses.field(default_factory=dict)      # {name: [line]}


# The image.


def file_entry(guest_path, host_path):
    return image.Entry(guest_path.lstrip("/"), host_path.read_bytes(), image.EXECUTABLE)


def with_folders(entries):
    """The entries, with the folders that they are in before them."""
    folders = {str(parent) for entry in entries for parent in pathlib.Path(entry.path).parents}
    return [*(image.Entry(path, mode=stat.S_IFDIR | 0o755) for path in sorted(folders - {"."})),
            *entries]


def twin_entries(twins):
    """The twins in /twins, and the libraries they load where the loader looks for them."""
    paths = {twin.name: twin.path() for twin in twins.values()}
    libraries = {str(path) for program in paths.values()
                 for path in subjects.shared_libraries(program)}
    return [*(file_entry(f"twins/{name}", path) for name, path in paths.items()),
            *(file_entry(path, pathlib.Path(path)) for path in sorted(libraries))]


def start_list(names, twins):
    """The lines that start.c reads: each tool with its twin next to it."""
    lines = []
    for name in names:
        lines.append(" ".join([name, f"/tools/{name}", *subjects.ARGS.get(name, ())]))
        if name in twins:
            lines.append(" ".join([twins[name].name, f"/twins/{twins[name].name}",
                                   *twins[name].args]))
    return "\n".join([*lines, ""]).encode()


def build_image(kernel, tools, twins, rounds, folder):
    """Write the initramfs; returns its path."""
    machine = kernel.machine
    image.compile_program([pathlib.Path(__file__).with_name("start.c")], folder / "start", machine)
    job = case_api.Run([str(rounds), f"/{LIST}"], tool="start", ready=False, signal=None,
                       limit=3600)
    tree = image.fetch_kernels.cache_dir() / "kernels" / kernel.name
    entries = [*image.base_programs(machine, folder),
               *(file_entry(f"tools/{name}", path) for name, path in tools.items()),
               file_entry("tools/start", folder / "start"), *twin_entries(twins),
               image.Entry(LIST, start_list(tools, twins)),
               *image.module_entries(tree / "modules", image.DISK_MODULES),
               image.jobs_entry([("start", job)])]
    image.write_archive(with_folders(entries), folder / "initramfs")
    return folder / "initramfs"


# The results.


def parse(text, found):
    """Sort the lines of start.c into `found`; round 0 only warms up."""
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if word in ("said", "error"):
            name, _, value = rest.partition(" ")
            if word == "said":
                found.said[name] = value
            else:
                found.errors.setdefault(name, []).append(value)
        elif word == "run":
            number, name, *values = rest.split()
            output, link, links, rss, stop, status = (int(value) for value in values)
            if int(number):
                found.starts.setdefault(name, []).append(Start(
                    output if output >= 0 else None, link if link >= 0 else None, links, rss,
                    stop, status))


def run(bcc2core, names, kernel_name, rounds, folder):
    """Build, boot, measure; returns Starts."""
    kernel = KERNELS.get(kernel_name)
    if not kernel:
        raise subjects.BenchError(f"no kernel '{kernel_name}'; known: {', '.join(KERNELS)}")
    if not image.fetch_kernels.kernel_version(kernel_name):
        raise subjects.BenchError(f"kernel not fetched: run scripts/fetch_kernels.py {kernel_name}")
    tools = subjects.build_tools(bcc2core, names, kernel.machine, folder / "start-tools")
    twins = subjects.example_twins(names) if kernel.machine == "x86_64" else {}
    place = folder / "start-vm"
    place.mkdir()
    initramfs = build_image(kernel, tools, twins, rounds, place)
    tree = image.fetch_kernels.cache_dir() / "kernels" / kernel_name
    limit = 120 + 40 * (rounds + 1) * (len(tools) + len(twins))
    done = boot.run_guest(kernel.machine, tree / "vmlinuz", initramfs, place, boot.Guest(limit))
    text = done.files.get("start/stdout", "")
    if "dmesg" not in done.files or not text:
        said = [done.qemu_error, done.files.get("start/stderr", ""), done.console[-2000:]]
        raise subjects.BenchError("the guest did not come to its end: " + "\n".join(said).strip())
    found = Starts(kernel_name, done.note("release"),
                   {name: twin.name for name, twin in twins.items()})
    parse(text, found)
    return found


# The tables.


def prints_attached(starts):
    """Does the tool always print, and only once its last link is there? On kernels before 5.15 a
    kprobe has no link; then what it prints is believed."""
    return bool(starts) and all(
        start.output_us is not None
        and (start.link_us is None or start.output_us + TICK_US > start.link_us)
        for start in starts)


def attached(found, names):
    """(sign, [us of every round] of each tool) of tools that are compared: one sign for all."""
    by_output = all(prints_attached(found.starts[name]) for name in names)
    return ("output" if by_output else "link",
            [[s.attached_us(by_output) for s in found.starts[name]] for name in names])


def pair_row(found, name):
    """One example and, if it has one, its twin."""
    names = [name] + ([found.twins[name]] if name in found.twins else [])
    sign, times = attached(found, names)
    shown = [report.spread(values, 1 / 1000, 0) for values in times]
    rss = [report.median(s.rss_kb for s in found.starts[n]) for n in names]
    stop = [report.scaled(report.median(s.stop_us for s in found.starts[n]), 1 / 1000)
            for n in names]
    if len(names) == 1:
        return [name, None, sign, shown[0], None, None, report.scaled(rss[0], 1 / 1024, 1), None,
                None, stop[0], None]
    return [name, names[1], sign, *shown, report.spread(report.paired(*times)),
            *(report.scaled(value, 1 / 1024, 1) for value in rss), report.ratio(*rss), *stop]


def mean_row(found):
    times = [report.median(report.paired(*attached(found, pair)[1])) for pair in found.twins.items()]
    rss = [report.median(report.paired(*([s.rss_kb for s in found.starts[n]] for n in pair)))
           for pair in found.twins.items()]
    means = [report.scaled(report.geometric_mean(values), 1, 2) for values in (times, rss)]
    return ["geometric mean", None, None, None, None, means[0], None, None, means[1], None, None]


def sign_row(found, name):
    starts = found.starts[name]
    return [name, report.scaled(report.median(s.link_us for s in starts), 1 / 1000),
            report.median(s.links for s in starts),
            report.scaled(report.median(s.output_us for s in starts), 1 / 1000),
            "yes" if prints_attached(starts) else "no", found.said.get(name, "")[:48]]


def failures(found):
    """What makes the numbers doubtful, one line each."""
    lines = [f"{name}: {line}" for name, said in found.errors.items() for line in said]
    return lines + [f"{name}: exit status {sorted({s.status for s in starts})}"
                    for name, starts in found.starts.items() if any(s.status for s in starts)]


def tables(found):
    examples = [name for name in found.starts if name not in found.twins.values()]
    rounds = max(len(starts) for starts in found.starts.values())
    notes = ["ms: from execve to attached, median (lowest-highest); sign: what is taken for it, "
             "the same for both",
             "output: first byte on a terminal; link: the last BPF link, where one of the two does "
             "not print once attached",
             "ratio of ms: tool / twin of each round, in which one runs after the other; median (lowest-highest)",
             "MB: peak resident memory of the whole run; stop ms: from SIGINT to the end",
             "Under software emulation: only the ratios of one run mean something."]
    pairs = report.Table(
        f"start: {found.kernel} ({found.release}), {rounds} interleaved rounds in one boot",
        ["example", "twin", "sign", "ms", "twin ms", "ratio", "MB", "twin MB", "ratio", "stop ms",
         "twin stop"],
        [*(pair_row(found, name) for name in examples), *([mean_row(found)] if found.twins else [])],
        notes)
    signs = report.Table("start: the two signs of each tool, median ms",
                         ["tool", "last link", "links", "output", "prints attached", "first line"],
                         [sign_row(found, name) for name in found.starts], failures(found))
    return [pairs, signs]


def as_json(found):
    return dataclasses.asdict(found)
