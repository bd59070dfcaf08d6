// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/*
 * Unit tests of translator/kernel*.c over the compiled-in data: facts that are
 * known of the four versions, each row of data/fields.def on every kernel, and
 * what --btf files may do wrong. Tracepoints have kernel_tracepoint_test.c.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kernel_data.h"
#include "kernel_fixture.h"

static void test_open(void **state)
{
	static const char *const names[] = { "5.10", "6.1", "6.12", "7.2" };
	struct b2c_kernels *kernels = x86;

	(void)state;
	assert_int_equal(kernels_open("mips", &kernels), -EINVAL);
	assert_null(kernels);
	kernels_close(NULL);
	assert_int_equal(kernels_count(x86), NR_VERSIONS);
	assert_int_equal(kernels_count(arm64), NR_VERSIONS);
	for (size_t i = 0; i < NR_VERSIONS; i++) {
		assert_string_equal(kernel_name(x86, i), names[i]);
		assert_string_equal(kernel_name(arm64, i), names[i]);
	}
	assert_int_equal(kernels_base(x86), V6_1);
	assert_int_equal(kernels_base(arm64), V6_1);
	assert_int_equal(kernels_all(x86), ALL);
}

static void test_functions(void **state)
{
	(void)state;
	assert_int_equal(kernels_with_function(x86, "vfs_read"), ALL);
	assert_int_equal(kernels_with_function(x86, "blk_account_io_start"), ALL & ~BIT(V6_1));
	assert_int_equal(kernels_with_function(x86, "no_such_function"), 0);
	assert_int_equal(kernels_with_function(x86, ""), 0);
	assert_true(kernel_has_function(x86, V5_10, "vfs_read"));
	/* a type is no function */
	assert_int_equal(kernels_with_function(x86, "task_struct"), 0);
	assert_string_equal(kernel_function_nearest(x86, "vfs_raed"), "vfs_read");
	assert_string_equal(kernel_function_nearest(x86, "tcp_v4_conect"), "tcp_v4_connect");
	assert_null(kernel_function_nearest(x86, "zzzzzzzzzzzzzzzzzzzzzzzz"));
}

static void test_prototypes(void **state)
{
	struct b2c_prototype proto;

	(void)state;
	assert_int_equal(kernel_function_prototype(x86, V6_1, "tcp_recvmsg", &proto), 0);
	assert_int_equal(proto.nr_parameters, 5);
	assert_string_equal(proto.return_type, "int");
	assert_string_equal(proto.parameters[0].name, "sk");
	assert_string_equal(proto.parameters[0].type, "struct sock *");
	assert_string_equal(proto.parameters[0].declaration, "struct sock *sk");
	assert_false(proto.is_variadic);
	assert_string_equal(proto.text, "int tcp_recvmsg(struct sock *sk, struct msghdr *msg, "
					"size_t len, int flags, int *addr_len)");
	assert_int_equal(kernel_function_prototype(x86, V5_10, "tcp_recvmsg", &proto), 0);
	assert_int_equal(proto.nr_parameters, 6);
	assert_int_equal(kernel_function_prototype(x86, V7_2, "tcp_recvmsg", &proto), 0);
	assert_int_equal(proto.nr_parameters, 4);
	assert_int_equal(kernel_function_prototype(x86, V7_2, "vfs_create", &proto), 0);
	assert_string_equal(proto.parameters[0].type, "struct mnt_idmap *");
	assert_int_equal(kernel_function_prototype(x86, V6_1, "no_such", &proto), -ENOENT);
	assert_int_equal(kernel_function_prototype(x86, V6_1, "_printk", &proto), 0);
	assert_true(proto.is_variadic);
	assert_string_equal(proto.text, "int _printk(const char *fmt, ...)");
}

