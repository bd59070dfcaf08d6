// SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only
/* runtime/user_*.c: mappings, files with and without symbols, processes. */
#define _GNU_SOURCE
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <errno.h>
#include <fcntl.h>
#include <lzma.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../../runtime/run.h"
#include "../../runtime/symbols.h"
#include "../../runtime/user_files.h"
#include "../../runtime/user_processes.h"

static char folder[] = "/tmp/runtime_user_symbols_XXXXXX";

__attribute__((noinline)) int user_symbols_marker(int n)
{
	__asm__ volatile("" : "+r"(n));
	return n + 1;
}

/* ---- mappings ---- */

static void read_maps(struct b2c_mappings *mappings, const char *text)
{
	FILE *f = fmemopen((void *)text, strlen(text), "r");

	assert_non_null(f);
	assert_int_equal(b2c_mappings_read(mappings, f), 0);
	fclose(f);
}

static void mappings_of_a_text(void **state)
{
	struct b2c_mappings mappings = { 0 };
	const struct b2c_mapping *one;

	(void)state;
	read_maps(&mappings,
		  "00400000-00401000 r--p 00000000 fe:01 77                     /usr/bin/a b\n"
		  "00401000-00480000 r-xp 00001000 fe:01 77                     /usr/bin/a b\n"
		  "01000000-01001000 rwxp 00000000 00:00 0 \n"
		  "7f0000000000-7f0000001000 r-xp 00003000 00:1f 12 /lib/gone.so (deleted)\n"
		  "nonsense\n\n"
		  "7ffd00000000-7ffd00002000 r-xp 00000000 00:00 0 [vdso]\n");
	assert_int_equal(mappings.nr, 4);
	assert_null(b2c_mapping_find(&mappings, 0x400fff));
	one = b2c_mapping_find(&mappings, 0x47ffff);
	assert_non_null(one);
	assert_string_equal(b2c_mapping_path(&mappings, one), "/usr/bin/a b");
	assert_int_equal(one->inode, 77);
	assert_int_equal(one->offset, 0x1000);
	assert_null(b2c_mapping_find(&mappings, 0x480000));
	one = b2c_mapping_find(&mappings, 0x7f0000000000);
	assert_string_equal(b2c_mapping_path(&mappings, one), "/lib/gone.so");
	one = b2c_mapping_find(&mappings, 0x1000000);
	assert_string_equal(b2c_mapping_path(&mappings, one), "");
	b2c_mappings_free(&mappings);
}

static void later_mappings_replace_what_they_cover(void **state)
{
	struct b2c_mappings mappings = { 0 }, copy = { 0 };
	const struct b2c_mapping many[] = {
		{ .start = 0x1000, .end = 0x2000, .inode = 1 },
		{ .start = 0x3000, .end = 0x4000, .inode = 2 },
		{ .start = 0x5000, .end = 0x6000, .inode = 3 },
		{ .start = 0x1800, .end = 0x3800, .inode = 4 },
		{ .start = 0x7000, .end = 0x7000, .inode = 5 }, /* nothing */
	};
	size_t i;

	(void)state;
	for (i = 0; i < B2C_SIZE(many); i++)
		assert_int_equal(b2c_mappings_add(&mappings, &many[i], "/x"), 0);
	assert_int_equal(b2c_mappings_copy(&copy, &mappings), 0);
	b2c_mappings_free(&mappings);
	assert_int_equal(copy.nr, 2);
	assert_null(b2c_mapping_find(&copy, 0x1000));
	assert_int_equal(b2c_mapping_find(&copy, 0x1800)->inode, 4);
	assert_int_equal(b2c_mapping_find(&copy, 0x37ff)->inode, 4);
	assert_int_equal(b2c_mapping_find(&copy, 0x5000)->inode, 3);
	b2c_mappings_free(&copy);
}

/* ---- files ---- */

__attribute__((format(printf, 1, 2))) static void shell(const char *format, ...)
{
	char command[1024];
	va_list args;
	int n = snprintf(command, sizeof(command), "cd %s && ", folder);

	va_start(args, format);
	vsnprintf(command + n, sizeof(command) - (size_t)n, format, args);
	va_end(args);
	assert_int_equal(system(command), 0);
}

