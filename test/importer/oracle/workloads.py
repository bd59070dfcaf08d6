# SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
"""What each tool is made to see, and what of its output that does not fix.

TOOLS maps a tool to its Watch. All that is not named here as free must be equal; README.md of the
folder above says what the fields mean. WITHOUT names the tools that have nothing to see in the
guest, with the reason.
"""

import dataclasses
import pathlib
import re
import shlex
import sys
import typing

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[2] / "vm"))

import case  # noqa: E402


@dataclasses.dataclass(frozen=True)
class Watch:
    """One start of a tool."""
    args: tuple = ()
    imported: tuple = ()            # words that bcc's script is given after args, our tool at import
    work: tuple = ()                # commands, one after another; {pid} in args is the first's
    signal: typing.Optional[str] = "INT"    # None: the tool ends by itself
    table: str = ""                 # a word of the header line of a table
    rows: str = ""                  # a regular expression: only these rows count
    free: tuple = ()                # columns, by name or number, of which only the form counts
    least: tuple = ()               # (column, number): the work makes that many, others add to it
    any: tuple = ()                 # columns, likewise, that may say anything
    ordered: bool = True            # the rows' order counts
    once: bool = False              # rows of the same form one after another count once
    buckets: str = "all"            # of histograms: "all", "total" or "free"
    sections: str = ""              # only histograms and stacks below such a line count
    mask: tuple = ()                # regular expressions of text outside of tables that varies
    drop: str = ""                  # lines outside of tables that do not count
    blocks: bool = False            # paragraphs, as of stacks; rows chooses among them
    host: tuple = ()                # programs of this machine that the commands name, and DYNAMIC
    modules: tuple = ()             # of the kernel
    pid: int = 0                    # the first command's process has this number and starts first
    without: tuple = ()             # packages whose scripts print something else, and fail with 0.26's bcc
    settle_ms: int = 0              # at least so long after the work comes the signal


# The program `workload` linked with shared libraries.
DYNAMIC = "dynamic"
# Before a command: on the first processor. Each has disks' queues and idle stacks of its own.
FIRST = "/bin/busybox taskset 1 "


def watch(args="", *work, imported="", **fields):
    """A Watch whose commands are written as one text each, words in quotes as a shell takes them;
    `workload` gets the name worker."""
    works = tuple(tuple(shlex.split(re.sub(rf"^({re.escape(FIRST)})?(workload|dynamic) ",
                                           r"\g<0>-c worker ", one))) for one in work)
    return Watch(tuple(args.split()), tuple(shlex.split(imported)), works, **fields)


def run_of(one, tool, settle_ms, **fields):
    """The Run of test/vm."""
    return case.Run(args=list(one.args), workload=[list(words) for words in one.work], tool=tool,
                    signal=one.signal, status=None, pid=one.pid,
                    settle_ms=max(settle_ms, one.settle_ms), **fields)


def modules_of(tools):
    """What the guest loads for these tools."""
    return sorted({module for tool in tools for module in TOOLS[tool].modules})


def host_of(tools):
    """What the guest has of this machine for these tools."""
    return sorted({program for tool in tools for program in TOOLS[tool].host})


WORKER = r"\bworker"             # and no kworker
DISK_WRITE = "workload io /dev/vda 16 4096 write"
DISK_READ = "workload io /dev/vda 32 8192 read"
DIRECTORIES = "workload mkdir /tmp/oracle-dir 7"
CONNECT = "workload connect 3 8080 100000 4"
CONNECT_BOTH = "workload connect 2 8080"
MAKE_EXT4 = ("/bin/busybox mke2fs -F /dev/vda 16384", "/bin/busybox mkdir -p /tmp/ext4",
             "/bin/busybox mount -t ext4 /dev/vda /tmp/ext4")
UNMOUNT_EXT4 = "/bin/busybox umount /tmp/ext4"
MKFS_XFS, MKFS_BTRFS = "/usr/sbin/mkfs.xfs", "/usr/sbin/mkfs.btrfs"


def on_file(mkfs, name, size):
    """Commands that make and mount a file system in a file, and that unmount it."""
    made = (f"/bin/busybox truncate -s {size} /tmp/{name}.image", f"{mkfs} -q -f /tmp/{name}.image",
            f"/bin/busybox mkdir -p /tmp/{name}",
            f"/bin/busybox mount -t {name} -o loop /tmp/{name}.image /tmp/{name}")
    return made, f"/bin/busybox umount /tmp/{name}"