static void test_syscalls(void **state)
{
	(void)state;
	for (size_t i = 0; i < NR_VERSIONS; i++) {
		assert_true(kernel_has_syscall(x86, i, "openat"));
		assert_true(kernel_has_syscall(arm64, i, "openat"));
		assert_true(kernel_has_function(arm64, i, "__arm64_sys_openat"));
		assert_true(kernel_has_syscall(x86, i, "arch_prctl"));
		assert_false(kernel_has_syscall(arm64, i, "arch_prctl"));
		assert_false(kernel_has_syscall(x86, i, "no_such"));
	}
	assert_false(kernel_has_syscall(x86, V5_10, "futex_waitv"));
	assert_true(kernel_has_syscall(x86, V6_1, "futex_waitv"));
	assert_false(kernel_has_syscall(arm64, V5_10, "futex_waitv"));
	assert_string_equal(kernel_syscall_nearest(x86, "opennat"), "openat");
}

static void test_fields(void **state)
{
	struct b2c_field field;

	(void)state;
	assert_int_equal(kernels_with_field(x86, "task_struct", "__state"), ALL & ~BIT(V5_10));
	assert_int_equal(kernels_with_field(x86, "task_struct", "state"), BIT(V5_10));
	assert_int_equal(kernels_with_field(x86, "request", "q->disk"), ALL & ~BIT(V5_10));
	assert_int_equal(kernels_with_field(x86, "task_struct", "no_such"), 0);
	assert_int_equal(kernels_with_field(x86, "no_such", "state"), 0);
	assert_int_equal(kernels_with_field(x86, "task_struct", "pid->x"), 0);
	assert_int_equal(kernels_with_record(x86, "folio"), ALL & ~BIT(V5_10));

	assert_int_equal(kernel_field(x86, V6_1, "task_struct", "comm", &field), 0);
	assert_string_equal(field.type, "char[16]");
	assert_string_equal(field.declaration, "char comm[16]");
	assert_int_equal(field.size, 16);
	assert_null(field.record);
	assert_int_equal(kernel_field(x86, V6_1, "task_struct", "real_parent", &field), 0);
	assert_string_equal(field.record, "task_struct");
	/* through anonymous members, and a path on from an embedded record */
	assert_int_equal(kernel_field(x86, V6_1, "sk_buff", "dev", &field), 0);
	assert_string_equal(field.type, "struct net_device *");
	assert_int_equal(field.offset, 16);
	assert_int_equal(kernel_field(x86, V6_1, "sock", "__sk_common.skc_daddr", &field), 0);
	assert_string_equal(field.type, "__be32");
	assert_int_equal(field.offset, 0);
	assert_int_equal(kernel_field(x86, V6_1, "iphdr", "version", &field), 0);
	assert_int_equal(field.bits, 4);
	assert_int_equal(kernel_field(x86, V5_10, "task_struct", "__state", &field), -ENOENT);
	assert_string_equal(kernel_field_nearest(x86, "task_struct", "real_parnt"), "real_parent");
	assert_null(kernel_field_nearest(x86, "no_such", "x"));
}

static void test_moved_fields(void **state)
{
	struct b2c_moved_field moved;

	(void)state;
	assert_int_equal(kernel_moved_field(x86, "task_struct", "state", &moved), 0);
	assert_true(moved.is_moved);
	assert_int_equal(moved.kernels, BIT(V5_10));
	assert_string_equal(moved.declaration, "volatile long int state");
	assert_int_equal(moved.nr_alternatives, 2);
	assert_string_equal(moved.alternatives[0].path, "__state");
	assert_int_equal(moved.alternatives[0].kernels, ALL & ~BIT(V5_10));
	assert_string_equal(moved.alternatives[1].path, "state");

	/* asked by the new path */
	assert_int_equal(kernel_moved_field(x86, "request", "q->disk", &moved), 0);
	assert_true(moved.is_moved);
	assert_string_equal(moved.alternatives[1].path, "rq_disk");
	assert_int_equal(moved.alternatives[1].kernels, BIT(V5_10));
	assert_string_equal(moved.declaration, "struct gendisk *disk");

	/* a spelling older than all kernels of the data */
	assert_int_equal(kernel_moved_field(x86, "mm_struct", "mmap_sem", &moved), 0);
	assert_int_equal(moved.kernels, 0);
	assert_string_equal(moved.declaration, "struct rw_semaphore mmap_sem");

	/* no row: the field alone */
	assert_int_equal(kernel_moved_field(x86, "task_struct", "pid", &moved), 0);
	assert_false(moved.is_moved);
	assert_int_equal(moved.nr_alternatives, 1);
	assert_int_equal(kernel_moved_field(x86, "task_struct", "user_cpus_ptr", &moved), 0);
	assert_true(moved.is_moved);
	assert_int_equal(kernel_moved_field(x86, "task_struct", "no_such", &moved), -ENOENT);
}

