/* SPDX-License-Identifier: BSD-2-Clause OR GPL-2.0-only */
/*
 * bcc's words for maps, in a form that Clang can parse: each declares a
 * variable in section "maps/KIND" whose members carry the key, the value, the
 * size and every method. Methods have no prototypes, so that map_method can
 * report a wrong call in the map's own words. Never part of emitted code.
 */
#define B2C_TABLE(_kind, _key, _leaf, _name, _size, _flags)                                        \
	struct _name##_table_t {                                                                   \
		_key key;                                                                          \
		_leaf leaf;                                                                        \
		_leaf *(*lookup)();                                                                \
		_leaf *(*lookup_or_init)();                                                        \
		_leaf *(*lookup_or_try_init)();                                                    \
		int (*update)();                                                                   \
		int (*insert)();                                                                   \
		int (*delete)();                                                                   \
		void (*increment)();                                                               \
		void (*atomic_increment)();                                                        \
		int (*get_stackid)();                                                              \
		int (*perf_submit)();                                                              \
		int (*ringbuf_output)();                                                           \
		void *(*ringbuf_reserve)();                                                        \
		void (*ringbuf_submit)();                                                          \
		void (*ringbuf_discard)();                                                         \
		char (*max_entries)[(_size)];                                                      \
		char (*flags)[(_flags) + 1];                                                       \
	};                                                                                         \
	__attribute__((section("maps/" _kind))) struct _name##_table_t _name = {0};

#define B2C_PICK5(_1, _2, _3, _4, _5, pick, ...) pick
#define B2C_PICK4(_1, _2, _3, _4, pick, ...) pick
#define B2C_PICK3(_1, _2, _3, pick, ...) pick
#define B2C_PICK2(_1, _2, pick, ...) pick

#define BPF_F_TABLE(_kind, _key, _leaf, _name, _size, _flags)                                      \
	B2C_TABLE(_kind, _key, _leaf, _name, _size, _flags)
#define BPF_TABLE(_kind, _key, _leaf, _name, _size) B2C_TABLE(_kind, _key, _leaf, _name, _size, 0)

/* name, key = u64, value = u64, size = 10240 */
#define B2C_HASH1(_kind, _name) B2C_TABLE(_kind, u64, u64, _name, 10240, 0)
#define B2C_HASH2(_kind, _name, _key) B2C_TABLE(_kind, _key, u64, _name, 10240, 0)
#define B2C_HASH3(_kind, _name, _key, _leaf) B2C_TABLE(_kind, _key, _leaf, _name, 10240, 0)
#define B2C_HASH4(_kind, _name, _key, _leaf, _size) B2C_TABLE(_kind, _key, _leaf, _name, _size, 0)
#define B2C_HASH(_kind, ...)                                                                       \
	B2C_PICK4(__VA_ARGS__, B2C_HASH4, B2C_HASH3, B2C_HASH2, B2C_HASH1)(_kind, __VA_ARGS__)
#define BPF_HASH(...) B2C_HASH("hash", __VA_ARGS__)
#define BPF_PERCPU_HASH(...) B2C_HASH("percpu_hash", __VA_ARGS__)
#define BPF_LRU_HASH(...) B2C_HASH("lru_hash", __VA_ARGS__)
#define BPF_LRU_PERCPU_HASH(...) B2C_HASH("lru_percpu_hash", __VA_ARGS__)

/* name, value = u64, size = 10240 */
#define B2C_ARRAY1(_kind, _name) B2C_TABLE(_kind, int, u64, _name, 10240, 0)
#define B2C_ARRAY2(_kind, _name, _leaf) B2C_TABLE(_kind, int, _leaf, _name, 10240, 0)
#define B2C_ARRAY3(_kind, _name, _leaf, _size) B2C_TABLE(_kind, int, _leaf, _name, _size, 0)
#define B2C_ARRAY(_kind, ...)                                                                      \
	B2C_PICK3(__VA_ARGS__, B2C_ARRAY3, B2C_ARRAY2, B2C_ARRAY1)(_kind, __VA_ARGS__)
#define BPF_ARRAY(...) B2C_ARRAY("array", __VA_ARGS__)
#define BPF_PERCPU_ARRAY(...) B2C_ARRAY("percpu_array", __VA_ARGS__)

/* name, key = int, size = 64; an array for a plain int key, else a hash */
#define B2C_HISTOGRAM1(_name) B2C_TABLE("histogram", int, u64, _name, 64, 0)
#define B2C_HISTOGRAM2(_name, _key) B2C_TABLE("histogram", _key, u64, _name, 64, 0)
#define B2C_HISTOGRAM3(_name, _key, _size) B2C_TABLE("histogram", _key, u64, _name, _size, 0)
#define BPF_HISTOGRAM(...)                                                                         \
	B2C_PICK3(__VA_ARGS__, B2C_HISTOGRAM3, B2C_HISTOGRAM2, B2C_HISTOGRAM1)(__VA_ARGS__)

/* name, entries = 10240, rounded up to a power of two */
struct b2c_stacktrace {
	u64 ip[127];
};
#define B2C_STACK_TRACE1(_name) B2C_TABLE("stacktrace", int, struct b2c_stacktrace, _name, 10240, 0)
#define B2C_STACK_TRACE2(_name, _size)                                                             \
	B2C_TABLE("stacktrace", int, struct b2c_stacktrace, _name, _size, 0)
#define BPF_STACK_TRACE(...)                                                                       \
	B2C_PICK2(__VA_ARGS__, B2C_STACK_TRACE2, B2C_STACK_TRACE1)(__VA_ARGS__)

#define BPF_PERF_OUTPUT(_name) B2C_TABLE("perf_output", int, u32, _name, 1, 0)
/* size in pages of the target */
#define BPF_RINGBUF_OUTPUT(_name, _pages) B2C_TABLE("ringbuf", int, u32, _name, _pages, 0)