MAKE_XFS, UNMOUNT_XFS = on_file(MKFS_XFS, "xfs", "320M")
MAKE_BTRFS, UNMOUNT_BTRFS = on_file(MKFS_BTRFS, "btrfs", "120M")
# A server of NFS 4 without daemons: who may have what is written to the caches that they fill.
NFS_SERVER = "; ".join((
    "mkdir -p /tmp/export /tmp/nfs", "mount -t tmpfs export /tmp/export",
    "mount -t nfsd nfsd /proc/fs/nfsd", "cd /proc/net/rpc",
    "echo nfsd 127.0.0.1 2147483000 all >auth.unix.ip/channel",
    "echo all /tmp/export 2147483000 9234 0 0 0 >nfsd.export/channel",
    r'echo "all 1 \\x00000000 2147483000 /tmp/export" >nfsd.fh/channel', "cd /proc/fs/nfsd",
    "echo -2 -3 +4 >versions", "echo 10 >nfsv4gracetime", "echo tcp 2049 >portlist",
    "echo 2 >threads"))
MAKE_NFS = (f"/bin/busybox sh -c '{NFS_SERVER}'",
            "workload mount 127.0.0.1:/ /tmp/nfs nfs4 vers=4.2,addr=127.0.0.1,clientaddr=127.0.0.1")
UNMOUNT_NFS = "/bin/busybox sh -c 'umount /tmp/nfs; echo 0 >/proc/fs/nfsd/threads'"
NFS_MODULES = ("nfsd", "nfsv4")
EPHEMERAL = r"\b(3[2-9]|[45]\d|60)\d{3}\b"
CLOCK = r"\d\d:\d\d:\d\d"
LOAD = r"loadavg: [\d. /]+"
STACK_END = r"(?m)\(\d+\)$|^ +\d+$"

