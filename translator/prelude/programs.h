/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * bcc's words for programs and its helpers, in a form that Clang can parse.
 * Never part of emitted code: the passes replace each of them.
 */
#define TRACEPOINT_PROBE(_category, _event)                                                        \
	int tracepoint__##_category##__##_event(struct tracepoint__##_category##__##_event *args)
#define RAW_TRACEPOINT_PROBE(_event)                                                               \
	int raw_tracepoint__##_event(struct bpf_raw_tracepoint_args *ctx)
#define KFUNC_PROBE(_event, ...) int kfunc__##_event(unsigned long long *ctx, ##__VA_ARGS__)
#define KRETFUNC_PROBE(_event, ...) int kretfunc__##_event(unsigned long long *ctx, ##__VA_ARGS__)
#define KMOD_RET(_event, ...) int kmod_ret__##_event(unsigned long long *ctx, ##__VA_ARGS__)
#define MODULE_KFUNC_PROBE(_module, _event, ...) KFUNC_PROBE(_event, ##__VA_ARGS__)
#define MODULE_KRETFUNC_PROBE(_module, _event, ...) KRETFUNC_PROBE(_event, ##__VA_ARGS__)
#define MODULE_KMOD_RET(_module, _event, ...) KMOD_RET(_event, ##__VA_ARGS__)
#define LSM_PROBE(_event, ...) int lsm__##_event(unsigned long long *ctx, ##__VA_ARGS__)
#define BPF_ITER(_target) int bpf_iter__##_target(struct bpf_iter__##_target *ctx)

#define BPF_LICENSE(_text) const char b2c_license[] = #_text;

/* constant makes it the host's, unless -D says which kernel is meant. */
#ifndef LINUX_VERSION_CODE
#define LINUX_VERSION_CODE 0
#endif

/* b2c.bpf.h has it where libbpf has not; here it only stands for the same kind of value. */
#ifndef PT_REGS_PARM6
#define PT_REGS_PARM6(x) PT_REGS_PARM5(x)
#define PT_REGS_PARM6_CORE(x) PT_REGS_PARM5_CORE(x)
#define PT_REGS_PARM6_SYSCALL(x) PT_REGS_PARM5_SYSCALL(x)
#define PT_REGS_PARM6_CORE_SYSCALL(x) PT_REGS_PARM5_CORE_SYSCALL(x)
#endif

/*
 * Numbers of the host that are known when the tool is loaded (B2C_HOST_VALUES of model.h): constants
 * here, so that a place that needs one is reported by host_value and not by C.
 */
enum {
	b2c_nr_cpus = 1,
	b2c_page_shift = 12,
#ifndef CONFIG_HZ
	CONFIG_HZ = 250,
#endif
};

/* The kernel's clock; host_value makes it bpf_jiffies64(). */
extern const volatile unsigned long jiffies;
extern const volatile unsigned long long jiffies_64;

/* A pointer into the traced process. */
#define __user __attribute__((btf_type_tag("user")))

/* bcc's has no size argument; prelude.h hides libbpf's. */
int bpf_trace_printk(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/* Arguments of a USDT probe, counted from 1; usdt makes them libbpf's. */
int bpf_usdt_readarg(int number, void *ctx, void *destination);
int bpf_usdt_readarg_p(int number, void *ctx, void *destination, unsigned long size);

/* tracepoint_args writes the read out; here it only names what it uses. */
#define B2C_DATA_LOC(_dst, _field) ((void)(_dst), (void)args->data_loc_##_field)
#define TP_DATA_LOC_READ(_dst, _field) B2C_DATA_LOC(_dst, _field)
#define TP_DATA_LOC_READ_CONST(_dst, _field, _size) (B2C_DATA_LOC(_dst, _field), (void)(_size))
#define TP_DATA_LOC_READ_STR(_dst, _field, _size) (B2C_DATA_LOC(_dst, _field), (void)(_size))

unsigned int bpf_log2(unsigned int v);
unsigned int bpf_log2l(unsigned long v);