/* Where the marker is in the file of this program. */
static uint64_t marker_offset(void)
{
	uint64_t address = (uintptr_t)user_symbols_marker;
	struct b2c_mappings mappings = { 0 };
	const struct b2c_mapping *one;
	FILE *f = fopen("/proc/self/maps", "r");

	assert_int_equal(b2c_mappings_read(&mappings, f), 0);
	fclose(f);
	one = b2c_mapping_find(&mappings, address);
	address += one->offset - one->start;
	b2c_mappings_free(&mappings);
	return address;
}

/* Whether the marker is found in `name`; `root` is below the folder. */
static bool has_marker(const char *name, const char *root)
{
	struct b2c_functions_of functions = { 0 };
	struct b2c_file_place place;
	char path[128], below[128] = "";
	const char *found;
	uint64_t offset;
	bool has;
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	if (root)
		snprintf(below, sizeof(below), "%s/%s", folder, root);
	place = (struct b2c_file_place){ .root = below, .path = path };
	fd = open(path, O_RDONLY);
	assert_true(fd >= 0);
	b2c_functions_of_file(&functions, fd, &place);
	found = b2c_function_at(&functions, marker_offset() + 1, &offset);
	has = found && !strcmp(found, "user_symbols_marker") && offset == 1;
	b2c_functions_of_free(&functions);
	close(fd);
	return has;
}

static void symbols_beside_the_file(void **state)
{
	(void)state;
	shell("cp /proc/%d/exe full && objcopy --only-keep-debug full full.debug && "
	      "strip -o bare full && cp bare linked && "
	      "objcopy --add-gnu-debuglink=full.debug linked",
	      getpid());
	assert_true(has_marker("full", NULL));
	assert_false(has_marker("bare", NULL));
	assert_true(has_marker("linked", NULL));
	shell("mkdir .debug && mv full.debug .debug");
	assert_true(has_marker("linked", NULL));
	/* in the folder of debug files of the process's own file system */
	shell("mkdir -p root/usr/lib/debug%s && mv .debug/full.debug root/usr/lib/debug%s", folder,
	      folder);
	assert_false(has_marker("linked", NULL));
	assert_true(has_marker("linked", "root"));
	/* the checksum is of another file */
	shell("mv root/usr/lib/debug%s/full.debug kept && cp bare full.debug", folder);
	assert_false(has_marker("linked", "root"));
	/* nobody writes to this pipe */
	shell("rm full.debug && mkfifo full.debug");
	assert_false(has_marker("linked", "root"));
	shell("rm full.debug");
}

static void symbols_by_build_id(void **state)
{
	(void)state;
	shell("id=$(readelf -n bare | sed -n 's/.*Build ID: //p') && "
	      "dir=root/usr/lib/debug/.build-id/$(echo $id | cut -c1-2) && mkdir -p $dir && "
	      "cp kept $dir/$(echo $id | cut -c3-).debug && echo $dir > dir");
	assert_true(has_marker("bare", "root"));
	assert_false(has_marker("bare", NULL));
	/* a file of that name with another id */
	shell("f=$(ls $(cat dir)/*) && objcopy --remove-section .note.gnu.build-id $f");
	assert_false(has_marker("bare", "root"));
	shell("f=$(ls $(cat dir)/*) && rm $f && mkfifo $f");
	assert_false(has_marker("bare", "root"));
}

/* Compresses file `from` to `to`. */
static void pack(const char *from, const char *to, size_t at_least)
{
	struct b2c_text text = { 0 };
	size_t size, used = 0;
	uint8_t *packed;
	char path[128];
	FILE *f;

	snprintf(path, sizeof(path), "%s/%s", folder, from);
	assert_int_equal(b2c_text_read_file(&text, path), 0);
	if (text.size < at_least)
		b2c_text_fill(&text, '\0', at_least - text.size);
	size = lzma_stream_buffer_bound(text.size);
	packed = malloc(size);
	assert_int_equal(lzma_easy_buffer_encode(0, LZMA_CHECK_CRC32, NULL, (uint8_t *)text.data,
						 text.size, packed, &used, size),
			 LZMA_OK);
	snprintf(path, sizeof(path), "%s/%s", folder, to);
	f = fopen(path, "w");
	assert_int_equal(fwrite(packed, 1, used, f), used);
	fclose(f);
	free(packed);
	b2c_text_free(&text);
}