# Rows of events.
EVENTS = {
    "execsnoop": watch("", "workload exec 3 /bin/true one two", table="PPID", rows="^true ",
                       free=("PID", "PPID")),
    "opensnoop": watch("", "workload open /tmp/oracle-file 5", "workload open-fail /tmp/no-file 3",
                       table="COMM", rows=WORKER, free=("PID",)),
    "killsnoop": watch("", "workload kill 4 10", table="COMM", rows=WORKER,
                       free=("TIME", "PID", "TPID"), signal="TERM"),
    "syncsnoop": watch("", "workload sync 3", table="CALL", free=("TIME(s)",)),
    "statsnoop": watch("", "/bin/busybox stat -f /tmp", "/bin/busybox stat -f /proc", table="COMM",
                       rows="busybox", free=("PID",)),
    "exitsnoop": watch("", "workload exit 3 7", table="PCOMM", rows=WORKER,
                       free=("PID", "PPID", "TID", "AGE(s)")),
    "filelife": watch("", "workload unlink /tmp/oracle-gone 3", table="COMM", rows=WORKER,
                      free=("TIME", "PID", "AGE(s)")),
    "filegone": watch("", "workload unlink /tmp/oracle-gone 3", table="COMM", rows=WORKER,
                      free=("TIME", "PID")),
    # Its own output, which goes to a file, is below a millisecond.
    "fileslower": watch("1", "workload write /tmp/oracle-file 2 8000000",
                        "workload read /tmp/oracle-file 2 8000000", table="COMM", rows=WORKER,
                        free=("TIME(s)", "TID", "LAT(ms)"), signal="TERM"),
    "bindsnoop": watch("", CONNECT_BOTH, table="COMM", rows=WORKER, free=("PID",)),
    "solisten": watch("", CONNECT_BOTH, table="COMM", rows=WORKER, free=("PID",)),
    "capable": watch("", "workload connect 2 80", table="COMM", rows=rf"{WORKER} +10 ",
                     free=("TIME", "PID")),
    "dcsnoop": watch("", "workload open-fail /tmp/no-file 3", table="COMM", rows=rf"{WORKER}.*no-file",
                     free=("TIME(s)", "PID")),
    "mountsnoop": watch("", "/bin/busybox mkdir -p /tmp/oracle-mount",
                        "/bin/busybox mount -t tmpfs oracle /tmp/oracle-mount",
                        "/bin/busybox umount /tmp/oracle-mount", table="COMM", rows="busybox",
                        free=("PID", "TID", "MNT_NS")),
    "tcpconnect": watch("", CONNECT, CONNECT_BOTH, table="COMM", rows=WORKER, free=("PID",)),
    "tcpaccept": watch("", CONNECT, CONNECT_BOTH, table="COMM", rows=WORKER, free=("PID",),
                       mask=(EPHEMERAL,)),
    "tcpconnlat": watch("", CONNECT, CONNECT_BOTH, table="COMM", rows=WORKER,
                        free=("PID", "LAT(ms)")),
    # Of two segments on two processors each makes a socket, and one of these is closed at once.
    "tcplife": watch("", FIRST + CONNECT, FIRST + CONNECT_BOTH, table="COMM", rows="8080", free=("PID", "MS"),
                     mask=(EPHEMERAL,), ordered=False),
    "tcpstates": watch("", FIRST + "workload connect 1 8080 1000 4", table="SKADDR", rows=r"\b8080\b",
                       free=("SKADDR", "C-PID", "MS"), any=("C-COMM",), mask=(EPHEMERAL,),
                       ordered=False),
    "tcptracer": watch("", CONNECT, CONNECT_BOTH, table="COMM", rows=WORKER, free=("PID",),
                       mask=(EPHEMERAL,), ordered=False),
    "runqslower": watch("", "workload crowd 16 300", table="COMM", rows=WORKER, once=True,
                        free=("TIME", "TID", "LAT(us)")),
    "ext4slower": watch("0", *MAKE_EXT4, "workload write /tmp/ext4/file 3 4096",
                        "workload fsync /tmp/ext4/file 2", UNMOUNT_EXT4, table="COMM",
                        rows=WORKER, free=("TIME", "PID", "LAT(ms)")),
    "xfsslower": watch("0", *MAKE_XFS, "workload write /tmp/xfs/file 3 4096",
                       "workload fsync /tmp/xfs/file 2", UNMOUNT_XFS, table="COMM",
                       rows=WORKER, free=("TIME", "PID", "LAT(ms)"), host=(MKFS_XFS,),
                       modules=("xfs", "loop")),
    "btrfsslower": watch("0", *MAKE_BTRFS, "workload write /tmp/btrfs/file 3 4096",
                         "workload fsync /tmp/btrfs/file 2", UNMOUNT_BTRFS, table="COMM",
                         rows=WORKER, free=("TIME", "PID", "LAT(ms)"), host=(MKFS_BTRFS,),
                         modules=("btrfs", "loop")),
    "nfsslower": watch("0", *MAKE_NFS, "workload write /tmp/nfs/file 3 4096",
                       "workload read /tmp/nfs/file 2 4096", UNMOUNT_NFS, table="COMM",
                       rows=" worker ", free=("TIME", "PID", "LAT(ms)"), modules=NFS_MODULES),
    "shmsnoop": watch("", "workload shm 3 8192", table="COMM", rows=WORKER, free=("PID",),
                      mask=(r"(0x)?\b7f[0-9a-f]{10}\b", r"0x7f[0-9a-f]{10}\b")),
    "oomkill": watch("", "workload oom", rows="OOM kill of",
                     free=(0, 4, 5, 10, 12, 15, 16, 17, 18, 19)),
    "tcpretrans": watch("", "workload overflow 2 8080", table="STATE", rows="8080",
                        free=("TIME", "PID"), mask=(EPHEMERAL,), ordered=False),
    "tcpdrop": watch("", "workload drop 1 8080", table="SADDR", rows=r"8080|\+0x", free=("PID",),
                     mask=(CLOCK, EPHEMERAL)),
    "mdflush": watch("", "workload md-flush /dev/vda 4", table="COMM", rows=WORKER,
                     free=("TIME", "PID"), modules=("raid1",)),
    # Huge pages take all memory there is and then ask for what others can spare.
    "drsnoop": watch("", "workload put /proc/sys/vm/nr_hugepages 100000",
                     "workload put /proc/sys/vm/nr_hugepages 0", table="COMM", rows=WORKER,
                     free=("PID", "LAT(ms)", "PAGES"), once=True),
    "bashreadline": watch("", "workload type 3 true /bin/bash --norc -i", table="COMMAND",
                          free=("TIME", "PID"), host=("/bin/bash",)),
    # The scripts read 80 bytes at the host's name, which must not be the last of the stack.
    "gethostlatency": watch("", f"/bin/busybox env LAST={'.' * 80} /usr/bin/getent ahosts 127.0.0.1",
                            table="COMM", rows="getent",
                            free=("TIME", "PID", "LATms"), host=("/usr/bin/getent",)),
    "threadsnoop": watch("", "dynamic thread 3 1000", table="COMM", rows=WORKER,
                         free=("TIME(ms)", "PID"), host=(DYNAMIC,)),
    # Of what it traces its own output must be no part.
    "funcslower": watch("-m 100", "workload sleep 3 200", imported="do_nanosleep", table="COMM",
                        rows=WORKER, free=("PID", "LAT(ms)")),
    "trace": watch("", "workload open /tmp/oracle-file 3", "workload open-fail /tmp/no-file 2",
                   imported="""'do_sys_openat2 "%s", arg2@user'""", table="COMM", rows=WORKER,
                   free=("PID", "TID")),
    "rdmaucma": watch("", "/bin/busybox ip addr add 192.0.2.1/32 dev lo",
                      "workload rdma-resolve 3 192.0.2.1 7471", "/bin/busybox ip addr del 192.0.2.1/32 dev lo",
                      table="Event", rows="7471", free=("Timestamp",), mask=(EPHEMERAL,),
                      modules=("rdma_ucm",)),
}