/* A bit has one number on the kernels that have its member. */
static void check_bit(struct b2c_kernels *kernels, const char *name, uint32_t having)
{
	struct b2c_enumerator range;

	assert_int_equal(kernel_enumerator_range(kernels, name, &range), 0);
	assert_int_equal(range.least, range.most);
	assert_int_equal(range.kernels & having, having);
}

/* Each row of fields.def leads somewhere on every kernel that has the record. */
static void test_field_rows(void **state)
{
	struct b2c_kernels *const both[] = { x86, arm64 };

	(void)state;
	for (size_t n = 0; n < 2 * nr_field_rows; n++) {
		struct b2c_kernels *kernels = both[n % 2];
		const struct field_row *row = &field_rows[n / 2];
		uint32_t found = 0;

		for (const char *const *path = row->paths; *path; path++) {
			const char *bit = strchr(*path, '#');
			uint32_t having = kernels_with_field(kernels, row->record, *path);

			found |= having;
			if (bit)
				check_bit(kernels, bit + 1, having);
		}
		if (found != kernels_with_record(kernels, row->record))
			fail_msg("%s.%s is on the kernels %x only", row->record, row->paths[0],
				 found);
		/* the second of a row's spellings is why the row is there */
		assert_non_null(row->paths[1]);
		assert_true(kernels_with_field(kernels, row->record, row->paths[0]) != ALL ||
			    !kernels_with_field(kernels, row->record, row->paths[1]));
	}
}

static void test_enumerators(void **state)
{
	static const int64_t iovec[] = { 4, 0, 1, 1 };
	const char *tag;
	int64_t value;

	(void)state;
	for (size_t i = 0; i < NR_VERSIONS; i++) {
		assert_int_equal(kernel_enumerator(x86, i, "ITER_IOVEC", &tag, &value), 0);
		assert_string_equal(tag, "iter_type");
		assert_int_equal(value, iovec[i]);
	}
	assert_int_equal(kernel_enumerator(x86, V5_10, "TASK_COMM_LEN", &tag, &value), -ENOENT);
	assert_int_equal(kernel_enumerator(x86, V6_1, "TASK_COMM_LEN", &tag, &value), 0);
	assert_int_equal(value, 16);
	assert_string_equal(tag, "");
	/* 64 bits and signs */
	assert_int_equal(kernel_enumerator(x86, V6_1, "BPF_F_INDEX_MASK", &tag, &value), 0);
	assert_int_equal(value, 0xffffffff);
	assert_int_equal(kernel_enumerator(x86, V6_1, "HRTIMER_NORESTART", &tag, &value), 0);
	assert_int_equal(value, 0);
	/* an enumerator is no type and the other way round */
	assert_int_equal(kernel_enumerator(x86, V6_1, "task_struct", &tag, &value), -ENOENT);
}

struct slice {
	bool parse;
	struct b2c_text *out;
	struct b2c_types_report *report;
};

/* Writes the slice for a blank-separated list of words. */
static void test_moving_enumerators(void **state)
{
	struct b2c_enumerator range;

	(void)state;
	assert_int_equal(kernel_enumerator_range(x86, "BPF_MAP_TYPE_HASH", &range), 0);
	assert_int_equal(range.kernels, ALL);
	assert_int_equal(range.least, 1);
	assert_int_equal(range.most, 1);
	assert_int_equal(kernel_enumerator_range(x86, "ITER_IOVEC", &range), 0);
	assert_int_equal(range.kernels, ALL);
	assert_string_equal(range.tag, "iter_type");
	assert_int_equal(range.least, 0);
	assert_int_equal(range.most, 4);
	assert_int_equal(kernel_enumerator_range(x86, "ITER_UBUF", &range), 0);
	assert_int_equal(range.kernels, ALL & ~BIT(V5_10));
	assert_int_equal(range.least, 0);
	assert_int_equal(range.most, 6);
	assert_int_equal(kernel_enumerator_range(x86, "NO_SUCH_ENUMERATOR", &range), -ENOENT);
}

