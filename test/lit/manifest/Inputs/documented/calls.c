// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
BPF_ARRAY(calls, u64, 2);

static int count(int call)
{
	calls.atomic_increment(call);
	return 0;
}

FUNCTIONS