# Tables and counts at the end of an interval.
TABLES = {
    "vfscount": watch("8", DIRECTORIES, signal=None, table="FUNC", rows="vfs_(mkdir|rmdir)",
                      free=("ADDR",), ordered=False),
    "vfsstat": watch("4 1", "workload open /tmp/oracle-file 400",
                     "workload write /tmp/oracle-file 800 8", "workload read /tmp/oracle-file 1200 8",
                     "workload fsync /tmp/oracle-file 600", "workload unlink /tmp/oracle-gone 240",
                     signal=None, table="TIME", free=(0,),
                     least=((1, 280), (2, 180), (3, 140), (4, 90), (5, 50))),
    "syscount": watch("-p {pid} -d 4", "workload getppid 100", signal=None, table="SYSCALL",
                      ordered=False, mask=(CLOCK,)),
    "filetop": watch("-C 8 1", "workload write /tmp/oracle-file 30 4096",
                     "workload read /tmp/oracle-file 20 4096", signal=None, table="COMM",
                     rows=WORKER, free=("TID",), ordered=False, mask=(CLOCK, LOAD)),
    "biopattern": watch("4 1", DISK_WRITE, signal=None, table="DISK", rows="vda", free=("TIME",)),
    "tcptop": watch("-C 4 1", CONNECT, "workload connect 2 8080 100000 6", signal=None,
                    table="COMM", rows="8080", free=("PID",), ordered=False,
                    mask=(CLOCK, LOAD, EPHEMERAL)),
    "tcpsubnet": watch("", "workload connect 1 8080 300000 4", rows=r"127\.0\.0\.1", once=True,
                       drop=r"^\[", settle_ms=2000),
    "virtiostat": watch("4 1", FIRST + DISK_WRITE, FIRST + DISK_READ, signal=None, table="Driver",
                        rows="virtio_blk"),
    "cachestat": watch("4 1", "workload write /tmp/oracle-file 30 4096", signal=None, table="HITS",
                       free=(1, 2, 3, 4, 5), least=((0, 20),)),
    "dcstat": watch("4 1", "workload open-fail /tmp/no-file 400", signal=None, table="TIME",
                    free=(0, 4), least=((1, 90), (2, 90), (3, 90))),
    "softirqs": watch("4 1", DISK_WRITE, signal=None, table="SOFTIRQ", rows="timer|block",
                      free=(1,), ordered=False),
    "hardirqs": watch("4 1", DISK_WRITE, signal=None, table="HARDIRQ", rows="virtio.*req",
                      free=(1,), mask=(r"req\.\d",), ordered=False, once=True),
    "pidpersec": watch("", "workload exit 20", mask=(CLOCK, r"\d+$"), rows="PIDs/sec",
                       free=(0, -1), once=True, settle_ms=2000),
    "dirtop": watch("-C -d /tmp 4 1", "workload write /tmp/oracle-file 30 4096", signal=None,
                    table="READS", mask=(CLOCK, LOAD)),
    "netqtop": watch("-n lo -i 4", "workload packets 10 6", table="QueueID", settle_ms=5000,
                     mask=(r".*\d\d:\d\d:\d\d.*",)),
    "slabratetop": watch("-C 4 1", "workload open /tmp/oracle-file 400", signal=None, table="CACHE",
                         rows="filp", least=(("ALLOCS", 400),), free=("BYTES",), mask=(CLOCK, LOAD)),
    # bcc's script ends where one of the functions has no place for a probe, as one of vfs_* has.
    "funccount": watch("", DIRECTORIES, imported="vfs_mk*", table="FUNC", rows="vfs_mkdir"),
}