static void test_size_words(void **state)
{
	struct b2c_field field;
	uint32_t size;

	(void)state;
	assert_string_equal(kernel_size_word(x86, 0, &size), "DNAME_INLINE_LEN");
	assert_int_equal(size, 40);
	assert_int_equal(kernel_field(x86, V5_10, "dentry", "d_iname", &field), 0);
	assert_int_equal(field.size, 32);
	for (size_t row = 0; kernel_size_word(x86, row, &size); row++)
		assert_int_not_equal(size, 0);
}

static void slice_write_words(struct b2c_kernels *kernels, const char *words, const char *own,
			      const struct slice *slice)
{
	const char *lists[2][64];
	size_t nr[2] = { 0 };
	char *copies[2] = { strdup(words), strdup(own) };
	struct b2c_types_request request = { .parse = slice->parse };

	for (size_t n = 0; n < 2; n++) {
		char *rest = copies[n];

		for (char *word = strtok_r(rest, " ", &rest); word;
		     word = strtok_r(rest, " ", &rest))
			lists[n][nr[n]++] = word;
	}
	request.words = lists[0];
	request.nr_words = nr[0];
	request.own = lists[1];
	request.nr_own = nr[1];
	request.own_tags = lists[1];
	request.nr_own_tags = nr[1];
	assert_int_equal(kernel_types_write(kernels, &request, slice->out, slice->report), 0);
	free(copies[0]);
	free(copies[1]);
}

#define assert_has(text, part) assert_non_null(strstr(text_string(text), part))
#define assert_lacks(text, part) assert_null(strstr(text_string(text), part))

static void test_slice(void **state)
{
	struct b2c_text text = { 0 }, again = { 0 };
	struct b2c_types_report report;

	(void)state;
	slice_write_words(x86, "sock __sk_common skc_daddr tgid", "",
			  &(struct slice){ false, &text, &report });
	assert_has(&text, "#define __VMLINUX_H__\n");
	assert_has(&text, "preserve_access_index");
	assert_has(&text, "\nstruct sock {\n");
	assert_has(&text, "__be32 skc_daddr;");
	assert_has(&text, "\nstruct pt_regs {\n");
	assert_has(&text, "typedef __u32 u32;");
	assert_has(&text, "\tBPF_MAP_TYPE_HASH = 1,");
	assert_has(&text, "\tBPF_ANY = 0,");
	assert_has(&text, "BPF_F_CURRENT_CPU = 4294967295");
	/* behind pointers that no word names */
	assert_has(&text, "struct socket;\n");
	assert_lacks(&text, "struct socket {");
	assert_lacks(&text, "struct task_struct {");
	assert_lacks(&text, "___2");
	assert_int_equal(report.nr_added, 0);
	assert_int_equal(report.nr_renamed, 0);
	assert_true(report.nr_records > 10 && report.nr_records < 60);

	/* neither the order of the words nor their number matters */
	slice_write_words(x86, "skc_daddr tgid sock sock __sk_common tgid", "",
			  &(struct slice){ false, &again, &report });
	assert_string_equal(text_string(&text), text_string(&again));
	text_free(&text);
	text_free(&again);
}

static void test_slice_follows_members(void **state)
{
	struct b2c_text text = { 0 };

	(void)state;
	slice_write_words(x86, "request q disk disk_name", "",
			  &(struct slice){ false, &text, NULL });
	assert_has(&text, "\nstruct request_queue {\n");
	assert_has(&text, "\nstruct gendisk {\n");
	assert_lacks(&text, "struct block_device {");
	text_free(&text);
	slice_write_words(x86, "gendisk", "", &(struct slice){ false, &text, NULL });
	assert_lacks(&text, "struct request_queue {");
	text_free(&text);
	/* typedefs and enumerators are seeds too, and types that the base lacks */
	slice_write_words(x86, "TCP_ESTABLISHED atomic_t mnt_idmap trace_event_raw_kmem_alloc", "",
			  &(struct slice){ false, &text, NULL });
	assert_has(&text, "\tTCP_ESTABLISHED = 1,");
	assert_has(&text, "} atomic_t;");
	assert_has(&text, "\nstruct mnt_idmap");
	assert_has(&text, "\nstruct trace_event_raw_kmem_alloc {\n");
	text_free(&text);
}