static void symbols_in_the_file_compressed(void **state)
{
	(void)state;
	shell("strip --strip-debug -o small full");
	pack("small", "small.xz", 0);
	shell("cp bare packed && objcopy --add-section .gnu_debugdata=small.xz packed");
	assert_true(has_marker("packed", NULL));
	shell("head -c 1000 small.xz > cut.xz && cp bare cut && "
	      "objcopy --add-section .gnu_debugdata=cut.xz cut");
	assert_false(has_marker("cut", NULL));
	/* 64 MiB are enough for anybody */
	pack("small", "bomb.xz", (64u << 20) + 1);
	shell("cp bare bomb && objcopy --add-section .gnu_debugdata=bomb.xz bomb");
	assert_false(has_marker("bomb", NULL));
}

/* Nothing is mapped and every number is checked: ASan would tell. */
static void damaged_files(void **state)
{
	struct b2c_functions_of functions = { 0 };
	unsigned int seed = 4711;
	char path[128];
	uint64_t offset;
	int fd, round, i;

	(void)state;
	shell("cp packed damaged && printf 'no ELF at all' > text && : > empty");
	assert_false(has_marker("text", NULL));
	assert_false(has_marker("empty", NULL));
	snprintf(path, sizeof(path), "%s/damaged", folder);
	for (round = 0; round < 300; round++) {
		shell("%s", round % 100 ? "true" : "cp -f packed damaged");
		fd = open(path, O_RDWR);
		for (i = 0; i < 4; i++) {
			struct stat found;
			unsigned char byte = (unsigned char)rand_r(&seed);
			off_t at = rand_r(&seed) % 4096;

			fstat(fd, &found);
			/* headers stand at the start and at the end */
			at = i & 1 ? found.st_size - 1 - at : 16 + at % 1024;
			assert_int_equal(pwrite(fd, &byte, 1, at), 1);
		}
		b2c_functions_of_file(&functions, fd,
				      &(struct b2c_file_place){ .root = "", .path = path });
		b2c_function_at(&functions, marker_offset(), &offset);
		b2c_functions_of_free(&functions);
		close(fd);
	}
}

/* What each of the following files takes at most: seconds, and a part of what it says. */
static bool is_cheap(const char *name)
{
	struct b2c_functions_of functions = { 0 };
	struct timespec from, to;
	struct rusage usage;
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_RDWR);
	assert_true(fd >= 0);
	clock_gettime(CLOCK_MONOTONIC, &from);
	b2c_functions_of_file(&functions, fd,
			      &(struct b2c_file_place){ .root = "", .path = path });
	clock_gettime(CLOCK_MONOTONIC, &to);
	assert_int_equal(functions.nr, 0);
	b2c_functions_of_free(&functions);
	close(fd);
	assert_int_equal(getrusage(RUSAGE_SELF, &usage), 0);
	return to.tv_sec - from.tv_sec < 10 && usage.ru_maxrss < 1 << 20; /* KB */
}

/* The program and section headers of a file of `size` bytes, nearly all of them a hole. */
static void write_holes(const char *name, const Elf64_Phdr headers[2], const Elf64_Shdr *sections,
			off_t size)
{
	Elf64_Ehdr header = {
		.e_ident = { 0x7f, 'E', 'L', 'F', ELFCLASS64, ELFDATA2LSB, EV_CURRENT },
		.e_type = ET_DYN,
		.e_machine = EM_X86_64,
		.e_version = EV_CURRENT,
		.e_phoff = sizeof(header),
		.e_ehsize = sizeof(header),
		.e_phentsize = sizeof(*headers),
		.e_phnum = 2,
		.e_shoff = sections ? 4096 : 0,
		.e_shentsize = sizeof(*sections),
		.e_shnum = sections ? 4 : 0,
		.e_shstrndx = sections ? 3 : 0,
	};
	char path[128];
	int fd;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	fd = open(path, O_RDWR | O_CREAT, 0600);
	assert_true(fd >= 0);
	assert_int_equal(ftruncate(fd, size), 0);
	assert_int_equal(pwrite(fd, &header, sizeof(header), 0), sizeof(header));
	assert_int_equal(pwrite(fd, headers, 2 * sizeof(*headers), sizeof(header)),
			 2 * sizeof(*headers));
	if (sections)
		assert_int_equal(pwrite(fd, sections, 4 * sizeof(*sections), 4096),
				 4 * sizeof(*sections));
	close(fd);
}