# Histograms.
HISTOGRAMS = {
    # The kernel's workers issue a part of the requests.
    "bitesize": watch("", DISK_WRITE, DISK_READ, sections="= worker", buckets="free"),
    # 0.26's script does not compile on 6.1; nor does its slabratetop.
    "tcprtt": watch("-i 4 -d 4", CONNECT, signal=None, buckets="free"),
    "tcpsynbl": watch("", CONNECT),
    "cpudist": watch("4 1", "workload switch 50", signal=None, buckets="free"),
    "runqlat": watch("4 1", "workload switch 50", signal=None, buckets="free"),
    "runqlen": watch("4 1", "workload spin 2000", signal=None, buckets="free"),
    "ext4dist": watch("", *MAKE_EXT4, "workload write /tmp/ext4/file 3 4096",
                      "workload fsync /tmp/ext4/file 2", UNMOUNT_EXT4, buckets="total", ordered=False),
    "xfsdist": watch("", *MAKE_XFS, "workload write /tmp/xfs/file 3 4096",
                     "workload fsync /tmp/xfs/file 2", UNMOUNT_XFS, buckets="total", ordered=False,
                     host=(MKFS_XFS,), modules=("xfs", "loop")),
    "btrfsdist": watch("", *MAKE_BTRFS, "workload write /tmp/btrfs/file 3 4096",
                       "workload fsync /tmp/btrfs/file 2", UNMOUNT_BTRFS, buckets="total", ordered=False,
                       host=(MKFS_BTRFS,), modules=("btrfs", "loop")),
    "nfsdist": watch("", *MAKE_NFS, "workload write /tmp/nfs/file 3 4096",
                     "workload read /tmp/nfs/file 2 4096", UNMOUNT_NFS, buckets="total",
                     ordered=False, modules=NFS_MODULES),
    "funclatency": watch("", "workload read /tmp/oracle-file 100 4096", imported="vfs_read",
                         buckets="free", mask=("^avg = .*",)),
    "funcinterval": watch("", "workload sleep 5 100", imported="do_nanosleep", buckets="free"),
    "argdist": watch("-i 4 -d 4", "workload open /tmp/oracle-file 50",
                     imported="-H 'p::__kmalloc(u64 size):u64:size'", signal=None, buckets="free",
                     mask=(CLOCK,)),
    "wqlat": watch("4 1", DISK_WRITE, signal=None, buckets="free"),
}

# A sleeper's timer ends the wait for work of its processor, or comes into anything else that runs.
IDLE_WAKES = r"_halt\n(?:.*_timer_interrupt\n)+.*hrtimer_interrupt\n.*hrtimer_run_queues\n.*hrtimer_wakeup\n"
SLEEP = FIRST + "workload sleep 5 200"
# Of two stacks with the same hash the second is missed; 1024 places are few for what a kernel does.
STACK_PLACES = "--stack-storage-size 65536"

