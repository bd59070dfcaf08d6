// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Attaching where there is no probe: interfaces, cgroups, maps of sockets, network
 * namespaces, hooks of the LSM. Tools name these functions in their probes, so that
 * others are linked without them. What holds no link is undone by b2c_detach_all().
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if_ether.h>
#include <linux/if_link.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <arpa/inet.h>
#include <unistd.h>

#include "detach.h"
#include "run.h"

static const char *place_of(const struct b2c_probe *probe)
{
	if (probe->place_option && *probe->place_option)
		return probe->place_option;
	return probe->place ? probe->place : "";
}

static int failed(const struct b2c_run *run, const struct b2c_probe *probe, const char *where,
		  int err)
{
	return b2c_probe_failed(run, probe, err, "cannot attach program '%s' to %s '%s': %s",
				probe->program, where, place_of(probe),
				b2c_reason(B2C_STEP_ATTACH, err));
}

static int keep(struct b2c_run *run, const struct b2c_probe *probe, struct bpf_link *link,
		const char *where)
{
	if (!link)
		return failed(run, probe, where, -errno);
	b2c_tell_attached(run, probe, &(struct b2c_attached){ .target = place_of(probe) });
	return b2c_keep_link(run, link);
}

/* The same for what has no link of libbpf. */
static int keep_detach(struct b2c_run *run, const struct b2c_probe *probe,
		       const struct b2c_detach *detach)
{
	int err = b2c_keep_detach(run, detach);

	if (!err)
		b2c_tell_attached(run, probe, &(struct b2c_attached){ .target = place_of(probe) });
	return err;
}

/* ---- interfaces ---- */

static int find_interface(const struct b2c_run *run, const struct b2c_probe *probe, int *ret_index)
{
	const char *name = place_of(probe);

	*ret_index = (int)if_nametoindex(name);
	if (*ret_index)
		return 0;
	return b2c_probe_failed(run, probe, -ENODEV, "program '%s': there is no interface '%s'",
				probe->program, name);
}

/* A raw socket that sees what the interface receives and sends, as bcc's. */
static int open_raw_socket(int index, int program)
{
	struct sockaddr_ll address = {
		.sll_family = AF_PACKET,
		.sll_ifindex = index,
		.sll_protocol = htons(ETH_P_ALL),
	};
	int err, fd = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);

	if (fd < 0)
		return -errno;
	if (!setsockopt(fd, SOL_SOCKET, SO_ATTACH_BPF, &program, sizeof(program)) &&
	    !bind(fd, (struct sockaddr *)&address, sizeof(address)))
		return fd;
	err = -errno;
	close(fd);
	return err;
}

int b2c_attach_socket_filter(struct b2c_run *run, const struct b2c_probe *probe,
			     struct bpf_program *program)
{
	struct b2c_detach detach = { .undo = b2c_undo_close };
	int index, err = find_interface(run, probe, &index);

	if (err || !index)
		return err;
	detach.fd = open_raw_socket(index, bpf_program__fd(program));
	if (detach.fd < 0)
		return failed(run, probe, "interface", detach.fd);
	return keep_detach(run, probe, &detach);
}

static uint32_t xdp_flags(const char *mode)
{
	if (!mode)
		return 0;
	return !strcmp(mode, "skb")   ? XDP_FLAGS_SKB_MODE
	       : !strcmp(mode, "drv") ? XDP_FLAGS_DRV_MODE
	       : !strcmp(mode, "hw")  ? XDP_FLAGS_HW_MODE
				      : 0;
}

int b2c_attach_xdp(struct b2c_run *run, const struct b2c_probe *probe, struct bpf_program *program)
{
	LIBBPF_OPTS(bpf_link_create_opts, opts, .flags = xdp_flags(probe->mode));
	struct b2c_detach detach = { .undo = b2c_undo_close };
	int index, err = find_interface(run, probe, &index);

	if (err || !index)
		return err;
	/* a link: whatever ends the tool, the program goes with it */
	detach.fd = bpf_link_create(bpf_program__fd(program), index, BPF_XDP, &opts);
	if (detach.fd < 0)
		return failed(run, probe, "interface", detach.fd);
	return keep_detach(run, probe, &detach);
}

static void destroy_hook(struct b2c_detach *detach)
{
	if (!detach->made_hook)
		return;
	detach->hook.attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS;
	bpf_tc_hook_destroy(&detach->hook);
}

static void undo_tc(struct b2c_detach *detach)
{
	detach->opts.flags = 0;
	detach->opts.prog_fd = 0;
	detach->opts.prog_id = 0;
	bpf_tc_detach(&detach->hook, &detach->opts);
	destroy_hook(detach);
}

/* BPF_TCX_INGRESS and BPF_TCX_EGRESS, which headers before 6.6 do not have. */
#define TCX_INGRESS 46
#define TCX_EGRESS 47