static void test_slice_parse(void **state)
{
	struct b2c_text text = { 0 };
	struct b2c_types_report report;

	(void)state;
	slice_write_words(x86, "request rq_disk disk_name task_struct state mm_struct mmap_sem", "",
			  &(struct slice){ true, &text, &report });
	assert_has(&text, "\tstruct gendisk *rq_disk;\n};");
	assert_has(&text, "\nstruct gendisk {\n");
	assert_has(&text, "volatile long int state;");
	assert_has(&text, "struct rw_semaphore mmap_sem;");
	assert_int_equal(report.nr_added, 3);
	text_free(&text);
	slice_write_words(x86, "request rq_disk disk_name task_struct state", "",
			  &(struct slice){ false, &text, &report });
	assert_lacks(&text, "rq_disk");
	assert_lacks(&text, "volatile long int state;");
	assert_int_equal(report.nr_added, 0);
	text_free(&text);
}

static void test_slice_own(void **state)
{
	struct b2c_text text = { 0 };
	struct b2c_types_report report;

	(void)state;
	/* file embeds path and points to inode */
	slice_write_words(x86, "file f_path path inode loff_t", "path inode loff_t",
			  &(struct slice){ false, &text, &report });
	assert_has(&text, "struct path___kernel f_path;");
	assert_has(&text, "\nstruct path___kernel {\n");
	assert_lacks(&text, "struct path {");
	assert_has(&text, "struct inode *f_inode;");
	assert_lacks(&text, "struct inode {");
	assert_lacks(&text, " loff_t;");
	assert_has(&text, "__kernel_loff_t f_pos;");
	assert_int_equal(report.nr_renamed, 1);
	assert_string_equal(report.renamed[0], "path");
	text_free(&text);
	/* an enumerator that the program defines, of an enum that is needed */
	slice_write_words(x86, "TCP_ESTABLISHED TCP_CLOSE", "TCP_CLOSE",
			  &(struct slice){ false, &text, &report });
	assert_has(&text, "TCP_CLOSE___kernel = 7,");
	assert_lacks(&text, "\tTCP_CLOSE =");
	text_free(&text);
}

/* Kernels since 6.19 have unnamed members of types with a tag, which C has not. */
static void test_slice_unnamed_members(void **state)
{
	struct b2c_text text = { 0 };

	(void)state;
	slice_write_words(x86, "pidfs_attr", "", &(struct slice){ false, &text, NULL });
	assert_has(&text, "\nstruct pidfs_attr {\n");
	assert_lacks(&text, "struct pidfs_anon_attr;\n");
	assert_has(&text, "\t\tstruct {\n");
	text_free(&text);
}

/* A name that the base's enum lacks is added to it with another kernel's value. */
static void test_slice_enumerators(void **state)
{
	struct b2c_text text = { 0 };

	(void)state;
	slice_write_words(x86, "SKB_DROP_REASON_NOT_SPECIFIED ITER_FOLIOQ", "",
			  &(struct slice){ false, &text, NULL });
	assert_has(&text, "enum skb_drop_reason {");
	assert_has(&text, "ITER_FOLIOQ = ");
	assert_has(&text, "enum iter_type {");
	text_free(&text);
}

static void test_slice_arm64(void **state)
{
	struct b2c_text text = { 0 };

	(void)state;
	slice_write_words(arm64, "task_struct thread_info", "",
			  &(struct slice){ true, &text, NULL });
	assert_has(&text, "\nstruct user_pt_regs {\n");
	assert_lacks(&text, "long unsigned int r15;");
	text_free(&text);
	/* what the x86_64 6.1 kernel has and the arm64 one lacks is no field of arm64 */
	slice_write_words(arm64, "thread_struct sp0 io_bitmap", "",
			  &(struct slice){ true, &text, NULL });
	assert_lacks(&text, "io_bitmap");
	text_free(&text);
}

