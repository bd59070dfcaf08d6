// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* Events by their names; see perf_name.h. */
#define _GNU_SOURCE
#include "perf_name.h"

#include <errno.h>
#include <linux/hw_breakpoint.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "run.h"

/* Since Linux 5.13. */
#define SW_CGROUP_SWITCHES 11

static const struct {
	const char *name;
	uint32_t type;
	uint64_t config;
} events[] = {
	{ "cpu-clock", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_CLOCK },
	{ "task-clock", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_TASK_CLOCK },
	{ "page-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS },
	{ "faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS },
	{ "minor-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS_MIN },
	{ "major-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_PAGE_FAULTS_MAJ },
	{ "context-switches", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CONTEXT_SWITCHES },
	{ "cs", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CONTEXT_SWITCHES },
	{ "cpu-migrations", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS },
	{ "migrations", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_CPU_MIGRATIONS },
	{ "alignment-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_ALIGNMENT_FAULTS },
	{ "emulation-faults", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_EMULATION_FAULTS },
	{ "cgroup-switches", PERF_TYPE_SOFTWARE, SW_CGROUP_SWITCHES },
	{ "dummy", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_DUMMY },
	{ "bpf-output", PERF_TYPE_SOFTWARE, PERF_COUNT_SW_BPF_OUTPUT },
	{ "cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES },
	{ "cpu-cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CPU_CYCLES },
	{ "instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_INSTRUCTIONS },
	{ "cache-references", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_REFERENCES },
	{ "cache-misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_CACHE_MISSES },
	{ "branches", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_INSTRUCTIONS },
	{ "branch-instructions", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_INSTRUCTIONS },
	{ "branch-misses", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BRANCH_MISSES },
	{ "bus-cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_BUS_CYCLES },
	{ "stalled-cycles-frontend", PERF_TYPE_HARDWARE, PERF_COUNT_HW_STALLED_CYCLES_FRONTEND },
	{ "stalled-cycles-backend", PERF_TYPE_HARDWARE, PERF_COUNT_HW_STALLED_CYCLES_BACKEND },
	{ "ref-cycles", PERF_TYPE_HARDWARE, PERF_COUNT_HW_REF_CPU_CYCLES },
};

static bool find_named(const char *name, struct perf_event_attr *attr)
{
	size_t i;

	for (i = 0; i < B2C_SIZE(events); i++) {
		if (strcmp(events[i].name, name) != 0)
			continue;
		attr->type = events[i].type;
		attr->config = events[i].config;
		return true;
	}
	return false;
}

/* ---- "L1-dcache-load-misses": a cache, then what it does ---- */

static const struct word {
	const char *text;
	uint64_t config;
} caches[] = {
	{ "L1-dcache-", PERF_COUNT_HW_CACHE_L1D }, { "L1-icache-", PERF_COUNT_HW_CACHE_L1I },
	{ "LLC-", PERF_COUNT_HW_CACHE_LL },	   { "dTLB-", PERF_COUNT_HW_CACHE_DTLB },
	{ "iTLB-", PERF_COUNT_HW_CACHE_ITLB },	   { "branch-", PERF_COUNT_HW_CACHE_BPU },
	{ "node-", PERF_COUNT_HW_CACHE_NODE },
};

#define OPERATION(id, result) \
	(PERF_COUNT_HW_CACHE_OP_##id << 8 | PERF_COUNT_HW_CACHE_RESULT_##result << 16)

static const struct word operations[] = {
	{ "loads", OPERATION(READ, ACCESS) },
	{ "load-misses", OPERATION(READ, MISS) },
	{ "stores", OPERATION(WRITE, ACCESS) },
	{ "store-misses", OPERATION(WRITE, MISS) },
	{ "prefetches", OPERATION(PREFETCH, ACCESS) },
	{ "prefetch-misses", OPERATION(PREFETCH, MISS) },
};

static bool find_cache(const char *name, struct perf_event_attr *attr)
{
	size_t i, k;

	for (i = 0; i < B2C_SIZE(caches); i++) {
		size_t n = strlen(caches[i].text);

		if (strncmp(name, caches[i].text, n))
			continue;
		for (k = 0; k < B2C_SIZE(operations); k++) {
			if (strcmp(name + n, operations[k].text) != 0)
				continue;
			attr->type = PERF_TYPE_HW_CACHE;
			attr->config = caches[i].config | operations[k].config;
			return true;
		}
	}
	return false;
}

/* ---- "r1a8", "mem:jiffies_64/8:w" ---- */

static bool find_raw(const char *name, struct perf_event_attr *attr)
{
	char *end;

	if (*name != 'r' || !name[1] || strspn(name + 1, "0123456789abcdef") != strlen(name + 1))
		return false;
	attr->type = PERF_TYPE_RAW;
	attr->config = strtoull(name + 1, &end, 16);
	return true;
}

/* Data has no place in what symbols.h keeps, so the list is read for this one. */
static uint64_t kernel_address(const char *symbol)
{
	FILE *f = fopen("/proc/kallsyms", "re");
	unsigned long long address, found = 0;
	char line[512], name[256];

	while (f && !found && fgets(line, sizeof(line), f))
		if (sscanf(line, "%llx %*c %255s", &address, name) == 2 && !strcmp(name, symbol))
			found = address;
	if (f)
		fclose(f);
	return found;
}

static int find_breakpoint(const char *name, struct perf_event_attr *attr)
{
	char place[256], type[4] = "";
	unsigned int length = 0;

	if (sscanf(name, "mem:%255[^/]/%u:%3s", place, &length, type) != 3)
		return -EINVAL;
	attr->type = PERF_TYPE_BREAKPOINT;
	attr->bp_len = length;
	attr->bp_type = (strchr(type, 'r') ? HW_BREAKPOINT_R : 0u) |
			(strchr(type, 'w') ? HW_BREAKPOINT_W : 0u) |
			(strchr(type, 'x') ? HW_BREAKPOINT_X : 0u);
	attr->bp_addr = *place >= '0' && *place <= '9' ? strtoull(place, NULL, 0)
						       : kernel_address(place);
	return attr->bp_addr ? 0 : -ENOENT;
}

int b2c_perf_find(const char *name, struct perf_event_attr *attr)
{
	if (find_named(name, attr) || find_cache(name, attr) || find_raw(name, attr))
		return 0;
	return find_breakpoint(name, attr);
}