/* Small on the disk, and without end for who believes what they say. */
static void files_of_holes(void **state)
{
	const off_t size = (off_t)8 << 30;
	const Elf64_Phdr headers[] = {
		{ .p_type = PT_LOAD, .p_filesz = (Elf64_Xword)size, .p_memsz = (Elf64_Xword)size },
		{ .p_type = PT_DYNAMIC, .p_offset = 8192, .p_vaddr = 8192, .p_filesz = 4096 },
	};
	Elf64_Shdr sections[4] = {
		[1] = { .sh_type = SHT_SYMTAB, .sh_offset = 8192, .sh_entsize = sizeof(Elf64_Sym),
			.sh_size = (Elf64_Xword)size / 2 / 24 * 24, .sh_link = 2 },
		[2] = { .sh_type = SHT_STRTAB, .sh_offset = 8192, .sh_size = 64 },
		[3] = { .sh_type = SHT_STRTAB, .sh_offset = 8192, .sh_size = 64 },
	};

	(void)state;
	write_holes("table", headers, sections, size);
	assert_true(is_cheap("table"));
	sections[1].sh_size = 24 * 1024;
	sections[2].sh_size = (Elf64_Xword)size / 2;
	write_holes("names", headers, sections, size);
	assert_true(is_cheap("names"));
	/* no sections: what is loaded could say more, and is not asked */
	write_holes("loaded", headers, NULL, size);
	assert_true(is_cheap("loaded"));
}