/* Writes a file for --btf; the caller unlinks it. */
static void temporary_file(char path[32], const void *data, size_t size)
{
	FILE *file;
	int fd;

	memcpy(path, "/tmp/b2c-kernel-test-XXXXXX", sizeof("/tmp/b2c-kernel-test-XXXXXX"));
	fd = mkstemp(path);
	assert_true(fd >= 0);
	file = fdopen(fd, "wb");
	assert_int_equal(fwrite(data, 1, size, file), size);
	fclose(file);
}

static int add_bytes(struct b2c_kernels *kernels, const void *data, size_t size)
{
	char path[32];
	int err;

	temporary_file(path, data, size);
	err = kernels_add_file(kernels, path);
	unlink(path);
	return err;
}

static void test_bad_files(void **state)
{
	static const char text[] = "this is no BTF at all, though it is longer than a header";
	const void *btf;
	__u32 size;

	(void)state;
	assert_int_equal(kernels_add_file(x86, "/no/such/file"), -ENOENT);
	assert_int_equal(add_bytes(x86, text, sizeof(text)), -EINVAL);
	assert_int_equal(add_bytes(x86, "", 0), -EINVAL);
	btf = btf__raw_data(kernel_at(arm64, V6_1)->btf, &size);
	assert_int_equal(add_bytes(x86, btf, size / 2), -EINVAL);
	assert_int_equal(add_bytes(x86, btf, size), -EXDEV);
	assert_int_equal(kernels_count(x86), NR_VERSIONS);
	assert_int_equal(kernels_base(x86), V6_1);
	/* sound BTF, but not of a kernel */
	{
		struct btf *small = btf__new_empty();

		btf__add_int(small, "int", 4, BTF_INT_SIGNED);
		btf = btf__raw_data(small, &size);
		assert_int_equal(add_bytes(x86, btf, size), -EINVAL);
		btf__free(small);
	}
}

static void test_file_as_base(void **state)
{
	struct b2c_kernels *kernels;
	struct b2c_tracepoint tp;
	struct b2c_text text = { 0 };
	char path[32];
	const void *btf;
	__u32 size;

	(void)state;
	assert_int_equal(kernels_open("x86_64", &kernels), 0);
	btf = btf__raw_data(kernel_at(x86, V5_10)->btf, &size);
	temporary_file(path, btf, size);
	assert_int_equal(kernels_add_file(kernels, path), 0);
	unlink(path);
	assert_int_equal(kernels_count(kernels), NR_VERSIONS + 1);
	assert_int_equal(kernels_base(kernels), NR_VERSIONS);
	assert_string_equal(kernel_name(kernels, NR_VERSIONS), path);
	slice_write_words(kernels, "task_struct state __state", "",
			  &(struct slice){ false, &text, NULL });
	assert_has(&text, "volatile long int state;");
	assert_lacks(&text, "__state;");
	text_free(&text);
	slice_write_words(kernels, "task_struct state __state", "",
			  &(struct slice){ true, &text, NULL });
	assert_has(&text, "unsigned int __state;");
	text_free(&text);
	assert_int_equal(kernel_tracepoint(kernels, "sched", "sched_process_exit", &tp), 0);
	assert_int_equal(tp.kernels, ALL | BIT(NR_VERSIONS));
	assert_string_equal(tp.records[NR_VERSIONS], "trace_event_raw_sched_process_template");
	kernels_close(kernels);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_open),
		cmocka_unit_test(test_functions),
		cmocka_unit_test(test_prototypes),
		cmocka_unit_test(test_syscalls),
		cmocka_unit_test(test_fields),
		cmocka_unit_test(test_moved_fields),
		cmocka_unit_test(test_field_rows),
		cmocka_unit_test(test_enumerators),
		cmocka_unit_test(test_moving_enumerators),
		cmocka_unit_test(test_size_words),
		cmocka_unit_test(test_slice),
		cmocka_unit_test(test_slice_follows_members),
		cmocka_unit_test(test_slice_parse),
		cmocka_unit_test(test_slice_own),
		cmocka_unit_test(test_slice_unnamed_members),
		cmocka_unit_test(test_slice_enumerators),
		cmocka_unit_test(test_slice_arm64),
		cmocka_unit_test(test_bad_files),
		cmocka_unit_test(test_file_as_base),
	};

	return cmocka_run_group_tests(tests, kernels_setup, kernels_teardown);
}