/* The classifier by a link, which goes with the tool whatever ends it: Linux 6.6 and later. */
static int link_tc(const struct bpf_program *program, int index, bool is_egress)
{
	return bpf_link_create(bpf_program__fd(program), index,
			       (enum bpf_attach_type)(is_egress ? TCX_EGRESS : TCX_INGRESS), NULL);
}

/* The classifier decides by its return value; the qdisc is removed if it was not there. */
int b2c_attach_tc(struct b2c_run *run, const struct b2c_probe *probe, struct bpf_program *program)
{
	bool is_egress = probe->targets[0] && !strcmp(probe->targets[0], "egress");
	struct b2c_detach detach = { .undo = undo_tc };
	int index, err = find_interface(run, probe, &index);

	if (err || !index)
		return err;
	detach.fd = link_tc(program, index, is_egress);
	if (detach.fd >= 0) {
		detach.undo = b2c_undo_close;
		return keep_detach(run, probe, &detach);
	}
	detach.hook.sz = sizeof(detach.hook);
	detach.hook.ifindex = index;
	detach.hook.attach_point = BPF_TC_INGRESS | BPF_TC_EGRESS;
	err = bpf_tc_hook_create(&detach.hook);
	if (err && err != -EEXIST)
		return failed(run, probe, "interface", err);
	detach.made_hook = !err;
	detach.hook.attach_point = is_egress ? BPF_TC_EGRESS : BPF_TC_INGRESS;
	detach.opts.sz = sizeof(detach.opts);
	detach.opts.prog_fd = bpf_program__fd(program);
	err = bpf_tc_attach(&detach.hook, &detach.opts);
	if (err) {
		destroy_hook(&detach);
		return failed(run, probe, "interface", err);
	}
	return keep_detach(run, probe, &detach);
}

/* ---- cgroups, namespaces, maps ---- */

int b2c_attach_cgroup(struct b2c_run *run, const struct b2c_probe *probe,
		      struct bpf_program *program)
{
	int fd = open(place_of(probe), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	struct bpf_link *link;

	if (fd < 0)
		return failed(run, probe, "cgroup", -errno);
	link = bpf_program__attach_cgroup(program, fd);
	close(fd);
	return keep(run, probe, link, "cgroup");
}

int b2c_attach_netns(struct b2c_run *run, const struct b2c_probe *probe,
		     struct bpf_program *program)
{
	int fd = open(place_of(probe), O_RDONLY | O_CLOEXEC);
	struct bpf_link *link;

	if (fd < 0)
		return failed(run, probe, "network namespace", -errno);
	link = bpf_program__attach_netns(program, fd);
	close(fd);
	return keep(run, probe, link, "network namespace");
}

static void undo_sockmap(struct b2c_detach *detach)
{
	bpf_prog_detach2(detach->other_fd, detach->fd, detach->type);
}

int b2c_attach_sockmap(struct b2c_run *run, const struct b2c_probe *probe,
		       struct bpf_program *program)
{
	struct b2c_detach detach = {
		.undo = undo_sockmap,
		.fd = bpf_object__find_map_fd_by_name(run->object, place_of(probe)),
		.other_fd = bpf_program__fd(program),
		.type = bpf_program__expected_attach_type(program),
	};
	int err = detach.fd;

	if (err >= 0)
		err = bpf_prog_attach(detach.other_fd, detach.fd, detach.type, 0);
	if (err < 0)
		return failed(run, probe, "map", err);
	return keep_detach(run, probe, &detach);
}

/* ---- LSM ---- */

/* Without "bpf" in this list programs can be attached, and are never called. */
int b2c_attach_lsm(struct b2c_run *run, const struct b2c_probe *probe, struct bpf_program *program)
{
	struct b2c_text modules = { 0 };
	bool known = b2c_text_read_file(&modules, "/sys/kernel/security/lsm") == 0;
	bool is_on = !known || strstr(b2c_text_string(&modules), "bpf");
	struct bpf_link *link;

	b2c_text_free(&modules);
	if (!is_on)
		return b2c_probe_failed(run, probe, -ENOTSUP,
					"program '%s': this kernel calls no BPF at its security "
					"hooks; boot it with 'bpf' in lsm=",
					probe->program);
	if (!known)
		b2c_note(run, "whether this kernel calls program '%s' is not known: securityfs is "
			 "not mounted", probe->program);
	link = bpf_program__attach_lsm(program);
	if (!link)
		return b2c_probe_failed(run, probe, -errno,
					"cannot attach program '%s' to security hook '%s': %s",
					probe->program, probe->targets[0],
					b2c_reason(B2C_STEP_ATTACH, -errno));
	b2c_tell_attached(run, probe, &(struct b2c_attached){ .target = probe->targets[0] });
	return b2c_keep_link(run, link);
}