/* Its owner can make a file shorter at any time, also while it is read. */
static void files_that_shrink(void **state)
{
	struct b2c_functions_of functions = { 0 };
	char path[128];
	int fd, round;
	pid_t pid;

	(void)state;
	shell("cp full shrinks");
	snprintf(path, sizeof(path), "%s/shrinks", folder);
	fd = open(path, O_RDWR);
	pid = fork();
	if (!pid) {
		struct stat found;

		prctl(PR_SET_PDEATHSIG, SIGKILL);
		fstat(fd, &found);
		for (;;)
			if (ftruncate(fd, 4096) || ftruncate(fd, found.st_size))
				_exit(1);
	}
	for (round = 0; round < 300; round++) {
		b2c_functions_of_file(&functions, fd,
				      &(struct b2c_file_place){ .root = "", .path = path });
		b2c_functions_of_free(&functions);
	}
	close(fd);
	kill(pid, SIGKILL);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* ---- processes ---- */

static void expect_symbol(uint32_t pid, uint64_t address, const char *want)
{
	struct b2c_text text = { 0 };
	struct b2c_symbol symbol;

	b2c_user_symbols.find(pid, address, &symbol);
	b2c_symbol_text(&text, &symbol, B2C_SYMBOL_OFFSET | B2C_SYMBOL_MODULE);
	assert_string_equal(b2c_text_string(&text), want);
	b2c_text_free(&text);
}

static void functions_of_a_process(void **state)
{
	const struct b2c_functions_of *vdso = b2c_user_vdso();
	uint64_t marker = (uintptr_t)user_symbols_marker;
	uint32_t pid = (uint32_t)getpid();

	(void)state;
	expect_symbol(pid, marker + 1, "user_symbols_marker+0x1 [runtime_user_symbols_test]");
	expect_symbol(pid, 0x10, "[unknown]");
	expect_symbol(pid, UINT64_MAX, "[unknown]");
	assert_string_equal(user_symbol_at(pid, marker + 1, 0), "user_symbols_marker");
	assert_non_null(vdso);
	assert_true(vdso->nr > 0);
}

static void code_of_a_jit(void **state)
{
	char path[64], want[64];
	uint32_t pid = (uint32_t)getpid();
	char *code = mmap(NULL, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	FILE *f;

	(void)state;
	assert_true(code != MAP_FAILED);
	b2c_user_symbols.release();
	expect_symbol(pid, (uintptr_t)code, "[unknown]");
	snprintf(path, sizeof(path), "/tmp/perf-%u.map", pid);
	f = fopen(path, "w");
	assert_non_null(f);
	fprintf(f, "%lx 20 Lcom/example/Main;::run\n", (unsigned long)(uintptr_t)code);
	fflush(f);
	snprintf(want, sizeof(want), "Lcom/example/Main;::run+0x4 [perf-%u.map]", pid);
	expect_symbol(pid, (uintptr_t)code + 4, want);
	fprintf(f, "%lx 20 later\n", (unsigned long)(uintptr_t)code + 64);
	fclose(f);
	snprintf(want, sizeof(want), "later+0x0 [perf-%u.map]", pid);
	expect_symbol(pid, (uintptr_t)code + 64, want);
	unlink(path);
	b2c_user_symbols.release();
	/* a link leads to what the process may not read itself */
	assert_int_equal(symlink("/etc/passwd", path), 0);
	expect_symbol(pid, (uintptr_t)code + 4, "[unknown]");
	unlink(path);
	munmap(code, 4096);
}

/* Runs a copy of this program that only waits, and returns when it does. */
static pid_t start_copy(const char *name)
{
	char path[128], byte;
	int ready[2];
	pid_t pid;

	snprintf(path, sizeof(path), "%s/%s", folder, name);
	assert_int_equal(pipe2(ready, O_CLOEXEC), 0);
	pid = fork();
	if (pid == 0) {
		execl(path, path, "wait", NULL);
		_exit(127);
	}
	close(ready[1]);
	assert_int_equal(read(ready[0], &byte, 1), 0); /* closed by the execution */
	close(ready[0]);
	return pid;
}

static void stop(pid_t pid)
{
	assert_int_equal(kill(pid, SIGKILL), 0);
	assert_int_equal(waitpid(pid, NULL, 0), pid);
}

/* The address of the marker in another process of this program. */
static uint64_t marker_in(pid_t pid)
{
	struct b2c_mappings mappings = { 0 };
	uint64_t offset = marker_offset(), address = 0;
	char path[64];
	size_t i;
	FILE *f;

	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	f = fopen(path, "r");
	assert_int_equal(b2c_mappings_read(&mappings, f), 0);
	fclose(f);
	for (i = 0; i < mappings.nr && !address; i++) {
		const struct b2c_mapping *one = &mappings.items[i];

		if (strstr(b2c_mapping_path(&mappings, one), folder) && offset >= one->offset &&
		    offset < one->offset + (one->end - one->start))
			address = one->start + offset - one->offset;
	}
	b2c_mappings_free(&mappings);
	assert_true(address != 0);
	return address;
}

static void processes_that_end(void **state)
{
	uint64_t marker;
	pid_t pid;

	(void)state;
	shell("cp full program");
	b2c_user_symbols.release();
	pid = start_copy("program");
	marker = marker_in(pid);
	b2c_user_symbols.see((uint32_t)pid);
	shell("rm program");
	stop(pid);
	expect_symbol((uint32_t)pid, marker + 1, "user_symbols_marker+0x1 [program]");
	b2c_user_symbols.release();
	expect_symbol((uint32_t)pid, marker + 1, "[unknown]");
}

/* A process may map more than anybody keeps. */
static void mappings_without_end(void **state)
{
	struct b2c_mapping mapping = { .offset = 0 };
	uint32_t pid = (uint32_t)getpid();
	uint64_t i;

	(void)state;
	b2c_user_symbols.release();
	b2c_user_executed(pid);
	for (i = 1; i < 20000; i++) {
		mapping.start = i << 13;
		mapping.end = mapping.start + 4096;
		b2c_user_mapped(pid, &mapping, "");
	}
	expect_symbol(pid, 1 << 13, "[unknown]");
	b2c_user_symbols.release();
}

static void deleted_programs(void **state)
{
	uint64_t marker;
	pid_t pid;

	(void)state;
	if (geteuid())
		skip(); /* map_files is root's */
	shell("cp full program");
	b2c_user_symbols.release();
	pid = start_copy("program");
	marker = marker_in(pid);
	shell("rm program");
	expect_symbol((uint32_t)pid, marker, "user_symbols_marker+0x0 [program]");
	stop(pid);
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
	(void)state;
	b2c_user_symbols.release();
	shell("rm -rf %s", folder);
	return 0;
}

int main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(mappings_of_a_text),
		cmocka_unit_test(later_mappings_replace_what_they_cover),
		cmocka_unit_test(symbols_beside_the_file),
		cmocka_unit_test(symbols_by_build_id),
		cmocka_unit_test(symbols_in_the_file_compressed),
		cmocka_unit_test(damaged_files),
		cmocka_unit_test(files_of_holes),
		cmocka_unit_test(files_that_shrink),
		cmocka_unit_test(functions_of_a_process),
		cmocka_unit_test(code_of_a_jit),
		cmocka_unit_test(processes_that_end),
		cmocka_unit_test(mappings_without_end),
		cmocka_unit_test(deleted_programs),
	};

	if (argc > 1 && !strcmp(argv[1], "wait"))
		return pause();
	return cmocka_run_group_tests(tests, make_folder, remove_folder) +
	       (user_symbols_marker(0) != 1);
}