# Stacks.
STACKS = {
    # Of a process that has ended bcc names no frames of its own: -K.
    "offcputime": watch(f"-K {STACK_PLACES} 4", "workload sleep 3 200", signal=None, blocks=True,
                        ordered=False, rows=rf"(?s)nanosleep.*{WORKER}|\ATracing", mask=(STACK_END,)),
    "wakeuptime": watch(f"{STACK_PLACES} 4", SLEEP, signal=None, blocks=True, ordered=False,
                        rows=rf"target: +worker\n(?:.*\n)+.*{IDLE_WAKES}|\ATracing",
                        mask=(STACK_END, r"\b[0-9a-f]{16}\b"), without=("0.31",)),
    "offwaketime": watch(f"-K {STACK_PLACES} 4", SLEEP, signal=None, blocks=True, ordered=False,
                         rows=rf"{IDLE_WAKES}(?:.*\n)+.*nanosleep\n(?:.*\n)+.*target: +worker|\ATracing",
                         mask=(STACK_END, r"(?m)(target|waker): .*$")),
    "stackcount": watch("", DISK_WRITE, imported="submit_bio", blocks=True, ordered=False,
                        rows=r"(?s)submit_bio.*blkdev|\ATracing", mask=(STACK_END,)),
    # What it spends in the kernel differs each time; what it does not is one row.
    "profile": watch("-K -p {pid} 6", "workload spin 2000", signal=None, blocks=True, ordered=False,
                     rows=r"\A +- +worker|\ASampling", mask=(STACK_END, r"PID \[\d+\]")),
}

# Probes that a program has of its own, in a process that is named when the script is imported.
JAVA = "workload java 2"
QUERY = "workload -a postgres query 3 5"
PROBES = {
    "ucalls": watch("", JAVA, imported="-l java 1234", pid=1234, table="METHOD"),
    "uflow": watch("", JAVA, imported="-l java 1234", pid=1234, table="METHOD",
                   free=("CPU", "TIME(us)")),
    "ugc": watch("", JAVA, imported="-l java 1234", pid=1234, table="DESCRIPTION", free=(0, 1)),
    # What it has for Java does not compile on 6.1.
    "uobjnew": watch("", "workload ruby 3", imported="-l ruby 1234", pid=1234, table="NAME/TYPE"),
    # Under Python 3 the script knows no pthread: it compares bytes with a text.
    "uthreads": watch("", JAVA, imported="-l java 1234", pid=1234, table="DESCRIPTION",
                      rows="start|stop", free=("TIME",)),
    "mysqld_qslower": watch("", QUERY, imported="1234", pid=1234, table="QUERY",
                            free=("TIME(s)", "MS")),
    "dbslower": watch("", QUERY, imported="postgres", pid=1234, table="QUERY",
                      free=("TIME(s)", "MS")),
    "dbstat": watch("", QUERY, imported="postgres", pid=1234, buckets="total", mask=(CLOCK,)),
}

TOOLS = {**EVENTS, **TABLES, **HISTOGRAMS, **STACKS, **PROBES}


def reasons(text, tools):
    return {tool: text for tool in tools.split()}


# Tools without a recording, and why.
WITHOUT = {
    **reasons("its target has probes of its own: the guest has no such program",
              "cobjnew javacalls javaflow javagc javaobjnew javastat javathreads "
              "nodegc nodestat perlcalls perlflow perlstat phpcalls phpflow "
              "phpstat pythoncalls pythonflow pythongc pythonstat rubycalls rubyflow rubygc "
              "rubyobjnew rubystat tclcalls tclflow tclobjnew tclstat"),
    **reasons("it prints nothing before it finds a deadlock, of a process named at import",
              "deadlock"),
    **reasons("the guest has no such file system", "f2fsslower zfsdist zfsslower"),
    **reasons("the guest's processor has no such counters", "llcstat"),
    **reasons("the guest's kernel or machine has nothing of it",
              "criticalstat kvmexit ppchcalls"),
    **reasons("what it prints is drawn on a screen", "cachetop ttysnoop"),
    **reasons("what it prints is of the whole system, without a row that a workload fixes",
              "biolatpcts cpuunclaimed klockstat memleak"),
    **reasons("bcc's script attaches to functions that 6.1 inlines, or to tracepoints that have "
              "fewer arguments there, and ends", "biolatency biosnoop biotop compactsnoop readahead"),
    **reasons("bcc's script does not compile on 6.1", "sofdsnoop sslsniff"),
    **reasons("nothing makes the kernel do it on demand", "tcpcong"),
    **reasons("no script that prints what programs saw", "bpflist inject reset-trace tplist"),
}
